import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { MailboxStore } from '../../../../broker/mailbox/store.ts'
import { decodeEnvelope } from '../../../../proto/server-codec.ts'
import { partitionOfUser, type UserId } from '../../../../proto/ids.ts'
import { until } from '../../../support/deadline.ts'
import { endOfTurn, faulty, freshStore, messageEntry, TestBus, TestConnection } from '../delivery-support.ts'
import { connect, startNode, type TestNode } from '../node-support.ts'

let store: MailboxStore
let bus: TestBus
let a: TestNode
let b: TestNode

beforeEach(async () => {
  store = await freshStore()
  bus = new TestBus()
  a = await startNode(store, { id: 'a', bus })
  b = await startNode(store, { id: 'b', bus })
})

afterEach(() => void vi.useRealTimers())

const introductions = async (user: string) => {
  const { entries } = await store.read(`p/${partitionOfUser(user as UserId)}`, 0, 100, 100_000)
  return entries.map(({ bytes }) => decodeEnvelope(bytes)).filter((envelope) => envelope.connected != null)
}

/** Appends to alice's mailbox past all nodes, as if every word of it were lost. */
const appendUntold = (...texts: string[]) =>
  store.append(texts.map((text, i) => ({ mailbox: 'u/alice', bytes: messageEntry(i + 1, text) })))

describe('a device that connects', () => {
  it('is introduced to the workers before its CONNACK, once', async () => {
    await a.node.attach(new TestConnection('alice'))
    expect(await introductions('alice')).toMatchObject([{ user: 'alice', device: 'phone' }])
    await a.node.attach(new TestConnection('alice'))
    await b.node.attach(new TestConnection('alice'))
    expect(await introductions('alice')).toHaveLength(1)
  })

  it('is introduced to nobody while its user is locked out, whatever its name (G8)', async () => {
    await store.bar('alice', { isLocked: true })
    for (const device of ['one', 'two', 'three'])
      expect(await a.node.attach(new TestConnection('alice', device))).toEqual({ outcome: 'locked' })
    expect(await introductions('alice')).toEqual([])
    await store.bar('alice', { isLocked: false })
    await a.node.attach(new TestConnection('alice', 'one'))
    expect(await introductions('alice')).toHaveLength(1)
  })

  it('is told truthfully whether there is a session', async () => {
    const attach = (transient: boolean, device = 'phone') =>
      a.node.attach(new TestConnection('alice', device, { transient }))
    expect(await attach(false)).toEqual({ outcome: 'attached', sessionPresent: false })
    expect(await attach(false)).toEqual({ outcome: 'attached', sessionPresent: true })
    expect(await attach(true, 'guest')).toEqual({ outcome: 'attached', sessionPresent: false })
    expect(await attach(true)).toEqual({ outcome: 'registered' })
  })

  it('gets what waited, after CONNACK, SUBSCRIBE or not', async () => {
    await connect(a.node, new TestConnection('alice')).then((first) => first.close('gone'))
    await appendUntold('one', 'two')
    const phone = new TestConnection('alice')
    await a.node.attach(phone)
    await endOfTurn()
    expect(phone.sent).toEqual([])
    a.node.ready(phone)
    await phone.gets('one', 'two')
  })

  it('gets DUP on what its last connection at this node had not acknowledged [MQTT-3.3.1-1]', async () => {
    const first = await a.device('alice')
    await appendUntold('one')
    a.node.ping(first)
    await first.gets('one')
    const second = await a.device('alice')
    await second.gets('one')
    expect(first.closeReason).toBe('taken-over')
    expect([first.sent[0]?.isDup, second.sent[0]?.isDup]).toEqual([false, true])
  })
})

describe('a device with a frame in flight', () => {
  it('is not closed because the clock of its node was set forward', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] })
    const phone = await a.device('alice')
    await appendUntold('one')
    a.node.ping(phone)
    await phone.gets('one')
    vi.setSystemTime(Date.now() + 3_600_000)
    vi.advanceTimersByTime(5_000)
    expect(phone.closeReason).toBeUndefined()
  })
})

