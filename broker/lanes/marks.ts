import type { Log } from '../../kit/log.ts'
import { chatBytesOfKey } from '../../proto/envelope-entry.ts'
import { encodeEnvelope } from '../../proto/server-codec.ts'
import type { ChatMark } from './lane-frame.ts'
import { answerBy } from '../mailbox/answer.ts'
import {
  partitionMailbox,
  type Advance,
  type Append,
  type AppendOutcome,
  type MailboxStore,
} from '../mailbox/store.ts'
import type { NodeMetrics } from '../metrics.ts'
import type { Due, Turn } from '../../kit/turn.ts'

/** A lane, as far as marks know it. */
export interface MarkedLane {
  readonly mailbox: string
  readonly device: string
  readonly epoch: number
  readonly isTransient: boolean
  readonly connection: { readonly user: string; readonly isClosed: boolean; close(reason: string): void }
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
/** A server that has not stored marks by then keeps those of other servers waiting no longer. */
const PATIENCE_MS = 1_500

/**
 * PUBACKs become delivered marks (step 9 of a message's life): the highest per chat and user; marks of a chat that
 * wait together are one entry of its partition. Only when they are durable do the cursors move that stood for them,
 * so a crash repeats entries and never loses a receipt (G2, G6).
 *
 * One append is in flight at a time, for each server of the store; what comes meanwhile shares the next. Marks that a store which is away or a full
 * partition did not take are held, with the cursors of their users, and tried again; everybody else goes on. They only
 * grow, so they need no more room for waiting.
 */
export class Marks implements Due {
  isDue = false
  readonly #parts: MarksParts
  #marks: MarksByChat = new Map()
  #advances = new Map<MarkedLane, number>()
  #held = {
    marks: new Map() as MarksByChat,
    users: new Set<string>(),
    advances: new Map<MarkedLane, number>(),
  }
  #retry: NodeJS.Timeout | undefined
  #isRetryDue = false
  #writing: Promise<void> | undefined
  readonly #moving = new Set<Promise<void>>()
  /** Servers that have not answered the last marks yet. */
  readonly #slow = new Set<string>()

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
    if (this.#writing !== undefined) return
    if (this.#isRetryDue) this.#letGo()
    const marks = this.#marks
    const advances = this.#advances
    this.#marks = new Map()
    this.#advances = new Map()
    if (marks.size === 0) return this.#move(advances)
    this.#writing = this.#write(marks, advances).finally(() => {
      this.#writing = undefined
      if (this.#marks.size > 0 || this.#advances.size > 0 || this.#isRetryDue) this.#parts.turn.add(this)
    })
  }

  /** What waits is written, once; what the store does not take now is given up, and its entries come again. */
  async stop(): Promise<void> {
    clearTimeout(this.#retry)
    await this.#writing
    this.flush()
    await this.#writing
    clearTimeout(this.#retry)
    await Promise.all(this.#moving)
  }

  /** One batch of marks, then the cursors that waited for it. */
  async #write(marks: MarksByChat, advances: Map<MarkedLane, number>): Promise<void> {
    const left = await this.#append(marks)
    if (left.size > 0) this.#hold(left)
    this.#move(advances)
  }

  #hold(left: MarksByChat): void {
    for (const [chatKey, users] of left)
      for (const [user, seq] of users) {
        raise(this.#held.marks, chatKey, user, seq)
        this.#held.users.add(user)
      }
    this.#retry ??= setTimeout(() => {
      this.#retry = undefined
      this.#isRetryDue = true
      this.#parts.turn.add(this)
    }, RETRY_MS).unref()
  }

  /** What is held is written next. Not while something is written: it still holds back cursors that come behind that. */
  #letGo(): void {
    this.#isRetryDue = false
    const { marks, advances } = this.#held
    this.#held = { marks: new Map(), users: new Set(), advances: new Map() }
    for (const [chatKey, users] of marks)
      for (const [user, seq] of users) raise(this.#marks, chatKey, user, seq)
    for (const [lane, position] of advances)
      this.#advances.set(lane, Math.max(position, this.#advances.get(lane) ?? 0))
  }

