import type { ConnectionLimits } from '../config.ts'
import { KeyedBuckets, TokenBucket } from '../../kit/rate-limit.ts'

/** Bursts: so many seconds' worth may come at once, as after a restart. */
const BURST_S = 2

/** Who may connect now: counts and rates, of this node and of each source (see sourceOf). */
export class Admission {
  readonly #limits: ConnectionLimits
  readonly #connects: TokenBucket
  readonly #connectsByAddress: KeyedBuckets
  readonly #requestsByAddress: KeyedBuckets
  readonly #handshakes: TokenBucket
  readonly #failuresByAddress: KeyedBuckets
  readonly #unauthenticatedBySource = new Map<string, number>()
  #open = 0
  #unauthenticated = 0

  constructor(limits: ConnectionLimits, nowMs: number) {
    const { connectsPerSMax, connectsPerSPerAddressMax, failedLoginsPerMinPerAddressMax } = limits
    this.#limits = limits
    this.#connects = new TokenBucket(connectsPerSMax, connectsPerSMax * BURST_S, nowMs)
    this.#connectsByAddress = new KeyedBuckets(connectsPerSPerAddressMax, connectsPerSPerAddressMax * BURST_S)
    this.#requestsByAddress = new KeyedBuckets(connectsPerSPerAddressMax, connectsPerSPerAddressMax * BURST_S)
    // The same rate: a handshake of TLS is to become a CONNECT, and costs more than that.
    this.#handshakes = new TokenBucket(connectsPerSMax, connectsPerSMax * BURST_S, nowMs)
    this.#failuresByAddress = new KeyedBuckets(
      failedLoginsPerMinPerAddressMax / 60,
      failedLoginsPerMinPerAddressMax,
    )
  }

  /**
   * A socket opened.
   * @param source undefined: it is not counted by whose it is
   * @returns the limit that it is over, if any; then it does not count
   */
  open(
    source: string | undefined,
  ): 'connections' | 'unauthenticated' | 'address-unauthenticated' | undefined {
    const { unauthenticatedPerAddressMax } = this.#limits
    const ofSource = source === undefined ? 0 : (this.#unauthenticatedBySource.get(source) ?? 0)
    if (this.#open >= this.#limits.connectionsMax) return 'connections'
    if (this.#unauthenticated >= this.#limits.unauthenticatedMax) return 'unauthenticated'
    // One that never sends its CONNECT must not keep everybody out.
    if (unauthenticatedPerAddressMax > 0 && ofSource >= unauthenticatedPerAddressMax)
      return 'address-unauthenticated'
    this.#open++
    this.#unauthenticated++
    if (source !== undefined) this.#unauthenticatedBySource.set(source, ofSource + 1)
    return undefined
  }

  authenticated(source: string): void {
    this.#leaveUnauthenticated(source)
  }

  close(source: string | undefined, wasAuthenticated: boolean): void {
    this.#open--
    if (!wasAuthenticated) this.#leaveUnauthenticated(source)
  }

  /** Authenticated connections. */
  get connections(): number {
    return this.#open - this.#unauthenticated
  }

  /** A CONNECT came. @returns why it can't be looked at now, if so */
  connect(source: string, nowMs: number): 'connect-rate' | 'address-connect-rate' | undefined {
    if (!this.#connectsByAddress.has(source, nowMs)) return 'address-connect-rate'
    if (!this.#connects.has(nowMs)) return 'connect-rate'
    this.#connects.take(nowMs)
    this.#connectsByAddress.take(source, nowMs)
    return undefined
  }

  /** A socket for HTTP or TLS opened. @returns the limit that it is over, if any */
  request(
    source: string | undefined,
    nowMs: number,
    isHandshake: boolean,
  ): 'address-request-rate' | 'handshake-rate' | undefined {
    if (source !== undefined && !this.#requestsByAddress.has(source, nowMs)) return 'address-request-rate'
    if (isHandshake && !this.#handshakes.has(nowMs)) return 'handshake-rate'
    if (source !== undefined) this.#requestsByAddress.take(source, nowMs)
    if (isHandshake) this.#handshakes.take(nowMs)
    return undefined
  }

  failedLogin(source: string, nowMs: number): 'too-many' | undefined {
    const mayFail = this.#failuresByAddress.has(source, nowMs)
    // Without debt: who stops guessing is forgiven within the minute.
    if (mayFail) this.#failuresByAddress.take(source, nowMs)
    return mayFail ? undefined : 'too-many'
  }

  #leaveUnauthenticated(source: string | undefined): void {
    this.#unauthenticated--
    if (source === undefined) return
    const left = (this.#unauthenticatedBySource.get(source) ?? 0) - 1
    if (left > 0) this.#unauthenticatedBySource.set(source, left)
    else this.#unauthenticatedBySource.delete(source)
  }
}
