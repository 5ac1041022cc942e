import { expect, it } from 'vitest'
import type { Suite } from './suite.ts'
import { advance, attachDevice, entry, expectTexts, positionOf, readAll, texts } from './support.ts'

export function keyedCases(suite: Suite): void {
  it('replaces the entry with the same key and a lower version, whose position becomes a hole (G6)', async () => {
    const { store } = await suite.fresh()
    await store.append([
      entry('u/ann', 'x'),
      entry('u/ann', 'd1', { key: 'd', version: 1 }),
      entry('u/ann', 'r1', { key: 'r', version: 1 }),
    ])
    const [outcome] = await store.append([entry('u/ann', 'd5', { key: 'd', version: 5 })])
    expect(positionOf(outcome)).toBe(4)
    const read = await readAll(store, 'u/ann')
    expect(read.entries.map((item) => item.position)).toEqual([1, 3, 4])
    expect(read).toMatchObject({ head: 4, readUpTo: 4, droppedUpTo: 0 })
    expect(await texts(store, 'u/ann')).toEqual(['x', 'r1', 'd5'])
  })

  it('stores nothing for the same or a lower version, and gives it no position (G6)', async () => {
    const { store } = await suite.fresh()
    await store.append([entry('u/ann', 'd5', { key: 'd', version: 5 })])
    const outcomes = await store.append([
      entry('u/ann', 'd4', { key: 'd', version: 4 }),
      entry('u/ann', 'd5b', { key: 'd', version: 5 }),
      entry('u/ann', 'x'),
    ])
    expect(outcomes.map((outcome) => outcome.outcome)).toEqual(['superseded', 'superseded', 'stored'])
    expect(positionOf(outcomes[2])).toBe(2)
    expect(await texts(store, 'u/ann')).toEqual(['d5', 'x'])
  })

  it('replaces within one call, and keeps keys of different mailboxes apart', async () => {
    const { store } = await suite.fresh()
    const outcomes = await store.append([
      entry('u/ann', 'a1', { key: 'd', version: 1 }),
      entry('u/bob', 'b1', { key: 'd', version: 9 }),
      entry('u/ann', 'a2', { key: 'd', version: 2 }),
      entry('u/ann', 'a1 again', { key: 'd', version: 1 }),
    ])
    expect(outcomes.map((outcome) => outcome.outcome)).toEqual(['stored', 'stored', 'stored', 'superseded'])
    expect(await texts(store, 'u/ann')).toEqual(['a2'])
    expect(await texts(store, 'u/bob')).toEqual(['b1'])
  })

  it('takes keys of any bytes', async () => {
    const { store, reopen } = await suite.fresh()
    const key = `d${String.fromCharCode(0, 1, 47, 58, 128, 200, 255, 0, 10, 13)}`
    await store.append([entry('u/ann', 'one', { key, version: 1 }), entry('u/ann', 'x', { key: 'd' })])
    const again = await reopen()
    await again.append([entry('u/ann', 'two', { key, version: Number.MAX_SAFE_INTEGER })])
    expect(await texts(again, 'u/ann')).toEqual(['x', 'two'])
  })

  it('remembers keys after it is opened again', async () => {
    const { store, reopen } = await suite.fresh()
    await store.append([entry('u/ann', 'd5', { key: 'd', version: 5 }), entry('u/ann', 'x')])
    const again = await reopen()
    const outcomes = await again.append([
      entry('u/ann', 'd4', { key: 'd', version: 4 }),
      entry('u/ann', 'd6', { key: 'd', version: 6 }),
    ])
    expect(outcomes.map((outcome) => outcome.outcome)).toEqual(['superseded', 'stored'])
    expect(await texts(again, 'u/ann')).toEqual(['x', 'd6'])
  })

  it('compares only with an entry that the mailbox still holds', async () => {
    const { store } = await suite.fresh()
    const { epoch } = await attachDevice(store, 'ann', 'phone')
    await store.append([entry('u/ann', 'd5', { key: 'd', version: 5 })])
    await advance(store, 'u/ann', 'phone', epoch, 1)
    await expectTexts(store, 'u/ann', [])
    const [outcome] = await store.append([entry('u/ann', 'd4', { key: 'd', version: 4 })])
    expect(positionOf(outcome)).toBe(2)
  })
}
