import type { ChatId } from '../../../proto/ids.ts'
import { LocalChat } from './local-chat.ts'
import { Vanishing } from './vanishing.ts'
import type {
  StoreChange,
  StoredChat,
  StoredMessage,
  StoredProgress,
  StoredState,
} from '../store/local-store.ts'

/** Chats that this device knows, and what of them has to be saved. */
export class Chats {
  readonly #chats = new Map<ChatId, LocalChat>()
  readonly #dirty = new Set<LocalChat>()
  #handled: StoreChange[] = []
  readonly #write: (changes: readonly StoreChange[]) => Promise<void>
  readonly #messagesKept: number
  readonly #disappears: (endsAtMs: number) => void

  /**
   * @param messagesKept handled messages that stay in the store, per chat
   * @param disappears called when a message may disappear, with the time: Unix ms
   */
  constructor(
    state: StoredState,
    write: (changes: readonly StoreChange[]) => Promise<void>,
    messagesKept: number,
    disappears: (endsAtMs: number) => void,
  ) {
    this.#write = write
    this.#messagesKept = messagesKept
    this.#disappears = disappears
    const progress = new Map(state.progress.map((record) => [record.chat, record]))
    const rosters = new Map(state.chats.map((record) => [record.chat, record]))
    for (const id of new Set([...progress.keys(), ...rosters.keys()])) {
      this.#chats.set(id, this.#made(id, rosters.get(id), progress.get(id)))
    }
    for (const record of state.vanishing) this.get(record.chat).vanishing.load(record)
  }

  [Symbol.iterator](): IterableIterator<LocalChat> {
    return this.#chats.values()
  }

  /** The chat, which the server need not know. */
  get(id: ChatId): LocalChat {
    let chat = this.#chats.get(id)
    if (!chat) this.#chats.set(id, (chat = this.#made(id)))
    return chat
  }

  /** The server lost something: each chat has to be asked what is left of it. @returns those whose progress has to be written */
  doubtAll(): LocalChat[] {
    const doubted = [...this].filter((chat) => chat.exists && chat.doubt !== 'all')
    for (const chat of doubted) chat.doubt = 'all'
    return doubted
  }

  /** The app is done with it: saved soon. */
  handled(stored: StoredMessage): void {
    const chat = this.get(stored.chat)
    if (!chat.unhandled.remove(stored)) return
    this.#handled.push({ table: 'unhandled', delete: [stored.chat, stored.seq] })
    this.save(chat)
    const endsAtMs = chat.vanishing.endOf(stored.seq)
    if (endsAtMs !== undefined) this.#disappears(endsAtMs)
  }

  /** Save the chat's progress soon, all that changes in this turn in one write. */
  save(chat: LocalChat): void {
    if (this.#dirty.size === 0) queueMicrotask(() => this.#saveDirty())
    this.#dirty.add(chat)
  }

  /** The chat's progress as changes: with it go messages that were handled long ago. */
  progressOf(chat: LocalChat): StoreChange[] {
    const changes = chat.takeChanges()
    const last = Math.min(
      chat.sequence.behind(chat.sequence.upTo ?? 0, this.#messagesKept),
      chat.unhandled.lowest - 1,
    )
    if (last > 0) changes.push({ table: 'messages', deleteUpTo: [chat.id, last] })
    return changes
  }

  #made(id: ChatId, roster?: StoredChat, progress?: StoredProgress): LocalChat {
    return new LocalChat(id, roster, progress, new Vanishing(id, this.#disappears))
  }

  #saveDirty(): void {
    const changes = [...this.#handled, ...[...this.#dirty].flatMap((chat) => this.progressOf(chat))]
    this.#handled = []
    this.#dirty.clear()
    void this.#write(changes)
  }
}
