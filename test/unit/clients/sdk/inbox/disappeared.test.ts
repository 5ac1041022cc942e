// Messages that have disappeared, and their times: what comes again, late, or by the thousand, and clocks that jump.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { memoryStore, type Client, type LocalStore } from '../../../../../clients/index.ts'
import { bytesOfSaid } from '../../../../../clients/sdk/content/wire.ts'
import { Vanishing } from '../../../../../clients/sdk/chats/vanishing.ts'
import type { Down } from '../../../../../proto/codec.ts'
import { errorCode } from '../../../../../proto/errors.ts'
import { chatBytesOf, directChatId, type UserId } from '../../../../../proto/ids.ts'
import { until } from '../../../../support/deadline.ts'
import { connectAlice, firstText, ScriptedServer, text } from '../scripted-server.ts'

const chat = directChatId('alice' as UserId, 'bob' as UserId)
const HOUR_S = 3_600
const HOUR_MS = HOUR_S * 1_000
const YEAR_MS = 365 * 24 * HOUR_MS

type WireMessage = NonNullable<Down['messages']>[number]

let server: ScriptedServer
let client: Client
let store: LocalStore
let heard: string[]
let gone: number[]
beforeEach(async () => {
  // The wall clock alone, and it stands: a second here is one of the test's.
  vi.useFakeTimers({ toFake: ['Date'], now: 1_700_000_000_000 })
  server = await ScriptedServer.start()
  store = memoryStore()
  heard = []
  gone = []
  client = await connectAlice(server, { store })
  client.on('disappeared', ({ seq }) => gone.push(seq))
  client.on('message', ({ text: words }) => heard.push(words ?? ''))
})
afterEach(async () => {
  await client.close({ drainMs: 0 })
  await server.stop()
  vi.useRealTimers()
  vi.restoreAllMocks()
})

function brief(seq: number, words: string, afterS = HOUR_S): WireMessage {
  const content = bytesOfSaid({ disappearAfterS: afterS }) as Uint8Array
  const message = seq === 1 ? firstText(chat, words) : text(chat, seq, words, 0)
  return { ...message, sentAtS: 1_700_000_000, content }
}

function setting(seq: number, afterS: number): WireMessage {
  return { chat: chatBytesOf(chat), seq, sentAtS: 1_700_000_000, change: { disappearingSet: { afterS } } }
}

/** The phone slept so long, or its clock was set. */
function later(ms: number): void {
  vi.setSystemTime(Date.now() + ms)
}

async function disappeared(...seqs: number[]): Promise<void> {
  await until(
    () => gone.length >= seqs.length,
    10_000,
    () => `${seqs.join()} to disappear; ${gone.join()} did`,
  )
  expect(gone).toEqual(seqs)
}

test('one that comes again when it is gone is a repeat, and no sign that the server was set back (G4)', async () => {
  const setbacks: number[] = []
  client.on('setback', ({ firstSeq }) => setbacks.push(firstSeq))
  await server.delivered({ messages: [brief(1, 'secret')] })
  void client.chat(chat).markRead()
  later(HOUR_MS)
  client.check()
  await disappeared(1)
  // Its PUBACK was lost with the connection.
  await server.delivered({ messages: [brief(1, 'secret')] })
  expect(setbacks).toEqual([])
  expect(heard).toEqual(['secret'])
  expect(JSON.stringify(await store.messages(chat, 0, 100, 100))).not.toContain('secret')
})

test('a phone that wakes up takes away what ended while it slept; so does one that connects again', async () => {
  await server.delivered({ messages: [brief(1, 'one'), brief(2, 'two', 2 * HOUR_S)] })
  void client.chat(chat).markRead()
  later(HOUR_MS)
  client.check()
  await disappeared(1)
  later(HOUR_MS)
  server.cut()
  await disappeared(1, 2)
})

test('a clock that was ahead for a while lets none stay longer than its time, once it is put right', async () => {
  later(YEAR_MS)
  await server.delivered({ messages: [brief(1, 'one'), brief(2, 'two', 1)] })
  void client.chat(chat).markRead()
  later(1_000)
  client.check()
  await disappeared(2)
  later(-YEAR_MS)
  client.check()
  later(HOUR_MS)
  client.check()
  await disappeared(2, 1)
})

test('what was set is what stands last, also if the answer to an own change comes behind a later one', async () => {
  const direct = client.direct('bob')
  await server.delivered({ messages: [firstText(chat, 'hi'), setting(2, HOUR_S)] })
  const off = direct.setDisappearing(0)
  const clientSeq = (await server.up(0)).setDisappearing?.clientSeq ?? 0
  await server.delivered({ messages: [setting(4, HOUR_S)] })
  await server.delivered({ accepted: [{ clientSeq, seq: 3 }] })
  await off
  expect(direct.disappearAfterS).toBe(HOUR_S)
  await server.delivered({ messages: [text(chat, 5, 'secret', 0)] })
  void direct.markRead()
  later(HOUR_MS)
  client.check()
  await disappeared(5)
})

