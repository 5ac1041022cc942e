import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLmdbStore } from '../../broker/mailbox/lmdb/lmdb-store.ts'
import { openTables } from '../../broker/mailbox/lmdb/tables.ts'
import type { MailboxStore } from '../../broker/mailbox/store.ts'
import { GROUP, Sender } from './mailbox-store/bodies.ts'
import { advance, attachDevice, readAll } from './mailbox-store/support.ts'
import { TestTime } from './mailbox-store/time.ts'
import { LIMITS } from './mailbox-store.ts'

const ALL = { start: Buffer.alloc(8), end: Buffer.alloc(9, 255) }

describe('what mailboxes share on lmdb', () => {
  let directory: string
  let store: MailboxStore
  let time: TestTime
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'restante-bodies-'))
    time = new TestTime()
    store = await open()
  })
  afterEach(async () => {
    await store.close()
    await rm(directory, { recursive: true })
  })

  /** A start settles all that the journal holds. */
  const open = () => openLmdbStore({ directory, limits: LIMITS, time })
  /** How many bodies the tables hold, and how many entries share each. */
  const settled = async (): Promise<number[]> => {
    await store.close()
    store = await open()
    await store.close()
    const tables = openTables(directory)
    const counts = [...tables.references.getRange(ALL)].map(({ value }) => value.readUInt32BE(4))
    const bodies = [...tables.bodies.getRange(ALL)]
    expect(bodies).toHaveLength(counts.length)
    await tables.root.close()
    store = await open()
    return counts
  }

  it('is there once, for those who have not passed it, and goes with the last of them', async () => {
    const sender = new Sender(() => store)
    await sender.attach()
    const epochs: number[] = []
    for (const user of GROUP) epochs.push((await attachDevice(store, user, 'phone')).epoch)
    await sender.send()
    for (const [i, user] of GROUP.slice(0, 10).entries())
      await advance(store, `u/${user}`, 'phone', epochs[i] ?? 0, 1)
    await sender.send()
    await Promise.all(store.check())
    expect(await settled()).toEqual([GROUP.length - 10, GROUP.length])
    for (const [i, user] of GROUP.entries()) await advance(store, `u/${user}`, 'phone', epochs[i] ?? 0, 1)
    await Promise.all(store.check())
    expect(await settled()).toEqual([GROUP.length])
    for (const [i, user] of GROUP.entries()) await advance(store, `u/${user}`, 'phone', epochs[i] ?? 0, 2)
    await Promise.all(store.check())
    expect(await settled()).toEqual([])
  })

  it('goes at the end of the mailboxes’ time', async () => {
    const sender = new Sender(() => store)
    await sender.attach()
    for (const user of GROUP) await attachDevice(store, user, 'phone')
    await sender.send()
    expect(await settled()).toEqual([GROUP.length])
    time.pass(LIMITS.retentionMs + 2 * 3_600_000)
    await store.sweep(10_000)
    expect(await settled()).toEqual([])
  })

  it('that is gone is a marked gap, and never silence (G2)', async () => {
    const sender = new Sender(() => store)
    await sender.attach()
    for (const user of GROUP) await attachDevice(store, user, 'phone')
    await sender.send()
    await settled()
    await store.close()
    const tables = openTables(directory)
    const keys = Array.from(tables.bodies.getKeys(ALL))
    for (const key of keys) await tables.bodies.remove(key)
    await tables.root.close()
    store = await open()
    await sender.attach()
    await sender.send()
    expect(await readAll(store, 'u/m1')).toMatchObject({ entries: [{ position: 2 }], droppedUpTo: 1 })
  })
})
