import { expect, it } from 'vitest'
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
}
