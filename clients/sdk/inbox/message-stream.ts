import type { ChatId } from '../../../proto/ids.ts'
import type { StoredMessage } from '../store/local-store.ts'
import type { Message } from './message.ts'

/** A message on its way through the app. */
export interface Handout {
  readonly stored: StoredMessage
  /** Whether the local store has it: until then nobody sees it. */
  isStored: boolean
  /** Listeners and streams that have it and are not done with it. */
  takers: number
  isHandedOut: boolean
}

/**
 * `for await (const message of …)`: messages from the first `next` on, changes only if asked for. Asking for the next one says that
 * the last one is handled. Ending the loop gives back what was not taken.
 */
export class MessageStream implements AsyncIterableIterator<Message> {
  readonly #chat: ChatId | undefined
  readonly #withChanges: boolean
  readonly #parts: StreamParts
  #queue: { readonly handout: Handout; readonly message: Message }[] = []
  #current: Handout | undefined
  #waiting: ((result: IteratorResult<Message>) => void)[] = []
  #state: 'new' | 'started' | 'ended' = 'new'

  constructor(chat: ChatId | undefined, withChanges: boolean, parts: StreamParts) {
    this.#chat = chat
    this.#withChanges = withChanges
    this.#parts = parts
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  next(): Promise<IteratorResult<Message>> {
    this.#finishCurrent()
    if (this.#state === 'new') {
      this.#state = 'started'
      this.#parts.started()
    }
    if (this.#state === 'ended') return Promise.resolve({ done: true, value: undefined })
    const first = this.#queue.shift()
    if (first) {
      this.#current = first.handout
      return Promise.resolve({ done: false, value: first.message })
    }
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  return(): Promise<IteratorResult<Message>> {
    this.#finishCurrent()
    this.end()
    return Promise.resolve({ done: true, value: undefined })
  }

  wants(chat: ChatId): boolean {
    return this.#chat === undefined || this.#chat === chat
  }

  /** @returns whether this stream takes it */
  offer(handout: Handout, message: Message): boolean {
    if (handout.stored.act || (message.change && !this.#withChanges) || !this.wants(message.chatId))
      return false
    const waiting = this.#waiting.shift()
    if (waiting) {
      this.#current = handout
      waiting({ done: false, value: message })
    } else this.#queue.push({ handout, message })
    return true
  }

  end(): void {
    if (this.#state === 'ended') return
    this.#state = 'ended'
    const untaken = this.#queue.map((entry) => entry.handout)
    this.#queue = []
    this.#parts.ended(untaken)
    for (const waiting of this.#waiting.splice(0)) waiting({ done: true, value: undefined })
  }

  #finishCurrent(): void {
    const current = this.#current
    this.#current = undefined
    if (current) this.#parts.handled(current)
  }
}

/** What a stream hands out. */
export interface StreamOptions {
  /** Changes of groups too, in order with the messages. Default: no. */
  readonly withChanges?: boolean
}

interface StreamParts {
  readonly started: () => void
  readonly ended: (untaken: readonly Handout[]) => void
  readonly handled: (handout: Handout) => void
}
