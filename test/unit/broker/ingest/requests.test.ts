import { beforeEach, describe, expect, it } from 'vitest'
import { encodeRequest, type Request } from '../../../../proto/codec.ts'
import { errorCode } from '../../../../proto/errors.ts'
import { until } from '../../../support/deadline.ts'
import { faulty, freshStore, TestConnection } from '../delivery-support.ts'
import { connect, publish, startNode, type TestNode } from '../node-support.ts'

let bench: TestNode

beforeEach(async () => {
  bench = await startNode(await freshStore())
})

const askRaw = async (connection: TestConnection, payload: Uint8Array) => {
  const before = connection.downs.length
  await bench.node.take(connection, [{ topic: { kind: 'request' }, payload }])
  await until(() => connection.downs.length > before, 2_000, 'an answer')
  return connection.downs.at(-1)
}
const ask = (connection: TestConnection, request: Request) => askRaw(connection, encodeRequest(request))
const answer = async (connection: TestConnection, request: Request) =>
  (await ask(connection, { request: 5, ...request }))?.responses[0]
const refusal = async (connection: TestConnection, request: Request) =>
  (await ask(connection, { request: 5, ...request }))?.rejected[0]

const admin = () => connect(bench.node, new TestConnection('operator', 'desk', { role: 'admin' }))

describe('a request', () => {
  it('that can not be read is refused as malformed', async () => {
    const alice = await bench.device('alice')
    const down = await askRaw(alice, Buffer.from([0xff, 0xff]))
    expect(down?.rejected).toMatchObject([{ code: errorCode('malformed'), clientSeq: 0 }])
  })

  it('that is not about devices or dead letters goes to a worker, marked with the role', async () => {
    const [alice, operator] = [await bench.device('alice'), await admin()]
    const payload = encodeRequest({ request: 9, myChats: {} })
    for (const connection of [alice, operator])
      await bench.node.take(connection, [{ topic: { kind: 'request' }, payload }])
    const worker = bench.worker()
    await worker.entries(4)
    const requests = worker.received.filter(({ envelope }) => envelope.request != null)
    expect(new Map(requests.map(({ envelope }) => [envelope.user, envelope.admin]))).toEqual(
      new Map([
        ['alice', false],
        ['operator', true],
      ]),
    )
    expect(Buffer.from(requests[0]?.envelope.request ?? [])).toEqual(Buffer.from(payload))
  })
})

describe('devices', () => {
  it('are listed to their user, with what waits for them', async () => {
    const alice = await bench.device('alice')
    await bench.device('alice', 'laptop').then((laptop) => laptop.close('gone'))
    const listed = await answer(alice, { listDevices: {} })
    expect(listed?.request).toBe(5)
    expect(listed?.devices?.devices).toMatchObject([
      { name: 'phone', connected: true },
      { name: 'laptop', connected: false },
    ])
  })

  it('of others are for the operator only', async () => {
    const alice = await bench.device('alice')
    await bench.device('bob')
    expect(await refusal(alice, { listDevices: { user: 'bob' } })).toMatchObject({
      request: 5,
      code: errorCode('forbidden'),
    })
    expect(await refusal(alice, { removeDevice: { user: 'bob', device: 'phone' } })).toMatchObject({
      code: errorCode('forbidden'),
    })
    const listed = await answer(await admin(), { listDevices: { user: 'bob' } })
    expect(listed?.devices?.devices).toMatchObject([{ name: 'phone' }])
  })

  it('are closed when they are removed, and refused until they are linked again', async () => {
    const alice = await bench.device('alice')
    const laptop = await bench.device('alice', 'laptop')
    expect((await answer(alice, { removeDevice: { device: 'laptop' } }))?.done).toBeDefined()
    await until(() => laptop.isClosed, 2_000, 'the close')
    expect(laptop.closeReason).toBe('device-removed')
    const again = new TestConnection('alice', 'laptop')
    Object.assign(again, { tokenIssuedAtMs: Date.now() - 60_000 })
    expect(await bench.node.attach(again)).toEqual({ outcome: 'removed' })
  })

  it('that do not exist, and names that can not be, are refused', async () => {
    const alice = await bench.device('alice')
    expect(await refusal(alice, { removeDevice: { device: 'tablet' } })).toMatchObject({
      code: errorCode('unknown-device'),
    })
    expect(await refusal(alice, { removeDevice: { device: '../x' } })).toMatchObject({
      code: errorCode('invalid'),
    })
    expect(await refusal(await admin(), { listDevices: { user: 'a/b' } })).toMatchObject({
      code: errorCode('invalid'),
    })
  })
})

