import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SignJWT } from 'jose'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readOrMakeSecret } from '../../broker/auth/secret-file.ts'
import { readBrokerConfig } from '../../broker/config.ts'
import { startBroker, type RunningBroker } from '../../broker/main.ts'
import { createLog } from '../../kit/log.ts'
import { Settings } from '../../kit/settings.ts'
import { until } from '../support/deadline.ts'
import { connectPacket, publishPacket } from '../support/mqtt-packets.ts'
import { RawClient } from '../support/raw-client.ts'
import { hasRedis, PRODUCTION, RedisServer } from '../support/redis-server.ts'

// Two brokers on one Redis, without a worker.

let dir: string
let redis: RedisServer
let brokers: RunningBroker[]
let clients: RawClient[]

async function start(): Promise<RunningBroker> {
  const settings = new Settings({
    RESTANTE_DATA_DIR: dir,
    REDIS_URL: redis.url,
    RESTANTE_HOST: '127.0.0.1',
    RESTANTE_MQTT_PORT: '0',
    RESTANTE_HTTP_PORT: '0',
    RESTANTE_STOP_MS_MAX: '3000',
  })
  const broker = await startBroker(readBrokerConfig(settings), { log: createLog('silent') })
  brokers.push(broker)
  return broker
}

async function open(
  broker: RunningBroker,
): Promise<{ client: RawClient; code: number; sessionPresent: boolean }> {
  const client = await RawClient.open({ port: broker.tcpPort })
  clients.push(client)
  const password = await new SignJWT({ sub: 'alice' })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(await readOrMakeSecret(dir))
  client.send(connectPacket({ clientId: 'alice/phone', username: '', password }))
  // A store that does not answer is waited for.
  const { code, sessionPresent } = await client.expect('connack', 15_000)
  return { client, code, sessionPresent }
}

const isReady = async (broker: RunningBroker): Promise<boolean> =>
  (await fetch(`http://127.0.0.1:${broker.httpPort}/readyz`)).status === 200

describe.skipIf(!hasRedis())('two brokers on one Redis', () => {
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'restante-broker-'))
    redis = await RedisServer.start({ settings: PRODUCTION })
    brokers = []
    clients = []
  })
  afterEach(async () => {
    for (const client of clients) client.cut()
    await Promise.all(brokers.map((broker) => broker.stop()))
    await redis.stop()
    await rm(dir, { recursive: true, force: true })
  })

  test('G7 a device that connects to another node has its session there, and is closed on the old one', async () => {
    const [near, far] = [await start(), await start()]
    const first = await open(near)
    expect(first).toMatchObject({ code: 0, sessionPresent: false })
    const second = await open(far)
    expect(second).toMatchObject({ code: 0, sessionPresent: true })
    await first.client.expectClosed()
    await second.client.roundTrip()
  })

  test('G1 while Redis is away nothing is acknowledged, CONNECT gets code 3, and readiness is red', async () => {
    const broker = await start()
    const { client } = await open(broker)
    await client.publish({ topic: 'g/AAAAAAAAAAAAAA', payload: 'stored' })
    await redis.kill()
    client.send(publishPacket({ topic: 'g/AAAAAAAAAAAAAA', payload: 'lost', packetId: 9 }))
    await client.expectClosed(15_000, 'puback')
    expect((await open(broker)).code).toBe(3)
    await until(async () => !(await isReady(broker)), 10_000, 'red')
    await redis.restart()
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
})
