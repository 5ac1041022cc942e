import type { ChatId } from '../../../proto/ids.ts'
import { RestanteError } from '../errors.ts'
import type { LocalChat } from '../chats/local-chat.ts'
import type { SentMessage } from '../outbox/sent-message.ts'

/** Sends of one chat that are followed until they are read. Over it the oldest is no longer followed. */
const FOLLOWED_PER_CHAT_MAX = 10_000

/** Accepted sends whose `delivered` or `read` is still open. Marks only grow (G6). */
export class Receipts {
  readonly #followed = new Map<ChatId, Followed>()

  /** Called in seq order. From here on the send follows the chat's marks. */
  follow(sent: SentMessage, chat: LocalChat): void {
    let followed = this.#followed.get(chat.id)
    if (!followed) this.#followed.set(chat.id, (followed = { undelivered: [], unread: [] }))
    followed.undelivered.push(sent)
    followed.unread.push(sent)
    this.apply(chat)
    if (followed.unread.length > FOLLOWED_PER_CHAT_MAX) {
      const oldest = followed.unread.shift()
      oldest?.abandon(new RestanteError('forgotten', 'too many sends of this chat wait for their receipts'))
      if (followed.undelivered[0] === oldest) followed.undelivered.shift()
    }
  }

  apply(chat: LocalChat): void {
    const followed = this.#followed.get(chat.id)
    if (!followed) return
    for (const sent of takeUpTo(followed.undelivered, Math.max(chat.delivered, chat.read))) {
      sent.markDelivered()
    }
    for (const sent of takeUpTo(followed.unread, chat.read)) sent.markRead()
    if (followed.unread.length === 0) this.#followed.delete(chat.id)
  }

  /** The server lost what was sent behind `lastSeq`: later marks speak of other messages. */
  setBack(chat: LocalChat, lastSeq: number): void {
    const followed = this.#followed.get(chat.id)
    if (!followed) return
    const error = new RestanteError('lost', 'the server has lost this message')
    for (const sent of followed.unread.filter(({ seq = 0 }) => seq > lastSeq)) sent.abandon(error)
    const undelivered = followed.undelivered.filter(({ seq = 0 }) => seq <= lastSeq)
    const unread = followed.unread.filter(({ seq = 0 }) => seq <= lastSeq)
    if (unread.length > 0) this.#followed.set(chat.id, { undelivered, unread })
    else this.#followed.delete(chat.id)
  }

  abandon(error: Error): void {
    for (const { unread } of this.#followed.values()) for (const sent of unread) sent.abandon(error)
    this.#followed.clear()
  }
}

interface Followed {
  readonly undelivered: SentMessage[]
  readonly unread: SentMessage[]
}

function takeUpTo(sents: SentMessage[], mark: number): SentMessage[] {
  let count = 0
  while (count < sents.length && (sents[count]?.seq ?? 0) <= mark) count++
  return sents.splice(0, count)
}
