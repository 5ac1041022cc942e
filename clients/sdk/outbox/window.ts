import { REPEATS_REMEMBERED_MAX } from '../../../proto/limits.ts'
import type { ChatId } from '../../../proto/ids.ts'

/**
 * Items of one chat published and not answered. As many as the server remembers sends of a device in a chat: a repeat of
 * any of them gets its old seq. By chat, as there: one whose answers take their time holds up no other.
 */
const UNANSWERED_PER_CHAT_MAX = REPEATS_REMEMBERED_MAX

/** Items published and not acknowledged, over all chats: beyond it they would only fill the socket. */
const UNACKNOWLEDGED_MAX = 64

/** What is on its way over one connection. */
export class Window {
  readonly #unanswered = new Map<ChatId, number>()
  #unacknowledged = 0

  /** Whether nothing of any chat has room until a PUBACK comes. */
  get isFull(): boolean {
    return this.#unacknowledged >= UNACKNOWLEDGED_MAX
  }

  hasRoom(chat: ChatId): boolean {
    return (this.#unanswered.get(chat) ?? 0) < UNANSWERED_PER_CHAT_MAX
  }

  published(chat: ChatId): void {
    this.#unanswered.set(chat, (this.#unanswered.get(chat) ?? 0) + 1)
    this.#unacknowledged++
  }

  /** @returns whether there is room again where there was none */
  acknowledged(): boolean {
    const wasFull = this.isFull
    this.#unacknowledged--
    return wasFull
  }

  /** Accepted or Rejected. */
  answered(chat: ChatId): void {
    const left = (this.#unanswered.get(chat) ?? 0) - 1
    if (left > 0) this.#unanswered.set(chat, left)
    else this.#unanswered.delete(chat)
  }
}
