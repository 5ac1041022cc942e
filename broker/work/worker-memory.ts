import { isChatField } from '../../proto/codec.ts'
import { chatBytesOfKey, chatKeyAt, envelopeChatKey } from '../../proto/envelope-entry.ts'
import { chatIdOf } from '../../proto/ids.ts'
import type { ChatState } from '../../proto/server-codec.ts'
import type { Feed } from '../mailbox/feed.ts'
import type { MailboxStore } from '../mailbox/store.ts'

/** The directory's backlog of a partition, and what waits for the directory: given to each new owner (see state.proto). */
export const DIRTY = '~dirty'
export const PARKED = '~parked'
/** Chats whose state is fetched in one go, and bytes of states in one batch; the last chat may go beyond. */
const CHATS_MAX = 256
const BYTES_MAX = 4 * 1024 * 1024
/**
 * State of one chat. Workers keep it below: see workers/chat/state.ts and add-members.ts. Of what is larger all the same
 * the worker gets nothing that it could read, so that its entries are refused and no frame is too large for a worker.
 */
export const STATE_BYTES_MAX = 16 * 1024 * 1024
const TOO_LARGE: Fields = new Map([['too-large', new Uint8Array(1)]])

type Fields = ReadonlyMap<string, Uint8Array>

/**
 * Which chats' states a worker has under one lease, and which go to it with the next batch. Chats are named by their
 * key (chatKeyAt); "" stands for entries that concern no chat.
 */
export class WorkerMemory {
  readonly #store: MailboxStore
  readonly #partition: number
  readonly #held = new Set<string>()
  readonly #prepared = new Map<string, ChatState>()
  readonly #wanted = new Set<string>()
  #preparedBytes = 0

  constructor(store: MailboxStore, partition: number) {
    this.#store = store
    this.#partition = partition
  }

  /** Whether the worker has the state, or gets it with the next batch. */
  isKnown(chatKey: string): boolean {
    return chatKey === '' || this.#held.has(chatKey) || this.#prepared.has(chatKey)
  }

  get isPrepared(): boolean {
    return this.#prepared.size > 0
  }
  /** The worker has asked for states that are not fetched yet, and there is room for some in the next batch. */
  get isWanted(): boolean {
    return this.#wanted.size > 0 && this.#preparedBytes < BYTES_MAX
  }

  /** The worker no longer has these. */
  forget(chats: readonly Uint8Array[]): void {
    for (const chat of chats) this.#held.delete(keyOf(chat))
  }

  /** The worker asks for these. */
  want(chats: readonly Uint8Array[]): void {
    this.forget(chats)
    for (const chat of chats) this.#wanted.add(keyOf(chat))
  }

  prepare(chatKey: string, fields: Fields): void {
    this.#prepared.set(chatKey, {
      chat: chatBytesOfKey(chatKey),
      fields: Array.from(fields, ([name, value]) => ({ name, value })),
    })
  }

  /** What goes with this batch. */
  take(): ChatState[] {
    const states = [...this.#prepared.values()]
    for (const chatKey of this.#prepared.keys()) this.#held.add(chatKey)
    this.#prepared.clear()
    this.#preparedBytes = 0
    return states
  }

  /** Fetches what the worker asked for. @throws StoreUnavailable */
  async fetchWanted(): Promise<void> {
    await this.#fetch([...this.#wanted].slice(0, CHATS_MAX))
  }

  /** Fetches what the worker lacks for the queued entries; for the first of them at least. @throws StoreUnavailable */
  async fetchMissing(feed: Feed): Promise<void> {
    const missing = new Set<string>()
    for (let i = 0; i < feed.length && missing.size < CHATS_MAX; i++) {
      const chatKey = envelopeChatKey(feed.at(i).bytes)
      if (!this.isKnown(chatKey)) missing.add(chatKey)
    }
    await this.#fetch([...missing])
  }

  async #fetch(chatKeys: readonly string[]): Promise<void> {
    const states = await this.#store.states(this.#partition, chatKeys.map(nameOf))
    let bytes = 0
    for (let i = 0; i < chatKeys.length && (i === 0 || bytes < BYTES_MAX); i++) {
      const fields = states[i] as Fields
      let size = 0
      for (const [name, value] of fields) size += name.length + value.length
      const isTooLarge = size > STATE_BYTES_MAX
      if (!isTooLarge) bytes += size
      this.prepare(chatKeys[i] as string, isTooLarge ? TOO_LARGE : fields)
      this.#wanted.delete(chatKeys[i] as string)
    }
    this.#preparedBytes += bytes
  }
}

function keyOf(chat: Uint8Array): string {
  return isChatField(chat) ? chatKeyAt(chat, 0) : Buffer.from(chat).toString('latin1')
}

function nameOf(chatKey: string): string {
  const bytes = chatBytesOfKey(chatKey)
  return isChatField(bytes) ? chatIdOf(bytes) : chatKey // a pseudo-chat's name is its key
}
