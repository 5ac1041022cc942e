import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect as connectTcp, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SignJWT } from 'jose'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readOrMakeSecret } from '../../../broker/auth/secret-file.ts'
import { readBrokerConfig, type BrokerConfig } from '../../../broker/config.ts'
import { startBroker, type RunningBroker } from '../../../broker/main.ts'
import { createLog } from '../../../kit/log.ts'
import { Settings } from '../../../kit/settings.ts'
import { until } from '../../support/deadline.ts'
import { publishPacket } from '../../support/mqtt-packets.ts'
import { RawClient } from '../../support/raw-client.ts'

// A broker with its embedded store and no worker: start, stop, and what the operator sees.

const STOP_MS = 10_000

let dir: string
let running: RunningBroker[]
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'restante-broker-'))
  running = []
})
afterEach(async () => {
  for (const broker of running) await broker.stop(STOP_MS)
  await rm(dir, { recursive: true, force: true })
})

function config(over: Partial<BrokerConfig> = {}): BrokerConfig {
  const read = readBrokerConfig(new Settings({ RESTANTE_DATA_DIR: dir }))
  return { ...read, host: '127.0.0.1', mqttPort: 0, httpPort: 0, operationsPort: 0, ...over }
}

async function start(over: Partial<BrokerConfig> = {}): Promise<RunningBroker> {
  const broker = await startBroker(config(over), { log: createLog('silent') })
  running.push(broker)
  return broker
}

async function connect(broker: RunningBroker, clientId: string): Promise<RawClient> {
  const password = await new SignJWT({})
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(clientId.split('/')[0] as string)
    .setExpirationTime('1h')
    .sign(await readOrMakeSecret(dir))
  return RawClient.connected({ port: broker.tcpPort, clientId, username: '', password })
}

const get = (broker: RunningBroker, path: string, method = 'GET'): Promise<Response> =>
  fetch(`http://127.0.0.1:${broker.httpPort}${path}`, { method })

const metrics = async (broker: RunningBroker): Promise<string> =>
  (await fetch(`http://127.0.0.1:${broker.operationsPort}/metrics`)).text()

test('health and readiness are served to everybody, metrics at a port of their own, and nothing else', async () => {
  const broker = await start()
  expect(await (await get(broker, '/healthz')).text()).toBe('ok\n')
  expect((await get(broker, '/readyz')).status).toBe(200)
  const client = await connect(broker, 'alice/phone')
  expect(await metrics(broker)).toContain('restante_broker_connections_open 1')
  expect((await get(broker, '/metrics')).status).toBe(404)
  client.cut()
  expect((await get(broker, '/elsewhere')).status).toBe(404)
  expect((await get(broker, '/healthz', 'POST')).status).toBe(405)
})

test('without any worker the lag is what was sent, by partition', async () => {
  const broker = await start()
  const client = await connect(broker, 'alice/phone')
  await client.publish({ topic: 'g/AAAAAAAAAAAAAA', payload: 'x' })
  await client.publish({ topic: 'g/AAAAAAAAAAAAAA', payload: 'y' })
  const lag = /^restante_work_lag_entries\{partition="0"\} 2$/m
  await until(async () => lag.test(await metrics(broker)), 10_000, 'the lag')
  client.cut()
})

test('requests that are none do no harm', async () => {
  const broker = await start()
  const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Protocol: mqtt\r\n'
  const requests = [
    'GET // HTTP/1.1\r\nHost: x\r\n\r\n',
    'GET http:// HTTP/1.1\r\nHost: x\r\n\r\n',
    `GET // HTTP/1.1\r\nHost: x\r\n${upgrade}\r\n`,
    `GET /mqtt HTTP/1.1\r\nHost: x\r\n${upgrade}Sec-WebSocket-Key: short\r\n\r\n`,
    `POST /mqtt HTTP/1.1\r\nHost: x\r\n${upgrade}\r\n`,
    '\0\0\0\r\n\r\n',
  ]
  for (const request of requests) {
    const socket = connectTcp({ port: broker.httpPort, host: '127.0.0.1' })
    socket.on('error', () => undefined)
    socket.write(request)
    const [answer] = (await once(socket, 'data')) as [Buffer]
    expect(answer.toString(), request).toMatch(/^HTTP\/1\.1 4\d\d/)
    socket.destroy()
  }
  expect((await get(broker, '/healthz')).status).toBe(200)
})

test('G1 what was acknowledged is there after a stop and a start, and so is the session', async () => {
  const broker = await start()
  const alice = await connect(broker, 'alice/phone')
  const chat = 'g/AAAAAAAAAAAAAA'
  await alice.publish({ topic: chat, payload: 'x' })
  await broker.stop(STOP_MS)
  await alice.expectClosed()
  const again = await start()
  const client = await RawClient.open({ port: again.tcpPort })
  const password = await new SignJWT({})
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('alice')
    .setExpirationTime('1h')
    .sign(await readOrMakeSecret(dir))
  expect(await client.connect({ clientId: 'alice/phone', username: '', password })).toMatchObject({
    code: 0,
    sessionPresent: true,
  })
  client.cut()
})

test('a stop ends within its time also with connections that do not read and publishes under way', async () => {
  const broker = await start()
  const clients = await Promise.all(Array.from({ length: 60 }, (_, i) => connect(broker, `user${i}/phone`)))
  for (const client of clients) {
    client.pause()
    for (let i = 1; i <= 20; i++)
      client.send(publishPacket({ topic: 'g/AAAAAAAAAAAAAA', payload: `${i}`, packetId: i }))
  }
  const startMs = performance.now()
  await broker.stop(3_000)
  expect(performance.now() - startMs).toBeLessThan(STOP_MS)
  for (const client of clients) client.cut()
  await expect(RawClient.open({ port: broker.tcpPort })).rejects.toThrow('ECONNREFUSED')
})

test('a second process on the data directory gets one clear sentence, and the first goes on', async () => {
  const broker = await start()
  await expect(start()).rejects.toMatchObject({ code: 'data-directory-in-use' })
  const client = await connect(broker, 'alice/phone')
  client.cut()
})

test('a port in use gets one clear sentence, and nothing stays behind', async () => {
  const squatter = createServer()
  await once(squatter.listen(0, '127.0.0.1'), 'listening')
  const { port } = squatter.address() as AddressInfo
  for (const over of [{ mqttPort: port }, { httpPort: port }, { operationsPort: port }])
    await expect(start(over)).rejects.toMatchObject({
      code: 'port-in-use',
      message: `Port ${port} is in use by another process.`,
    })
  squatter.close()
  await start()
})

test('a key file that holds no key stops the start', async () => {
  const path = join(dir, 'key.pem')
  await writeFile(path, 'no key')
  await expect(start({ keys: { kind: 'public-key-file', path } })).rejects.toMatchObject({ code: 'bad-key' })
})
