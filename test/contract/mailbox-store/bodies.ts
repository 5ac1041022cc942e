import { expect, it } from 'vitest'
import type { Append, MailboxStore } from '../../../broker/mailbox/store.ts'
import { encodeDown } from '../../../proto/codec.ts'
import { messageMark } from '../../../proto/down-entry.ts'
import type { Suite } from './suite.ts'
import { advance, attachDevice, attachPartition, entry, eventually, readAll } from './support.ts'

const DAY_MS = 24 * 3_600_000
/** Its last byte is its partition. */
const CHAT = new Uint8Array(10)

/** Enough of them that a message of 200 bytes is stored once for all. */
export const GROUP = Array.from({ length: 120 }, (_, i) => `m${i}`)

export function messageBytes(seq: number, size = 200): Uint8Array {
  return encodeDown({ messages: [{ chat: CHAT, seq, text: `${seq}`.padEnd(size, '.') }] })
}

/** Sends messages to a group, each in a commit of its own. */
export class Sender {
  readonly #store: () => MailboxStore
  #epoch = 0
  #at = 0
  #seq = 0

  constructor(store: () => MailboxStore) {
    this.#store = store
  }

  async attach(): Promise<void> {
    const { epoch, cursor } = await attachPartition(this.#store(), 0)
    this.#epoch = epoch
    this.#at = cursor
  }

  async send(users: readonly string[] = GROUP, size = 200, more: readonly Append[] = []): Promise<number> {
    const bytes = messageBytes(++this.#seq, size)
    await this.commit([...users.map((user) => ({ mailbox: `u/${user}`, bytes })), ...more])
    return this.#seq
  }

  async commit(appends: readonly Append[]): Promise<void> {
    const { outcome } = await this.#store().commit({
      partition: 0,
      epoch: this.#epoch,
      from: this.#at,
      upTo: this.#at,
      puts: [],
      appends,
    })
    expect(outcome).toBe('done')
  }
}

async function seqsOf(store: MailboxStore, user: string, after = 0): Promise<(number | undefined)[]> {
  const { entries } = await readAll(store, `u/${user}`, after)
  return entries.map(({ bytes }) => {
    const seq = messageMark(bytes)?.seq
    if (seq !== undefined) expect(Buffer.from(bytes)).toEqual(Buffer.from(messageBytes(seq)))
    return seq
  })
}

export function bodyCases(suite: Suite): void {
  it('reads what many share as what each has alone, in order, also after it was opened again (G3)', async () => {
    const fixture = await suite.fresh()
    let { store } = fixture
    const sender = new Sender(() => store)
    await sender.attach()
    await attachDevice(store, 'm0', 'phone')
    await sender.send()
    await sender.send(['m0'])
    await sender.send(GROUP, 200, [entry('u/m0', 'receipt', { key: 'd', version: 1 })])
    const check = async (): Promise<void> => {
      expect(await seqsOf(store, 'm0')).toEqual([1, 2, 3, undefined])
      for (const user of GROUP.slice(1)) expect(await seqsOf(store, user)).toEqual([1, 3])
      const few = await store.read('u/m7', 0, 10, 250)
      expect(few).toMatchObject({ entries: { length: 1 }, readUpTo: 1, head: 2 })
    }
    await check()
    store = await fixture.reopen()
    await check()
    await sender.attach()
    await sender.send()
    store = await fixture.reopen()
    for (const user of GROUP.slice(1)) expect(await seqsOf(store, user)).toEqual([1, 3, 4])
  })

  it('keeps it for a device that was away, whatever others have acknowledged (G2)', async () => {
    const fixture = await suite.fresh()
    let { store } = fixture
    const sender = new Sender(() => store)
    await sender.attach()
    const epochs: number[] = []
    for (const user of GROUP) epochs.push((await attachDevice(store, user, 'phone')).epoch)
    await attachDevice(store, 'm3', 'pad')
    await sender.send()
    await sender.send()
    for (const [i, user] of GROUP.entries())
      if (user !== 'm5') expect(await advance(store, `u/${user}`, 'phone', epochs[i] ?? 0, 2)).toBe(true)
    store = await fixture.reopen()
    expect(await seqsOf(store, 'm4')).toEqual([])
    expect(await seqsOf(store, 'm5')).toEqual([1, 2])
    // The user's other device was away.
    expect(await seqsOf(store, 'm3')).toEqual([1, 2])
  })

  it('gives to who joined what came since, and to who left what came before', async () => {
    const { store } = await suite.fresh()
    const sender = new Sender(() => store)
    await sender.attach()
    for (const user of ['joins', 'leaves']) await attachDevice(store, user, 'phone')
    await sender.send([...GROUP, 'leaves'])
    await sender.send([...GROUP, 'joins'])
    expect(await seqsOf(store, 'leaves')).toEqual([1])
    expect(await seqsOf(store, 'joins')).toEqual([2])
  })

  it('is charged to each mailbox whole, and its gap is named (G8)', async () => {
    const { store } = await suite.fresh({ userBytesMax: 10_000 })
    const sender = new Sender(() => store)
    await sender.attach()
    for (let i = 0; i < 60; i++) await sender.send()
    for (const user of GROUP.slice(0, 10)) {
      const { entries, gaps } = await readAll(store, `u/${user}`)
      expect(entries.length).toBeGreaterThan(30)
      expect(entries.length).toBeLessThan(48)
      expect(gaps).toMatchObject([{ firstSeq: 1, lastSeq: 60 - entries.length }])
      expect((await seqsOf(store, user))[0]).toBe(61 - entries.length)
    }
  })

  it('ends with its time, and the gap is marked', async () => {
    const { store, time } = await suite.fresh({ retentionMs: DAY_MS })
    const sender = new Sender(() => store)
    await sender.attach()
    for (const user of GROUP) await attachDevice(store, user, 'phone')
    await sender.send()
    time.pass(20 * 3_600_000)
    await sender.send()
    time.pass(6 * 3_600_000)
    await eventually(async () => {
      await store.sweep(1_000)
      expect(await readAll(store, 'u/m1')).toMatchObject({ droppedUpTo: 1, entries: { length: 1 } })
    })
    expect(await seqsOf(store, 'm1')).toEqual([2])
  })

  it('carries 64 KiB to a group of 1,024', async () => {
    const fixture = await suite.fresh({ userBytesMax: 64 * 1024 * 1024 })
    const sender = new Sender(() => fixture.store)
    await sender.attach()
    const users = Array.from({ length: 1_024 }, (_, i) => `u${i}`)
    await sender.send(users, 65_536)
    const store = await fixture.reopen()
    for (const user of ['u0', 'u500', 'u1023']) {
      const { entries } = await readAll(store, `u/${user}`)
      expect(entries.map(({ bytes }) => bytes.length)).toEqual([messageBytes(1, 65_536).length])
    }
  })
}