describe('two connections of one device', () => {
  it('on one node: the older is closed, and the newer goes on from the cursor (G7)', async () => {
    const [older, newer] = [await a.device('alice'), await a.device('alice')]
    expect(older.closeReason).toBe('taken-over')
    await appendUntold('one')
    a.node.ping(newer)
    await newer.gets('one')
    expect(older.sent).toEqual([])
  })

  it('at two nodes: the older is closed over the bus (G7)', async () => {
    const older = await a.device('alice')
    const newer = await b.device('alice')
    await until(() => older.isClosed, 2_000, 'the close')
    await endOfTurn()
    expect(newer.isClosed).toBe(false)
  })

  it('attached at the same time: one stays, and it is the one with the later epoch (G7)', async () => {
    const connections = Array.from({ length: 5 }, () => new TestConnection('alice'))
    for (const connection of connections) connection.onClose = () => a.node.release(connection)
    const outcomes = await Promise.all(connections.map((connection) => a.node.attach(connection)))
    const open = connections.filter((connection) => !connection.isClosed)
    expect(open).toHaveLength(1)
    expect(outcomes.filter(({ outcome }) => outcome === 'attached').length).toBeGreaterThanOrEqual(1)
    a.node.ready(open[0] as TestConnection)
    await appendUntold('one')
    a.node.ping(open[0] as TestConnection)
    await open[0]?.gets('one')
  })

  it('where the close was lost on the bus: the older is fenced at its next acknowledgement (G7)', async () => {
    bus.isCut = true
    const older = await a.device('alice')
    await appendUntold('one')
    a.node.ping(older)
    await older.gets('one')
    const newer = await b.device('alice')
    a.node.acknowledge(older, older.sent[0]?.packetId as number)
    await until(() => older.isClosed, 2_000, 'the close')
    await newer.gets('one')
  })

  it.each(['at its keep-alive', 'when the bus is there again'])(
    'where the close was lost on the bus: an idle one is found out %s (G7)',
    async (when) => {
      bus.isCut = true
      const older = await a.device('alice')
      const [bob, guest] = [await a.device('bob'), new TestConnection('alice', 'guest', { transient: true })]
      await connect(a.node, guest)
      const newer = await b.device('alice')
      if (when === 'at its keep-alive') for (const each of [older, bob, guest]) a.node.ping(each)
      else bus.interrupt()
      b.node.ping(newer)
      await until(() => older.isClosed, 2_000, 'the close')
      await endOfTurn()
      expect([newer, bob, guest].map(({ isClosed }) => isClosed)).toEqual([false, false, false])
    },
  )

  describe('of which one is attached late, behind the next one at another node,', () => {
    let carryOut = (): void => undefined
    let isAsked = false
    /** A node whose first attach of a device reaches the store when the test says so. */
    const startLate = async (answer: 'comes' | 'is lost'): Promise<TestNode> => {
      const late = new Promise<void>((resolve) => (carryOut = resolve))
      let isFirst = true
      isAsked = false
      const slow = faulty(store, {
        attach: async (items) => {
          if (!isFirst || items[0]?.reader !== 'phone') return store.attach(items)
          isFirst = false
          isAsked = true
          const outcome = late.then(() => store.attach(items))
          if (answer === 'is lost') throw new Error('no answer in time')
          return outcome
        },
      })
      return startNode(slow, { id: 'c', bus })
    }

    it('and has left by then: the one that it fenced is closed, so that it comes back (G2, G7)', async () => {
      const c = await startLate('comes')
      const first = new TestConnection('alice')
      const attaching = connect(c.node, first).catch((error: Error) => error.message)
      await until(() => isAsked, 1_000, 'the attach')
      first.close('gone')
      const second = await b.device('alice')
      carryOut()
      expect(await attaching).toBe('attach: unavailable')
      await until(() => second.isClosed, 3_000, 'the close')
      expect(second.closeReason).toBe('taken-over')
      await until(async () => (await store.devices('alice'))[0]?.node === '', 2_000, 'the detach')
    })

    it('and its answer is lost: the one that it fenced is closed, so that it comes back (G2, G7)', async () => {
      const c = await startLate('is lost')
      await expect(connect(c.node, new TestConnection('alice'))).rejects.toThrow('unavailable')
      const second = await b.device('alice')
      carryOut()
      await until(() => second.isClosed, 4_000, 'the close')
      expect(second.closeReason).toBe('taken-over')
      expect((await b.device('alice')).isClosed).toBe(false)
    })

    it('and its node stops before it has looked: the one that it fenced is closed, so that it comes back (G2, G7)', async () => {
      const c = await startLate('is lost')
      await expect(connect(c.node, new TestConnection('alice'))).rejects.toThrow('unavailable')
      const second = await b.device('alice')
      carryOut()
      await until(async () => (await store.devices('alice'))[0]?.node === 'c', 2_000, 'the attach')
      await c.node.stop()
      await until(() => second.isClosed, 4_000, 'the close')
      expect(second.closeReason).toBe('taken-over')
      expect((await b.device('alice')).isClosed).toBe(false)
    })

    it('and its node dies: the one that it fenced is closed, so that it comes back (G2, G7)', async () => {
      const announced = vi.spyOn(store, 'announce')
      const isKnownAtB = (): boolean =>
        announced.mock.settledResults.some(
          ({ type, value }, i) =>
            announced.mock.calls[i]?.[0] === 'b' &&
            type === 'fulfilled' &&
            value.some(({ node }) => node === 'c'),
        )
      await store.announce('c', [], 60_000)
      await until(isKnownAtB, 2_000, 'the node to be known')
      const second = await b.device('alice')
      await store.attach([{ mailbox: 'u/alice', reader: 'phone', node: 'c', ttlMs: 0 }])
      await store.withdraw('c')
      await until(() => second.isClosed, 4_000, 'the close')
      expect(second.closeReason).toBe('taken-over')
      expect((await b.device('alice')).isClosed).toBe(false)
    })
  })

  it('of which one left before it was attached leave nothing behind', async () => {
    const phone = new TestConnection('alice')
    const attaching = a.node.attach(phone)
    phone.close('gone')
    a.node.release(phone)
    expect(await attaching).toEqual({ outcome: 'unavailable' })
    expect(await store.devices('alice')).toEqual([])
  })
})

