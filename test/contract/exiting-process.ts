import { lmdbStore } from '../../clients/sdk/store/lmdb-store.ts'
import type { ChatId } from '../../proto/ids.ts'

/**
 * A process that ends in the middle of its writes, as a command line does: bundled and run by local-store.exit.test.ts.
 * Its arguments: the store's directory, how many writes to wait for, and how long after that it ends, in ms.
 */
const [directory = '', writes, delayMs] = process.argv.slice(2)
const chat = 'AAAAAAAAAAAAAA' as ChatId
const store = lmdbStore(directory)
await store.open()
let seq = 0

async function write(): Promise<void> {
  seq++
  const message = { chat, seq, sender: 'bob', sentAtMs: 1, isFromHere: false, text: 'x'.repeat(200) }
  await store.write([
    { table: 'messages', put: message },
    { table: 'unhandled', put: { chat, seq } },
    { table: 'unhandled', delete: [chat, seq - 1] },
    { table: 'messages', deleteUpTo: [chat, seq - 50] },
  ])
  process.stdout.write(`${seq}\n`)
}

while (seq < Number(writes)) await write()
setTimeout(() => process.exit(0), Number(delayMs))
for (;;) await write()
