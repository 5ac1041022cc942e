import { randomUUID } from 'node:crypto'
import RedisPersistence from 'aedes-persistence-redis/asyncPersistence.js'
import type { Cluster, Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { AedesPersistence } from '../../../broker/engine/aedes-persistence.ts'
import { AedesPersistenceRedis } from '../../../broker/engine/aedes-persistence-redis.ts'
import { openClient } from '../../../broker/mailbox/redis/client.ts'
import { createLog } from '../../../kit/log.ts'
import { until } from '../../support/deadline.ts'
import { hasRedis, RedisClusterServers, RedisServer } from '../../support/stores/redis-server.ts'

// What is kept is what stock keeps: what stock alone can read back is read by a stock instance.

const services = [
  {
    name: 'Redis',
    async start() {
      const server = await RedisServer.start()
      return { urls: [server.url], servers: [server], stop: () => server.stop() }
    },
  },
  {
    name: 'Redis Cluster',
    async start() {
      const cluster = await RedisClusterServers.start()
      // One address is enough to find the others.
      return { urls: cluster.urls.slice(0, 1), servers: cluster.masters, stop: () => cluster.stop() }
    },
  },
]

const CLIENT = { id: 'bridge/kitchen' }
const STORED_CLIENTS = 200_000
const DEADLINE_MS = 10_000

interface Packet {
  cmd: 'publish'
  topic: string
  payload: Buffer
  qos: number
  retain: boolean
  messageId?: number
}
const publish = (topic: string, text: string, more: Partial<Packet> = {}): Packet => ({
  cmd: 'publish',
  topic,
  payload: Buffer.from(text),
  qos: 1,
  retain: false,
  ...more,
})
const textOf = ({ payload }: { payload: Uint8Array }): string => Buffer.from(payload).toString()

describe.skipIf(!hasRedis()).each(services)("Aedes' own persistence on $name", (kind) => {
  let service: Awaited<ReturnType<typeof kind.start>>
  let clients: (Redis | Cluster)[]

  const connect = async (): Promise<Redis | Cluster> => {
    const client = await openClient(service.urls, 'test', 2_000)
    clients.push(client)
    await until(() => client.status === 'ready', DEADLINE_MS, 'the connection')
    return client
  }
  /** As a process that has just started has it. */
  const open = async (id: string = randomUUID()): Promise<AedesPersistenceRedis> => {
    const persistence = new AedesPersistenceRedis({
      redis: await connect(),
      sessions: new AedesPersistence(),
      isGranted: (_client, filter) => !filter.startsWith('refused/'),
      log: createLog('silent'),
    })
    await persistence.setup({ id })
    return persistence
  }
  const keys = async (): Promise<string[]> =>
    (await Promise.all(service.servers.map(({ client }) => client.keys('*')))).flat().sort()
  const commandStats = async (): Promise<string> =>
    (await Promise.all(service.servers.map(({ client }) => client.info('commandstats')))).join('\n')

  beforeAll(async () => {
    service = await kind.start()
  })
  beforeEach(() => {
    clients = []
  })
  afterEach(async () => {
    for (const client of clients) client.disconnect()
    await Promise.all(service.servers.map(({ client }) => client.flushall()))
  })
  afterAll(() => service.stop())

  test('G1 a retained message is found by matching filters after a restart, until an empty one takes it away', async () => {
    const rooms = Array.from({ length: 50 }, (_, i) => `home/room ${i}/light`)
    const before = await open()
    for (const room of rooms) await before.storeRetained(publish(room, `in ${room}`, { retain: true }))
    await before.storeRetained(publish('garden/light', 'on', { retain: true }))

    const after = await open()
    const topics = async (filters: string[]): Promise<string[]> => {
      const found = (await after.createRetainedStreamCombi(filters).toArray()) as Packet[]
      return found.map(({ topic }) => topic).sort()
    }
    expect(await topics(['home/+/light'])).toEqual(rooms.toSorted())
    expect(await topics(['#'])).toEqual(['garden/light', ...rooms.toSorted()])
    expect(await topics(['garden/light'])).toEqual(['garden/light'])
    expect(await topics(['garden/+/light', 'u/alice', 'g/#'])).toEqual([])
    await after.storeRetained(publish('garden/light', '', { retain: true }))
    expect(await topics(['garden/light'])).toEqual([])
  })

  test('trap 7: subscriptions to open topics are kept, all of a SUBSCRIBE; ours and refused ones are not', async () => {
    const before = await open()
    await before.addSubscriptions(CLIENT, [
      { topic: 'home/#', qos: 1 },
      { topic: 'garden/light', qos: 0 },
      { topic: 'u/bridge', qos: 1 },
      { topic: 'g/#', qos: 1 },
      { topic: 'refused/light', qos: 1 },
      { topic: '5\0/home/#', qos: 1 },
    ])
    await before.addSubscriptions(CLIENT, [{ topic: 'u/bridge', qos: 1 }])
    const stored = async (): Promise<string[]> => {
      const stock = new RedisPersistence({ conn: await connect() })
      return (await stock.subscriptionsByClient(CLIENT)).map(({ topic, qos }) => `${topic} ${qos}`).sort()
    }
    expect(await stored()).toEqual(['garden/light 0', 'home/# 1'])
    await (await open()).removeSubscriptions(CLIENT, ['home/#', 'u/bridge'])
    expect(await stored()).toEqual(['garden/light 0'])
    await before.removeSubscriptions(CLIENT, ['garden/light'])
    expect(await keys()).toEqual([])
  })

  test('trap 6: wills are kept per broker process, and those of two processes stay apart', async () => {
    const [near, far] = [await open('near'), await open('far')]
    await near.putWill(CLIENT, publish('home/state', 'near is gone'))
    await far.putWill(CLIENT, publish('home/state', 'far is gone'))
    const stock = new RedisPersistence({ conn: await connect() })
    const wills = async (): Promise<string[]> => {
      const found: string[] = []
      for await (const will of stock.streamWill({})) found.push(textOf(will))
      return found.sort()
    }
    // Stock does not wait for the list of wills, which another master may have.
    await until(async () => (await wills()).length === 2, DEADLINE_MS, 'both wills')
    expect(await wills()).toEqual(['far is gone', 'near is gone'])

    const later = await open()
    expect(await later.streamWill().toArray()).toEqual([])
    expect(await later.delWill(CLIENT)).toBeNull()
    const will = { ...CLIENT, brokerId: 'near' }
    expect(await later.delWill(will)).toMatchObject({ topic: 'home/state', clientId: CLIENT.id })
    expect(await later.delWill(will)).toBeNull()
    expect(await far.getWill(CLIENT)).toMatchObject({ topic: 'home/state' })
  })

  test('an incoming QoS 2 packet is kept over a restart until it is released', async () => {
    const packet = publish('home/door', 'open', { qos: 2, messageId: 7 })
    await (await open()).incomingStorePacket(CLIENT, packet)
    const later = await open()
    expect(textOf(await later.incomingGetPacket(CLIENT, { messageId: 7 }))).toBe('open')
    await later.incomingDelPacket(CLIENT, { messageId: 7 })
    await expect(later.incomingGetPacket(CLIENT, { messageId: 7 })).rejects.toThrow('no such packet')
  })

  test('trap 8: nothing is ever written to an outgoing queue', async () => {
    const persistence = await open()
    await persistence.outgoingEnqueue()
    await persistence.outgoingEnqueueCombi()
    await persistence.outgoingUpdate()
    await persistence.outgoingClearMessageId()
    expect(await persistence.outgoingStream().toArray()).toEqual([])
    expect(await keys()).toEqual([])
  })

  test(`trap 8: with ${STORED_CLIENTS} stored subscriptions a start asks Redis for nothing`, async () => {
    const filler = await connect()
    // {topic: 'a', qos: 1} in MessagePack.
    const subscription = Buffer.from('82a5746f706963a161a3716f7301', 'hex')
    for (let i = 0; i < STORED_CLIENTS; i += 10_000) {
      const ids = Array.from({ length: 10_000 }, (_, j) => `user${i + j}`)
      await filler.sadd('clients', ids)
      await Promise.all(ids.map((id) => filler.hset(`client:${id}`, 'a', subscription)))
    }
    const redis = await connect()
    const sessions = new AedesPersistence()
    const parts = { redis, sessions, isGranted: () => true, log: createLog('silent') }
    await Promise.all(service.servers.map(({ client }) => client.config('RESETSTAT')))
    const persistence = new AedesPersistenceRedis(parts)
    await persistence.setup({ id: randomUUID() })
    // What a connection, its SUBSCRIBE and its end ask for.
    await persistence.subscriptionsByClient(CLIENT)
    await persistence.cleanSubscriptions()
    await persistence.delWill(CLIENT)
    await persistence.cleanIncoming()
    await persistence.addSubscriptions(CLIENT, [{ topic: 'u/bridge', qos: 1 }])
    expect(await persistence.createRetainedStreamCombi(['u/bridge']).toArray()).toEqual([])
    await persistence.removeSubscriptions(CLIENT, ['u/bridge'])
    expect(await persistence.subscriptionsByTopic('a')).toEqual([])
    const names = [...(await commandStats()).matchAll(/cmdstat_(\S+):/g)].map(([, name]) => name)
    // The looking itself, and the cluster's own.
    expect(
      names.filter((name) => !/^(?:info|config\|resetstat|cluster\|\w+|ping)$/.test(name ?? '')),
    ).toEqual([])
  })
})

describe.skipIf(!hasRedis())("Aedes' own persistence while Redis is away", () => {
  let server: RedisServer
  let redis: Redis | Cluster
  beforeEach(async () => {
    server = await RedisServer.start()
    redis = await openClient([server.url], 'test', 1_000)
  })
  afterEach(async () => {
    redis.disconnect()
    await server.stop()
  })

  test('what needs Redis fails, what does not goes on, and it comes back by itself', async () => {
    const persistence = new AedesPersistenceRedis({
      redis,
      sessions: new AedesPersistence(),
      isGranted: () => true,
      log: createLog('silent'),
    })
    await persistence.setup({ id: 'broker' })
    await until(() => redis.status === 'ready', DEADLINE_MS, 'the connection')
    await server.kill()
    await until(() => redis.status !== 'ready', DEADLINE_MS, 'the loss of the connection')
    await expect(persistence.storeRetained(publish('home/light', 'on'))).rejects.toThrow(/writeable|closed/)
    // Stock does not wait for two of the three commands of a will.
    await expect(persistence.putWill(CLIENT, publish('home/state', 'gone'))).rejects.toThrow(
      /writeable|closed/,
    )
    const retained = persistence.createRetainedStreamCombi(['home/#']).resume()
    await until(() => retained.destroyed, DEADLINE_MS, 'the end of the retained messages')
    await persistence.addSubscriptions(CLIENT, [{ topic: 'u/bridge', qos: 1 }])
    expect(await persistence.subscriptionsByClient(CLIENT)).toEqual([])

    await server.restart()
    await until(
      () =>
        persistence.storeRetained(publish('home/light', 'on')).then(
          () => true,
          () => false,
        ),
      DEADLINE_MS,
      'Redis to be back',
    )
    const found = (await persistence.createRetainedStreamCombi(['home/#']).toArray()) as Packet[]
    expect(found.map(textOf)).toEqual(['on'])
  })
})
