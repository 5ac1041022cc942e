import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SYSTEM_DISK } from '../../broker/mailbox/lmdb/journal/disk.ts'
import { openLmdbStore } from '../../broker/mailbox/lmdb/lmdb-store.ts'
import type { Table } from '../../broker/mailbox/lmdb/tables.ts'
import type { Append, MailboxStore } from '../../broker/mailbox/store.ts'
import { encodeDown } from '../../proto/codec.ts'
import { advance, attachDevice } from './mailbox-store/support.ts'
import { TestTime } from './mailbox-store/time.ts'
import { LIMITS } from './mailbox-store.ts'

describe('what caps cost on lmdb', () => {
  let directory: string
  let store: MailboxStore
  let time: TestTime
  /** Rows of entries that were read. */
  let rows: number
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'restante-caps-'))
    time = new TestTime()
  })
  afterEach(async () => {
    await store.close()
    await rm(directory, { recursive: true })
  })

  const counted = (table: Table): Table => ({
    get: (key) => table.get(key),
    getKeys: (range) => table.getKeys(range),
    put: (key, value) => table.put(key, value),
    remove: (key) => table.remove(key),
    *getRange(range) {
      for (const row of table.getRange(range)) {
        rows++
        yield row
      }
    },
  })
  const disk = {
    ...SYSTEM_DISK,
    openTables(path: string) {
      const tables = SYSTEM_DISK.openTables(path)
      return { ...tables, entries: counted(tables.entries) }
    },
  }
  /** A start settles all that the journal holds. */
  const open = async (userEntriesMax: number): Promise<void> => {
    store = await openLmdbStore({ directory, limits: { ...LIMITS, userEntriesMax }, time, disk })
  }

  it('is one look through the mailbox, whatever goes from where (G8)', async () => {
    await open(10_000)
    await attachDevice(store, 'ann', 'phone')
    await store.append(Array.from({ length: 5_000 }, (_, i) => message(i + 1)))
    await store.append(Array.from({ length: 5_000 }, () => ANSWER))
    await store.close()
    await open(10_000)
    rows = 0
    await store.append([ANSWER])
    expect(await store.counts(['u/ann'])).toEqual([9_375])
    expect(rows).toBeLessThan(3 * 10_000)
  })

  it('is no look through the mailbox of who stays where counting begins (G8)', async () => {
    await open(10_000)
    await attachDevice(store, 'ann', 'phone')
    await store.append(Array.from({ length: 2_001 }, (_, i) => message(i + 1)))
    await store.close()
    await open(10_000)
    const { epoch } = await attachDevice(store, 'ann', 'phone')
    rows = 0
    for (let round = 1; round <= 20; round++) {
      await advance(store, 'u/ann', 'phone', epoch, 2 * round)
      for (const seq of [1, 2]) await store.append([message(2_000 + 2 * round + seq)])
    }
    expect(rows).toBeLessThan(2 * 2_001)
  })
})

/** What is no message. */
const ANSWER: Append = { mailbox: 'u/ann', bytes: encodeDown({ responses: [{ request: 1 }] }) }

function message(seq: number): Append {
  return { mailbox: 'u/ann', bytes: encodeDown({ messages: [{ chat: new Uint8Array(10), seq, text: 'x' }] }) }
}
