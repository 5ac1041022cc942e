import { expect, it } from 'vitest'
import type { Append, ReadResult } from '../../../broker/mailbox/store.ts'
import { encodeDown } from '../../../proto/codec.ts'
import { messageMark } from '../../../proto/down-entry.ts'
import type { Suite } from './suite.ts'
import {
  appendTexts,
  attachDevice,
  attachPartition,
  entry,
  eventually,
  positionOf,
  readAll,
  texts,
} from './support.ts'

const block = (mailbox: string, size: number) => ({ mailbox, bytes: new Uint8Array(size) })

export function capCases(suite: Suite): void {
  it('drops the oldest entries of a user at the cap in entries, and marks the gap (G2, G8)', async () => {
    const { store, reopen } = await suite.fresh({ userEntriesMax: 3 })
    const { cursor } = await attachDevice(store, 'ann', 'phone')
    await appendTexts(store, 'u/ann', 'a', 'b', 'c')
    expect(await readAll(store, 'u/ann')).toMatchObject({ droppedUpTo: 0, head: 3 })
    await appendTexts(store, 'u/ann', 'd', 'e')
    expect(await texts(store, 'u/ann')).toEqual(['c', 'd', 'e'])
    expect(await readAll(store, 'u/ann', cursor)).toMatchObject({ droppedUpTo: 2, head: 5, readUpTo: 5 })
    const again = await reopen()
    expect(await texts(again, 'u/ann')).toEqual(['c', 'd', 'e'])
    expect(await attachDevice(again, 'ann', 'phone')).toMatchObject({ droppedUpTo: 2, cursor: 0, head: 5 })
  })

  it('drops the oldest entries of a user at the cap in bytes', async () => {
    const { store } = await suite.fresh({ userBytesMax: 10_000 })
    await store.append(Array.from({ length: 6 }, () => block('u/ann', 3_000)))
    const read = await readAll(store, 'u/ann')
    expect(read.entries.map((item) => item.position)).toEqual([4, 5, 6])
    expect(read.droppedUpTo).toBe(3)
  })

  it('does not count holes and what was delivered towards the caps', async () => {
    const { store } = await suite.fresh({ userEntriesMax: 3 })
    const { epoch } = await attachDevice(store, 'ann', 'phone')
    await store.append([entry('u/ann', 'x')])
    for (let version = 1; version <= 10; version++) {
      await store.append([entry('u/ann', `d${version}`, { key: 'd', version })])
    }
    expect(await texts(store, 'u/ann')).toEqual(['x', 'd10'])
    expect((await readAll(store, 'u/ann')).droppedUpTo).toBe(0)
    await store.advance([{ mailbox: 'u/ann', reader: 'phone', epoch, position: 11 }])
    await eventually(async () => expect(await texts(store, 'u/ann')).toEqual([]))
    await appendTexts(store, 'u/ann', 'a', 'b', 'c')
    expect((await readAll(store, 'u/ann')).droppedUpTo).toBe(0)
  })

  it('starts the first device of a user behind what was dropped', async () => {
    const { store } = await suite.fresh({ userEntriesMax: 2 })
    await appendTexts(store, 'u/ann', 'a', 'b', 'c', 'd')
    expect(await attachDevice(store, 'ann', 'phone')).toMatchObject({ cursor: 2, droppedUpTo: 2, head: 4 })
  })

  it('refuses entries for a partition at the cap in entries, and takes them when there is room', async () => {
    const { store } = await suite.fresh({ partitionEntriesMax: 3 })
    const { epoch } = await attachPartition(store, 5)
    const outcomes = await store.append(['a', 'b', 'c', 'd', 'e'].map((content) => entry('p/5', content)))
    expect(outcomes.map((outcome) => outcome.outcome)).toEqual(['stored', 'stored', 'stored', 'full', 'full'])
    await store.commit({ partition: 5, epoch, from: 0, upTo: 1, puts: [], appends: [] })
    expect(positionOf((await store.append([entry('p/5', 'f')]))[0])).toBe(4)
    expect((await store.append([entry('p/5', 'g')]))[0]?.outcome).toBe('full')
    expect(await texts(store, 'p/5')).toEqual(['b', 'c', 'f'])
  })

  it('refuses by bytes, and after one refusal everything later of that mailbox in the call (G1, G3)', async () => {
    const { store } = await suite.fresh({ partitionBytesMax: 10_000 })
    const outcomes = await store.append([
      block('p/5', 3_000),
      block('p/5', 9_000),
      block('p/6', 10),
      block('p/5', 10),
    ])
    expect(outcomes.map((outcome) => outcome.outcome)).toEqual(['stored', 'full', 'stored', 'full'])
    expect((await store.append([block('p/5', 10)]))[0]?.outcome).toBe('stored')
  })

  it('drops the oldest of the dead mailbox at its cap', async () => {
    const { store } = await suite.fresh({ deadEntriesMax: 2 })
    await appendTexts(store, 'dead', 'a', 'b', 'c')
    expect(await texts(store, 'dead')).toEqual(['b', 'c'])
    expect((await readAll(store, 'dead')).droppedUpTo).toBe(1)
  })

  it('lets the largest chat give way at the cap in entries, its oldest first, and names what is missing (G2, G8)', async () => {
    const { store, reopen } = await suite.fresh({ userEntriesMax: 20, strangersPercentMax: 50 })
    await attachDevice(store, 'ann', 'phone')
    await store.append(seqs(1, 5).map((seq) => message('u/ann', PRIVATE, seq)))
    await store.append([entry('u/ann', 'receipt', { key: 'd', version: 1 })])
    for (const seq of seqs(1, 100)) await store.append([message('u/ann', GROUP, seq)])
    const check = (read: ReadResult): void => {
      const held = spans(read)
      expect(held.slice(0, 5)).toEqual(seqs(1, 5).map((seq) => [PRIVATE, seq]))
      const rest = held.slice(6)
      expect(held[5]).toBeUndefined()
      expect(rest.length).toBeGreaterThanOrEqual(12)
      expect(rest).toEqual(seqs(101 - rest.length, 100).map((seq) => [GROUP, seq]))
      expect(read.droppedUpTo).toBe(0)
      expect(read.gaps).toEqual([
        { chat: chatBytes(GROUP), firstSeq: 1, lastSeq: 100 - rest.length, position: 106 - rest.length },
      ])
    }
    check(await readAll(store, 'u/ann'))
    check(await readAll(await reopen(), 'u/ann'))
  })

  it('keeps ten private messages when a stranger sends 72 MB (G2, G8)', { timeout: 60_000 }, async () => {
    const { store } = await suite.fresh({ userEntriesMax: 100_000, userBytesMax: 64 * 1024 * 1024 })
    await attachDevice(store, 'ann', 'phone')
    await store.append(seqs(1, 10).map((seq) => message('u/ann', PRIVATE, seq)))
    for (let seq = 1; seq <= 1_100; seq += 10)
      await store.append(
        seqs(seq, seq + 9).map((one) => message('u/ann', GROUP, one, 65_536, { isFromStranger: true })),
      )
    const read = await readAll(store, 'u/ann')
    const held = spans(read)
    expect(held.slice(0, 10)).toEqual(seqs(1, 10).map((seq) => [PRIVATE, seq]))
    const bytes = read.entries.reduce((sum, one) => sum + one.bytes.length, 0)
    expect(bytes).toBeLessThanOrEqual(0.2 * 64 * 1024 * 1024)
    expect(held.at(-1)).toEqual([GROUP, 1_100])
    expect(read.gaps).toMatchObject([{ firstSeq: 1, lastSeq: 1_110 - held.length }])
  })

  it('has strangers share a part: none of them pushes out another, nor a known chat', async () => {
    const { store } = await suite.fresh({ userEntriesMax: 100, strangersPercentMax: 20 })
    await attachDevice(store, 'ann', 'phone')
    const fromStranger = { isFromStranger: true }
    await store.append(seqs(1, 90).map((seq) => message('u/ann', PRIVATE, seq)))
    await store.append(seqs(1, 3).map((seq) => message('u/ann', GROUP, seq, 10, fromStranger)))
    await store.append(seqs(1, 200).map((seq) => message('u/ann', OTHER, seq, 10, fromStranger)))
    const held = spans(await readAll(store, 'u/ann'))
    const of = (chat: string) => held.filter((one) => one?.[0] === chat)
    expect(of(GROUP)).toHaveLength(3)
    expect(of(OTHER).length).toBeLessThanOrEqual(17)
    // A known chat as large as this is the largest: all have to find room together.
    expect(of(PRIVATE).length).toBeGreaterThanOrEqual(100 - 20 - 100 / 16)
    expect(held.length).toBeLessThanOrEqual(100)
  })

  it('does not lose known chats to a flood of chats with one message each', async () => {
    const { store } = await suite.fresh({ userEntriesMax: 200, strangersPercentMax: 20 })
    await attachDevice(store, 'ann', 'phone')
    await store.append(seqs(1, 50).map((seq) => message('u/ann', PRIVATE, seq)))
    for (const number of seqs(1, 300))
      await store.append([message('u/ann', `${number}`.padStart(10, 'c'), 1, 10, { isFromStranger: true })])
    const read = await readAll(store, 'u/ann')
    const held = spans(read)
    expect(held.slice(0, 50)).toEqual(seqs(1, 50).map((seq) => [PRIVATE, seq]))
    expect(held.length).toBeLessThanOrEqual(50 + 40)
    // Few chats are named; of the others it is said that there are some.
    expect(read.gaps.length).toBeLessThanOrEqual(64)
    expect(read.droppedUpTo).toBeGreaterThan(50)
  })

  it('goes on saying what went from the middle when older entries end (G2)', async () => {
    const { store, time } = await suite.fresh({ userEntriesMax: 200, strangersPercentMax: 20 })
    await attachDevice(store, 'ann', 'phone')
    await store.append([message('u/ann', PRIVATE, 1)])
    time.pass(DAY_MS)
    for (const number of seqs(1, 300))
      await store.append([message('u/ann', `${number}`.padStart(10, 'c'), 1, 10, { isFromStranger: true })])
    const { droppedUpTo } = await readAll(store, 'u/ann')
    expect(droppedUpTo).toBeGreaterThan(100)
    time.pass(RETENTION_MS - DAY_MS / 2)
    expect((await readAll(store, 'u/ann')).droppedUpTo).toBe(droppedUpTo)
    await store.sweep(10_000)
    const read = await readAll(store, 'u/ann')
    expect(read.entries[0]?.position).toBeGreaterThan(100)
    expect(read.droppedUpTo).toBe(droppedUpTo)
  })

  it('forgets a gap that every device has passed', async () => {
    const { store } = await suite.fresh({ userEntriesMax: 20 })
    const { epoch } = await attachDevice(store, 'ann', 'phone')
    const pad = await attachDevice(store, 'ann', 'pad')
    await store.append(seqs(1, 40).map((seq) => message('u/ann', GROUP, seq)))
    const { gaps } = await readAll(store, 'u/ann')
    const position = gaps[0]?.position ?? 0
    await store.advance([{ mailbox: 'u/ann', reader: 'phone', epoch, position: 40 }])
    await store.advance([{ mailbox: 'u/ann', reader: 'pad', epoch: pad.epoch, position: position - 1 }])
    expect((await readAll(store, 'u/ann')).gaps).toEqual(gaps)
    await store.advance([{ mailbox: 'u/ann', reader: 'pad', epoch: pad.epoch, position }])
    await eventually(async () => expect((await readAll(store, 'u/ann')).gaps).toEqual([]))
  })
}

const DAY_MS = 24 * 3_600_000
const RETENTION_MS = 30 * DAY_MS
const PRIVATE = 'private---'
const GROUP = 'group-----'
const OTHER = 'other-----'

function chatBytes(chat: string): Uint8Array {
  return Uint8Array.from(Buffer.from(chat, 'latin1'))
}

function seqs(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
}

function message(mailbox: string, chat: string, seq: number, size = 10, more: Partial<Append> = {}): Append {
  const body = new Uint8Array(size)
  return { mailbox, bytes: encodeDown({ messages: [{ chat: chatBytes(chat), seq, body }] }), ...more }
}

/** The chat and last seq of each entry; undefined of what is no message. */
function spans({ entries }: ReadResult): ([string, number] | undefined)[] {
  return entries.map(({ bytes }) => {
    const mark = messageMark(bytes)
    return mark === undefined ? undefined : [Buffer.from(mark.chat).toString('latin1'), mark.seq]
  })
}
