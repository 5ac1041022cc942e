import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Append, MailboxStore } from '../../../../broker/mailbox/store.ts'
import { Marks, type MarkedLane } from '../../../../broker/lanes/marks.ts'
import { Turn } from '../../../../kit/turn.ts'
import { chatKeyAt } from '../../../../proto/envelope-entry.ts'
import { decodeEnvelope } from '../../../../proto/server-codec.ts'
import { until } from '../../../support/deadline.ts'
import {
  CHAT,
  faulty,
  freshStore,
  log,
  messageEntry,
  TestConnection,
  TestMetrics,
  unexpected,
} from '../delivery-support.ts'

const CHAT_KEY = chatKeyAt(CHAT, 0)
const PARTITION = 'p/9'

interface Reader extends MarkedLane {
  readonly connection: TestConnection
}

let store: MailboxStore
let marks: Marks
let dispatched: Append[]
/** Set to make the next appends fail. */
let failures = 0
/** Cursors that were moved, whether of connections that had gone. */
let last: (boolean | undefined)[]
/** What appends wait for before they reach the store. */
let gate: () => Promise<void>

beforeEach(async () => {
  store = await freshStore({ partitionEntriesMax: 3 })
  dispatched = []
  last = []
  failures = 0
  gate = async () => undefined
  const flaky = faulty(store, {
    append: async (items) => {
      if (failures-- > 0) throw new Error('the store is away')
      await gate()
      return store.append(items)
    },
    advance: (items) => {
      last.push(...items.map(({ isLast }) => isLast))
      return store.advance(items)
    },
  })
  marks = new Marks({
    store: flaky,
    turn: new Turn(unexpected),
    metrics: new TestMetrics().metrics,
    log,
    clock: () => 1234,
    dispatch: (items) => dispatched.push(...items),
  })
})

afterEach(() => marks.stop())

async function reader(user: string, messages: number, device = 'phone'): Promise<Reader> {
  const mailbox = `u/${user}`
  const [outcome] = await store.attach([
    { mailbox, reader: device, node: 'n', ttlMs: 0, tokenIssuedAtMs: Date.now() },
  ])
  if (outcome?.outcome !== 'attached') throw new Error('not attached')
  await store.append(Array.from({ length: messages }, (_, i) => ({ mailbox, bytes: messageEntry(i + 1) })))
  const connection = new TestConnection(user, device)
  return { mailbox, device, epoch: outcome.epoch, isTransient: false, connection }
}

const waitingOf = async ({ connection }: Reader): Promise<number> =>
  (await store.devices(connection.user))[0]?.waiting ?? -1

const storedMarks = async () =>
  (await store.read(PARTITION, 0, 100, 1_000_000)).entries.map(({ bytes }) => {
    const { chat, delivered, user } = decodeEnvelope(bytes)
    expect(user).toBe('')
    return { chat: chatKeyAt(chat, 0), marks: delivered?.marks }
  })

