import type { ChatId } from '../../proto/ids.ts'
import { RestanteError } from '../../clients/sdk/errors.ts'
import type {
  LocalStore,
  StoreChange,
  StoredMessage,
  StoredProgress,
} from '../../clients/sdk/store/local-store.ts'

/**
 * The definition of the local store's port, as checks that run anywhere: in vitest for memory and lmdb, in a browser's
 * page for IndexedDB. Each gets a fresh place to store in.
 */
export interface LocalStoreCase {
  readonly name: string
  /** @param open the same place each time @throws if the store does not do what it must */
  run(open: () => LocalStore): Promise<void>
}

const A = 'AAAAAAAAAAAAAA' as ChatId
const B = 'BAAAAAAAAAAAAA' as ChatId

export const LOCAL_STORE_CASES: readonly LocalStoreCase[] = [
  {
    name: 'is empty at first',
    run: async (open) => {
      const store = open()
      const nothing = { outbox: [], chats: [], progress: [], unhandled: [], vanishing: [] }
      same(await store.open(), { meta: undefined, ...nothing })
      same(await store.messages(A, 0, 10, 10), [])
      await store.close()
    },
  },
  {
    name: 'has after reopening what was written, the outbox by clientSeq',
    run: async (open) => {
      const store = open()
      await store.open()
      const written = [30, 4, 2_000_000_000_000].map(item)
      await store.write([
        { table: 'meta', put: { key: 'meta', user: 'alice', device: 'phone', clientSeq: 7 } },
        ...written.map((put): StoreChange => ({ table: 'outbox', put })),
        { table: 'chats', put: roster(A) },
        { table: 'progress', put: progress(A) },
      ])
      await store.close()
      const again = open()
      same(await again.open(), {
        meta: { key: 'meta', user: 'alice', device: 'phone', clientSeq: 7 },
        outbox: [4, 30, 2_000_000_000_000].map(item),
        chats: [roster(A)],
        progress: [progress(A)],
        unhandled: [],
        vanishing: [],
      })
      await again.close()
    },
  },
  {
    name: 'replaces by key, deletes, and forgets what was deleted',
    run: async (open) => {
      const store = open()
      await store.open()
      await store.write([
        { table: 'outbox', put: item(1) },
        { table: 'outbox', put: item(2) },
        { table: 'progress', put: progress(A) },
      ])
      await store.write([
        { table: 'outbox', delete: 1 },
        { table: 'outbox', delete: 99 },
        { table: 'progress', put: { ...progress(A), read: 9 } },
      ])
      await store.close()
      const state = await open().open()
      same(state.outbox, [item(2)])
      same(state.progress, [{ ...progress(A), read: 9 }])
    },
  },
  {
    name: 'applies the changes of one write in order',
    run: async (open) => {
      const store = open()
      await store.open()
      await store.write([
        { table: 'outbox', put: item(1) },
        { table: 'outbox', delete: 1 },
        { table: 'outbox', put: { ...item(1), refusals: 3 } },
        { table: 'messages', put: message(A, 1) },
        { table: 'messages', put: message(A, 2) },
        { table: 'messages', deleteUpTo: [A, 1] },
      ])
      await store.close()
      const again = open()
      same((await again.open()).outbox, [{ ...item(1), refusals: 3 }])
      same(await again.messages(A, 0, 9, 9), [message(A, 2)])
      await again.close()
    },
  },
  {
    name: 'G4: keeps what is unhandled as such by itself, whatever is deleted around it',
    run: async (open) => {
      const store = open()
      await store.open()
      const row = (chat: ChatId, seq: number): StoreChange => ({ table: 'unhandled', put: { chat, seq } })
      await store.write([row(A, 12), row(A, 3), row(B, 3), row(A, 2_000), row(A, 3)])
      await store.write([
        { table: 'unhandled', delete: [A, 12] },
        { table: 'unhandled', delete: [B, 12] },
        { table: 'messages', deleteUpTo: [A, 5] },
        { table: 'outbox', delete: 3 },
      ])
      await store.close()
      const again = open()
      const { unhandled } = await again.open()
      const found = unhandled.map(({ chat, seq }) => `${chat} ${seq}`).sort()
      same(found, [`${A} 2000`, `${A} 3`, `${B} 3`])
      await again.close()
    },
  },
  {
    name: 'keeps what is to disappear by chat and seq, whatever is deleted around it',
    run: async (open) => {
      const store = open()
      await store.open()
      const rows = [
        { chat: A, seq: 3, afterS: 60 },
        { chat: A, seq: 12, afterS: 1 },
        { chat: B, seq: 3, afterS: 60, endsAtMs: 1_700_000_000_123 },
      ]
      await store.write(rows.map((put): StoreChange => ({ table: 'vanishing', put })))
      await store.write([
        { table: 'vanishing', put: { chat: A, seq: 3, afterS: 60, endsAtMs: 7 } },
        { table: 'vanishing', delete: [A, 12] },
        { table: 'vanishing', delete: [B, 12] },
        { table: 'unhandled', delete: [B, 3] },
        { table: 'messages', deleteUpTo: [A, 5] },
      ])
      await store.close()
      const again = open()
      const { vanishing } = await again.open()
      const sortedRows = [...vanishing].sort((a, b) => (a.chat < b.chat ? -1 : 1))
      same(sortedRows, [{ chat: A, seq: 3, afterS: 60, endsAtMs: 7 }, rows[2]])
      await again.close()
    },
  },
  {
    name: 'gives the newest messages of one chat between two seqs, in order',
    run: async (open) => {
      const store = open()
      await store.open()
      const seqs = [3, 1, 2, 10, 300, 4]
      await store.write(seqs.map((seq) => ({ table: 'messages', put: message(A, seq) })))
      await store.write([{ table: 'messages', put: message(B, 5) }])
      const found = async (after: number, before: number, limit: number): Promise<number[]> =>
        (await store.messages(A, after, before, limit)).map(({ seq }) => seq)
      same(await found(0, Infinity, Infinity), [1, 2, 3, 4, 10, 300])
      same(await found(0, Number.MAX_SAFE_INTEGER, 2), [10, 300])
      same(await found(1, 10, 99), [2, 3, 4])
      same(await found(1, 10, 2), [3, 4])
      same(await found(300, Infinity, 9), [])
      await store.write([
        { table: 'messages', deleteUpTo: [A, 3] },
        { table: 'messages', deleteUpTo: [A, 2] },
      ])
      same(await found(0, Infinity, 99), [4, 10, 300])
      await store.write([
        { table: 'messages', deleteUpTo: [A, 299] },
        { table: 'messages', put: message(A, 5) },
      ])
      same(await found(0, Infinity, 99), [5, 300])
      same((await store.messages(B, 0, 9, 9))[0], message(B, 5))
      await store.close()
    },
  },
  {
    name: 'G7: belongs to whoever opened it last: what opened it before can write nothing any more',
    run: async (open) => {
      const [earlier, later] = [open(), open()]
      if (earlier === later) return // one object, one owner
      await earlier.open()
      await earlier.write([{ table: 'outbox', put: item(1) }])
      same((await later.open()).outbox, [item(1)])
      for (const changes of [[{ table: 'outbox', delete: 1 }], []] as const) {
        const refused = await earlier.write(changes).catch((error: unknown) => error)
        if (!(refused instanceof RestanteError)) throw new Error('the earlier one still writes')
        same(refused.code, 'store-taken')
      }
      await later.write([{ table: 'outbox', put: item(2) }])
      await earlier.close()
      await later.write([{ table: 'outbox', put: item(3) }])
      await later.close()
      same((await open().open()).outbox, [item(1), item(2), item(3)])
    },
  },
  {
    name: 'keeps text, bytes and changes of messages as they were',
    run: async (open) => {
      const store = open()
      await store.open()
      const all: StoredMessage[] = [
        message(A, 1),
        { ...message(A, 2), text: '😀 \u0000 ü' },
        { ...bare(A, 3), body: new Uint8Array([0, 255, 7]), contentType: 'image/png' },
        { ...bare(A, 4), body: new Uint8Array(1_000).fill(9), contentType: '' },
        { ...bare(A, 5), change: { kind: 'added', members: ['carol', '#4'] } },
        {
          ...message(A, 6),
          said: { replyTo: 1, attachments: [{ url: 'x', key: new Uint8Array([0, 255]) }, { url: 'y' }] },
          fold: {
            edits: [{ seq: 7, atMs: 1, text: 'ü' }],
            reactions: [{ seq: 8, sender: '#1', emoji: '👍' }],
          },
        },
        { ...bare(A, 9), act: { kind: 'delete', seq: 6 }, isSettled: true, isFromAdmin: true },
      ]
      await store.write(all.map((put) => ({ table: 'messages', put })))
      await store.close()
      const again = open()
      await again.open()
      const read = await again.messages(A, 0, Infinity, Infinity)
      same(read, all)
      if (!(read[2]?.body instanceof Uint8Array)) throw new Error('a body is bytes')
      const key = read[5]?.said?.attachments?.[0]?.key
      if (key?.constructor !== Uint8Array) throw new Error('a key is bytes')
      await again.close()
    },
  },
]