  /** @returns the marks that could not be stored, or not in time */
  async #append(marks: MarksByChat): Promise<MarksByChat> {
    const { store } = this.#parts
    const servers = new Map<string, MarksByChat>()
    for (const [chatKey, users] of marks) {
      const server = store.serverOf(mailboxOf(chatKey))
      const own = servers.get(server)
      if (own === undefined) servers.set(server, new Map([[chatKey, users]]))
      else own.set(chatKey, users)
    }
    const left = await Promise.all([...servers].map(([server, own]) => this.#appendAt(server, own)))
    return left.length === 1 ? (left[0] as MarksByChat) : new Map(left.flatMap((some) => [...some]))
  }

  /** A server that is slow keeps its own marks waiting. They are written again then: marks only grow. */
  async #appendAt(server: string, marks: MarksByChat): Promise<MarksByChat> {
    if (this.#slow.has(server)) return marks
    this.#slow.add(server)
    const written = this.#appendTo(marks).finally(() => this.#slow.delete(server))
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<MarksByChat>((resolve) => {
      timer = setTimeout(resolve, PATIENCE_MS, marks)
    })
    const left = await Promise.race([written, late])
    clearTimeout(timer)
    return left
  }

  /** Never rejects. */
  async #appendTo(marks: MarksByChat): Promise<MarksByChat> {
    const atMs = this.#parts.clock()
    const chats = [...marks.keys()]
    const items = chats.map((chatKey) => appendOf(chatKey, marks.get(chatKey) as Map<string, number>, atMs))
    try {
      const outcomes = await answerBy(() => this.#parts.store.append(items))
      this.#parts.dispatch(items, outcomes)
      const full: MarksByChat = new Map()
      chats.forEach((chatKey, i) => {
        const users = marks.get(chatKey) as Map<string, number>
        const { outcome } = outcomes[i] as AppendOutcome
        if (outcome === 'full' || outcome === 'broken') full.set(chatKey, users)
        else this.#parts.metrics.marks(users.size)
      })
      return full
    } catch (error) {
      this.#parts.log.warn({ err: error, chats: chats.length }, 'marks.append-failed')
      return marks
    }
  }

  /** Moves the cursors, except those that held marks stand for: each server's by themselves, for one may be slow. */
  #move(advances: ReadonlyMap<MarkedLane, number>): void {
    const servers = new Map<string, Move[]>()
    for (const [lane, position] of advances) {
      if (this.#held.users.has(lane.connection.user)) {
        this.#held.advances.set(lane, position)
        continue
      }
      const server = this.#parts.store.serverOf(lane.mailbox)
      const moves = servers.get(server)
      if (moves === undefined) servers.set(server, [moveOf(lane, position)])
      else moves.push(moveOf(lane, position))
    }
    for (const moves of servers.values()) {
      const moving = this.#advance(moves).finally(() => this.#moving.delete(moving))
      this.#moving.add(moving)
    }
  }

  async #advance(moves: readonly Move[]): Promise<void> {
    try {
      const results = await answerBy(() => this.#parts.store.advance(moves.map((move) => move.advance)))
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
  const { mailbox, device: reader, epoch, connection } = lane
  // Marks may be stored only when the device has said goodbye, and is at another broker the next moment.
  const isLast = connection.isClosed
  return { lane, advance: { mailbox, reader, epoch, position, isLast } }
}

function mailboxOf(chatKey: string): string {
  const chat = chatBytesOfKey(chatKey)
  return partitionMailbox(chat[chat.length - 1] as number)
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
    mailbox: mailboxOf(chatKey),
    bytes: encodeEnvelope({ atMs, chat, delivered: { marks } }),
  }
}
