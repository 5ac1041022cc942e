import type { Wire } from '../listeners/wire.ts'
import type { SharedPace } from '../../kit/shared-pace.ts'

/** Packets of one connection in one turn of the event loop. More: the others have theirs first. */
export const PACKETS_PER_TURN_MAX = 256
/** Of those, while others share its pace and wait: then it is their turn. */
const PACKETS_PER_SHARE_MAX = 16
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
 * How fast the packets of one connection are read, whatever they are. Between two packets the reader asks; if the next
 * has to wait, the wire is held, and what has come stays with the reader, some 64 KiB at most.
 *
 * States: first (CONNECT alone is read), connecting (nothing is), reading, waiting (for its turn, or for its rate).
 */
export class Reading {
  readonly #wire: Wire
  readonly #parse: (bytes: Buffer) => void
  #state: 'first' | 'connecting' | 'reading' | 'waiting' = 'first'
  /** Of the client's user, all of whose connections share it; undefined: no limit. */
  #pace: SharedPace | undefined
  #turn = -1
  #left = 0
  /** Packets that it may read although others wait, for it has waited. */
  #share = 0

  /** @param parse makes the reader go on with what it has */
  constructor(wire: Wire, parse: (bytes: Buffer) => void) {
    this.#wire = wire
    this.#parse = parse
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
    if (this.#left === 0) {
      this.#hold()
      setImmediate(() => this.#resume())
      return false
    }
    const pace = this.#pace
    if (pace !== undefined && (pace.isOverdrawn || (pace.isAwaited && this.#share === 0))) {
      this.#hold()
      this.#share = 0
      pace.await(() => {
        this.#share = PACKETS_PER_SHARE_MAX
        this.#resume()
      })
      return false
    }
    if (this.#share > 0) this.#share--
    this.#left--
    this.charge(1)
    return true
  }

  /** What a packet costs beyond its being read: a filter is as dear as some packets. */
  charge(packets: number): void {
    this.#pace?.take(packets)
  }

  /** CONNACK has been written: the others are read. */
  accepted(pace: SharedPace | undefined): void {
    this.#pace = pace
    // Not in this turn: Aedes is about to take up what was read behind the CONNECT.
    setImmediate(() => this.#resume())
  }

  #hold(): void {
    this.#state = 'waiting'
    this.#wire.hold('pace')
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