function item(clientSeq: number) {
  return { clientSeq, chat: A, command: { kind: 'text', text: `n${clientSeq}` }, refusals: 0 } as const
}

function roster(chat: ChatId) {
  const members = [{ number: 0, user: 'alice', isAdmin: true, isGone: false }]
  return { chat, name: 'trip', peer: '', members, isComplete: true }
}

function progress(chat: ChatId): StoredProgress {
  const marks = { lastSeq: 9, delivered: 2, read: 1, ownRead: 3, ownReadSent: 2 }
  const unread = { ranges: [[5, 9]], told: { count: 1, upTo: 4 } } as const
  return { chat, upTo: 4, beyond: [6, 7], lost: [[2, 3]], ...marks, unread }
}

function bare(chat: ChatId, seq: number): StoredMessage {
  return { chat, seq, sender: 'bob', sentAtMs: 1_700_000_000_123, isFromHere: false }
}

function message(chat: ChatId, seq: number): StoredMessage {
  return { ...bare(chat, seq), text: `message ${seq}` }
}

/** Compared as text, with bytes as lists: there is no vitest in a browser's page. */
function same(actual: unknown, expected: unknown): void {
  const plain = (value: unknown): string =>
    JSON.stringify(value, (_key, inner: unknown) => {
      if (inner === undefined) return 'undefined'
      return inner instanceof Uint8Array ? [...inner] : inner
    })
  if (sorted(plain(actual)) !== sorted(plain(expected))) {
    throw new Error(`expected ${plain(expected).slice(0, 500)}, got ${plain(actual).slice(0, 500)}`)
  }
}

/** A store may give an object's fields in any order. */
function sorted(json: string): string {
  return JSON.stringify(JSON.parse(json), (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
