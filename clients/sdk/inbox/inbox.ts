import type { ChatId } from '../../../proto/ids.ts'
import type { StoredMessage } from '../store/local-store.ts'
import type { Message } from './message.ts'
import { MessageStream, type Handout, type StreamOptions } from './message-stream.ts'

/**
 * Hands stored messages to the app, each once and by chat in seq order (G4). They wait here until somebody listens,
 * and those of a chat whose members are not known yet wait for the roster. A message is handled when every listener
 * has returned and every stream has asked for the next one; until then the store has it as unhandled, so what a killed
 * app had not handled comes again.
 */
export class Inbox {
  readonly #parts: InboxParts
  readonly #queues = new Map<ChatId, Queue>()
  readonly #streams = new Set<MessageStream>()
  #isScheduled = false
  #isDispatching = false
  #isClosed = false

  constructor(parts: InboxParts) {
    this.#parts = parts
  }

  /**
   * From now on these wait to be handed out. Called in seq order of each chat, late ones as they come.
   *
   * @returns to be called when the local store has them: the next dispatch hands them out
   */
  add(messages: readonly StoredMessage[]): () => void {
    const handouts = messages.map((stored) => this.#queued(stored))
    return () => {
      for (const handout of handouts) handout.isStored = true
    }
  }

  /** In a moment, so that listeners that are added together all see the first message. */
  schedule(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    queueMicrotask(() => {
      this.#isScheduled = false
      this.dispatch()
    })
  }

  /** Hand out what can be: messages came, somebody began to listen, a roster became known. */
  dispatch(): void {
    // A listener that causes a dispatch must not see the next message before the others have seen this one.
    if (this.#isDispatching) return
    this.#isDispatching = true
    try {
      for (const [chat, queue] of this.#queues) this.#drain(chat, queue)
    } finally {
      this.#isDispatching = false
    }
  }

  /** @param chat only this chat's messages; all if undefined */
  stream(chat: ChatId | undefined, { withChanges = false }: StreamOptions): MessageStream {
    const stream: MessageStream = new MessageStream(chat, withChanges, {
      started: () => {
        this.#streams.add(stream)
        this.schedule()
      },
      ended: (untaken) => {
        this.#streams.delete(stream)
        for (const handout of untaken) this.#giveBack(handout)
      },
      handled: (handout) => this.#leave(handout),
    })
    return stream
  }

  /** Nothing is handed out from here on: nobody could note that the app is done with it. */
  close(): void {
    this.#isClosed = true
    for (const stream of this.#streams) stream.end()
  }

  #queued(stored: StoredMessage): Handout {
    const handout: Handout = { stored, takers: 0, isStored: false, isHandedOut: false }
    const queue = this.#queues.get(stored.chat)
    if (queue) queue.handouts.push(handout)
    else this.#queues.set(stored.chat, { handouts: [handout], first: 0, next: 0 })
    return handout
  }

  #isWanted(chat: ChatId): boolean {
    if (this.#isClosed) return false
    if (this.#parts.hasListeners()) return true
    for (const stream of this.#streams) if (stream.wants(chat)) return true
    return false
  }

  #drain(chat: ChatId, queue: Queue): void {
    for (let handout = queue.handouts[queue.next]; handout; handout = queue.handouts[queue.next]) {
      // Asked each time: the last one may have been what the last listener waited for.
      if (!handout.isStored || !this.#isWanted(chat)) return
      const message = handout.isHandedOut ? undefined : this.#parts.resolve(handout.stored)
      if (!message && !handout.isHandedOut) return
      queue.next++
      if (message) this.#handOut(handout, message)
    }
  }

  #handOut(handout: Handout, message: Message): void {
    handout.isHandedOut = true
    handout.takers = 1
    for (const stream of this.#streams) if (stream.offer(handout, message)) handout.takers++
    this.#parts.emit(message, handout.stored)
    this.#leave(handout)
  }

  #leave(handout: Handout): void {
    handout.takers--
    const { chat } = handout.stored
    const queue = this.#queues.get(chat)
    if (!queue || handout.takers > 0) return
    const { handouts, first } = queue
    while (queue.first < queue.next && handouts[queue.first]?.takers === 0) queue.first++
    const handled = handouts.slice(first, queue.first)
    if (queue.first === handouts.length) this.#queues.delete(chat)
    else if (queue.first > handouts.length / 2) forgetHandled(queue)
    for (const { stored } of handled) this.#parts.handled(stored)
  }

  /** A stream ended before it took this: unless others have it too, it waits for the next listener. */
  #giveBack(handout: Handout): void {
    if (handout.takers > 1 || this.#parts.hasListeners()) return this.#leave(handout)
    const queue = this.#queues.get(handout.stored.chat)
    if (!queue) return
    handout.isHandedOut = false
    handout.takers = 0
    queue.next = Math.min(queue.next, queue.handouts.indexOf(handout))
    this.schedule()
  }
}

interface Queue {
  /** In seq order, but for what came late. */
  readonly handouts: Handout[]
  /** Those before it are handled. */
  first: number
  /** Those before it were handed out. */
  next: number
}

/** Now and then, so that a long queue is not moved for each message. */
function forgetHandled(queue: Queue): void {
  queue.handouts.splice(0, queue.first)
  queue.next -= queue.first
  queue.first = 0
}

export interface InboxParts {
  readonly hasListeners: () => boolean
  /** undefined: the chat's members must be asked for first; dispatch again when they are known. */
  readonly resolve: (stored: StoredMessage) => Message | undefined
  /** @param stored an act: the message is its sender's only, and shows nothing */
  readonly emit: (message: Message, stored: StoredMessage) => void
  /** The app is done with it. */
  readonly handled: (stored: StoredMessage) => void
}
