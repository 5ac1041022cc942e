import { IF_EXISTS, open, type RootDatabase } from 'lmdb'
import type { ChatId } from '../../../proto/ids.ts'
import { storeTaken } from '../errors.ts'
import type { Attachment } from '../said.ts'
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

/** Keeps everything in a directory, for one device; it outlives `kill -9` and power cuts. */
export function lmdbStore(directory: string): LocalStore {
  return new LmdbStore(directory)
}

type Key =
  | [table: string]
  | [table: string, key: string | number]
  | [table: string, chat: string, seq: number]

/** The last epoch: each opening has one more than the one before. */
const EPOCH: Key = ['epoch']

/**
 * Transactions are lists of changes under one condition, never callbacks: lmdb's thread waits for a callback to be run by
 * ours, and in `process.exit` ours waits for lmdb's. The condition is a key that exists as long as this opening is the last.
 */
class LmdbStore implements LocalStore {
  readonly #directory: string
  #db: RootDatabase<unknown, Key> | undefined
  #epoch = 0

  constructor(directory: string) {
    this.#directory = directory
  }

  async open(): Promise<StoredState> {
    // Without noSubdir a name with a dot would be taken for a file's. A batch that stayed open until the turn ends would
    // make lmdb's thread wait for ours, too.
    const db = open<unknown, Key>({ path: this.#directory, noSubdir: false, eventTurnBatching: false })
    this.#db = db
    while (!(await this.#own(db)));
    return {
      meta: db.get(['meta', 'meta']) as StoredMeta | undefined,
      outbox: this.#all<OutboxItem>('outbox'),
      chats: this.#all<StoredChat>('chats'),
      progress: this.#all<StoredProgress>('progress'),
      unhandled: this.#all<StoredUnhandled>('unhandled'),
      vanishing: this.#all<StoredVanishing>('vanishing'),
    }
  }

  async write(changes: readonly StoreChange[]): Promise<void> {
    const db = this.#database
    const isOwner = await db.ifVersion(ownerKey(this.#epoch), IF_EXISTS, () => {
      const put: StoredMessage[] = []
      for (const change of changes) {
        if ('put' in change) {
          void db.put(keyOf(change), change.put)
          if (change.table === 'messages') put.push(change.put)
        } else if ('deleteUpTo' in change) this.#deleteUpTo(db, put, ...change.deleteUpTo)
        else if (change.table === 'outbox') void db.remove(['outbox', change.delete])
        else void db.remove([change.table, ...change.delete])
      }
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

  /** @returns false if another opening came between */
  #own(db: RootDatabase<unknown, Key>): Promise<boolean> {
    this.#epoch = ((db.get(EPOCH) as number | undefined) ?? 0) + 1
    // More than one, or none, when 0.1.0 was here, which knew only epochs.
    const before = [...db.getKeys({ start: ownerKey(0), end: ownerKey(Number.MAX_SAFE_INTEGER) })]
    return db.ifNoExists(ownerKey(this.#epoch), () => {
      for (const key of before) void db.remove(key)
      void db.put(ownerKey(this.#epoch), true)
      void db.put(EPOCH, this.#epoch)
    })
  }

  /** @param put messages that this write has put already: only later reads see them */
  #deleteUpTo(
    db: RootDatabase<unknown, Key>,
    put: readonly StoredMessage[],
    chat: ChatId,
    last: number,
  ): void {
    // All of them first: what is being walked through is not changed meanwhile.
    const keys = [...db.getKeys({ start: ['messages', chat, 0], end: ['messages', chat, last + 1] })]
    for (const key of keys) void db.remove(key)
    for (const { chat: other, seq } of put) {
      if (other === chat && seq <= last) void db.remove(['messages', chat, seq])
    }
  }

  #all<Record>(table: string): Record[] {
    // '' sorts before every key and numbers before text; nothing sorts behind this one.
    const range = { start: [table] as Key, end: [table, '\uffff'] as Key }
    return [...this.#database.getRange(range)].map(({ value }) => value as Record)
  }
}

function ownerKey(epoch: number): [table: string, epoch: number] {
  return ['owner', epoch]
}

/** Bytes come back as Buffers; on our borders they are plain. */
function asStored(message: StoredMessage): StoredMessage {
  const { body, said } = message
  if (!body && !said?.attachments) return message
  return {
    ...message,
    ...(body && { body: new Uint8Array(body) }),
    ...(said?.attachments && { said: { ...said, attachments: said.attachments.map(plain) } }),
  }
}

function plain(attachment: Attachment): Attachment {
  const { sha256, key, preview } = attachment
  return {
    ...attachment,
    ...(sha256 && { sha256: new Uint8Array(sha256) }),
    ...(key && { key: new Uint8Array(key) }),
    ...(preview && { preview: new Uint8Array(preview) }),
  }
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
    case 'unhandled':
    case 'vanishing':
    case 'messages':
      return [change.table, change.put.chat, change.put.seq]
  }
}
