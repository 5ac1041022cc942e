import type { ClientEvents } from '../client-events.ts'
import type { Events } from '../events.ts'
import { Folding, type Stored } from '../content/folding.ts'
import { isToldOf } from '../content/placed.ts'
import type { LocalChat } from '../chats/local-chat.ts'
import type { StoreChange, StoredMessage } from '../store/local-store.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { Chats } from '../chats/chats.ts'
import type { Receipts } from './receipts.ts'
import type { Settled } from '../chats/sequence.ts'

export interface FrameStepParts {
  readonly chats: Chats
  readonly outbox: Outbox
  readonly receipts: Receipts
  readonly events: Events<ClientEvents>
  readonly stored: Stored
  /** Ask the server about chats that are in doubt. */
  readonly resolveDoubts: () => void
}

/** What one frame does: changes of the store, and what follows once they are durable. */
export class FrameStep {
  readonly changes: StoreChange[] = []
  /** Run in order after the write. */
  readonly effects: (() => void)[] = []
  /** Messages for the app, by chat in seq order. */
  readonly arrivals: StoredMessage[] = []
  /** Chats whose progress has to be written. */
  readonly touched = new Set<LocalChat>()
  /** Chats whose roster has to be written. */
  readonly rosters = new Set<LocalChat>()
  readonly folding: Folding
  /** Chats whose end the server has lost, and the last seq that it has. */
  readonly #setBacks = new Map<LocalChat, number>()
  readonly #joins = new Map<LocalChat, number[]>()
  readonly #parts: FrameStepParts

  constructor(parts: FrameStepParts) {
    this.#parts = parts
    this.folding = new Folding(parts.stored, this.changes)
  }

  /** What the server lost is undone in the messages that are left. */
  async readSetBacks(): Promise<void> {
    for (const [chat, lastSeq] of this.#setBacks) await this.folding.setBack(chat, lastSeq)
    this.#setBacks.clear()
  }

  /** A seq of the chat is here. */
  note(chat: LocalChat, seq: number): 'new' | 'late' | 'repeat' {
    this.touched.add(chat)
    chat.noteSeq(seq)
    return chat.sequence.add(seq)
  }

  /** It is its turn: the app gets it, if there is anything to tell. */
  told(chat: LocalChat, stored: StoredMessage): void {
    if (!isToldOf(stored)) return
    this.arrivals.push(stored)
    chat.unhandled.add(stored)
    this.changes.push({ table: 'unhandled', put: { chat: chat.id, seq: stored.seq } })
  }

  /** This user joined (again) with that seq: the chat is settled up to there. */
  join(chat: LocalChat, seq: number): void {
    this.#joins.set(chat, [...(this.#joins.get(chat) ?? []), seq])
  }

  settle(chat: LocalChat): void {
    this.#settleJoins(chat)
    this.#settled(
      chat,
      chat.sequence.settle(() => this.#givesUp(chat)),
    )
  }

  /**
   * The server lost the chat behind `lastSeq`, or all of it, and gives those seqs anew. What it lost of other chats, and of
   * members and names, no message tells: all chats are in doubt, unless they have been since.
   */
  setBack(chat: LocalChat, lastSeq: number): void {
    const { chats, receipts, events } = this.#parts
    if (chat.doubt !== 'all') {
      for (const doubted of chats.doubtAll()) this.touched.add(doubted)
      this.doubt(chat)
    }
    this.touched.add(chat)
    chat.startOver(lastSeq)
    this.#setBacks.set(chat, lastSeq)
    this.effects.push(() => {
      receipts.setBack(chat, lastSeq)
      events.emit('setback', { chatId: chat.id, firstSeq: lastSeq + 1 })
    })
  }

  /** The server has to be asked what the chat is. */
  doubt(chat: LocalChat): void {
    chat.doubt ??= 'this'
    this.touched.add(chat)
    this.effects.push(() => this.#parts.resolveDoubts())
  }

  /** The server says that nothing up to there is still on its way. */
  settleUpTo(chat: LocalChat, lastSeq: number): void {
    this.touched.add(chat)
    this.#settleJoins(chat)
    this.#settled(chat, chat.sequence.settleUpTo(lastSeq))
  }

  #settleJoins(chat: LocalChat): void {
    for (const seq of this.#joins.get(chat) ?? []) this.#settled(chat, chat.sequence.joinAt(seq))
    this.#joins.delete(chat)
  }

  #settled(chat: LocalChat, { ready, lost }: Settled): void {
    for (const seq of ready) {
      const stored = chat.waiting.get(seq)
      chat.waiting.delete(seq)
      if (stored) this.told(chat, stored)
    }
    for (const range of lost) {
      const loss = chat.lossIn(range)
      if (!loss) continue
      const [firstSeq, lastSeq] = loss
      this.effects.push(() => this.#parts.events.emit('gap', { chatId: chat.id, firstSeq, lastSeq }))
    }
  }

  /**
   * Whether to go on without what a hole lacks. The server leaves none (G3), but an own send whose Accepted is still
   * on its way looks like one. So: at once, unless such sends exist; then when the last of those has its answer.
   */
  #givesUp(chat: LocalChat): boolean {
    const upTo = chat.sequence.upTo ?? 0
    if (chat.hole?.upTo !== upTo) {
      chat.hole = { upTo, mayFillUntil: this.#parts.outbox.newestUnanswered(chat.id) ?? 0 }
    }
    const oldest = this.#parts.outbox.oldestUnanswered(chat.id)
    return oldest === undefined || oldest > chat.hole.mayFillUntil
  }
}
