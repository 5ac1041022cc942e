import { connect, durableStore, UnreachableError, type Client } from '../../../clients/browser.ts'
import type { ChatId } from '../../../proto/ids.ts'
import { LOCAL_STORE_CASES } from '../../contract/local-store.ts'

/** What the tests call in the page. Bundled by the test for the browser. */
declare global {
  var page: typeof api
}

let client: Client
let raw: IDBDatabase
const seen: string[] = []

const api = {
  cases: (): string[] => LOCAL_STORE_CASES.map(({ name }) => name),

  async runCase(name: string): Promise<void> {
    const database = `contract ${name}`
    await LOCAL_STORE_CASES.find((one) => one.name === name)?.run(() => durableStore(database))
  },

  /** Whether a write is one transaction, how durable it is asked to be, and whether it resolves behind its end. */
  async watchWrite(): Promise<{ transactions: number; durability: string[]; isOver: boolean }> {
    const store = durableStore('watched')
    await store.open()
    const { value } = Object.getOwnPropertyDescriptor(IDBDatabase.prototype, 'transaction') ?? {}
    const begin = value as IDBDatabase['transaction']
    const writing: IDBTransaction[] = []
    let over = 0
    IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...args: Parameters<typeof begin>) {
      const transaction = begin.apply(this, args)
      if (transaction.mode === 'readwrite') writing.push(transaction)
      transaction.addEventListener('complete', () => over++)
      return transaction
    }
    const item = { chat: CHAT, command: { kind: 'text', text: 'x' }, refusals: 0 } as const
    await store.write([
      { table: 'outbox', put: { ...item, clientSeq: 1 } },
      { table: 'outbox', put: { ...item, clientSeq: 2 } },
      { table: 'outbox', delete: 1 },
      { table: 'unhandled', put: { chat: CHAT, seq: 1 } },
      { table: 'messages', deleteUpTo: [CHAT, 1] },
    ])
    const isOver = over === writing.length
    IDBDatabase.prototype.transaction = begin
    await store.close()
    return { transactions: writing.length, durability: writing.map(({ durability }) => durability), isOver }
  },

  async open(url: string, token: string, store: string): Promise<string> {
    client = await connect({ url, token, device: 'browser', store: durableStore(store) })
    client.on('message', ({ seq, sender, text }) => seen.push(`${seq} ${sender} ${text}`))
    return client.user
  },

  /** Why there is no connection, at the first attempt. */
  async failure(url: string, token: string): Promise<string> {
    const error = await connect({ url, token, device: 'lost', givesUp: () => true }).catch((e: unknown) => e)
    return error instanceof UnreachableError ? `${error.reason}: ${error.message}` : String(error)
  },

  /** Sends, waits for ✓✓. @returns its seq */
  async send(peer: string, text: string): Promise<number> {
    const sent = await client.direct(peer).send({ text })
    await sent.delivered
    return sent.accepted
  },

  async read(peer: string): Promise<void> {
    await client.direct(peer).markRead()
  },

  async history(peer: string): Promise<string[]> {
    const messages = await client.direct(peer).history()
    return messages.map(({ sender, text, state }) => `${sender} ${text} ${state ?? ''}`.trim())
  },

  /** Sends a body of that many bytes. */
  async sendBytes(peer: string, count: number): Promise<void> {
    await (await client.direct(peer).send({ body: new Uint8Array(count).fill(7) })).delivered
  },

  /** @returns 'open', or the error's code */
  async openStore(name: string): Promise<string> {
    try {
      client = await connect({
        url: 'ws://127.0.0.1:9',
        token: TOKEN,
        offline: true,
        store: durableStore(name),
      })
      client.on('message', ({ seq, sender, text }) => seen.push(`${seq} ${sender} ${text}`))
      client.on('closed', ({ error }) => seen.push(`closed: ${error?.code}`))
      return 'open'
    } catch (error) {
      return (error as { code?: string }).code ?? String(error)
    }
  },

  sendInStore: (peer: string): Promise<unknown> =>
    client
      .direct(peer)
      .send({ text: 'x' })
      .catch((error: { code?: string }) => error.code),

  /** The database as a version of the app has it that knows nothing of letting go. */
  openRaw(name: string, version: number): Promise<number> {
    const opening = indexedDB.open(name, version)
    if (version === 1) opening.onupgradeneeded = () => makeTablesOf010(opening.result)
    return new Promise((resolve, reject) => {
      opening.onsuccess = () => {
        raw = opening.result
        resolve(raw.version)
      }
      opening.onerror = () => reject(opening.error ?? new Error('no database'))
    })
  },
  /** What 0.1.0 left: of two messages of bob one was handled. */
  putRaw(): Promise<void> {
    const writing = raw.transaction(['meta', 'progress', 'messages'], 'readwrite')
    const chat = 'AAAAAAAAAAAAAA'
    const progress = { chat, upTo: 2, beyond: [], lost: [], handled: 1, lastSeq: 2 }
    writing.objectStore('meta').put({ key: 'meta', user: 'alice', device: 'browser', clientSeq: 1 })
    writing.objectStore('progress').put({ ...progress, delivered: 0, read: 0, ownRead: 0, ownReadSent: 0 })
    for (const seq of [1, 2]) {
      const message = { chat, seq, sender: 'bob', sentAtMs: 1, isFromHere: false, text: `${seq}` }
      writing.objectStore('messages').put(message)
    }
    return new Promise((resolve) => {
      writing.oncomplete = () => resolve()
    })
  },
  closeRaw: (): void => raw.close(),

  seen: (): string[] => seen,
  close: (): Promise<void> => client.close(),
}

const CHAT = 'AAAAAAAAAAAAAA' as ChatId

/** alice's, for her browser; nobody looks at who signed it. */
const TOKEN = `${btoa('{}')}.${btoa('{"sub":"alice","device":"browser"}').replaceAll('=', '')}.`

function makeTablesOf010(db: IDBDatabase): void {
  for (const [table, keyPath] of [
    ['meta', 'key'],
    ['outbox', 'clientSeq'],
    ['chats', 'chat'],
    ['progress', 'chat'],
  ] as const)
    db.createObjectStore(table, { keyPath })
  db.createObjectStore('messages', { keyPath: ['chat', 'seq'] })
}

globalThis.page = api
