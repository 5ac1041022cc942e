import type { Log } from '../kit/log.ts'
import { chatBytesOfKey } from '../proto/envelope-entry.ts'
import { encodeEnvelope } from '../proto/server-codec.ts'
import type { ChatMark } from './lane-frame.ts'
import {
  partitionMailbox,
  type Advance,
  type Append,
  type AppendOutcome,
  type MailboxStore,
} from './mailbox/store.ts'
import type { NodeMetrics } from './node-metrics.ts'
import type { Due, Turn } from './turn.ts'

/** A lane, as far as marks know it. */
export interface MarkedLane {
  readonly mailbox: string
  readonly device: string
  readonly epoch: number
  readonly isTransient: boolean
  readonly connection: { readonly user: string; close(reason: string): void }
}

export interface MarksParts {
  readonly store: MailboxStore
  readonly turn: Turn
  readonly metrics: NodeMetrics
  readonly log: Log
  readonly clock: () => number
  readonly dispatch: (items: readonly Append[], outcomes: readonly AppendOutcome[]) => void
}

/** user -> highest seq, by chat key */
type MarksByChat = Map<string, Map<string, number>>

const RETRY_MS = 500

/**
 * PUBACKs become delivered marks (step 9 of a message's life): the highest per chat and user; marks of a chat that
 * wait together are one entry of its partition. Only when they are durable do the cursors move that stood for them,
 * so a crash repeats entries and never loses a receipt (G2, G6).
 *
 * One append is in flight at a time; what comes meanwhile shares the next. Marks of a store that is away, or of a
 * partition that is full, are tried again until they are in: they only grow, so they need no more room for waiting.
 */
export class Marks implements Due {
  isDue = false
  readonly #parts: MarksParts
  #marks: MarksByChat = new Map()
  #advances = new Map<MarkedLane, number>()
  #isWriting = false
  #isStopped = false
  #moves: Move[] = []
  #isMoving = false

  constructor(parts: MarksParts) {
    this.#parts = parts
  }

  /** Everything up to `position` is acknowledged, with these marks among it. */
  acknowledged(lane: MarkedLane, position: number, marks: readonly ChatMark[]): void {
    for (const { chatKey, seq } of marks) raise(this.#marks, chatKey, lane.connection.user, seq)
    if (!lane.isTransient) this.#advances.set(lane, position)
    this.#parts.turn.add(this)
  }

  flush(): void {
    if (this.#isWriting || this.#isStopped) return
    if (this.#marks.size === 0) {
      this.#takeMoves()
      this.#move()
      return
    }
    this.#isWriting = true
    void this.#write().finally(() => {
      this.#isWriting = false
      if (this.#marks.size > 0 || this.#advances.size > 0) this.#parts.turn.add(this)
    })
  }

  /** Gives up what waits: the entries come again. */
  stop(): void {
    this.#isStopped = true
  }

  /** One batch of marks, then the cursors that waited for it. */
  async #write(): Promise<void> {
    const marks = this.#marks
    this.#marks = new Map()
    const moves = this.#advances
    this.#advances = new Map()
    for (let rest = marks; rest.size > 0 && !this.#isStopped; ) {
      rest = await this.#append(rest)
      if (rest.size > 0) await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
    }
    if (this.#isStopped) return
    for (const [lane, position] of moves) this.#moves.push(moveOf(lane, position))
    this.#move()
  }

  /** @returns the marks that could not be stored */
  async #append(marks: MarksByChat): Promise<MarksByChat> {
    const atMs = this.#parts.clock()
    const chats = [...marks.keys()]
    const items = chats.map((chatKey) => appendOf(chatKey, marks.get(chatKey) as Map<string, number>, atMs))
    try {
      const outcomes = await this.#parts.store.append(items)
      this.#parts.dispatch(items, outcomes)
      const full: MarksByChat = new Map()
      chats.forEach((chatKey, i) => {
        const users = marks.get(chatKey) as Map<string, number>
        if (outcomes[i]?.outcome === 'full') full.set(chatKey, users)
        else this.#parts.metrics.marks(users.size)
      })
      return full
    } catch (error) {
      this.#parts.log.warn({ err: error, chats: chats.length }, 'marks.append-failed')
      return marks
    }
  }

  #takeMoves(): void {
    for (const [lane, position] of this.#advances) this.#moves.push(moveOf(lane, position))
    this.#advances.clear()
  }

  #move(): void {
    if (this.#isMoving || this.#moves.length === 0) return
    this.#isMoving = true
    void this.#advance().finally(() => {
      this.#isMoving = false
      this.#move()
    })
  }

  async #advance(): Promise<void> {
    const moves = this.#moves
    this.#moves = []
    try {
      const results = await this.#parts.store.advance(moves.map((move) => move.advance))
      moves.forEach(({ lane }, i) => {
        if (results[i] === false) lane.connection.close('taken-over')
      })
    } catch (error) {
      // Nothing is lost: the entries come again.
      this.#parts.log.warn({ err: error, lanes: moves.length }, 'marks.advance-failed')
    }
  }
}

interface Move {
  readonly lane: MarkedLane
  readonly advance: Advance
}

function moveOf(lane: MarkedLane, position: number): Move {
  return { lane, advance: { mailbox: lane.mailbox, reader: lane.device, epoch: lane.epoch, position } }
}

function raise(marks: MarksByChat, chatKey: string, user: string, seq: number): void {
  const users = marks.get(chatKey)
  if (users === undefined) marks.set(chatKey, new Map([[user, seq]]))
  else if (seq > (users.get(user) ?? 0)) users.set(user, seq)
}

function appendOf(chatKey: string, users: ReadonlyMap<string, number>, atMs: number): Append {
  const chat = chatBytesOfKey(chatKey)
  const marks = [...users].map(([user, upTo]) => ({ user, upTo }))
  return {
    mailbox: partitionMailbox(chat[chat.length - 1] as number),
    bytes: encodeEnvelope({ atMs, chat, delivered: { marks } }),
  }
}
