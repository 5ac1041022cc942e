import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { durableStore, memoryStore, type Client, type LocalStore } from '../../../../clients/index.ts'
import { directChatId, type UserId } from '../../../../proto/ids.ts'
import { until } from '../../../support/deadline.ts'
import { connectAlice, firstText, ScriptedServer, text } from './scripted-server.ts'

const chat = directChatId('alice' as UserId, 'bob' as UserId)

let server: ScriptedServer
let client: Client | undefined
const unhandled: unknown[] = []
const note = (reason: unknown): void => void unhandled.push(reason)
beforeEach(async () => {
  server = await ScriptedServer.start()
  unhandled.length = 0
  process.on('unhandledRejection', note)
})
afterEach(async () => {
  await client?.close({ drainMs: 0 })
  client = undefined
  await server.stop()
  await new Promise((resolve) => setImmediate(resolve))
  process.off('unhandledRejection', note)
  expect(unhandled).toEqual([])
})

/** A memory store whose writes fail from `fail()` on. */
function failingStore(isFailing: boolean): LocalStore & { fail(): void } {
  const store = memoryStore()
  const write = store.write.bind(store)
  let fails = isFailing
  return Object.assign(store, {
    fail: () => {
      fails = true
    },
    write: (changes: Parameters<LocalStore['write']>[0]) =>
      fails ? Promise.reject(new Error('the disk is full')) : write(changes),
  })
}

test('a store that is full from the start rejects connect instead of holding it for ever', async () => {
  await expect(connectAlice(server, { store: failingStore(true) })).rejects.toMatchObject({
    code: 'store-failed',
  })
  await expect(connectAlice(server, { store: failingStore(true), offline: true })).rejects.toMatchObject({
    code: 'store-failed',
  })
})

test('a store that fails while the client closes does not hold close for ever', async () => {
  const store = failingStore(false)
  client = await connectAlice(server, { store })
  server.isAcknowledging = false
  const sending = client.direct('bob').send({ text: 'hello' })
  await server.up(0)
  const closing = client.close({ drainMs: 5_000 })
  store.fail()
  server.down({ messages: [firstText(chat, 'hi')] })
  await closing
  await expect(sending).rejects.toMatchObject({ code: 'store-failed' })
})

test('every close resolves when the client is closed, and not before', async () => {
  const store = memoryStore()
  let isClosed = false
  store.close = async () => {
    await new Promise((resolve) => setImmediate(resolve))
    isClosed = true
  }
  client = await connectAlice(server, { store })
  void client.close()
  await client.close()
  expect(isClosed).toBe(true)
})

test('nobody has to wait for a send that is refused at once or a mark that close overtakes', async () => {
  client = await connectAlice(server)
  await server.delivered({ messages: [firstText(chat, 'a')] })
  void client.chat(chat).send({ text: '' })
  server.isAcknowledging = false
  void client.chat(chat).markRead()
  await until(() => server.ups.some(({ up }) => up.read), 2_000, 'the mark')
  await client.close({ drainMs: 0 })
  void client.chat(chat).send({ text: 'too late' })
})

test('markRead of a closed client rejects', async () => {
  client = await connectAlice(server)
  await server.delivered({ messages: [firstText(chat, 'a')] })
  await client.close()
  await expect(client.chat(chat).markRead()).rejects.toMatchObject({ code: 'closed' })
})

test('a listener that wants one message leaves the rest of the frame to the next one', async () => {
  const store = memoryStore()
  client = await connectAlice(server, { store })
  const seen: number[] = []
  const once = (message: { seq: number }): void => {
    seen.push(message.seq)
    client?.off('message', once)
  }
  client.on('message', once)
  await server.delivered({ messages: [firstText(chat, 'a'), text(chat, 2, 'b', 0), text(chat, 3, 'c', 0)] })
  await client.close()
  expect(seen).toEqual([1])
  client = await connectAlice(server, { store })
  client.on('message', ({ seq }) => seen.push(seq))
  await until(() => seen.length === 3, 2_000, 'the others')
  expect(seen).toEqual([1, 2, 3])
})

test('a loop that asks for the next message after close does not write into the store of the next client', async () => {
  const store = memoryStore()
  client = await connectAlice(server, { store })
  const loop = client.messages()
  await server.delivered({ messages: [firstText(chat, 'a')] })
  await loop.next()
  await client.close()
  client = await connectAlice(server, { store })
  const seen: number[] = []
  client.on('message', ({ seq }) => seen.push(seq))
  await server.delivered({ messages: [text(chat, 2, 'b', 0)] })
  await loop.next()
  await client.close()
  expect(seen).toEqual([1, 2])
  expect(await store.open()).toMatchObject({ progress: [{ upTo: 2 }], unhandled: [] })
})

test('G7: a store that is opened again ends the client that had it, which gives out no more numbers', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'restante-store-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  const earlier = await connectAlice(server, { store: durableStore(directory) })
  const first = await earlier.direct('bob').send({ text: 'from the first tab' })
  const ended = new Promise((resolve) => void earlier.on('closed', ({ error }) => resolve(error?.code)))
  client = await connectAlice(server, { store: durableStore(directory) })
  const second = await client.direct('bob').send({ text: 'from the second tab' })
  expect(second.clientSeq).toBeGreaterThan(first.clientSeq)
  const refused = earlier.direct('bob').send({ text: 'from the first tab again' })
  await expect(refused).rejects.toMatchObject({ code: 'store-taken' })
  expect(await ended).toBe('store-taken')
  expect(client.waiting.map(({ clientSeq }) => clientSeq)).toEqual([first.clientSeq, second.clientSeq])
})

test('G7: a client that was cut off looks whether another one has its store before it connects again', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'restante-store-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  const earlier = await connectAlice(server, { store: durableStore(directory) })
  const ended = new Promise((resolve) => void earlier.on('closed', ({ error }) => resolve(error?.code)))
  const later = durableStore(directory)
  await later.open()
  server.cut()
  expect(await ended).toBe('store-taken')
  await later.close()
})
