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

/** A connection of a clean session, which may have to give its place. */
export interface Transient {
  readonly quietMs: number
}

interface Counted<Connection> extends UserShare {
  connections: number
  /** Of these, those of clean sessions that are in. */
  readonly transients: Connection[]
}

/**
 * A clean session of which nothing was heard for so long gives its place to another when there are as many as may be: its
 * client may be gone without a word, and have come back under another name.
 */
export const QUIET_MS = 30_000

/** Users without a connection whose debts are remembered. More: who came first is forgotten. */
const ABSENT_MAX = 10_000

/** By user, what their connections at this node share. Who leaves and comes back finds their debts as they were. */
export class Users<Connection extends Transient> {
  readonly #limits: ConnectionLimits
  readonly #uptime: () => number
  readonly #byName = new Map<string, Counted<Connection>>()
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

  /**
   * Who of a user's clean sessions gives its place to one more: the one of which nothing was heard for longest. To a
   * linked device always, for else those names could shut it out; to another clean session only if it may be gone. It has
   * one to give, though it still counts until it has left.
   * @returns undefined: nobody
   */
  takePlace(user: string, isTransient: boolean): Connection | undefined {
    const { transients = [] } = this.#byName.get(user) ?? {}
    const quietest = transients.reduce<Connection | undefined>(
      (most, each) => (most === undefined || each.quietMs > most.quietMs ? each : most),
      undefined,
    )
    if (quietest === undefined || (isTransient && quietest.quietMs < QUIET_MS)) return undefined
    transients.splice(transients.indexOf(quietest), 1)
    return quietest
  }

  /** It is in. */
  joined(user: string, transient: Connection): void {
    this.#byName.get(user)?.transients.push(transient)
  }

  /** A connection less. @param transient if it had joined as one */
  leave(user: string, transient?: Connection): void {
    const share = this.#byName.get(user)
    const at = transient === undefined ? -1 : (share?.transients.indexOf(transient) ?? -1)
    if (at >= 0) share?.transients.splice(at, 1)
    if (share === undefined || --share.connections > 0) return
    this.#absent.add(user)
    if (this.#absent.size > ABSENT_MAX) this.#forgetFirst()
  }

  #make(user: string): Counted<Connection> {
    const { packetsPerSMax, publishesPerSMax, publishBytesPerSMax } = this.#limits
    const perSecond = (max: number): TokenBucket => new TokenBucket(max, max, this.#uptime())
    const share: Counted<Connection> = {
      connections: 0,
      transients: [],
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
