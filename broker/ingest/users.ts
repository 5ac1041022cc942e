import { TokenBucket } from '../../kit/rate-limit.ts'
import { SharedPace } from '../../kit/shared-pace.ts'
import type { ConnectionLimits } from '../config.ts'

/** What one user's connections at this node have together: so many, and so much of the process's time and disk. */
export interface UserShare {
  /** MQTT packets and filters. */
  readonly packets: SharedPace
  readonly publishes: TokenBucket
  readonly publishBytes: TokenBucket
}

interface Counted extends UserShare {
  connections: number
}

/** Users without a connection whose debts are remembered. More: who came first is forgotten. */
const ABSENT_MAX = 10_000

/** By user, what their connections at this node share. Who leaves and comes back finds their debts as they were. */
export class Users {
  readonly #limits: ConnectionLimits
  readonly #uptime: () => number
  readonly #byName = new Map<string, Counted>()
  readonly #absent = new Set<string>()

  /** @param uptime monotonic ms */
  constructor(limits: ConnectionLimits, uptime: () => number) {
    this.#limits = limits
    this.#uptime = uptime
  }

  /**
   * A connection more.
   * @param isTakeover it takes the place of one that is there: it may come when there are as many as may be
   * @returns undefined if there are too many; then it does not count
   */
  enter(user: string, isTakeover: boolean): UserShare | undefined {
    const share = this.#byName.get(user) ?? this.#make(user)
    if (share.connections >= this.#limits.connectionsPerUserMax && !isTakeover) return undefined
    share.connections++
    this.#absent.delete(user)
    return share
  }

  /** A connection less. */
  leave(user: string): void {
    const share = this.#byName.get(user)
    if (share === undefined || --share.connections > 0) return
    this.#absent.add(user)
    if (this.#absent.size > ABSENT_MAX) this.#forgetFirst()
  }

  #make(user: string): Counted {
    const { packetsPerSMax, publishesPerSMax, publishBytesPerSMax } = this.#limits
    const perSecond = (max: number): TokenBucket => new TokenBucket(max, max, this.#uptime())
    const share = {
      connections: 0,
      packets: new SharedPace(packetsPerSMax, packetsPerSMax, this.#uptime),
      publishes: perSecond(publishesPerSMax),
      publishBytes: perSecond(publishBytesPerSMax),
    }
    this.#byName.set(user, share)
    return share
  }

  #forgetFirst(): void {
    for (const user of this.#absent) {
      this.#absent.delete(user)
      this.#byName.delete(user)
      return
    }
  }
}
