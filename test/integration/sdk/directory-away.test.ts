// Is what was sent while the directory hangs decided once, in order, whoever sent it and whatever breaks meanwhile?
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { connect, memoryStore, type Client } from '../../../clients/index.ts'
import { until } from '../../support/deadline.ts'
import { FaultProxy } from '../../support/fault-proxy.ts'
import { Phone } from '../../support/phone.ts'
import { Server } from '../../support/server.ts'
import { hasPostgres, PostgresServer } from '../../support/stores/postgres-server.ts'
import { startStores, storesMissing, type Stores } from '../../support/stores/stores.ts'

const missing = storesMissing() ?? (hasPostgres() ? undefined : 'PostgreSQL is not installed here')
let stores: Stores
let postgres: PostgresServer
/** Between server and PostgreSQL, and between phones and server. */
let directory: FaultProxy
let air: FaultProxy
let server: Server

beforeAll(async () => {
  if (missing !== undefined) return
  ;[stores, postgres] = await Promise.all([startStores(), PostgresServer.start()])
  directory = await FaultProxy.start({ port: postgres.port })
  const url = new URL(postgres.url)
  url.port = String(directory.port)
  server = await Server.start({ env: { ...stores.env, DATABASE_URL: url.href } })
  air = await FaultProxy.start({ port: server.port })
}, 120_000)
beforeEach((context) => {
  if (missing !== undefined) context.skip(missing)
  onTestFinished(() => directory.thaw())
})
afterAll(async () => {
  await air?.stop()
  await server?.dispose()
  await directory?.stop()
  await Promise.all([postgres?.dispose(), stores?.stop()])
})

interface Talker {
  readonly client: Client
  readonly seen: string[]
  readonly told: string[]
}

let names = 0
async function talkers<const Roles extends readonly string[]>(
  ...roles: Roles
): Promise<{ [Role in keyof Roles]: Talker }> {
  names++
  const open = async (role: string): Promise<Talker> => {
    const client = await connect({
      url: `mqtt://127.0.0.1:${air.port}`,
      token: await server.token(`${role}${names}`),
      device: 'phone',
      store: memoryStore(),
      backoff: () => 20,
    })
    onTestFinished(() => client.close({ drainMs: 0 }))
    const talker: Talker = { client, seen: [], told: [] }
    client.on('message', ({ text }) => talker.seen.push(text ?? ''))
    client.on('change', ({ change }) => talker.seen.push(change.kind))
    client.on('rejected', ({ error }) => talker.told.push(error.entry.name))
    client.on('gap', () => talker.told.push('gap'))
    return talker
  }
  return (await Promise.all(roles.map(open))) as { [Role in keyof Roles]: Talker }
}

const waiting = (): Promise<number> => server.metric('restante_worker_commands_waiting')

test('G1, G4: first messages and groups wait while it hangs, others pass, and connections break: each is decided once', async () => {
  const [alice, bob, carol] = await talkers('alice', 'bob', 'carol')
  const [toBob, toCarol] = [alice.client.direct(bob.client.user), alice.client.direct(carol.client.user)]
  await (await toCarol.send({ text: 'known' })).delivered

  directory.freeze()
  const sents = [await toBob.send({ text: 'one' }), await toBob.send({ text: 'two' })]
  const making = alice.client.createGroup({ name: 'trip', members: [bob.client.user, carol.client.user] })
  for (let i = 0; i < 3; i++) {
    await until(() => alice.client.isConnected, 10_000, 'a connection')
    await toCarol.send({ text: `passes ${i}` })
    air.cut()
  }
  await until(() => carol.seen.length === 4, 10_000, 'what passes')
  await until(async () => (await waiting()) >= 2, 10_000, 'what waits')
  expect(bob.seen).toEqual([])
  directory.thaw()

  expect(await Promise.all(sents.map((sent) => sent.accepted))).toEqual([1, 2])
  const group = await making
  await (await group.send({ text: 'off we go' })).delivered
  await until(
    () => bob.seen.length >= 4,
    20_000,
    () => `four entries, ${bob.seen.join()} came`,
  )
  expect(bob.seen.toSorted()).toEqual(['created', 'off we go', 'one', 'two'])
  expect(bob.seen.indexOf('one')).toBeLessThan(bob.seen.indexOf('two'))
  expect([alice.told, bob.told, carol.told, alice.client.waiting]).toEqual([[], [], [], []])
  await until(async () => (await waiting()) === 0, 10_000, 'nothing to wait any more')
})

test('G1: a program that only publishes, and goes with the PUBACK, loses nothing', async () => {
  const [bob] = await talkers('bob')
  const sensor = await Phone.connect(server, `sensor${names}/pub`)
  directory.freeze()
  await sensor.text(sensor.direct(bob.client.user), '21 °C', { peer: bob.client.user })
  await sensor.disconnect()
  await until(async () => (await waiting()) === 1, 10_000, 'it to wait')
  directory.thaw()
  await until(() => bob.seen.length > 0, 20_000, 'the message')
  expect(bob.seen).toEqual(['21 °C'])
})

test('G1, G4, G7: the server is killed while commands wait, and comes back before the directory does', async () => {
  const [alice, bob] = await talkers('alice', 'bob')
  const chat = alice.client.direct(bob.client.user)
  directory.freeze()
  const sents = [await chat.send({ text: 'one' }), await chat.send({ text: 'two' })]
  await until(async () => (await waiting()) > 0, 10_000, 'them to wait')
  await server.kill()
  await server.restart()
  await until(() => alice.client.isConnected && bob.client.isConnected, 20_000, 'both back')
  sents.push(await chat.send({ text: 'three' }))
  await until(async () => (await waiting()) > 0, 20_000, 'them to wait with the next worker')
  expect(bob.seen).toEqual([])
  directory.thaw()
  expect(await Promise.all(sents.map((sent) => sent.accepted))).toEqual([1, 2, 3])
  await until(() => bob.seen.length >= 3, 20_000, 'three messages')
  expect([bob.seen, alice.told]).toEqual([['one', 'two', 'three'], []])
})
