import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import {
  connect,
  durableStore,
  memoryStore,
  type Client,
  type LocalStore,
  type SentMessage,
} from '../../../clients/index.ts'
import { until } from '../../support/deadline.ts'
import { FaultProxy } from '../../support/fault-proxy.ts'
import { useServer } from '../../support/use-server.ts'

const running = useServer()
let proxy: FaultProxy
const clients: Client[] = []
beforeEach(async () => {
  proxy = await FaultProxy.start({ port: running.server.port })
})
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close({ drainMs: 0 })))
  await proxy.stop()
})

let users = 0
async function pair(): Promise<{ alice: string; bob: string }> {
  users++
  return { alice: `alice${users}`, bob: `bob${users}` }
}

/** Through the proxy. */
async function open(user: string, store: LocalStore = memoryStore()): Promise<Client> {
  const token = await running.token(user)
  const url = `mqtt://127.0.0.1:${proxy.port}`
  const client = await connect({ url, token, device: 'phone', store, backoff: () => 20 })
  clients.push(client)
  return client
}

function texts(client: Client): string[] {
  const seen: string[] = []
  client.on('message', ({ text }) => seen.push(text ?? ''))
  return seen
}

const words = (count: number): string[] => Array.from({ length: count }, (_, n) => `${n}`)

test('G2, G3, G4: connections cut again and again lose, repeat and reorder nothing', async () => {
  const { alice, bob } = await pair()
  const [a, b] = [await open(alice), await open(bob)]
  const seen = texts(b)
  const sends: Promise<SentMessage>[] = []
  let cuts = 0
  const sending = setInterval(() => {
    for (let n = 0; n < 3 && sends.length < 600; n++)
      sends.push(a.direct(bob).send({ text: `${sends.length}` }))
    if (sends.length % 27 === 0) cuts += proxy.cut()
  }, 5)
  await until(() => sends.length === 600, 20_000, '600 sends')
  clearInterval(sending)
  const sents = await Promise.all(sends)
  await until(
    () => seen.length >= 600,
    20_000,
    () => `600 messages, ${seen.length} came`,
  )
  await Promise.all(sents.map((sent) => sent.delivered))
  expect(await Promise.all(sents.map((sent) => sent.accepted))).toEqual(words(600).map((n) => Number(n) + 1))
  expect(seen).toEqual(words(600))
  expect(cuts).toBeGreaterThan(20)
})

test('G1, G2: the server is killed while messages fly, and comes back: all arrive, once and in order', async () => {
  const { alice, bob } = await pair()
  const [a, b] = [await open(alice), await open(bob)]
  const seen = texts(b)
  const sents: Promise<unknown>[] = []
  const sending = setInterval(() => {
    for (let n = 0; n < 10; n++) sents.push(a.direct(bob).send({ text: `${sents.length}` }))
  }, 5)
  await until(() => seen.length > 50, 10_000, 'some messages')
  await running.server.kill()
  await until(() => !a.isConnected && sents.length > 400, 10_000, 'sends without a server')
  clearInterval(sending)
  await running.server.restart()
  await Promise.all(sents)
  await until(
    () => seen.length >= sents.length,
    30_000,
    () => `${sents.length}, ${seen.length} came`,
  )
  expect(seen).toEqual(words(sents.length))
  await until(() => a.waiting.length === 0, 10_000, 'an empty outbox')
})

test('an app that is killed between any two messages goes on where it was, with a durable store', async () => {
  const { alice, bob } = await pair()
  const [ofAlice, ofBob] = [directory(), directory()]
  const seen: string[] = []
  const count = 60
  let sent = 0
  const perLife = 12
  while (seen.length < count) {
    const a = await open(alice, durableStore(ofAlice))
    const b = await open(bob, durableStore(ofBob))
    b.on('message', ({ text }) => seen.push(text ?? ''))
    const until12 = Math.min(count, sent + perLife)
    for (; sent < until12; sent++) void a.direct(bob).send({ text: `${sent}` })
    const goal = Math.min(count, seen.length + perLife)
    await until(() => seen.length >= goal || sent === count, 10_000, 'some messages')
    // Cut first, so that nothing is said in order, neither PUBACK nor DISCONNECT.
    proxy.cut()
    await Promise.all([a.close({ drainMs: 0 }), b.close({ drainMs: 0 })])
  }
  expect(seen).toEqual(words(count))
})

test('trap 21: a connection that went silent is found out by a check', async () => {
  const { alice, bob } = await pair()
  const [a, b] = [await open(alice), await open(bob)]
  const seen = texts(b)
  proxy.freeze()
  const sending = a.direct(bob).send({ text: 'x' })
  a.check()
  b.check()
  await until(() => !a.isConnected && !b.isConnected, 15_000, 'both noticed')
  proxy.thaw()
  await sending
  await until(() => seen.length === 1, 10_000, 'the message')
})

function directory(): string {
  const path = mkdtempSync(join(tmpdir(), 'restante-sdk-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}
