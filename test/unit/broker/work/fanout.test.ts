import { describe, expect, it } from 'vitest'
import { expand } from '../../../../broker/work/fanout.ts'
import { MalformedFrame } from '../../../../proto/codec.ts'
import { decodeFanout, encodeFanout, type Delivery } from '../../../../proto/server-codec.ts'
import { until } from '../../../support/deadline.ts'
import { freshStore, messageEntry, TestConnection } from '../delivery-support.ts'
import { connect, publish, receivedIn, startNode, type Received } from '../node-support.ts'

const bytes = Buffer.from('entry')

/** As a worker's frame arrives. */
function expanded(deliveries: Delivery[], ...audiences: string[][]) {
  const frame = decodeFanout(
    encodeFanout({ commits: [{ deliveries }], audiences: audiences.map((users) => ({ users })) }),
  )
  return expand(frame.commits[0]?.deliveries ?? [], frame.audiences).map(({ bytes: entry, ...rest }) => ({
    ...rest,
    entry: Buffer.from(entry).toString(),
  }))
}

describe('deliveries', () => {
  it('to one user are one append, and to an audience one for each of its users, in order', () => {
    expect(
      expanded(
        [
          { audience: 2, entry: bytes },
          { user: 'carol', entry: bytes },
        ],
        ['x'],
        ['alice', 'bob'],
      ),
    ).toEqual([
      { mailbox: 'u/alice', entry: 'entry' },
      { mailbox: 'u/bob', entry: 'entry' },
      { mailbox: 'u/carol', entry: 'entry' },
    ])
  })

  it("say to whom of an audience they are a stranger's", () => {
    const frame = decodeFanout(
      encodeFanout({
        commits: [{ deliveries: [{ audience: 1, entry: bytes }] }],
        audiences: [{ users: ['alice', 'bob', 'carol', 'dan'], strangers: [1, 3] }],
      }),
    )
    const appends = expand(frame.commits[0]?.deliveries ?? [], frame.audiences)
    expect(appends.map(({ isFromStranger = false }) => isFromStranger)).toEqual([false, true, false, true])
  })

  it("except the sending device only in that user's own mailbox", () => {
    const exceptions = { exceptUser: 'alice', exceptDevice: 'phone' }
    expect(expanded([{ audience: 1, entry: bytes, ...exceptions }], ['alice', 'bob'])).toEqual([
      { mailbox: 'u/alice', entry: 'entry', except: 'phone' },
      { mailbox: 'u/bob', entry: 'entry' },
    ])
  })

  it('carry key, version, device and time to live', () => {
    const key = Buffer.from([100, 200, 0, 255])
    expect(expanded([{ user: 'a', entry: bytes, key, version: 7, only: 'phone', ttlS: 60 }])).toEqual([
      { mailbox: 'u/a', entry: 'entry', key: 'dÈ\0ÿ', version: 7, only: 'phone', ttlMs: 60_000 },
    ])
  })

  it('to an audience that is not in the frame reach nobody (G5)', () => {
    expect(expanded([{ audience: 3, entry: bytes }], ['alice'])).toEqual([])
  })
})

