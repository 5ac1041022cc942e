import RedisPersistence from 'aedes-persistence-redis/asyncPersistence.js'
import type { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { RunningBroker } from '../../../broker/main.ts'
import { until } from '../../support/deadline.ts'
import { connectPacket, subscribePacket } from '../../support/mqtt-packets.ts'
import { Phone } from '../../support/phone.ts'
import type { RawClient } from '../../support/raw-client.ts'
import { RedisBrokers } from '../../support/stores/redis-brokers.ts'
import { hasRedis, RedisServer } from '../../support/stores/redis-server.ts'
import { Server } from '../../support/server.ts'

// What a broker asks of Redis for Aedes' own persistence: nothing, as long as there are no open topics.

const STORED_CLIENTS = 200_000

/** Keys of mailboxes, leases, nodes and their indexes have a hash tag. */
async function otherKeys(redis: Redis): Promise<string[]> {
  return (await redis.keys('*')).filter((key) => !key.startsWith('{'))
}

describe.skipIf(!hasRedis())("Aedes' own persistence in a broker on Redis", () => {
  let brokers: RedisBrokers
  let redis: Redis
  beforeEach(async () => {
    brokers = await RedisBrokers.open()
    redis = brokers.redis.client
  })
  afterEach(async () => {
    vi.restoreAllMocks()
    await brokers.dispose()
  })

  async function connect(broker: RunningBroker, device: string, clean: boolean): Promise<RawClient> {
    const { client, password } = await brokers.client(broker, 'alice')
    client.send(connectPacket({ clientId: `alice/${device}`, username: '', password, clean }))
    expect((await client.take('connack')).code).toBe(0)
    return client
  }

  /** The last command on the connection of Aedes' persistence; ioredis' own at the start ends with INFO. */
  async function lastCommand(): Promise<string | undefined> {
    const list = String(await redis.client('LIST'))
    const line = list.split('\n').find((text) => text.includes(' name=restante:aedes '))
    return /\bcmd=(\S+)/.exec(line ?? '')?.[1]
  }

  test('trap 8: connections of both kinds, their packets and their end ask Redis nothing for it', async () => {
    const broker = await brokers.start()
    await until(async () => (await lastCommand()) === 'info', 5_000, 'the connection')
    for (const clean of [false, true]) {
      const client = await connect(broker, clean ? 'tablet' : 'phone', clean)
      // Aedes would store the refused one too.
      client.send(
        subscribePacket(1, [
          ['u/alice', 1],
          ['home/#', 1],
          ['u/alice', 1],
        ]),
      )
      expect((await client.take('suback')).codes).toEqual([1, 0x80, 1])
      await client.publish({ topic: 'g/AAAAAAAAAAAAAA', payload: 'stored' })
      await client.unsubscribe('u/alice')
      await client.unsubscribe('home/#')
      await client.disconnect()
    }
    expect(await lastCommand()).toBe('info')
    expect(await otherKeys(redis)).toEqual([])
  })

  test('trap 6: two brokers have different ids for Aedes, and so has one that was started again', async () => {
    const setup = vi.spyOn(RedisPersistence.prototype, 'setup')
    await brokers.start()
    await brokers.stop(await brokers.start())
    await brokers.start()
    const ids = setup.mock.calls.map(([broker]) => (broker as { id: string }).id)
    expect(ids).toHaveLength(3)
    expect(new Set(ids).size).toBe(3)
  })

  test(`a start reads as little with ${STORED_CLIENTS} stored subscriptions as with none`, async () => {
    const keysRead = async (): Promise<number> => {
      await redis.config('RESETSTAT')
      const broker = await brokers.start()
      const stats = await redis.info('stats')
      await brokers.stop(broker)
      const counts = [...stats.matchAll(/keyspace_(?:hits|misses):(\d+)/g)].map(([, count]) => Number(count))
      return counts.reduce((sum, count) => sum + count)
    }
    const none = await keysRead()
    for (let i = 0; i < STORED_CLIENTS; i += 10_000) {
      const ids = Array.from({ length: 10_000 }, (_, j) => `user${i + j}%2Fphone`)
      const pipeline = redis.pipeline().sadd('clients', ids.map(decodeURIComponent))
      for (const id of ids) pipeline.hset(`client:${id}`, 'a', '1')
      await pipeline.exec()
    }
    // A renewal of the node's registration may fall into one of the two.
    expect(Math.abs((await keysRead()) - none)).toBeLessThan(20)
  })

  test('while Redis is away, UNSUBSCRIBE is answered, and the broker still stops', async () => {
    const broker = await brokers.start()
    const client = await connect(broker, 'phone', false)
    await client.subscribe('u/alice')
    await brokers.redis.kill()
    await client.unsubscribe('home/#')
    await client.unsubscribe('u/alice')
    await brokers.stop(broker)
    await client.expectClosed()
  })
})

describe.skipIf(!hasRedis())('messages to those who are offline, on Redis', () => {
  let redis: RedisServer
  let server: Server
  beforeAll(async () => {
    redis = await RedisServer.start()
    server = await Server.start({ env: { REDIS_URL: redis.url } })
  })
  afterAll(async () => {
    await server.dispose()
    await redis.stop()
  })

  test('G2 trap 8: they are delivered from mailboxes: no outgoing queue of Aedes is ever written', async () => {
    await (await Phone.connect(server, 'bob/phone')).raw.disconnect()
    const alice = await Phone.connect(server, 'alice/phone')
    for (let i = 1; i <= 10; i++) await alice.tell('bob', `message ${i}`)
    expect(await otherKeys(redis.client)).toEqual([])
    const bob = await Phone.connect(server, 'bob/phone')
    for (let i = 1; i <= 10; i++) expect((await bob.message()).text).toBe(`message ${i}`)
    expect(await otherKeys(redis.client)).toEqual([])
  })
})
