// Messages that are to disappear: when do they, for whom, and what is left of them?
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { memoryStore, type Client, type LocalStore } from '../../../../../clients/index.ts'
import { bytesOfAct, bytesOfSaid } from '../../../../../clients/sdk/content/wire.ts'
import type { Act } from '../../../../../clients/sdk/said.ts'
import type { StoreChange } from '../../../../../clients/sdk/store/local-store.ts'
import type { Down } from '../../../../../proto/codec.ts'
import { chatBytesOf, directChatId, groupChatId, type UserId } from '../../../../../proto/ids.ts'
import { until } from '../../../../support/deadline.ts'
import { connectAlice, firstText, ScriptedServer, text } from '../scripted-server.ts'

const chat = directChatId('alice' as UserId, 'bob' as UserId)
const BOB = 0
const HOUR_S = 3_600
const HOUR_MS = HOUR_S * 1_000

type WireMessage = NonNullable<Down['messages']>[number]

let server: ScriptedServer
let client: Client | undefined
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
})
afterEach(async () => {
  await client?.close({ drainMs: 0 })
  client = undefined
  await server.stop()
  vi.useRealTimers()
})

async function alice(options: { readonly isListening?: boolean } = {}): Promise<Client> {
  await client?.close({ drainMs: 0 })
  client = await connectAlice(server, { store })
  client.on('disappeared', ({ chatId, seq }) => {
    expect(chatId).toBe(chat)
    gone.push(seq)
  })
  if (options.isListening ?? true) client.on('message', ({ text: words }) => heard.push(words ?? ''))
  return client
}

/** The device was off until so long after it was. */
async function laterBy(ms: number): Promise<Client> {
  await client?.close({ drainMs: 0 })
  vi.setSystemTime(Date.now() + ms)
  return alice()
}

function brief(seq: number, words: string, sender = BOB, afterS = HOUR_S): WireMessage {
  const content = bytesOfSaid({ disappearAfterS: afterS }) as Uint8Array
  const message = seq === 1 ? firstText(chat, words) : text(chat, seq, words, sender)
  return { ...message, sentAtS: Math.floor(Date.now() / 1000), content }
}

function act(seq: number, what: Act): WireMessage {
  return { chat: chatBytesOf(chat), seq, sender: BOB, sentAtS: 1, content: bytesOfAct(what), quiet: true }
}

async function stored(): Promise<string> {
  return JSON.stringify(await store.messages(chat, 0, 100, 100))
}

async function disappeared(...seqs: number[]): Promise<void> {
  await until(
    () => gone.length >= seqs.length,
    2_000,
    () => `${seqs.join()} to disappear; ${gone.join()} did`,
  )
  expect(gone).toEqual(seqs)
}

test('so long after it was read a message of others is gone, from the store as well; before that it never is', async () => {
  const before = await alice()
  await server.delivered({ messages: [brief(1, 'secret'), text(chat, 2, 'open', BOB)] })
  expect(await before.chat(chat).message(1)).toMatchObject({ text: 'secret', disappearAfterS: HOUR_S })
  const unread = await laterBy(30 * 24 * HOUR_MS)
  expect(await unread.chat(chat).message(1)).toMatchObject({ text: 'secret' })

  void unread.chat(chat).markRead()
  expect((await unread.chat(chat).message(1))?.disappearsAt).toEqual(new Date(Date.now() + HOUR_MS))
  expect(await (await laterBy(HOUR_MS - 1)).chat(chat).message(1)).toMatchObject({ text: 'secret' })
  expect(gone).toEqual([])
  const after = await laterBy(1)
  // It is not even shown before it is taken away.
  expect((await after.chat(chat).history()).map(({ seq }) => seq)).toEqual([2])
  await disappeared(1)
  expect(await stored()).not.toContain('secret')
  expect(await stored()).toContain('open')
  await laterBy(HOUR_MS)
  expect(gone).toEqual([1])
})

test('it goes while the app runs, all whose time is over', async () => {
  const open = await alice()
  await server.delivered({ messages: [brief(1, 'one', BOB, 1), brief(2, 'two', BOB, 1)] })
  vi.useRealTimers()
  void open.chat(chat).markRead()
  await disappeared(1, 2)
  expect(await open.chat(chat).history()).toEqual([])
})

