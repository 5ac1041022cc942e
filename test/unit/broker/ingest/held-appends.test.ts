import { beforeEach, describe, expect, it } from 'vitest'
import { HeldAppends } from '../../../../broker/ingest/held-appends.ts'
import type { Append, MailboxStore } from '../../../../broker/mailbox/store.ts'
import { until } from '../../../support/deadline.ts'
import { freshStore } from '../delivery-support.ts'

const ROOM = 10
let store: MailboxStore
let held: HeldAppends
let epoch: number
let cursor: number

beforeEach(async () => {
  store = await freshStore({ partitionEntriesMax: ROOM })
  held = new HeldAppends((items) => store.append(items))
  const [lease] = await store.attach([{ mailbox: 'p/1', reader: 'worker', node: 'n', ttlMs: 60_000 }])
  if (lease?.outcome !== 'attached') throw new Error('not attached')
  epoch = lease.epoch
  cursor = 0
  await store.append(items('old', ROOM))
})

const items = (name: string, count: number): Append[] =>
  Array.from({ length: count }, (_, i) => ({ mailbox: 'p/1', bytes: Buffer.from(`${name}${i + 1}`) }))

const makeRoom = async (count: number): Promise<void> => {
  await store.commit({ partition: 1, epoch, from: cursor, upTo: cursor + count, puts: [], appends: [] })
  cursor += count
}

const stored = async (): Promise<string[]> =>
  (await store.read('p/1', 0, 100, 100_000)).entries.map(({ bytes }) => Buffer.from(bytes).toString())

describe('what a full partition holds back', () => {
  it('goes in when there is room, in order, a part at a time (G1, G2)', async () => {
    let isDone = false
    const done = held.hold('p/1', items('a', 3), { user: 'a', isClosed: false }).then(() => (isDone = true))
    expect(held.isHolding('p/1')).toBe(true)
    await makeRoom(2)
    await until(async () => (await stored()).includes('a2'), 2_000, 'a part')
    expect(isDone).toBe(false)
    await makeRoom(1)
    await done
    expect((await stored()).slice(-3)).toEqual(['a1', 'a2', 'a3'])
    await until(() => !held.isHolding('p/1'), 1_000, 'the end')
  })

  it('lets those with little go before those who flood it (G2)', async () => {
    const flood = held.hold('p/1', items('flood', 8), { user: 'flood', isClosed: false })
    const few = held.hold('p/1', items('few', 2), { user: 'few', isClosed: false })
    await makeRoom(3)
    await few
    expect((await stored()).slice(-3)).toEqual(['few1', 'few2', 'flood1'])
    await makeRoom(7)
    await flood
    expect((await stored()).slice(-8)).toEqual(items('flood', 8).map(({ bytes }) => bytes.toString()))
  })

  it('is dropped, and never stored, when its connection has gone', async () => {
    const sender = { user: 'a', isClosed: false }
    const gone = held.hold('p/1', items('gone', 1), sender)
    sender.isClosed = true
    await expect(gone).rejects.toThrow('full partition')
    await makeRoom(1)
    await until(() => !held.isHolding('p/1'), 1_000, 'the end')
    expect(await stored()).not.toContain('gone1')
  })

  it('keeps what comes while it tries, once', async () => {
    const tries: number[] = []
    const slow = new HeldAppends(async (tried) => {
      tries.push(tried.length)
      if (tries.length === 1) void slow.hold('p/1', items('late', 1), { user: 'b', isClosed: false })
      return store.append(tried)
    })
    const first = slow.hold('p/1', items('a', 1), { user: 'a', isClosed: false })
    await makeRoom(2)
    await first
    await until(() => !slow.isHolding('p/1'), 1_000, 'the end')
    expect(tries).toEqual([1, 1])
    expect((await stored()).slice(-2)).toEqual(['a1', 'late1'])
  })

  it('fails when the store fails', async () => {
    const broken = new HeldAppends(() => Promise.reject(new Error('the store is away')))
    await expect(broken.hold('p/1', items('a', 1), { user: 'a', isClosed: false })).rejects.toThrow('away')
    await until(() => !broken.isHolding('p/1'), 1_000, 'the end')
  })
})
