// Does everything come again that the app was not done with when it died, and nothing else, whatever its seq?
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { open } from 'lmdb'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { durableStore, memoryStore, type Client, type LocalStore } from '../../../../../clients/index.ts'
import type { StoreChange } from '../../../../../clients/sdk/store/local-store.ts'
import { directChatId, type UserId } from '../../../../../proto/ids.ts'
import { until } from '../../../../support/deadline.ts'
import { connectAlice, firstText, ScriptedServer, text } from '../scripted-server.ts'

const chat = directChatId('alice' as UserId, 'bob' as UserId)
const bobs = (seq: number) => (seq === 1 ? firstText(chat, '1') : text(chat, seq, `${seq}`, 0))

let server: ScriptedServer
let client: Client | undefined
let seen: string[]
beforeEach(async () => {
  server = await ScriptedServer.start()
  seen = []
})
afterEach(async () => {
  await client?.close({ drainMs: 0 })
  client = undefined
  await server.stop()
})

async function listen(store: LocalStore, messagesKept = 1_000): Promise<Client> {
  client = await connectAlice(server, { store, messagesKept })
  client.on('message', (message) => seen.push(`${message.text}`))
  return client
}

/** An app that has handled what `seqs` bring, in that order, but for the last, and dies. */
async function diesAtLast(store: LocalStore, seqs: readonly number[], messagesKept = 1_000): Promise<void> {
  const dying = await connectAlice(server, { store, messagesKept })
  const loop = dying.messages()
  for (const seq of seqs) {
    await server.delivered({ messages: [bobs(seq)] })
    expect((await loop.next()).value).toMatchObject({ seq })
  }
  await dying.close()
}

test.each([
  { name: 'late', seqs: [1, 5, 3], again: ['3'] },
  { name: 'late and not the last', seqs: [1, 5, 3, 4], again: ['4'] },
  { name: 'in order behind one that was late', seqs: [1, 5, 3, 6], again: ['6'] },
])('G4: a message that came $name comes again, and no other', async ({ seqs, again }) => {
  const store = memoryStore()
  await diesAtLast(store, seqs)
  await listen(store)
  await server.delivered({ messages: [bobs(7)] })
  await until(() => seen.includes('7'), 2_000, 'the next message')
  expect(seen).toEqual([...again, '7'])
})

test('G4: a late message that nobody had listened to comes again, and so does what waited before it', async () => {
  const store = memoryStore()
  client = await connectAlice(server, { store })
  for (const seq of [1, 5, 3]) await server.delivered({ messages: [bobs(seq)] })
  await client.close()
  await listen(store)
  await until(() => seen.length === 3, 2_000, 'the messages')
  expect(seen).toEqual(['1', '3', '5'])
})

test('G4: a late message stays in the store until it is handled, however many are kept', async () => {
  const store = memoryStore()
  await diesAtLast(store, [1, 5, 6, 7, 8, 9, 3], 2)
  await listen(store, 2)
  await until(() => seen.length === 1, 2_000, 'the late message')
  await client?.close()
  expect(seen).toEqual(['3'])
  expect((await store.messages(chat, 0, 99, 99)).map(({ seq }) => seq)).toEqual([8, 9])
})

test('an own message that waited behind a hole is not handed out after a restart', async () => {
  const store = memoryStore()
  const before = await connectAlice(server, { store })
  await server.delivered({ messages: [bobs(1)] })
  const sends = await Promise.all(
    ['mine', 'mine too'].map((words) => before.chat(chat).send({ text: words })),
  )
  await server.delivered({ accepted: [{ clientSeq: sends[1]?.clientSeq as number, seq: 3 }] })
  await before.close()
  await listen(store)
  await server.delivered({ accepted: [{ clientSeq: sends[0]?.clientSeq as number, seq: 2 }] })
  await server.delivered({ messages: [bobs(4)] })
  expect(seen).toEqual(['1', '4'])
})

test('G4: what takes the seq of a message that the server lost comes again by itself', async () => {
  const store = memoryStore()
  client = await connectAlice(server, { store })
  const loop = client.messages()
  await server.delivered({ messages: [bobs(1), bobs(2)] })
  expect((await loop.next()).value).toMatchObject({ seq: 1 })
  expect((await loop.next()).value).toMatchObject({ seq: 2, text: '2' })
  await server.delivered({ messages: [text(chat, 2, 'another', 0), bobs(3)] })
  // With this the lost one is handled.
  expect((await loop.next()).value).toMatchObject({ seq: 2, text: 'another' })
  await client.close()
  await listen(store)
  await until(() => seen.length === 2, 2_000, 'the messages')
  expect(seen).toEqual(['another', '3'])
})

