import { expect, it } from 'vitest'
import type { Suite } from './suite.ts'
import { appendTexts, attachDevice, bytes, entry, positionOf, readAll, texts } from './support.ts'

export function appendCases(suite: Suite): void {
  it('gives consecutive positions from 1, per mailbox, in the order of the items', async () => {
    const { store } = await suite.fresh()
    const outcomes = await store.append([
      entry('u/ann', 'a1'),
      entry('p/7', 'p1'),
      entry('u/ann', 'a2'),
      entry('u/bob', 'b1'),
      entry('u/ann', 'a3'),
    ])
    expect(outcomes.map(positionOf)).toEqual([1, 1, 2, 1, 3])
    expect(await appendTexts(store, 'u/ann', 'a4', 'a5')).toEqual([4, 5])
    expect(await texts(store, 'u/ann')).toEqual(['a1', 'a2', 'a3', 'a4', 'a5'])
    expect(await texts(store, 'p/7')).toEqual(['p1'])
  })

  it('keeps the order of calls that do not wait for each other (G3)', async () => {
    const { store } = await suite.fresh()
    const names = Array.from({ length: 300 }, (_, i) => `m${i}`)
    const positions = await Promise.all(
      names.map(async (name) => (await appendTexts(store, 'u/ann', name))[0]),
    )
    expect(positions).toEqual(names.map((_, i) => i + 1))
    expect(await texts(store, 'u/ann')).toEqual(names)
  })

  it('keeps bytes as they are, of any value and size', async () => {
    const { store, reopen } = await suite.fresh()
    const all = Uint8Array.from({ length: 256 }, (_, i) => i)
    const large = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 31) & 255)
    const wide = bytes(`é${'x'.repeat(5_000)}`)
    await store.append([all, large, wide].map((content) => ({ mailbox: 'u/ann', bytes: content })))
    const check = (entries: readonly { bytes: Uint8Array }[]) =>
      expect(entries.map((item) => Buffer.from(item.bytes).toString('hex'))).toEqual(
        [all, large, wide].map((content) => Buffer.from(content).toString('hex')),
      )
    check((await readAll(store, 'u/ann')).entries)
    check((await readAll(await reopen(), 'u/ann')).entries)
  })

  it('has entries after it is opened again, and goes on with the positions (G1)', async () => {
    const { store, reopen } = await suite.fresh()
    await appendTexts(store, 'u/ann', 'a1', 'a2')
    await appendTexts(store, 'p/3', 'p1')
    const again = await reopen()
    expect(await texts(again, 'u/ann')).toEqual(['a1', 'a2'])
    expect(await texts(again, 'p/3')).toEqual(['p1'])
    expect(await appendTexts(again, 'u/ann', 'a3')).toEqual([3])
  })

  it('reads nothing from a mailbox never used', async () => {
    const { store } = await suite.fresh()
    expect(await readAll(store, 'u/nobody')).toEqual({
      entries: [],
      head: 0,
      droppedUpTo: 0,
      readUpTo: 0,
      gaps: [],
    })
    expect(await store.append([])).toEqual([])
  })

  it('reads behind a position, up to a number of entries, and says where to continue', async () => {
    const { store } = await suite.fresh()
    await appendTexts(store, 'u/ann', 'a', 'b', 'c', 'd', 'e')
    const first = await store.read('u/ann', 1, 2, 1_000_000)
    expect(first.entries.map((item) => item.position)).toEqual([2, 3])
    expect(first).toMatchObject({ head: 5, readUpTo: 3, droppedUpTo: 0 })
    const rest = await store.read('u/ann', first.readUpTo, 100, 1_000_000)
    expect(rest.entries.map((item) => item.position)).toEqual([4, 5])
    expect(rest.readUpTo).toBe(5)
    expect(await store.read('u/ann', 5, 100, 1_000_000)).toMatchObject({ entries: [], readUpTo: 5 })
  })

  it('reads about as many bytes as asked for, and one entry at the least', async () => {
    const { store } = await suite.fresh()
    await store.append(Array.from({ length: 20 }, () => ({ mailbox: 'u/ann', bytes: new Uint8Array(1_000) })))
    const some = await store.read('u/ann', 0, 100, 5_000)
    expect(some.entries.length).toBeGreaterThanOrEqual(4)
    expect(some.entries.length).toBeLessThanOrEqual(6)
    const one = await store.read('u/ann', some.readUpTo, 100, 10)
    expect(one.entries.map((item) => item.position)).toEqual([some.readUpTo + 1])
    expect(one.readUpTo).toBe(some.readUpTo + 1)
  })

  it('hands out `only` and `except` unfiltered, so that lanes can count positions', async () => {
    const { store } = await suite.fresh()
    await attachDevice(store, 'ann', 'phone')
    await attachDevice(store, 'ann', 'laptop')
    await store.append([
      entry('u/ann', 'a', { only: 'phone' }),
      entry('u/ann', 'b', { except: 'phone' }),
      entry('u/ann', 'c'),
    ])
    const { entries } = await readAll(store, 'u/ann')
    expect(entries.map(({ position, only, except }) => ({ position, only, except }))).toEqual([
      { position: 1, only: 'phone', except: undefined },
      { position: 2, only: undefined, except: 'phone' },
      { position: 3, only: undefined, except: undefined },
    ])
  })

  it('does not store an `except` entry while its device is the only reader', async () => {
    const { store } = await suite.fresh()
    const outcomeOf = async (device: string): Promise<string> => {
      const [outcome] = await store.append([entry('u/ann', 'a', { except: device })])
      return outcome?.outcome ?? ''
    }
    expect(await outcomeOf('phone')).toBe('stored') // no reader at all: the first one starts at the oldest entry
    await attachDevice(store, 'ann', 'phone')
    expect(await outcomeOf('phone')).toBe('superseded')
    expect(await outcomeOf('hone')).toBe('stored')
    await store.append([entry('u/ann', 'b', { except: 'phone', key: 'o', version: 1 })])
    expect(await texts(store, 'u/ann')).toEqual(['a', 'a'])

    const transient = { mailbox: 'u/ann', reader: 'web', node: 'n1', ttlMs: 0, transient: true }
    await store.attach([transient])
    expect(await outcomeOf('phone')).toBe('stored')
    await store.detach([{ mailbox: 'u/ann', reader: 'web', node: 'n1', epoch: 0, transient: true }])
    expect(await outcomeOf('phone')).toBe('superseded')

    await attachDevice(store, 'ann', 'laptop')
    expect(await outcomeOf('phone')).toBe('stored')
    await store.removeDevice('ann', 'laptop', 1)
    expect(await outcomeOf('phone')).toBe('superseded')
  })

  it('does not store an `only` entry for a device that is not there', async () => {
    const { store } = await suite.fresh()
    await attachDevice(store, 'ann', 'phone')
    const outcomes = await store.append([
      entry('u/ann', 'a', { only: 'laptop' }),
      entry('u/ann', 'b'),
      entry('u/zoe', 'c', { only: 'phone' }),
    ])
    expect(outcomes.map((outcome) => outcome.outcome)).toEqual(['superseded', 'stored', 'superseded'])
    expect(await texts(store, 'u/ann')).toEqual(['b'])
    expect(positionOf(outcomes[1])).toBe(1)
    expect(await store.heads([{ mailbox: 'u/zoe' }])).toEqual([0])
  })

  it('tells heads in the order asked for, 0 for a mailbox never used', async () => {
    const { store } = await suite.fresh()
    await appendTexts(store, 'u/ann', 'a', 'b')
    await appendTexts(store, 'p/255', 'a')
    const mailboxes = ['p/255', 'u/nobody', 'u/ann', 'dead']
    expect(await store.heads(mailboxes.map((mailbox) => ({ mailbox })))).toEqual([1, 0, 2, 0])
    expect(await store.heads([])).toEqual([])
  })

  it('discards one entry wherever it stands, and says whether it was there', async () => {
    const { store, reopen } = await suite.fresh()
    await appendTexts(store, 'dead', 'a', 'b', 'c')
    expect(await store.discard('dead', 2)).toBe(true)
    expect(await store.discard('dead', 2)).toBe(false)
    expect(await store.discard('dead', 9)).toBe(false)
    expect(await store.discard('u/nobody', 1)).toBe(false)
    expect(await texts(store, 'dead')).toEqual(['a', 'c'])
    const again = await reopen()
    expect(await texts(again, 'dead')).toEqual(['a', 'c'])
    expect(await again.discard('dead', 3)).toBe(true)
    expect(await appendTexts(again, 'dead', 'd')).toEqual([4])
    expect(await texts(again, 'dead')).toEqual(['a', 'd'])
  })

  it('checks that a durable write comes through at each of its servers', async () => {
    const { store } = await suite.fresh()
    await Promise.all(store.check())
  })
}
