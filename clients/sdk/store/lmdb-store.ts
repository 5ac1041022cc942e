import { open, type RootDatabase } from 'lmdb'
import type { ChatId } from '../../../proto/ids.ts'
import { storeTaken } from '../errors.ts'
import type {
  LocalStore,
  OutboxItem,
  StoreChange,
  StoredChat,
  StoredMessage,
  StoredMeta,
  StoredProgress,
  StoredState,
} from './local-store.ts'

/** Keeps everything in a directory, for one device; it outlives `kill -9` and power cuts. */
export function lmdbStore(directory: string): LocalStore {
  return new LmdbStore(directory)
}

type Key =
  | [table: string]
  | [table: string, key: string | number]
  | [table: string, chat: string, seq: number]

const EPOCH: Key = ['epoch']

class LmdbStore implements LocalStore {
  readonly #directory: string
  #db: RootDatabase<unknown, Key> | undefined
  /** Of this opening: each has one more than the one before. */
  #epoch = 0

  constructor(directory: string) {
    this.#directory = directory
  }

  async open(): Promise<StoredState> {
    // Without noSubdir a name with a dot would be taken for a file's.
    const db = open<unknown, Key>({ path: this.#directory, noSubdir: false })
    this.#db = db
    await db.transaction(() => {
      this.#epoch = 1 + ((db.get(EPOCH) as number | undefined) ?? 0)
      void db.put(EPOCH, this.#epoch)
    })
    return {
      meta: db.get(['meta', 'meta']) as StoredMeta | undefined,
      outbox: this.#all<OutboxItem>('outbox'),
      chats: this.#all<StoredChat>('chats'),
      progress: this.#all<StoredProgress>('progress'),
    }
  }

  async write(changes: readonly StoreChange[]): Promise<void> {
    const db = this.#database
    const isOwner = await db.transaction(() => {
      if (db.get(EPOCH) !== this.#epoch) return false
      for (const change of changes) {
        if ('put' in change) void db.put(keyOf(change), change.put)
        else if ('delete' in change) void db.remove(['outbox', change.delete])
        else this.#deleteUpTo(db, ...change.deleteUpTo)
      }
      return true
    })
    if (!isOwner) throw storeTaken()
    await db.flushed
  }

  messages(chat: ChatId, after: number, before: number, limit: number): Promise<StoredMessage[]> {
    const range = {
      start: ['messages', chat, before] as Key,
      end: ['messages', chat, after] as Key,
      reverse: true,
      exclusiveStart: true,
      ...(Number.isFinite(limit) ? { limit } : {}),
    }
    const newestFirst = [...this.#database.getRange(range)].map(({ value }) =>
      asStored(value as StoredMessage),
    )
    return Promise.resolve(newestFirst.reverse())
  }

  async close(): Promise<void> {
    await this.#db?.close()
    this.#db = undefined
  }

  get #database(): RootDatabase<unknown, Key> {
    if (!this.#db) throw new Error('the store is not open')
    return this.#db
  }

  #deleteUpTo(db: RootDatabase<unknown, Key>, chat: ChatId, last: number): void {
    // All of them first: what is being walked through is not changed meanwhile.
    const keys = [...db.getKeys({ start: ['messages', chat, 0], end: ['messages', chat, last + 1] })]
    for (const key of keys) void db.remove(key)
  }

  #all<Record>(table: string): Record[] {
    // '' sorts before every key and numbers before text; nothing sorts behind this one.
    const range = { start: [table] as Key, end: [table, '\uffff'] as Key }
    return [...this.#database.getRange(range)].map(({ value }) => value as Record)
  }
}

/** Bytes come back as Buffers; on our borders they are plain. */
function asStored(message: StoredMessage): StoredMessage {
  return message.body ? { ...message, body: new Uint8Array(message.body) } : message
}

function keyOf(change: Extract<StoreChange, { put: unknown }>): Key {
  switch (change.table) {
    case 'meta':
      return ['meta', change.put.key]
    case 'outbox':
      return ['outbox', change.put.clientSeq]
    case 'chats':
    case 'progress':
      return [change.table, change.put.chat]
    case 'messages':
      return ['messages', change.put.chat, change.put.seq]
  }
}
