import type { ChatId } from '../../../proto/ids.ts'
import type { LocalChat } from '../chats/local-chat.ts'
import { resolveUser } from '../chats/roster.ts'
import type { StoreChange, StoredMessage } from '../store/local-store.ts'
import { actsOf, withoutActs } from './fold.ts'
import { isWaitingAct, placed } from './placed.ts'

/** What the local store has with `after` < seq < `before`. */
export type Stored = (chat: ChatId, after: number, before: number) => Promise<readonly StoredMessage[]>

/**
 * Folds the messages of one frame into the local store. What they need of it is read before, for folding waits for
 * nothing; mostly that is nothing at all.
 */
export class Folding {
  readonly #stored: Stored
  readonly #changes: StoreChange[]
  /** As they are, or will be when the frame is written. */
  readonly #near = new Map<LocalChat, Map<number, StoredMessage>>()

  /** @param changes of the frame, to which it adds */
  constructor(stored: Stored, changes: StoreChange[]) {
    this.#stored = stored
    this.#changes = changes
  }

  /** Before an act on that message is put. */
  async readMessage(chat: LocalChat, seq: number): Promise<void> {
    if (!this.#nearOf(chat).has(seq)) await this.#read(chat, seq - 1, seq + 1)
  }

  /** Before a message is put behind which others came before. */
  readBehind(chat: LocalChat, seq: number): Promise<void> {
    return this.#read(chat, seq, Number.MAX_SAFE_INTEGER)
  }

  /** @returns the message as it is kept */
  put(chat: LocalChat, came: StoredMessage): StoredMessage {
    const near = this.#nearOf(chat)
    const { stored, changed } = placed(
      came,
      {
        at: (seq) => near.get(seq),
        actsOn: (seq) => [...near.values()].filter((by) => by.act?.seq === seq && isWaitingAct(by)),
      },
      (sender) => resolveUser(chat.roster, sender) ?? sender,
    )
    for (const one of [stored, ...changed]) {
      near.set(one.seq, one)
      this.#changes.push({ table: 'messages', put: one })
    }
    for (const one of changed) chat.renew(one)
    return stored
  }

  /** The server has lost what stands behind `lastSeq`, and what that did to messages before it. */
  async setBack(chat: LocalChat, lastSeq: number): Promise<void> {
    const near = this.#nearOf(chat)
    for (const message of await this.#stored(chat.id, 0, lastSeq + 1)) {
      const lost = actsOf(message).filter((seq) => seq > lastSeq)
      if (lost.length === 0) continue
      const put = withoutActs(near.get(message.seq) ?? message, new Set(lost))
      near.set(put.seq, put)
      this.#changes.push({ table: 'messages', put })
    }
  }

  async #read(chat: LocalChat, after: number, before: number): Promise<void> {
    const near = this.#nearOf(chat)
    for (const message of await this.#stored(chat.id, after, before)) near.set(message.seq, message)
  }

  #nearOf(chat: LocalChat): Map<number, StoredMessage> {
    let near = this.#near.get(chat)
    if (!near) this.#near.set(chat, (near = new Map()))
    return near
  }
}