describe('SUBSCRIBE', () => {
  const granted = (connection: TestConnection, filter: string, qos: 0 | 1 | 2 = 1) =>
    a.node.subscribe(connection, filter, qos)

  it('is granted for the own topic: QoS 1 for a session, QoS 0 for a transient reader only', async () => {
    const phone = await a.device('alice')
    const guest = await connect(a.node, new TestConnection('alice', 'guest', { transient: true }))
    expect([0, 1, 2].map((qos) => granted(phone, 'u/alice', qos as 0 | 1 | 2))).toEqual([128, 1, 1])
    expect([0, 1, 2].map((qos) => granted(guest, 'u/alice', qos as 0 | 1 | 2))).toEqual([0, 1, 1])
  })

  it('is refused for everything else (G5)', async () => {
    const phone = await a.device('alice')
    for (const filter of ['u/bob', 'u/#', 'u/+', '#', 'g/#', 'g', 'f', 'q', '$SYS/#', 'u/alice/x'])
      expect(granted(phone, filter)).toBe(128)
  })

  it('of the group is for workers, who get nothing else', async () => {
    const worker = new TestConnection('worker', 'w', { role: 'worker', transient: true })
    expect(granted(worker, 'g/#')).toBe(0)
    expect(granted(worker, 'u/worker')).toBe(128)
    a.node.release(worker)
  })

  it('goes on after UNSUBSCRIBE paused the lane', async () => {
    const phone = await a.device('alice')
    a.node.unsubscribe(phone, 'u/alice')
    await appendUntold('one')
    a.node.ping(phone)
    await endOfTurn()
    expect(phone.sent).toEqual([])
    granted(phone, 'u/alice')
    await phone.gets('one')
  })
})

describe('what nobody told a lane', () => {
  it('is found when its client pings', async () => {
    const phone = await a.device('alice')
    await appendUntold('one')
    await endOfTurn()
    expect(phone.sent).toEqual([])
    a.node.ping(phone)
    await phone.gets('one')
  })

  it('is found when the bus was interrupted (G2)', async () => {
    const phone = await a.device('alice')
    await appendUntold('one', 'two')
    bus.interrupt()
    await phone.gets('one', 'two')
  })

  it('leaves nothing registered for a connection that goes while the store is asked anew (G7)', async () => {
    let answer: (() => void) | undefined
    const slow = faulty(store, {
      attach: async (items) => {
        const outcomes = await store.attach(items)
        if (answer !== undefined) await new Promise<void>((resolve) => (answer = resolve))
        return outcomes
      },
    })
    const c = await startNode(slow, { id: 'c', bus })
    const phone = await c.device('alice')
    answer = () => undefined
    const unanswered = answer
    const reattached = c.node.reattach()
    await until(() => answer !== unanswered, 2_000, 'the attach')
    c.node.release(phone)
    answer()
    await reattached
    const placeOf = async (): Promise<string | undefined> => (await store.devices('alice'))[0]?.node
    await until(async () => (await placeOf()) === '', 2_000, 'the detach')
  })

  it('is found when the store was replaced: everything from the cursor again (trap 24)', async () => {
    const phone = await a.device('alice')
    await appendUntold('one')
    a.node.ping(phone)
    await phone.gets('one')
    await a.node.reattach()
    await phone.gets('one', 'one')
    expect(phone.sent[1]?.isDup).toBe(true)
  })
})
