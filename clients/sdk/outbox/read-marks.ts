import { encodeUp } from '../../../proto/codec.ts'
import type { ChatId } from '../../../proto/ids.ts'
import { Deferred } from '../deferred.ts'
import type { LocalChat } from '../chats/local-chat.ts'
import type { StoreChange } from '../store/local-store.ts'
import type { Publish } from './outbox.ts'

/**
 * What this device's user has read. A mark is stored first and stays until its PUBACK; while one is on its way to a
 * chat, the later ones of that chat become one.
 */
export class ReadMarks {
  readonly #write: (changes: readonly StoreChange[]) => Promise<void>
  readonly #resolveDoubts: () => void
  /** Chats whose newest mark the server does not have. */
  readonly #pending = new Map<ChatId, Pending>()
  #publish: Publish | undefined
  #closed: Error | undefined

  /** @param resolveDoubts ask the server about chats that are in doubt */
  constructor(
    chats: Iterable<LocalChat>,
    write: (changes: readonly StoreChange[]) => Promise<void>,
    resolveDoubts: () => void,
  ) {
    this.#write = write
    this.#resolveDoubts = resolveDoubts
    for (const chat of chats) if (chat.ownRead > chat.ownReadSent) this.#pendingOf(chat)
  }

  /** When the server has all there are now. */
  get sent(): Promise<unknown> {
    return Promise.all([...this.#pending.values()].map(({ sent }) => sent.promise))
  }

  /** Resolves when the server has it. */
  async mark(chat: LocalChat, upTo: number): Promise<void> {
    if (this.#closed) throw this.#closed
    chat.setOwnRead(upTo)
    if (chat.ownRead <= chat.ownReadSent) return
    const pending = this.#pendingOf(chat)
    const { sent } = pending
    await this.#write(chat.takeChanges())
    this.#send(pending)
    await sent.promise
  }

  /** The server has lost the mark that it had. */
  again(chat: LocalChat): void {
    if (!this.#closed && chat.ownRead > chat.ownReadSent) this.#send(this.#pendingOf(chat))
  }

  connected(publish: Publish): void {
    this.#publish = publish
    for (const pending of this.#pending.values()) {
      pending.isOnItsWay = false
      this.#send(pending)
    }
  }

  disconnected(): void {
    this.#publish = undefined
  }

  close(error: Error): void {
    this.disconnected()
    this.#closed = error
    for (const pending of this.#pending.values()) pending.sent.reject(error)
  }

  #pendingOf(chat: LocalChat): Pending {
    let pending = this.#pending.get(chat.id)
    if (!pending) {
      pending = { chat, sent: new Deferred(), isOnItsWay: false }
      this.#pending.set(chat.id, pending)
    }
    return pending
  }

  #send(pending: Pending): void {
    const { chat } = pending
    if (!this.#publish || pending.isOnItsWay || !this.#pending.has(chat.id)) return
    pending.isOnItsWay = true
    const upTo = chat.ownRead
    this.#publish(chat.id, encodeUp({ read: { upTo } }), () => {
      pending.isOnItsWay = false
      chat.ownReadSent = Math.max(chat.ownReadSent, upTo)
      if (chat.ownRead > chat.ownReadSent) return this.#send(pending)
      this.#pending.delete(chat.id)
      void this.#write(chat.takeChanges())
      pending.sent.resolve()
      if (!chat.unread.isGuess) return
      // The server has the mark now, and can count what it leaves.
      chat.doubt ??= 'this'
      this.#resolveDoubts()
    })
  }
}

interface Pending {
  readonly chat: LocalChat
  readonly sent: Deferred<void>
  isOnItsWay: boolean
}
