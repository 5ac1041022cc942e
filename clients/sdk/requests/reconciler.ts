import { encodeRequest, encodeUp, type Response } from '../../../proto/codec.ts'
import { chatIdOf, type ChatId, type UserId } from '../../../proto/ids.ts'
import { chatTopic, REQUEST_TOPIC } from '../../../proto/topics.ts'
import type { Chats } from '../chats/chats.ts'
import { RejectedError, RestanteError } from '../errors.ts'
import type { LocalChat } from '../chats/local-chat.ts'
import type { Ask } from './requests.ts'

/**
 * Compares what this device has of each chat with what the server has. Chats in doubt are asked for one by one, and the
 * answers declare what is lost, or that the chat begins anew. One job after the other, each until it is done.
 */
export class Reconciler {
  readonly #parts: ReconcilerParts
  #last: Promise<void> = Promise.resolve()

  constructor(parts: ReconcilerParts) {
    this.#parts = parts
  }

  /** All chats of the server, page by page; folding the answers has brought `chats` up to date. */
  async *pages(): AsyncGenerator<readonly LocalChat[]> {
    const { chats: known, ask } = this.#parts
    let after = new Uint8Array()
    do {
      const myChats = { after, limit: 0 }
      const { chats } = await ask({
        topic: REQUEST_TOPIC,
        encode: (request) => encodeRequest({ request, myChats }),
      })
      yield (chats?.chats ?? []).map((summary) => known.get(chatIdOf(summary.chat as Uint8Array)))
      after = Uint8Array.from(chats?.next ?? [])
    } while (after.length > 0)
  }

  /** After messages were lost: each chat that is not where the server's list has it is in doubt. */
  findLosses(): void {
    this.#enqueue(async () => {
      const { chats, user } = this.#parts
      const known = [...chats].filter((chat) => chat.sequence.upTo !== undefined && !chat.hasLeft(user))
      const listed = new Set<LocalChat>()
      for await (const page of this.pages()) for (const chat of page) listed.add(chat)
      for (const chat of known) {
        if (listed.has(chat) && chat.lastSeq === chat.sequence.upTo) continue
        chat.doubt ??= 'this'
        chats.save(chat)
      }
      await this.#askDoubtful()
    })
  }

  resolveDoubts(): void {
    this.#enqueue(() => this.#askDoubtful())
  }

  async #askDoubtful(): Promise<void> {
    const { chats, user, ask } = this.#parts
    for (const chat of chats) {
      if (!chat.doubt) continue
      const { lastSeq } = chat
      try {
        await ask(detailAsk(chat.id))
      } catch (error) {
        if (!(error instanceof RejectedError) || error.retryable) throw error
        // Whatever else ails the server says nothing of the chat: it is asked again after the next connect.
        if (error.entry.name !== 'unknown-chat') continue
        // The answer may be older than what came of the chat meanwhile, with it even: a frame does not tell.
        if (chat.lastSeq !== lastSeq) {
          this.resolveDoubts()
          continue
        }
        // Not this user's any more, or lost: if it comes again, it begins anew.
        if (!chat.hasLeft(user)) chat.startOver(0)
        chat.doubt = undefined
      }
      chats.save(chat)
    }
  }

  #enqueue(job: () => Promise<void>): void {
    this.#last = this.#last.then(() => this.#untilDone(job)).catch(() => {}) // closed
  }

  async #untilDone(job: () => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await job()
      } catch (error) {
        if (!(error instanceof RestanteError) || error.code === 'closed') throw error
        this.#parts.failed(error)
        if (!error.retryable) return
        await this.#parts.pause(attempt, error)
      }
    }
  }
}

export interface ReconcilerParts {
  readonly chats: Chats
  readonly user: UserId
  /** @throws RestanteError `closed` at the latest when the client closes */
  readonly ask: (ask: Ask) => Promise<Response>
  /** It is tried again if it is retryable. */
  readonly failed: (error: RestanteError) => void
  /** Resolves when it is time for that attempt after that error, or the client closes. */
  readonly pause: (attempt: number, error: RestanteError) => Promise<void>
}

export function detailAsk(chat: ChatId): Ask {
  return {
    topic: chatTopic(chat),
    encode: (request) => encodeUp({ query: { request, detail: {} } }),
  }
}
