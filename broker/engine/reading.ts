import type { Wire } from '../listeners/wire.ts'
import type { TokenBucket } from '../../kit/rate-limit.ts'

/** Packets of one connection in one turn of the event loop. More: the others have theirs first. */
export const PACKETS_PER_TURN_MAX = 256
const NOTHING = Buffer.alloc(0)

let turn = 0
let isTurnNoted = false

/** A number that is another one in each turn of the event loop, for those who ask. */
function currentTurn(): number {
  if (!isTurnNoted) {
    isTurnNoted = true
    setImmediate(() => {
      isTurnNoted = false
      turn++
    })
  }
  return turn
}

/**
 * How fast the packets of one connection are read, whatever they are. Between two packets the parser asks; if the next
 * has to wait, the wire is held, and what has come stays with the parser, some 64 KiB at most.
 *
 * States: first (CONNECT alone is read), connecting (nothing is), reading, waiting (for its turn, or for its rate).
 */
export class Reading {
  readonly #wire: Wire
  readonly #parse: (bytes: Uint8Array) => void
  readonly #uptime: () => number
  #state: 'first' | 'connecting' | 'reading' | 'waiting' = 'first'
  /** Of the client's user, all of whose connections share it; undefined: no limit. */
  #pace: TokenBucket | undefined
  #turn = -1
  #left = 0

  /**
   * @param parse makes the parser go on with what it has
   * @param uptime monotonic ms
   */
  constructor(wire: Wire, parse: (bytes: Uint8Array) => void, uptime: () => number) {
    this.#wire = wire
    this.#parse = parse
    this.#uptime = uptime
  }

  /** Whether the next packet may be read now. If not, reading goes on by itself, or with `accepted`. */
  mayRead(): boolean {
    if (this.#state === 'first') {
      this.#state = 'connecting'
      return true
    }
    if (this.#state !== 'reading') return false
    const now = currentTurn()
    if (now !== this.#turn) {
      this.#turn = now
      this.#left = PACKETS_PER_TURN_MAX
    }
    if (this.#left === 0) return this.#wait(0)
    const waitMs = this.#pace?.wait(this.#uptime()) ?? 0
    if (waitMs > 0) return this.#wait(waitMs)
    this.#left--
    this.charge(1)
    return true
  }

  /** What a packet costs beyond its being read: a filter is as dear as some packets. */
  charge(packets: number): void {
    this.#pace?.take(this.#uptime(), packets)
  }

  /** CONNACK has been written: the others are read. */
  accepted(pace: TokenBucket | undefined): void {
    this.#pace = pace
    // Not in this turn: Aedes is about to take up what was read behind the CONNECT.
    setImmediate(() => this.#resume())
  }

  #wait(ms: number): false {
    this.#state = 'waiting'
    this.#wire.hold('pace')
    if (ms === 0) setImmediate(() => this.#resume())
    else setTimeout(() => this.#resume(), ms).unref()
    return false
  }

  #resume(): void {
    if (this.#wire.destroyed) return
    this.#state = 'reading'
    this.#parse(NOTHING)
    if (this.#isReading()) this.#wire.release('pace')
  }

  /** A method, because reading on may have changed it. */
  #isReading(): boolean {
    return this.#state === 'reading'
  }
}
