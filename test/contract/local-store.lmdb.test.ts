// What the port's cases can't see from outside: how lmdb is asked to write.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type * as Lmdb from 'lmdb'
import { open } from 'lmdb'
import { expect, onTestFinished, test, vi } from 'vitest'
import { durableStore, type LocalStore } from '../../clients/index.ts'
import type { StoreChange } from '../../clients/sdk/store/local-store.ts'
import type { ChatId } from '../../proto/ids.ts'

/** The real one, but its flush is over only when the test says so as well. */
const disk = vi.hoisted(() => ({
  lastTransaction: (): number => 0,
  mayFlush: undefined as Promise<void> | undefined,
  isAsked: false,
}))
vi.mock('lmdb', async (importOriginal) => {
  const lmdb = await importOriginal<typeof Lmdb>()
  const open = (options: Lmdb.RootDatabaseOptionsWithPath): Lmdb.RootDatabase => {
    const db = lmdb.open(options)
    const own = db.flushed
    Object.defineProperty(db, 'flushed', {
      get: async () => {
        disk.isAsked = true
        await own
        await disk.mayFlush
      },
    })
    disk.lastTransaction = () => (db.getStats() as { lastTxnId: number }).lastTxnId
    return db
  }
  return { ...lmdb, open }
})

const chat = 'AAAAAAAAAAAAAA' as ChatId
const item = (clientSeq: number): StoreChange => ({
  table: 'outbox',
  put: { clientSeq, chat, command: { kind: 'text', text: 'x' }, refusals: 0 },
})
const message = (seq: number): StoreChange => ({
  table: 'messages',
  put: { chat, seq, sender: 'bob', sentAtMs: 1, isFromHere: false, text: `${seq}` },
})

async function opened(): Promise<{ store: LocalStore; directory: string }> {
  const directory = mkdtempSync(join(tmpdir(), 'restante-local-store-'))
  const store = durableStore(directory)
  onTestFinished(async () => {
    disk.mayFlush = undefined
    await store.close()
    rmSync(directory, { recursive: true, force: true })
  })
  await store.open()
  return { store, directory }
}

test('a write is one transaction, whatever is in it, and all of it is there when it resolves (G2)', async () => {
  const { store, directory } = await opened()
  await store.write([item(1), item(2), message(1), message(2), { table: 'unhandled', put: { chat, seq: 1 } }])
  const before = disk.lastTransaction()
  await store.write([
    { table: 'outbox', delete: 1 },
    item(3),
    message(3),
    { table: 'messages', deleteUpTo: [chat, 2] },
    { table: 'unhandled', put: { chat, seq: 3 } },
    { table: 'unhandled', delete: [chat, 1] },
  ])
  expect((await store.messages(chat, 0, 9, 9)).map(({ seq }) => seq)).toEqual([3])
  const behind = disk.lastTransaction()
  // What came behind it, if anything, is there when the store is closed and opened again, which adds none.
  await store.close()
  const again = open({ path: directory, noSubdir: false })
  expect([behind - before, disk.lastTransaction() - before]).toEqual([1, 1])
  await again.close()
})

test('a write resolves when it is flushed, and not before (G1, G2)', async () => {
  const { store } = await opened()
  let flush = (): void => {}
  disk.isAsked = false
  disk.mayFlush = new Promise((resolve) => {
    flush = resolve
  })
  let isWritten = false
  const writing = store.write([item(1)]).then(() => {
    isWritten = true
  })
  const before = disk.lastTransaction()
  await vi.waitUntil(() => isWritten || disk.isAsked || disk.lastTransaction() > before, { timeout: 10_000 })
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(isWritten).toBe(false)
  flush()
  await writing
})

test('opens after 0.1.0 was here in between, which counts openings and knows no owners; the earlier owner is none (G7)', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'restante-local-store-'))
  const stores: LocalStore[] = []
  onTestFinished(async () => {
    for (const store of stores) await store.close()
    rmSync(directory, { recursive: true, force: true })
  })
  const next = async (): Promise<LocalStore> => {
    const store = durableStore(directory)
    stores.push(store)
    await store.open()
    return store
  }
  const first = await next()
  await first.write([message(1)])
  const old = open<number, string[]>({ path: directory, noSubdir: false })
  await old.put(['epoch'], (old.get(['epoch']) as number) + 1)
  await old.close()
  const second = await next()
  await second.write([message(2)])
  await expect(first.write([message(3)])).rejects.toMatchObject({ code: 'store-taken' })
  expect((await second.messages(chat, 0, 9, 9)).map(({ seq }) => seq)).toEqual([1, 2])
})
