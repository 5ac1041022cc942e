import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RunningBroker } from '../../../broker/main.ts'
import { encodeRequest } from '../../../proto/codec.ts'
import { until } from '../../support/deadline.ts'
import { connectPacket, publishPacket } from '../../support/mqtt-packets.ts'
import type { RawClient } from '../../support/raw-client.ts'
import { RedisBrokers } from '../../support/stores/redis-brokers.ts'
import { hasRedis, PRODUCTION } from '../../support/stores/redis-server.ts'

// Two brokers on one Redis, without a worker.

let brokers: RedisBrokers

async function open(
  broker: RunningBroker,
): Promise<{ client: RawClient; code: number; sessionPresent: boolean }> {
  const { client, password } = await brokers.client(broker, 'alice')
  client.send(connectPacket({ clientId: 'alice/phone', username: '', password }))
  // A store that does not answer is waited for.
  const { code, sessionPresent } = await client.expect('connack', 15_000)
  return { client, code, sessionPresent }
}

const isReady = async (broker: RunningBroker): Promise<boolean> =>
  (await fetch(`http://127.0.0.1:${broker.httpPort}/readyz`)).status === 200

describe.skipIf(!hasRedis())('two brokers on one Redis', () => {
  beforeEach(async () => {
    brokers = await RedisBrokers.open(PRODUCTION)
  })
  afterEach(() => brokers.dispose())

  test('G7 a device that connects to another node has its session there, and is closed on the old one', async () => {
    const [near, far] = [await brokers.start(), await brokers.start()]
    const first = await open(near)
    expect(first).toMatchObject({ code: 0, sessionPresent: false })
    const second = await open(far)
    expect(second).toMatchObject({ code: 0, sessionPresent: true })
    await first.client.expectClosed()
    await second.client.roundTrip()
  })

  test('G1 while Redis is away nothing is acknowledged, CONNECT gets code 3, and readiness is red', async () => {
    const broker = await brokers.start()
    const { client } = await open(broker)
    await client.publish({ topic: 'g/AAAAAAAAAAAAAA', payload: 'stored' })
    await brokers.redis.kill()
    client.send(publishPacket({ topic: 'g/AAAAAAAAAAAAAA', payload: 'lost', packetId: 9 }))
    await client.expectClosed(15_000, 'puback')
    expect((await open(broker)).code).toBe(3)
    await until(async () => !(await isReady(broker)), 10_000, 'red')
    await brokers.redis.restart()
    await until(() => isReady(broker), 20_000, 'green')
    const again = await until(
      async () => {
        const answer = await open(broker)
        return answer.code === 0 ? answer : undefined
      },
      20_000,
      'CONNACK 0',
    )
    expect(again.sessionPresent).toBe(true)
    await again.client.publish({ topic: 'g/AAAAAAAAAAAAAA', payload: 'stored too' })
  })

  test('G5 a user who is locked out at one node is closed at the other, also when the word of it is lost', async () => {
    const [near, far] = [await brokers.start(), await brokers.start()]
    const { client } = await open(far)
    const admin = await brokers.client(near, 'operator', 'admin')
    admin.client.acksByItself = true
    await admin.client.connect({
      clientId: 'operator/console',
      username: 'operator',
      password: admin.password,
    })
    const lock = Buffer.from(encodeRequest({ request: 1, lockUser: { user: 'alice' } }))
    // Nobody at the other node hears the bus for a while.
    await brokers.redis.client.call('CLIENT', 'KILL', 'TYPE', 'pubsub')
    await admin.client.publish({ topic: 'q', payload: lock })
    await client.expectClosed(5_000)
    for (const broker of [near, far]) expect((await open(broker)).code).toBe(5)
  })
})