describe('a Fanout frame', () => {
  it('reaches everybody else while one reader is frozen (trap 10)', async () => {
    const bench = await startNode(await freshStore(), { limits: { laneFramesMax: 2 } })
    const [frozen, bob] = [await bench.device('frozen'), await bench.device('bob')]
    frozen.isBusy = true
    const worker = bench.worker()
    const sender = await bench.device('alice')
    worker.carryOut((batch) => ({
      deliveries: receivedIn(batch)
        .filter(({ envelope }) => envelope.up != null)
        .flatMap(({ position }) =>
          ['frozen', 'bob'].map((user) => ({ user, entry: messageEntry(position, `m${position}`) })),
        ),
    }))
    for (let i = 1; i <= 20; i++) {
      await publish(bench.node, sender, i)
      await until(() => bob.texts.length === i, 2_000, `message ${i}`, 1)
      bench.node.acknowledge(bob, bob.sent.at(-1)?.packetId as number)
    }
    expect(frozen.sent).toHaveLength(1)
    frozen.drain()
    for (let frame = 0; frozen.texts.length < 20; frame++) {
      await frozen.packets(frame + 1)
      bench.node.acknowledge(frozen, frozen.sent[frame]?.packetId as number)
    }
    expect(frozen.texts).toEqual(bob.texts)
  })

  it('reaches the devices of its users, and nobody else (G5)', async () => {
    const bench = await startNode(await freshStore())
    const [alice, bob] = [await bench.device('alice'), await bench.device('bob')]
    const worker = bench.worker()
    await worker.commit(await worker.nextBatch())
    await publish(bench.node, alice, 1)
    const batch = await worker.nextBatch()
    await worker.commit(batch, { deliveries: [{ user: 'bob', entry: messageEntry(1, 'hello') }] })
    await bob.gets('hello')
    expect(alice.sent).toEqual([])
    expect(bench.metrics.count('laneRead')).toBe(0)
  })

  it('means a delivered mark when the device acknowledges, and then the cursor moves (G2, G6)', async () => {
    const bench = await startNode(await freshStore())
    const [alice, bob] = [await bench.device('alice'), await bench.device('bob')]
    const worker = bench.worker()
    await publish(bench.node, alice, 1)
    worker.carryOut((batch) =>
      receivedIn(batch).some(({ envelope }) => envelope.up != null)
        ? { deliveries: [{ user: 'bob', entry: messageEntry(1, 'hello') }] }
        : {},
    )
    await bob.gets('hello')
    bench.node.acknowledge(bob, bob.sent[0]?.packetId as number)
    const marks = () =>
      worker.received.flatMap(({ envelope }) => envelope.delivered?.marks?.map((mark) => ({ ...mark })) ?? [])
    await until(() => marks().length > 0, 2_000, 'the mark')
    expect(marks()).toMatchObject([{ user: 'bob', upTo: 1 }])
    await until(async () => (await bench.store.devices('bob'))[0]?.waiting === 0, 2_000, 'the cursor')
  })

  it('is decided once: repeated, it changes nothing and sends nothing (G4)', async () => {
    const bench = await startNode(await freshStore())
    const [alice, bob] = [await bench.device('alice'), await bench.device('bob')]
    const worker = bench.worker()
    await worker.commit(await worker.nextBatch())
    await publish(bench.node, alice, 1)
    const batch = await worker.nextBatch()
    const deliveries = [{ user: 'bob', entry: messageEntry(1, 'hello') }]
    await worker.commit(batch, { deliveries })
    await worker.commit(batch, { deliveries })
    await publish(bench.node, alice, 2)
    await worker.commit(await worker.nextBatch(), {
      deliveries: [{ user: 'bob', entry: messageEntry(2, 'you') }],
    })
    await bob.gets('hello', 'you')
  })

  it('that can not be read is not acknowledged', async () => {
    const bench = await startNode(await freshStore())
    const worker = bench.worker()
    const payload = Buffer.from([0xff, 0xff, 0xff])
    const taken = bench.node.take(worker.connection, [{ topic: { kind: 'fanout' }, payload }])
    await expect(taken).rejects.toThrow(MalformedFrame)
    bench.node.takeEphemeral(worker.connection, { kind: 'fanout' }, payload)
  })

  it('tells what was refused in front of its PUBACK: a worker believes what comes in that order (G7)', async () => {
    const bench = await startNode(await freshStore())
    await publish(bench.node, await bench.device('alice'), 1)
    const worker = bench.worker()
    const { partition, epoch, position } = (await worker.entries(1)).at(-1) as Received
    await worker.publish({ commits: [{ partition, epoch, from: position, upTo: position + 1 }] })
    expect(worker.works.flatMap(({ refused }) => refused)).toMatchObject([{ partition, epoch }])
  })

  it('may carry what is live only: at QoS 0, to whoever is connected, stored nowhere', async () => {
    const bench = await startNode(await freshStore())
    const [phone, laptop] = [await bench.device('bob'), await bench.device('bob', 'laptop')]
    const worker = bench.worker()
    bench.node.takeEphemeral(
      worker.connection,
      { kind: 'fanout' },
      encodeFanout({
        audiences: [{ users: ['alice', 'bob'] }],
        ephemeral: [
          { audience: 1, entry: messageEntry(1, 'hello'), exceptUser: 'bob', exceptDevice: 'phone' },
        ],
      }),
    )
    await laptop.gets('hello')
    expect(laptop.sent[0]).toMatchObject({ qos: 0, topic: 'u/bob' })
    expect(phone.sent).toEqual([])
    expect((await bench.store.heads([{ mailbox: 'u/bob' }]))[0]).toBe(0)
  })
})

describe('an answer to a transient sender', () => {
  it('goes to its connection live, for no mailbox keeps it', async () => {
    const bench = await startNode(await freshStore())
    const guest = await connect(bench.node, new TestConnection('alice', 'guest', { transient: true }))
    bench.node.subscribe(guest, 'u/alice', 1)
    const worker = bench.worker()
    await worker.commit(await worker.nextBatch())
    await publish(bench.node, guest, 1)
    await worker.commit(await worker.nextBatch(), {
      deliveries: [{ user: 'alice', only: 'guest', entry: messageEntry(1, 'accepted') }],
    })
    await guest.gets('accepted')
    expect(guest.sent[0]?.qos).toBe(0)
    expect((await bench.store.heads([{ mailbox: 'u/alice' }]))[0]).toBe(0)
  })
})
