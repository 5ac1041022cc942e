import type { ConnectionLimits } from './config.ts'
import { KeyedBuckets, TokenBucket } from './rate-limit.ts'

/** Bursts: so many seconds' worth may come at once, as after a restart. */
const BURST_S = 2

/** Who may connect now: counts and rates, of this node and of each address. */
export class Admission {
  readonly #limits: ConnectionLimits
  readonly #connects: TokenBucket
  readonly #connectsByAddress: KeyedBuckets
  readonly #failuresByAddress: KeyedBuckets
  #open = 0
  #unauthenticated = 0

  constructor(limits: ConnectionLimits, nowMs: number) {
    const { connectsPerSMax, connectsPerSPerAddressMax, failedLoginsPerMinPerAddressMax } = limits
    this.#limits = limits
    this.#connects = new TokenBucket(connectsPerSMax, connectsPerSMax * BURST_S, nowMs)
    this.#connectsByAddress = new KeyedBuckets(connectsPerSPerAddressMax, connectsPerSPerAddressMax * BURST_S)
    this.#failuresByAddress = new KeyedBuckets(
      failedLoginsPerMinPerAddressMax / 60,
      failedLoginsPerMinPerAddressMax,
    )
  }

  /** A socket opened. @returns the limit that it is over, if any; then it does not count */
  open(): 'connections' | 'unauthenticated' | undefined {
    if (this.#open >= this.#limits.connectionsMax) return 'connections'
    if (this.#unauthenticated >= this.#limits.unauthenticatedMax) return 'unauthenticated'
    this.#open++
    this.#unauthenticated++
    return undefined
  }

  authenticated(): void {
    this.#unauthenticated--
  }

  close(wasAuthenticated: boolean): void {
    this.#open--
    if (!wasAuthenticated) this.#unauthenticated--
  }

  /** Authenticated connections. */
  get connections(): number {
    return this.#open - this.#unauthenticated
  }

  /** A CONNECT came. @returns why it can't be looked at now, if so */
  connect(
    address: string,
    nowMs: number,
  ): 'connect-rate' | 'address-connect-rate' | 'failed-logins' | undefined {
    if (!this.#failuresByAddress.has(address, nowMs)) return 'failed-logins'
    if (!this.#connectsByAddress.has(address, nowMs)) return 'address-connect-rate'
    if (!this.#connects.has(nowMs)) return 'connect-rate'
    this.#connects.take(nowMs)
    this.#connectsByAddress.take(address, nowMs)
    return undefined
  }

  failedLogin(address: string, nowMs: number): void {
    this.#failuresByAddress.take(address, nowMs)
  }
}