describe('dead letters', () => {
  const setAside = async () => {
    const alice = await bench.device('alice')
    const worker = bench.worker('w1')
    await worker.commit(await worker.nextBatch())
    await publish(bench.node, alice, 1)
    await worker.nextBatch()
    worker.leave()
    for (let i = 2; i < 20 && bench.metrics.count('setAside') === 0; i++) {
      const next = bench.worker(`w${i}`)
      await until(() => next.batches.length > 0 || bench.metrics.count('setAside') > 0, 2_000, 'a try')
      next.leave()
    }
    await until(() => bench.metrics.count('setAside') > 0, 2_000, 'set aside')
    return alice
  }

  it('are for the operator: listed, put back, and then gone from the list', async () => {
    const alice = await setAside()
    const operator = await admin()
    expect(await refusal(alice, { listDead: {} })).toMatchObject({ code: errorCode('forbidden') })
    expect(await refusal(alice, { requeueDead: { position: 1 } })).toMatchObject({
      code: errorCode('forbidden'),
    })
    const listed = await answer(operator, { listDead: {} })
    const [dead] = listed?.dead?.entries ?? []
    expect(dead).toMatchObject({ user: 'alice', device: 'phone', position: expect.any(Number) })
    const worker = bench.worker('healthy')
    worker.carryOut()
    expect((await answer(operator, { requeueDead: { position: dead?.position ?? 0 } }))?.done).toBeDefined()
    await until(() => worker.clientSeqs.includes(1), 2_000, 'the entry')
    expect((await answer(operator, { listDead: {} }))?.dead?.entries).toEqual([])
    expect(await refusal(operator, { requeueDead: { position: dead?.position ?? 0 } })).toMatchObject({
      code: errorCode('invalid'),
    })
  })
})

describe('the end of tokens, where clocks differ (G5)', () => {
  const HOUR_MS = 3_600_000
  const bearer = (issuedAtMs: number, device = 'phone') =>
    Object.assign(new TestConnection('nina', device), { tokenIssuedAtMs: issuedAtMs })
  const outcomeOf = async (issuedAtMs: number, device?: string) =>
    (await bench.node.attach(bearer(issuedAtMs, device))).outcome

  it('holds for those issued before it, though the clock of the broker that ends them is an hour behind', async () => {
    bench = await startNode(await freshStore(), { clock: () => Date.now() - HOUR_MS })
    const issuedAtMs = Date.now() - 60_000
    const nina = await connect(bench.node, bearer(issuedAtMs))
    await connect(bench.node, bearer(issuedAtMs, 'laptop'))
    expect((await answer(nina, { removeDevice: { device: 'laptop' } }))?.done).toBeDefined()
    expect(await outcomeOf(issuedAtMs, 'laptop')).toBe('removed')
    expect((await answer(await admin(), { endTokens: { user: 'nina' } }))?.done).toBeDefined()
    expect(await outcomeOf(issuedAtMs)).toBe('token-ended')
    // One that is made upon the answer.
    expect(await outcomeOf(Math.floor(Date.now() / 1_000) * 1_000)).toBe('attached')
  })

  it('shuts nobody out for as long as the store’s clock was once ahead, and has stayed since', async () => {
    const store = await freshStore()
    const now = (): Promise<number> => Promise.resolve(Date.now() + 40 * 24 * HOUR_MS)
    bench = await startNode(faulty(store, { now }))
    const nina = await connect(bench.node, bearer(Date.now() - 60_000))
    await connect(bench.node, bearer(Date.now() - 60_000, 'laptop'))
    expect((await answer(nina, { removeDevice: { device: 'laptop' } }))?.done).toBeDefined()
    expect(await outcomeOf(Math.floor(Date.now() / 1_000) * 1_000, 'laptop')).toBe('attached')
    expect((await answer(await admin(), { endTokens: { user: 'nina' } }))?.done).toBeDefined()
    expect(await outcomeOf(Date.now() - 60_000)).toBe('token-ended')
    expect(await outcomeOf(Math.floor(Date.now() / 1_000) * 1_000)).toBe('attached')
  })

  it('holds for one that is in use and was dated by a clock that is ahead', async () => {
    const aheadMs = Date.now() + HOUR_MS
    await connect(bench.node, bearer(aheadMs))
    expect((await answer(await admin(), { endTokens: { user: 'nina' } }))?.done).toBeDefined()
    expect(await outcomeOf(aheadMs)).toBe('token-ended')
    expect(await outcomeOf(aheadMs + 1_000)).toBe('attached')
  })
})

describe('a full partition', () => {
  it('holds publishes back until there is room, and stores nothing of a connection that left (G1, G8)', async () => {
    const small = await startNode(await freshStore({ partitionEntriesMax: 2 }), { id: 'small' })
    const [alice, bob] = [await small.device('alice'), await small.device('bob')]
    await publish(small.node, alice, 1)
    await publish(small.node, alice, 2)
    let isTaken = false
    const held = publish(small.node, alice, 3).then(() => (isTaken = true))
    const left = publish(small.node, bob, 4)
    left.catch(() => undefined)
    await until(() => small.metrics.count('refusedFull') >= 2, 2_000, 'the refusal')
    expect(isTaken).toBe(false)
    bob.close('gone')
    await expect(left).rejects.toThrow('full partition')
    const worker = small.worker()
    worker.carryOut()
    await held
    await until(() => worker.clientSeqs.length === 3, 2_000, 'all')
    expect(worker.clientSeqs).toEqual([1, 2, 3])
  })
})