test('an own one goes so long after it was sent, from this device or another; a server that is ahead does not keep it', async () => {
  const open = await alice()
  const sent = await open.direct('bob').send({ text: 'mine', disappearAfterS: HOUR_S })
  const up = await server.up(0)
  // Who began the chat is its member 0.
  const ahead = { ...brief(2, 'from my laptop', 0), sentAtS: Date.now() / 1000 + 90 * 24 * HOUR_S }
  const accepted = [{ clientSeq: up.message?.clientSeq ?? 0, seq: 1, atS: Date.now() / 1000 }]
  await server.delivered({ accepted, messages: [ahead] })
  expect(await sent.accepted).toBe(1)
  expect((await open.chat(chat).message(1))?.disappearsAt).toEqual(new Date(Date.now() + HOUR_MS))
  await laterBy(HOUR_MS)
  await disappeared(1, 2)
  expect(await stored()).not.toMatch(/mine|laptop/)
})

test('its time runs from when this user read it on another device', async () => {
  await alice()
  await server.delivered({ messages: [brief(1, 'secret')] })
  await server.delivered({ receipts: [{ chat: chatBytesOf(chat), ownRead: 1 }] })
  await server.delivered({ messages: [brief(2, 'unread')] })
  await laterBy(HOUR_MS)
  await disappeared(1)
  expect(await stored()).toContain('unread')
})

test('what the app has not had yet stays until it is done with it', async () => {
  await alice({ isListening: false })
  await server.delivered({ messages: [brief(1, 'secret')] })
  await server.delivered({ receipts: [{ chat: chatBytesOf(chat), ownRead: 1 }] })
  await client?.close({ drainMs: 0 })
  vi.setSystemTime(Date.now() + 2 * HOUR_MS)
  const open = await alice({ isListening: false })
  await new Promise((resolve) => setTimeout(resolve))
  expect(gone).toEqual([])
  open.on('message', ({ text: words }) => heard.push(words ?? ''))
  await disappeared(1)
  expect(heard).toEqual(['secret'])
})

test('what is done to it afterwards shows nowhere, and says nothing in the store either', async () => {
  const open = await alice()
  const updates: string[] = []
  open.on('update', ({ kind }) => updates.push(kind))
  await server.delivered({ messages: [brief(1, 'secret')] })
  await server.delivered({ messages: [act(2, { kind: 'edit', seq: 1, text: 'secret 2' })] })
  void open.chat(chat).markRead()
  expect(await open.chat(chat).message(1)).toMatchObject({ text: 'secret 2' })
  const later = await laterBy(HOUR_MS)
  later.on('update', ({ kind }) => updates.push(kind))
  await disappeared(1)
  await server.delivered({ messages: [act(3, { kind: 'edit', seq: 1, text: 'secret 3' })] })
  await server.delivered({ messages: [act(4, { kind: 'reaction', seq: 1, emoji: '👍' })] })
  expect(await stored()).not.toContain('secret')
  expect(await later.chat(chat).history()).toEqual([])
  expect(updates).toEqual(['edit'])
})

test('an app that ends before it hears of one hears of it the next time (G4)', async () => {
  const open = await alice()
  await server.delivered({ messages: [brief(1, 'secret')] })
  void open.chat(chat).markRead()
  await open.close({ drainMs: 0 })
  vi.setSystemTime(Date.now() + HOUR_MS)
  const write = store.write.bind(store)
  // The process ends as soon as the message is gone.
  store.write = async (changes: readonly StoreChange[]) => {
    if (!(await stored()).includes('secret')) throw new Error('the process has ended')
    await write(changes)
  }
  client = await connectAlice(server, { store })
  await until(async () => !(await stored()).includes('secret'), 2_000, 'to be gone')
  await client.close({ drainMs: 0 })
  store.write = write
  await alice()
  await disappeared(1)
})

function setting(seq: number, afterS: number): WireMessage {
  return {
    chat: chatBytesOf(chat),
    seq,
    sender: BOB,
    sentAtS: 1_700_000_000,
    change: { disappearingSet: { afterS } },
  }
}

test('of a chat whose messages disappear all do that stand behind its change, and say nothing themselves', async () => {
  const open = await alice()
  const changes: unknown[] = []
  open.on('change', ({ change }) => changes.push(change))
  await server.delivered({
    messages: [firstText(chat, 'before'), setting(2, HOUR_S), text(chat, 3, 'secret', BOB)],
  })
  await server.delivered({
    messages: [brief(4, 'sooner', BOB, 60), setting(5, 0), text(chat, 6, 'behind', BOB)],
  })
  expect(changes).toEqual([
    { kind: 'disappearing-set', afterS: HOUR_S },
    { kind: 'disappearing-set', afterS: 0 },
  ])
  void open.chat(chat).markRead()
  await laterBy(60_000)
  await disappeared(4)
  const later = await laterBy(HOUR_MS)
  await disappeared(4, 3)
  expect(later.chat(chat).disappearAfterS).toBe(0)
  expect((await later.chat(chat).history()).map(({ text: words }) => words)).toEqual([
    'before',
    undefined,
    undefined,
    'behind',
  ])
})

