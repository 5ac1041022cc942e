import { describe, expect, it } from 'vitest'
import { Feed, type FeedEntry } from '../../../../broker/mailbox/feed.ts'
import type { ChatGap, MailboxStore, ReadResult, StoredEntry } from '../../../../broker/mailbox/store.ts'
import { Random } from '../../../support/random.ts'
import { until } from '../../../support/deadline.ts'
import { faulty, freshStore } from '../delivery-support.ts'

const LIMITS = { entriesMax: 16, bytesMax: 4_000 }
const gapEntry = (dropped: number, ofChat?: ChatGap): Uint8Array =>
  Buffer.from(ofChat === undefined ? `gap ${dropped}` : `gap of ${ofChat.firstSeq} to ${ofChat.lastSeq}`)
const phone = { device: 'phone', gapEntry }

interface Item {
  only?: string
  except?: string
}

async function append(store: MailboxStore, mailbox: string, ...items: Item[]): Promise<FeedEntry[]> {
  const appends = items.map((item, i) => ({ mailbox, bytes: Buffer.from(`e${i}`), ...item }))
  const outcomes = await store.append(appends)
  return appends.flatMap(({ bytes, ...item }, i) => {
    const outcome = outcomes[i]
    return outcome?.outcome === 'stored' ? [{ position: outcome.position, bytes, ...item }] : []
  })
}

/** Registers two devices, so that nothing is deleted. */
async function register(store: MailboxStore, mailbox: string): Promise<void> {
  for (const reader of ['phone', 'laptop'])
    await store.attach([{ mailbox, reader, node: 'n', ttlMs: 0, tokenIssuedAtMs: Date.now() }])
}

async function storeWithDevices(): Promise<MailboxStore> {
  const store = await freshStore()
  await register(store, 'u/a')
  return store
}

const taken = (feed: Feed): number[] => {
  const positions = Array.from({ length: feed.length }, (_, i) => feed.at(i).position)
  feed.drop(feed.length)
  return positions
}

describe('a feed', () => {
  it('gives every entry once and in order, whatever is told, repeated, lost or overtaken (G2, G3)', async () => {
    const store = await freshStore()
    for (let seed = 1; seed <= 30; seed++) {
      const random = new Random(seed)
      const mailbox = `u/a${seed}`
      await register(store, mailbox)
      const feed = new Feed(store, mailbox, LIMITS, phone)
      const all: FeedEntry[] = []
      const got: number[] = []
      let untold: FeedEntry[] = []
      feed.start(0, 0)
      for (let step = 0; step < 60; step++) {
        const items = Array.from({ length: random.between(0, 8) }, () =>
          random.pick([{}, {}, {}, { only: 'laptop' }, { only: 'phone' }, { except: 'phone' }]),
        )
        untold.push(...(await append(store, mailbox, ...items)))
        all.push(...untold.slice(untold.length - items.length))
        const reading = feed.needsRead && random.chance(0.7) ? feed.read() : undefined
        if (random.chance(0.3)) untold = random.sample(untold, untold.length)
        for (const entry of untold) if (random.chance(0.9)) feed.tell(entry)
        if (random.chance(0.2) && untold[0]) feed.tell(untold[0])
        untold = []
        await reading
        if (random.chance(0.1)) feed.forget()
        if (random.chance(0.6)) got.push(...taken(feed))
      }
      feed.headIs((await store.heads([{ mailbox }]))[0] ?? 0)
      for (let reads = 0; reads < 100; reads++) {
        got.push(...taken(feed))
        if (feed.needsRead) await feed.read()
      }
      const mine = all.filter(({ only, except }) => only !== 'laptop' && except !== 'phone')
      expect(got, `seed ${seed}`).toEqual(mine.map(({ position }) => position))
      expect(feed.passed).toBe(all.length)
    }
  })

  it('keeps no more than its limits, however much is told (G8)', async () => {
    const store = await storeWithDevices()
    const feed = new Feed(store, 'u/a', LIMITS, phone)
    feed.start(0, 0)
    const entries = await append(store, 'u/a', ...Array.from({ length: 100 }, () => ({})))
    for (const entry of entries) feed.tell(entry)
    expect(feed.length).toBe(LIMITS.entriesMax)
    expect(feed.head).toBe(100)
    expect(feed.needsRead).toBe(false)
    feed.drop(10)
    expect(feed.needsRead).toBe(true)
  })

  it('takes an entry that is larger than its limit', async () => {
    const store = await storeWithDevices()
    const feed = new Feed(store, 'u/a', LIMITS, phone)
    await store.append([{ mailbox: 'u/a', bytes: Buffer.alloc(10_000) }])
    feed.start(0, 1)
    await feed.read()
    expect(taken(feed)).toEqual([1])
  })

  it('goes on after a store that lost its last writes, without asking for them for ever', async () => {
    const store = await storeWithDevices()
    const feed = new Feed(store, 'u/a', LIMITS, phone)
    feed.start(0, 0)
    feed.headIs(50)
    expect(feed.needsRead).toBe(true)
    await feed.read()
    expect(feed.needsRead).toBe(false)
    const [entry] = await append(store, 'u/a', {})
    feed.tell(entry as FeedEntry)
    expect(taken(feed)).toEqual([1])
  })

  it('begins anew while it reads: what that read brings counts no more', async () => {
    const store = await storeWithDevices()
    const feed = new Feed(store, 'u/a', LIMITS, phone)
    await append(store, 'u/a', {}, {}, {})
    feed.start(2, 3)
    const reading = feed.read()
    feed.start(0, 3)
    await reading
    expect(feed.length).toBe(0)
    await feed.read()
    expect(taken(feed)).toEqual([1, 2, 3])
  })

  it('remembers what was told between the answer that it begins anew with and that beginning (G2)', async () => {
    const store = await storeWithDevices()
    const feed = new Feed(store, 'u/a', LIMITS, phone)
    feed.start(0, 0)
    const answer = { cursor: 0, head: 0 }
    const [entry] = await append(store, 'u/a', {})
    feed.tell(entry as FeedEntry)
    feed.start(answer.cursor, answer.head)
    while (feed.needsRead) await feed.read()
    expect(taken(feed)).toEqual([1])
  })

  it('hands out nothing that was told before it began anew and that the store has lost (trap 24)', async () => {
    const store = await storeWithDevices()
    const feed = new Feed(store, 'u/a', LIMITS, phone)
    feed.start(0, 0)
    feed.tell({ position: 2, bytes: Buffer.from('lost') })
    feed.start(1, 1)
    while (feed.needsRead) await feed.read()
    expect(taken(feed)).toEqual([])
  })

  it('asks again for what it was told of while a read found nothing (G2)', async () => {
    const store = await storeWithDevices()
    let isRead = false
    let answer = (): void => undefined
    const slow = faulty(store, {
      read: async (...args) => {
        const result = await store.read(...args)
        isRead = true
        await new Promise<void>((resolve) => (answer = resolve))
        return result
      },
    })
    const feed = new Feed(slow, 'u/a', LIMITS, phone)
    feed.start(0, 7)
    const first = feed.read()
    await until(() => isRead, 3_000, 'the read', 1)
    const entries = await append(store, 'u/a', {}, {}, {})
    feed.tell(entries[2] as FeedEntry)
    answer()
    await first
    expect(feed.needsRead).toBe(true)
    const second = feed.read()
    await until(() => (answer(), feed.length > 0), 3_000, 'the second read', 1)
    await second
    expect(taken(feed)).toEqual([1, 2, 3])
  })
})