test('reading a thousand at once, and handling them, looks through them once or twice', async () => {
  const looked = vi.spyOn(Vanishing.prototype, 'ends')
  await server.delivered({ receipts: [{ chat: chatBytesOf(chat), ownRead: 500 }] })
  await server.delivered({ messages: Array.from({ length: 1_000 }, (_, i) => brief(i + 1, `m${i}`)) })
  await until(() => heard.length === 1_000, 10_000, 'all to be handed out')
  void client.chat(chat).markRead()
  expect(looked.mock.calls.length).toBeLessThan(10)
})

test('a message that has disappeared is asked for once, however many have', async () => {
  await server.delivered({ messages: Array.from({ length: 100 }, (_, i) => brief(i + 1, `m${i}`)) })
  void client.chat(chat).markRead()
  later(HOUR_MS)
  client.check()
  await until(() => gone.length === 100, 10_000, 'all to disappear')
  const asked = vi.spyOn(store, 'messages')
  expect(await client.chat(chat).message(100)).toBeUndefined()
  expect(asked).toHaveBeenCalledTimes(1)
  expect(await client.chat(chat).history({ limit: 1 })).toEqual([])
  expect(asked.mock.calls.length).toBeLessThan(5)
})

test('a deletion outlives the time of the chat: who is off for a week, and has not read the message, gets it', async () => {
  await server.delivered({ messages: [firstText(chat, 'hi'), text(chat, 2, 'mine', 1)] })
  const mine = await client.chat(chat).message(2)
  void mine?.delete()
  expect((await server.up(0)).message?.ttlS).toBe(0)
  await server.delivered({ messages: [setting(3, HOUR_S)] })
  void mine?.delete()
  expect((await server.up(1)).message?.ttlS).toBe(30 * 86_400)
  void mine?.react('👍')
  expect((await server.up(2)).message?.ttlS).toBe(0)
})

test('what was set behind the seq that the server was set back to is forgotten, also by an app that ends there', async () => {
  client.on('setback', () => {})
  await server.delivered({
    messages: [firstText(chat, 'a'), text(chat, 2, 'b', 0), setting(3, HOUR_S)],
  })
  await server.delivered({ messages: [text(chat, 2, 'another', 0)] })
  await client.close({ drainMs: 0 })
  client = await connectAlice(server, { store })
  client.on('disappeared', ({ seq }) => gone.push(seq))
  await server.delivered({ messages: [text(chat, 3, 'c', 0), text(chat, 4, 'stays', 0), brief(5, 'goes')] })
  client.on('message', ({ text: words }) => heard.push(words ?? ''))
  await until(() => heard.includes('goes'), 10_000, 'all to be handed out')
  void client.chat(chat).markRead()
  later(HOUR_MS)
  client.check()
  await disappeared(5)
})

async function stored(): Promise<string> {
  return JSON.stringify(await store.messages(chat, 0, 100, 100))
}

test('what the server has lost disappears here in its time, but for what has taken its place', async () => {
  client.on('setback', () => {})
  await server.delivered({ messages: [firstText(chat, 'a'), text(chat, 2, 'b', 0), brief(3, 'secret')] })
  await server.delivered({ messages: [brief(4, 'replaced'), brief(5, 'unread')] })
  void client.chat(chat).markRead(4)
  await server.delivered({ messages: [text(chat, 2, 'another', 0)] })
  await server.delivered({ messages: [text(chat, 4, 'stays', 0)] })
  later(HOUR_MS)
  client.check()
  await disappeared(3, 5)
  expect(await stored()).not.toMatch(/secret|replaced|unread/)
  expect(await stored()).toContain('stays')
})

test('so does what is left of a chat that the server does not know any more', async () => {
  await server.delivered({ messages: [firstText(chat, 'a'), brief(2, 'secret')] })
  void client.chat(chat).markRead()
  await server.delivered({ gaps: [{ dropped: 1 }] })
  const request = await until(
    () => server.ups.find(({ up }) => up.query?.detail)?.up.query?.request,
    10_000,
    'a question about the chat',
  )
  await server.delivered({ rejected: [{ request, code: errorCode('unknown-chat') }] })
  await until(() => client.chat(chat).lastSeq === 0, 10_000, 'the chat to be unknown')
  later(HOUR_MS)
  client.check()
  await disappeared(2)
  expect(await stored()).not.toContain('secret')
})

test('what this device sends has its whole time here, though its clock is ahead of the server’s', async () => {
  const sent = await client.direct('bob').send({ text: 'mine', disappearAfterS: 60 })
  const { message } = await server.up(0)
  const atS = Date.now() / 1_000 - HOUR_S
  await server.delivered({ accepted: [{ clientSeq: message?.clientSeq ?? 0, seq: 1, atS }] })
  expect(await sent.accepted).toBe(1)
  expect((await client.chat(chat).message(1))?.disappearsAt).toEqual(new Date(Date.now() + 60_000))
})