describe('delivered marks', () => {
  it('of a chat that wait together are one entry: the highest of each user (G6)', async () => {
    const [alice, bob] = [await reader('alice', 5), await reader('bob', 5)]
    marks.acknowledged(alice, 1, [{ chatKey: CHAT_KEY, seq: 1 }])
    marks.acknowledged(bob, 2, [{ chatKey: CHAT_KEY, seq: 2 }])
    marks.acknowledged(alice, 3, [{ chatKey: CHAT_KEY, seq: 3 }])
    await until(async () => (await waitingOf(alice)) === 2 && (await waitingOf(bob)) === 3, 2_000, 'cursors')
    expect(await storedMarks()).toMatchObject([
      {
        chat: CHAT_KEY,
        marks: [
          { user: 'alice', upTo: 3 },
          { user: 'bob', upTo: 2 },
        ],
      },
    ])
    expect(dispatched).toHaveLength(1)
  })

  it('that are stored when their device has gone say so with its cursor, which is not to wait then (G2)', async () => {
    const alice = await reader('alice', 2)
    marks.acknowledged(alice, 1, [{ chatKey: CHAT_KEY, seq: 1 }])
    await until(async () => (await waitingOf(alice)) === 1, 2_000, 'the first cursor')
    marks.acknowledged(alice, 2, [{ chatKey: CHAT_KEY, seq: 2 }])
    alice.connection.close('gone')
    await until(async () => (await waitingOf(alice)) === 0, 2_000, 'the last cursor')
    expect(last).toEqual([false, true])
  })

  it('never fall back when PUBACKs of two devices cross (G6)', async () => {
    const [phone, laptop] = [await reader('alice', 5), await reader('alice', 0, 'laptop')]
    marks.acknowledged(phone, 4, [{ chatKey: CHAT_KEY, seq: 4 }])
    marks.acknowledged(laptop, 2, [{ chatKey: CHAT_KEY, seq: 2 }])
    await until(async () => (await storedMarks()).length > 0, 2_000, 'marks')
    expect(await storedMarks()).toMatchObject([{ marks: [{ user: 'alice', upTo: 4 }] }])
  })

  it('are durable before the cursor moves; a store that was away is asked again (G2, G6)', async () => {
    const alice = await reader('alice', 2)
    failures = 2
    marks.acknowledged(alice, 2, [{ chatKey: CHAT_KEY, seq: 2 }])
    await until(() => failures < 2, 2_000, 'the first try')
    expect(await waitingOf(alice)).toBe(2)
    await until(async () => (await waitingOf(alice)) === 0, 3_000, 'cursor')
    expect(await storedMarks()).toMatchObject([{ marks: [{ user: 'alice', upTo: 2 }] }])
  })

  it('of a full partition wait, and their cursors with them', async () => {
    const alice = await reader('alice', 2)
    const lease = { mailbox: PARTITION, reader: 'worker', node: 'n', ttlMs: 60_000 }
    const [held] = await store.attach([lease])
    if (held?.outcome !== 'attached') throw new Error('not attached')
    await store.append(Array.from({ length: 3 }, () => ({ mailbox: PARTITION, bytes: Buffer.from('x') })))
    marks.acknowledged(alice, 2, [{ chatKey: CHAT_KEY, seq: 2 }])
    await until(() => dispatched.length > 0, 2_000, 'the first try')
    expect(await waitingOf(alice)).toBe(2)
    await store.commit({ partition: 9, epoch: held.epoch, from: 0, upTo: 3, puts: [], appends: [] })
    await until(async () => (await waitingOf(alice)) === 0, 3_000, 'cursor')
    expect(await storedMarks()).toHaveLength(1)
  })

  it('of a full partition hold up nobody else, and no later cursor of their user passes them (G2, G6)', async () => {
    const [alice, bob] = [await reader('alice', 3), await reader('bob', 3)]
    await store.append(Array.from({ length: 3 }, () => ({ mailbox: PARTITION, bytes: Buffer.from('x') })))
    marks.acknowledged(alice, 1, [{ chatKey: CHAT_KEY, seq: 1 }])
    await until(() => dispatched.length > 0, 2_000, 'the first try')
    const other = chatKeyAt(Uint8Array.from([1, 1, 1, 1, 1, 1, 1, 1, 1, 10]), 0)
    marks.acknowledged(bob, 2, [{ chatKey: other, seq: 2 }])
    marks.acknowledged(alice, 2, [{ chatKey: other, seq: 2 }])
    marks.acknowledged(alice, 3, [])
    await until(async () => (await waitingOf(bob)) === 1, 2_000, "the other's cursor")
    expect(await waitingOf(alice)).toBe(3)
  })

  it('that come to be tried again while others are written hold the cursor back until they are durable (G2, G6)', async () => {
    const [alice, bob] = [await reader('alice', 3), await reader('bob', 3)]
    const other = chatKeyAt(Uint8Array.from([1, 1, 1, 1, 1, 1, 1, 1, 1, 10]), 0)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      failures = 1
      marks.acknowledged(alice, 1, [{ chatKey: CHAT_KEY, seq: 1 }])
      await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1))
      let letThrough: (() => void) | undefined
      gate = async () => {
        gate = async () => undefined
        await new Promise<void>((resolve) => (letThrough = resolve))
        failures = 1 // the first ones are to fail once more
      }
      marks.acknowledged(bob, 1, [{ chatKey: other, seq: 1 }])
      marks.acknowledged(alice, 2, [])
      await vi.waitFor(() => expect(letThrough).toBeDefined())
      vi.advanceTimersByTime(1_000)
      letThrough?.()
    } finally {
      vi.useRealTimers()
    }
    await until(async () => (await waitingOf(bob)) === 2, 2_000, "the other's cursor")
    expect(await waitingOf(alice)).toBe(3)
    await until(async () => (await waitingOf(alice)) === 1, 3_000, 'cursor')
    expect(await storedMarks()).toEqual([{ chat: CHAT_KEY, marks: [{ user: 'alice', upTo: 1 }] }])
  })
})

describe('cursors', () => {
  it('move without an entry when nothing acknowledged has a seq', async () => {
    const alice = await reader('alice', 3)
    marks.acknowledged(alice, 2, [])
    await until(async () => (await waitingOf(alice)) === 1, 2_000, 'cursor')
    expect(await storedMarks()).toEqual([])
  })

  it('of a fenced lane stay, and its connection is closed (G7)', async () => {
    const older = await reader('alice', 3)
    const newer = await reader('alice', 0)
    marks.acknowledged(older, 2, [])
    await until(() => older.connection.isClosed, 2_000, 'close')
    expect(older.connection.closeReason).toBe('taken-over')
    expect(newer.connection.isClosed).toBe(false)
    expect(await waitingOf(newer)).toBe(3)
  })

  it('of transient readers do not exist', async () => {
    const guest = { ...(await reader('alice', 3)), isTransient: true }
    marks.acknowledged(guest, 3, [{ chatKey: CHAT_KEY, seq: 3 }])
    await until(async () => (await storedMarks()).length > 0, 2_000, 'marks')
    expect(await waitingOf(guest)).toBe(3)
  })
})
