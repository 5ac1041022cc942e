import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openRedisBus, type RedisBusOptions } from '../../../broker/bus/bus-redis.ts'
import type { Bus } from '../../../broker/bus/bus.ts'
import { slotOf } from '../../../broker/mailbox/redis/slot.ts'
import { createLog } from '../../../kit/log.ts'
import { until } from '../../support/deadline.ts'
import { hasRedis, RedisClusterServers, RedisServer } from '../../support/stores/redis-server.ts'

const WAIT_MS = 10_000

/** What one node got. */
interface Inbox {
  readonly frames: string[]
  /** For whom frames of this node were lost, as far as it knows. */
  readonly lost: string[]
  interruptions: number
}

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
      const moveSlot = (slot: number) => cluster.moveSlot(slot)
      return { urls: cluster.urls, servers: cluster.masters, moveSlot, stop: () => cluster.stop() }
    },
  },
]

describe.skipIf(!hasRedis()).each(services)('bus on $name', (kind) => {
  let service: Awaited<ReturnType<typeof kind.start>>
  const buses: Bus[] = []
  beforeAll(async () => {
    service = await kind.start()
  })
  afterEach(async () => {
    for (const bus of buses.splice(0)) await bus.close()
  })
  afterAll(() => service.stop())

  const join = async (node: string, more: Partial<RedisBusOptions> = {}): Promise<Inbox & { bus: Bus }> => {
    const bus = await openRedisBus({
      urls: service.urls,
      log: createLog('silent'),
      heartbeatMs: 100,
      ...more,
    })
    buses.push(bus)
    const inbox = { bus, frames: [] as string[], lost: [] as string[], interruptions: 0 }
    await bus.subscribe(node, {
      receive: (frame) => inbox.frames.push(Buffer.from(frame).toString('latin1')),
      interrupted: () => {
        inbox.interruptions++
      },
      lost: (to) => inbox.lost.push(to),
    })
    return inbox
  }
  const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'))

  it('carries frames of any bytes to the node they are for and to no other', async () => {
    const a = await join('a')
    const b = await join('b')
    const c = await join('c')
    const all = String.fromCharCode(...Array.from({ length: 256 }, (_, i) => i))
    a.bus.publish('b', bytes(all))
    a.bus.publish('c', bytes('for c'))
    c.bus.publish('nobody', bytes('lost'))
    await until(() => b.frames.length > 0 && c.frames.length > 0, WAIT_MS, 'the frames')
    expect(b.frames).toEqual([all])
    expect(c.frames).toEqual(['for c'])
    expect(a.frames).toEqual([])
  })

  it('keeps the order of frames of one node to another', async () => {
    const a = await join('a')
    const b = await join('b')
    const sent = Array.from({ length: 2_000 }, (_, i) => `frame ${i}`)
    for (const text of sent) a.bus.publish('b', bytes(text))
    await until(() => b.frames.length === sent.length, WAIT_MS, 'all frames')
    expect(b.frames).toEqual(sent)
  })

  it('says that it was interrupted when its subscription was cut, and goes on', async () => {
    const a = await join('a')
    const b = await join('b')
    for (let cut = 1; cut <= 3; cut++) {
      for (const server of service.servers) await server.client.call('CLIENT', 'KILL', 'TYPE', 'pubsub')
      await until(() => b.interruptions === cut && a.interruptions === cut, WAIT_MS, 'the interruption')
      a.bus.publish('b', bytes(`after ${cut}`))
      await until(() => b.frames.includes(`after ${cut}`), WAIT_MS, 'a frame')
    }
  })

  it('drops frames that Redis does not take, says so, and never holds more than its limit (G8)', async () => {
    const a = await join('a', { framesWaitingMax: 10 })
    const b = await join('b')
    for (let i = 0; i < 100; i++) a.bus.publish('b', bytes(`${i}`))
    await until(() => b.frames.length >= 10, WAIT_MS, 'the frames within the limit')
    expect(a.lost).toEqual(Array<string>(90).fill('b'))
    a.bus.publish('b', bytes('last'))
    await until(() => b.frames.includes('last'), WAIT_MS, 'the last frame')
    expect(b.frames.slice(0, 10)).toEqual(Array.from({ length: 10 }, (_, i) => `${i}`))
    expect(b.frames).toHaveLength(11)
  })

  it('leaves no connection behind when it is closed', async () => {
    const connections = async (): Promise<number> => {
      const lists = await Promise.all(service.servers.map(({ client }) => client.client('LIST')))
      return lists.join('\n').split('name=restante').length - 1
    }
    const { bus } = await join('a')
    await until(async () => (await connections()) > service.servers.length, WAIT_MS, 'the connections')
    await bus.close()
    await until(async () => (await connections()) === 0, WAIT_MS, 'the connections to end')
  })

  it('comes back after its server was killed and started again', async () => {
    const a = await join('a')
    const b = await join('b')
    for (const server of service.servers) await server.kill()
    a.bus.publish('b', bytes('lost'))
    await until(() => a.lost.includes('b'), WAIT_MS, 'word of the loss')
    for (const server of service.servers) await server.restart()
    await until(() => b.interruptions > 0, 20_000, 'the interruption')
    await until(
      () => {
        a.bus.publish('b', bytes('after'))
        return b.frames.includes('after')
      },
      20_000,
      'a frame',
    )
    expect(b.frames).not.toContain('lost')
  })

  it('comes back by itself when the slot of its channel moves to another master', async (context) => {
    if (!('moveSlot' in service)) return context.skip('a single Redis has no slots to move')
    const a = await join('a')
    const b = await join('b')
    await service.moveSlot(slotOf('bus/b'))
    await until(
      () => {
        a.bus.publish('b', bytes('again'))
        return b.frames.length > 0
      },
      WAIT_MS,
      'a frame at the new master',
      50,
    )
    await until(() => b.interruptions > 0, WAIT_MS, 'the word that frames may be missing')
  })
})
