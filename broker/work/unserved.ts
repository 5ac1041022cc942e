import type { Log } from '../../kit/log.ts'
import { PARTITIONS } from '../../proto/limits.ts'

/** A partition that nobody serves for so long is a fault, and no longer one that moves. */
const UNSERVED_MS_MAX = 10_000

/** Partitions of this node's share whose entries don't get on. */
export interface Unserved {
  readonly partitions: number
  /** How long the longest of them have waited; 0 if there are none. */
  readonly ms: number
  /** The same of those whose worker is connected here: this node could serve them. */
  readonly ownMs: number
}

export interface UnservedParts {
  readonly log: Log
  /** Monotonic ms. */
  readonly uptime: () => number
  readonly isServed: (partition: number) => boolean
  /** Whether this node is to serve it. */
  readonly isOwn: (partition: number) => boolean
  /** Whether this node looks at all: there is no worker anywhere, and it is the first of the nodes. */
  readonly measuresAll: () => boolean
}

/** How long partitions wait for somebody to serve them. */
export class UnservedWatch {
  readonly #parts: UnservedParts
  /** By partition: the uptime since when it waits, if it does. */
  readonly #since: (number | undefined)[] = Array.from({ length: PARTITIONS })
  #isTold = false

  constructor(parts: UnservedParts) {
    this.#parts = parts
  }

  /** Looks at every partition of this node's share. */
  look(): Unserved {
    const { uptime, isServed, isOwn, measuresAll } = this.#parts
    const now = uptime()
    const all = measuresAll()
    let partitions = 0
    let ms = 0
    let ownMs = 0
    for (let number = 0; number < PARTITIONS; number++) {
      const own = isOwn(number)
      if (!(own || all) || isServed(number)) {
        this.#since[number] = undefined
        continue
      }
      const waitedMs = now - (this.#since[number] ??= now)
      partitions++
      ms = Math.max(ms, waitedMs)
      if (own) ownMs = Math.max(ownMs, waitedMs)
    }
    return { partitions, ms, ownMs }
  }

  /** A line when partitions have waited for too long, and one when they no longer do. */
  tell(): void {
    const { partitions, ms } = this.look()
    const isLong = ms >= UNSERVED_MS_MAX
    if (isLong === this.#isTold) return
    this.#isTold = isLong
    if (isLong) this.#parts.log.error({ partitions, ms: Math.round(ms) }, 'partitions.unserved')
    else this.#parts.log.info('partitions.served')
  }
}