describe('what a mailbox dropped', () => {
  const at = (position: number): StoredEntry => ({ position, bytes: Buffer.from(`e${position}`) })
  const chat = new Uint8Array(10)
  const readAll = async (pages: readonly Partial<ReadResult>[]): Promise<string[]> => {
    const all = pages.map((page) => ({
      entries: [],
      head: 9,
      droppedUpTo: 0,
      readUpTo: 9,
      gaps: [],
      ...page,
    }))
    const store = { read: () => Promise.resolve(all.shift()) } as unknown as MailboxStore
    const feed = new Feed(store, 'u/a', LIMITS, phone)
    feed.start(2, 9)
    const got: string[] = []
    while (feed.needsRead) {
      await feed.read()
      for (let i = 0; i < feed.length; i++) got.push(Buffer.from(feed.at(i).bytes).toString())
      feed.drop(feed.length)
    }
    return got
  }

  it('of a chat is said where it stood, once, and not to who had passed it (G2)', async () => {
    const gaps = [
      { chat, firstSeq: 1, lastSeq: 2, position: 2 },
      { chat, firstSeq: 3, lastSeq: 8, position: 5 },
      { chat, firstSeq: 1, lastSeq: 1, position: 8 },
    ]
    const pages = [
      { entries: [at(3), at(4)], readUpTo: 4, gaps },
      { entries: [at(7), at(9)], gaps },
    ]
    expect(await readAll(pages)).toEqual(['e3', 'e4', 'gap of 3 to 8', 'e7', 'gap of 1 to 1', 'e9'])
    expect(await readAll([{ gaps }])).toEqual(['gap of 3 to 8', 'gap of 1 to 1'])
  })

  it('of anything is said once, in front: how many only if all up to there is gone', async () => {
    expect(await readAll([{ entries: [at(6)], droppedUpTo: 5 }])).toEqual(['gap 3', 'e6'])
    const pages = [
      { entries: [at(3)], readUpTo: 4, droppedUpTo: 8 },
      { entries: [at(6), at(9)], droppedUpTo: 8 },
    ]
    expect(await readAll(pages)).toEqual(['gap 0', 'e3', 'e6', 'e9'])
  })
})