test('what this device sent before the change stays, though its answer comes behind it', async () => {
  const open = await alice()
  await server.delivered({ messages: [firstText(chat, 'hi')] })
  for (const words of ['stays', 'goes']) void open.chat(chat).send({ text: words })
  const numberOf = async (n: number): Promise<number> => (await server.up(n)).message?.clientSeq ?? 0
  const [stays, goes] = [await numberOf(0), await numberOf(1)]
  await server.delivered({ accepted: [{ clientSeq: goes, seq: 4 }], messages: [setting(3, HOUR_S)] })
  await server.delivered({ accepted: [{ clientSeq: stays, seq: 2 }] })
  await laterBy(HOUR_MS)
  await disappeared(4)
  expect(await stored()).toContain('stays')
})

test('a new device learns it from the list of chats, a new member from what they find, who asks from the answer', async () => {
  const summary = { chat: chatBytesOf(chat), direct: true, lastSeq: 9, myRead: 9, disappearAfterS: HOUR_S }
  server.chatPages = [{ chats: [{ ...summary, members: [{ user: 'bob' }, { number: 1, user: 'alice' }] }] }]
  const open = await alice()
  expect(open.chat(chat).disappearAfterS).toBe(HOUR_S)
  await server.delivered({ messages: [text(chat, 10, 'secret', BOB)] })
  await server.delivered({ receipts: [{ chat: chatBytesOf(chat), ownRead: 10 }] })
  await laterBy(HOUR_MS)
  await disappeared(10)

  const group = groupChatId(new Uint8Array(10))
  const members = [
    { user: 'bob', role: 2 },
    { number: 1, user: 'alice', role: 1 },
  ]
  const added = {
    members: [{ number: 1, user: 'alice', role: 1 }],
    roster: { name: 'trip', members, disappearAfterS: 7 },
  }
  await server.delivered({ messages: [{ chat: chatBytesOf(group), seq: 5, sentAtS: 1, change: { added } }] })
  expect(client?.chat(group).disappearAfterS).toBe(7)
})

test('this device says so itself: it holds behind the seq that the change got; a time that is none is refused', async () => {
  const open = await alice()
  await server.delivered({ messages: [firstText(chat, 'hi')] })
  for (const afterS of [-1, 1.5, Number.NaN, 365 * 86_400 + 1])
    await expect(open.chat(chat).setDisappearing(afterS)).rejects.toMatchObject({ code: 'rejected' })
  const setting = open.chat(chat).setDisappearing(HOUR_S)
  const { setDisappearing } = await server.up(0)
  expect(setDisappearing).toMatchObject({ afterS: HOUR_S })
  const clientSeq = setDisappearing?.clientSeq ?? 0
  await server.delivered({ accepted: [{ clientSeq, seq: 2 }], messages: [text(chat, 3, 'secret', BOB)] })
  await setting
  expect(open.chat(chat).disappearAfterS).toBe(HOUR_S)
  expect((await open.chat(chat).message(2))?.change).toEqual({ kind: 'disappearing-set', afterS: HOUR_S })
  void open.chat(chat).markRead()
  await laterBy(HOUR_MS)
  await disappeared(3)
})

test('a server that was set back gives its seq to another message, which stays', async () => {
  const open = await alice()
  open.on('setback', () => {})
  await server.delivered({ messages: [firstText(chat, 'a'), brief(2, 'secret')] })
  void open.chat(chat).markRead()
  await server.delivered({ messages: [text(chat, 2, 'another', BOB)] })
  await until(() => heard.includes('another'), 2_000, 'the other')
  await laterBy(HOUR_MS)
  await new Promise((resolve) => setTimeout(resolve))
  expect(gone).toEqual([])
  expect(await stored()).toContain('another')
})

test('a time that is none is refused before anything is stored: from a second to a year', async () => {
  const open = await alice()
  for (const disappearAfterS of [0, -1, 1.5, Number.NaN, 365 * 86_400 + 1]) {
    const sending = open.direct('bob').send({ text: 'x', disappearAfterS })
    await expect(sending).rejects.toMatchObject({ code: 'bad-content' })
  }
  void open.direct('bob').send({ text: 'x', disappearAfterS: 365 * 86_400 })
  const { message } = await server.up(0)
  expect(message?.content).toEqual(bytesOfSaid({ disappearAfterS: 365 * 86_400 }))
})

test('a longer one from elsewhere counts as a year; one without anything to say shows nothing', async () => {
  const open = await alice()
  const empty = { ...brief(2, ''), text: null }
  await server.delivered({ messages: [brief(1, 'secret', BOB, 4_294_967_295), empty] })
  const [first, ...others] = await open.chat(chat).history()
  expect(first?.disappearAfterS).toBe(365 * 86_400)
  expect(others).toEqual([])
})
