import type { ChatId } from '../../../proto/ids.ts'
import type {
  LocalStore,
  OutboxItem,
  StoreChange,
  StoredChat,
  StoredMessage,
  StoredMeta,
  StoredProgress,
  StoredState,
  StoredUnhandled,
  StoredVanishing,
} from './local-store.ts'

/**
 * Keeps everything until the process ends: for tools and tests. What an app had not handled, and sends without PUBACK,
 * end with it. One store object may serve several clients one after the other.
 */
export function memoryStore(): LocalStore {
  return new MemoryStore()
}

class MemoryStore implements LocalStore {
  #meta: StoredMeta | undefined
  readonly #outbox = new Map<number, OutboxItem>()
  readonly #chats = new Map<ChatId, StoredChat>()
  readonly #progress = new Map<ChatId, StoredProgress>()
  readonly #unhandled = new Map<string, StoredUnhandled>()
  readonly #vanishing = new Map<string, StoredVanishing>()
  readonly #messages = new Map<ChatId, Map<number, StoredMessage>>()

  open(): Promise<StoredState> {
    return Promise.resolve({
      meta: this.#meta,
      outbox: [...this.#outbox.values()].sort((a, b) => a.clientSeq - b.clientSeq),
      chats: [...this.#chats.values()],
      progress: [...this.#progress.values()],
      unhandled: [...this.#unhandled.values()],
      vanishing: [...this.#vanishing.values()],
    })
  }

  write(changes: readonly StoreChange[]): Promise<void> {
    for (const change of changes) this.#apply(change)
    return Promise.resolve()
  }

  messages(chat: ChatId, after: number, before: number, limit: number): Promise<StoredMessage[]> {
    const found = [...(this.#messages.get(chat)?.values() ?? [])]
      .filter(({ seq }) => seq > after && seq < before)
      .sort((a, b) => a.seq - b.seq)
    return Promise.resolve(found.slice(Math.max(0, found.length - limit)))
  }

  close(): Promise<void> {
    return Promise.resolve()
  }

  #apply(change: StoreChange): void {
    switch (change.table) {
      case 'meta':
        this.#meta = change.put
        break
      case 'outbox':
        if ('put' in change) this.#outbox.set(change.put.clientSeq, change.put)
        else this.#outbox.delete(change.delete)
        break
      case 'chats':
        this.#chats.set(change.put.chat, change.put)
        break
      case 'progress':
        this.#progress.set(change.put.chat, change.put)
        break
      case 'unhandled':
        if ('put' in change) this.#unhandled.set(`${change.put.chat} ${change.put.seq}`, change.put)
        else this.#unhandled.delete(change.delete.join(' '))
        break
      case 'vanishing':
        if ('put' in change) this.#vanishing.set(`${change.put.chat} ${change.put.seq}`, change.put)
        else this.#vanishing.delete(change.delete.join(' '))
        break
      case 'messages':
        if ('put' in change) this.#messagesOf(change.put.chat).set(change.put.seq, change.put)
        else this.#deleteUpTo(...change.deleteUpTo)
        break
    }
  }

  #deleteUpTo(chat: ChatId, last: number): void {
    const messages = this.#messages.get(chat)
    for (const seq of messages?.keys() ?? []) if (seq <= last) messages?.delete(seq)
  }

  #messagesOf(chat: ChatId): Map<number, StoredMessage> {
    let messages = this.#messages.get(chat)
    if (!messages) this.#messages.set(chat, (messages = new Map()))
    return messages
  }
}
