import type { ChatId } from '../../../proto/ids.ts'
import { RestanteError, storeTaken } from '../errors.ts'
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

/** Keeps everything in an IndexedDB database of that name: one for each user and device of the page's origin. */
export function indexedDbStore(name: string): LocalStore {
  return new IndexedDbStore(name)
}

/** Object stores and their keys: the tables of the port. */
const KEY_PATHS = {
  meta: 'key',
  outbox: 'clientSeq',
  chats: 'chat',
  progress: 'chat',
  unhandled: ['chat', 'seq'],
  vanishing: ['chat', 'seq'],
  messages: ['chat', 'seq'],
} as const
const TABLES = Object.keys(KEY_PATHS) as (keyof typeof KEY_PATHS)[]
/** One more for each change of the tables. 1 had no `unhandled`, 2 no `vanishing`. */
const VERSION = 3

/** How long to wait for a tab that does not let go of an older version: 0.1.0 never did. */
const BLOCKED_MS_MAX = 5_000

class IndexedDbStore implements LocalStore {
  readonly #name: string
  #db: IDBDatabase | undefined
  /** A newer version of the app, in another tab, has the database. */
  #isLetGo = false
  /** Of this opening: each has one more than the one before. */
  #epoch = 0

  constructor(name: string) {
    this.#name = name
  }

  async open(): Promise<StoredState> {
    const db = await opened(this.#name)
    this.#db = db
    this.#isLetGo = false
    // Or the newer version would wait for this tab to be closed.
    db.onversionchange = () => {
      this.#isLetGo = true
      db.close()
    }
    const tables = db.transaction(
      ['meta', 'outbox', 'chats', 'progress', 'unhandled', 'vanishing'],
      'readwrite',
    )
    epochIn(tables, (epoch) => {
      this.#epoch = epoch + 1
      tables.objectStore('meta').put({ key: 'epoch', epoch: this.#epoch })
    })
    const [meta, outbox, chats, progress, unhandled, vanishing] = await Promise.all([
      answerOf<StoredMeta | undefined>(tables.objectStore('meta').get('meta')),
      answerOf<OutboxItem[]>(tables.objectStore('outbox').getAll()),
      answerOf<StoredChat[]>(tables.objectStore('chats').getAll()),
      answerOf<StoredProgress[]>(tables.objectStore('progress').getAll()),
      answerOf<StoredUnhandled[]>(tables.objectStore('unhandled').getAll()),
      answerOf<StoredVanishing[]>(tables.objectStore('vanishing').getAll()),
      completed(tables),
    ])
    return { meta, outbox, chats, progress, unhandled, vanishing }
  }

  async write(changes: readonly StoreChange[]): Promise<void> {
    const transaction = this.#database.transaction(TABLES, 'readwrite', { durability: 'strict' })
    let isOwner = true
    epochIn(transaction, (epoch) => {
      isOwner = epoch === this.#epoch
      if (!isOwner) return
      for (const change of changes) {
        const table = transaction.objectStore(change.table)
        if ('put' in change) table.put(change.put)
        else if ('delete' in change) table.delete(keyOf(change.delete))
        else table.delete(messagesBetween(change.deleteUpTo[0], 0, change.deleteUpTo[1] + 1))
      }
    })
    await completed(transaction)
    if (!isOwner) throw storeTaken()
  }

  async messages(chat: ChatId, after: number, before: number, limit: number): Promise<StoredMessage[]> {
    const range = messagesBetween(chat, after, before)
    const table = this.#database.transaction('messages', 'readonly').objectStore('messages')
    const newestFirst: StoredMessage[] = []
    const cursors = table.openCursor(range, 'prev')
    return new Promise((resolve, reject) => {
      cursors.onerror = () => reject(cursors.error ?? new Error('the messages cannot be read'))
      cursors.onsuccess = () => {
        const cursor = cursors.result
        if (cursor && newestFirst.length < limit) {
          newestFirst.push(cursor.value as StoredMessage)
          cursor.continue()
        } else resolve(newestFirst.reverse())
      }
    })
  }

  close(): Promise<void> {
    this.#db?.close()
    this.#db = undefined
    return Promise.resolve()
  }

  get #database(): IDBDatabase {
    if (this.#isLetGo) throw storeTaken()
    if (!this.#db) throw new Error('the store is not open')
    return this.#db
  }
}

/** @throws RestanteError store-failed if a tab with an older version has it, and does not let go in time */
function opened(name: string): Promise<IDBDatabase> {
  const opening = indexedDB.open(name, VERSION)
  opening.onupgradeneeded = () => {
    for (const table of TABLES) {
      if (opening.result.objectStoreNames.contains(table)) continue
      opening.result.createObjectStore(table, { keyPath: keyOf(KEY_PATHS[table]) })
    }
  }
  return new Promise((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout> | undefined
    opening.onblocked = () => {
      timer = setTimeout(() => {
        // It cannot be taken back: when its turn comes, it must not block others.
        opening.onsuccess = () => opening.result.close()
        const text = 'another tab has the local store open with an older version of the app: close it'
        reject(new RestanteError('store-failed', text, { retryable: true }))
      }, BLOCKED_MS_MAX)
    }
    opening.onsuccess = () => {
      clearTimeout(timer)
      resolve(opening.result)
    }
    opening.onerror = () => {
      clearTimeout(timer)
      reject(opening.error ?? new Error('the database cannot be opened'))
    }
  })
}

/** As IndexedDB wants keys and their paths: no list that must not change. */
function keyOf<Part extends string | number>(key: Part | readonly Part[]): Part | Part[] {
  return typeof key === 'object' ? [...key] : key
}

/** @param after a seq, not included; nor is `before` */
function messagesBetween(chat: ChatId, after: number, before: number): IDBKeyRange {
  return IDBKeyRange.bound([chat, after], [chat, before], true, true)
}

/** Goes on within the transaction. @param then 0: the database was never opened before */
function epochIn(transaction: IDBTransaction, then: (epoch: number) => void): void {
  const asked = transaction.objectStore('meta').get('epoch') as IDBRequest<{ epoch: number } | undefined>
  // A throw in here aborts the transaction.
  asked.onsuccess = () => then(asked.result?.epoch ?? 0)
}

function completed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error ?? new Error('the transaction was aborted'))
  })
}

function answerOf<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('the database did not answer'))
  })
}