test('G4: what arrives while the client closes is given to the app once, by the next client', async () => {
  const store = memoryStore()
  const [write, messages] = [store.write.bind(store), store.messages.bind(store)]
  const closing = await listen(store)
  await server.delivered({ messages: [bobs(1)] })
  // The send holds close back until a frame is under way that close does not wait for.
  const [sendStored, repeatLookedUp] = [gate(), gate()]
  store.write = async (changes) => {
    store.write = write
    await sendStored.passed
    await write(changes)
  }
  store.messages = async (...range) => {
    store.messages = messages
    repeatLookedUp.reached()
    await repeatLookedUp.passed
    return messages(...range)
  }
  const sending = closing.direct('bob').send({ text: 'hello' })
  const closed = closing.close({ drainMs: 0 })
  // Timers of one time run in order: close has found out what it waits for.
  await new Promise((resolve) => setTimeout(resolve, 0))
  server.down({ messages: [bobs(1), bobs(2)] })
  await repeatLookedUp.isReached
  sendStored.pass()
  await expect(sending).rejects.toMatchObject({ code: 'closed' })
  repeatLookedUp.pass()
  await closed
  await listen(store)
  await server.delivered({ messages: [bobs(2), bobs(3)] })
  await until(() => seen.includes('3'), 2_000, 'the next message')
  expect(seen).toEqual(['1', '2', '3'])
})

test('G4: what a loop is done with while the client closes does not come again', async () => {
  const store = memoryStore()
  const closing = await connectAlice(server, { store })
  const loop = closing.messages()
  await server.delivered({ messages: [bobs(1), bobs(2)] })
  expect((await loop.next()).value).toMatchObject({ seq: 1 })
  const closed = closing.close({ drainMs: 0 })
  const sending = closing.direct('bob').send({ text: 'too late to be acknowledged' })
  await expect(sending).rejects.toMatchObject({ code: 'closed' })
  expect(await loop.next()).toMatchObject({ done: true })
  await closed
  await listen(store)
  await until(() => seen.length > 0, 2_000, 'what was not handled')
  expect(seen).toEqual(['2'])
})

/** Somebody comes to it, and is let through. */
function gate(): { reached(): void; pass(): void; isReached: Promise<void>; passed: Promise<void> } {
  let [reached, pass] = [(): void => {}, (): void => {}]
  const isReached = new Promise<void>((resolve) => (reached = resolve))
  const passed = new Promise<void>((resolve) => (pass = resolve))
  return { reached, pass, isReached, passed }
}

/** What 0.1.0 left: 1 and 2 handled, 3 an own one, 4 and 5 not handled, 7 behind a hole, 9 lost by the server. */
function storedBefore(): { readonly progress: object; readonly messages: readonly object[] } {
  const marks = { lastSeq: 7, delivered: 0, read: 0, ownRead: 2, ownReadSent: 2 }
  return {
    progress: { chat, upTo: 5, beyond: [7], lost: [], handled: 2, ...marks },
    messages: [1, 2, 3, 4, 5, 7, 9].map((seq) => ({
      chat,
      seq,
      sentAtMs: 1,
      text: `${seq}`,
      ...(seq === 3 ? { sender: 'alice', isFromHere: true } : { sender: 'bob', isFromHere: false }),
    })),
  }
}
const ROSTER = {
  chat,
  name: '',
  peer: '',
  isComplete: true,
  members: ['bob', 'alice'].map((user, number) => ({ number, user, isAdmin: false, isGone: false })),
}
const META = { key: 'meta', user: 'alice', device: 'phone', clientSeq: 5 }

test('a store of 0.1.0 goes on where it was: in memory', async () => {
  const store = memoryStore()
  const { progress, messages } = storedBefore()
  await store.write([
    { table: 'meta', put: META },
    { table: 'chats', put: ROSTER },
    { table: 'progress', put: progress },
    ...messages.map((put) => ({ table: 'messages', put })),
  ] as StoreChange[])
  await goesOn(store, store)
})

test('a store of 0.1.0 goes on where it was: in lmdb', async () => {
  const path = mkdtempSync(join(tmpdir(), 'restante-store-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  const db = open({ path, noSubdir: false })
  const { progress, messages } = storedBefore()
  await db.batch(() => {
    void db.put(['epoch'], 4)
    void db.put(['meta', 'meta'], META)
    void db.put(['chats', chat], ROSTER)
    void db.put(['progress', chat], progress)
    for (const [at, message] of messages.entries())
      void db.put(['messages', chat, [1, 2, 3, 4, 5, 7, 9][at] as number], message)
  })
  await db.close()
  await goesOn(durableStore(path), durableStore(path))
})

async function goesOn(first: LocalStore, second: LocalStore): Promise<void> {
  client = await connectAlice(server, { store: first })
  await client.close()
  await listen(second)
  await server.delivered({ messages: [text(chat, 6, '6', 0)] })
  await until(() => seen.length === 4, 2_000, 'what was not handled')
  expect(seen).toEqual(['4', '5', '6', '7'])
  expect(client?.chat(chat).readUpTo).toBe(2)
}
