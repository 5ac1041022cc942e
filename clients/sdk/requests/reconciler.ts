import { encodeRequest, encodeUp, type Response } from '../../../proto/codec.ts'
import { chatIdOf, type ChatId, type UserId } from '../../../proto/ids.ts'
import { chatTopic, REQUEST_TOPIC } from '../../../proto/topics.ts'
import type { Chats } from '../chats/chats.ts'
import { RejectedError } from '../errors.ts'
import type { LocalChat } from '../chats/local-chat.ts'
import type { Ask } from './requests.ts'

/** Compares what this device has of each chat with what the server has. */
export class Reconciler {
  readonly #chats: Chats
  readonly #user: UserId
  readonly #ask: (ask: Ask) => Promise<Response>
  #last: Promise<void> = Promise.resolve()

  constructor(chats: Chats, user: UserId, ask: (ask: Ask) => Promise<Response>) {
    this.#chats = chats
    this.#user = user
    this.#ask = ask
  }

  /** All chats of the server, page by page; folding the answers has brought `chats` up to date. */
  async *pages(): AsyncGenerator<readonly LocalChat[]> {
    let after = new Uint8Array()
    do {
      const myChats = { after, limit: 0 }
      const { chats } = await this.#ask({
        topic: REQUEST_TOPIC,
        encode: (request) => encodeRequest({ request, myChats }),
      })
      yield (chats?.chats ?? []).map((summary) => this.#chats.get(chatIdOf(summary.chat as Uint8Array)))
      after = Uint8Array.from(chats?.next ?? [])
    } while (after.length > 0)
  }

  /**
   * After messages were lost, or the server forgot this device: asks for each chat that is not where the server's list
   * has it. The answers declare what is lost, or that the chat begins anew. One run after the other.
   */
  run(isNewDevice: boolean): Promise<void> {
    this.#last = this.#last.catch(() => {}).then(() => this.#compare(isNewDevice))
    return this.#last
  }

  async #compare(isNewDevice: boolean): Promise<void> {
    const known = [...this.#chats].filter(
      (chat) => chat.sequence.upTo !== undefined && !chat.hasLeft(this.#user),
    )
    const listed = new Set<LocalChat>()
    for await (const page of this.pages()) for (const chat of page) listed.add(chat)
    for (const chat of known) {
      const isEven = listed.has(chat) && chat.lastSeq === chat.sequence.upTo
      if (isEven && !isNewDevice) continue
      try {
        await this.#ask(detailAsk(chat.id))
      } catch (error) {
        if (!(error instanceof RejectedError)) throw error
        // Not this user's any more, or lost: if it comes again, it begins anew.
        if (isNewDevice) {
          chat.startOver(0)
          this.#chats.save(chat)
        }
      }
    }
  }
}

export function detailAsk(chat: ChatId): Ask {
  return {
    topic: chatTopic(chat),
    encode: (request) => encodeUp({ query: { request, detail: {} } }),
  }
}
