import { afterEach, beforeEach, expect, test } from 'vitest'
import { memoryStore, type Client, type GapEvent, type LocalStore } from '../../../../../clients/index.ts'
import { errorCode } from '../../../../../proto/errors.ts'
import { chatBytesOf, directChatId, type UserId } from '../../../../../proto/ids.ts'
import { until } from '../../../../support/deadline.ts'
import { connectAlice, firstText, ScriptedServer, text } from '../scripted-server.ts'

const chat = directChatId('alice' as UserId, 'bob' as UserId)

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

async function listen(store?: LocalStore): Promise<Client> {
  client = await connectAlice(server, store ? { store } : {})
  client.on('message', (message) => seen.push(`${message.seq} ${message.sender} ${message.text}`))
  client.on('change', (message) => seen.push(`${message.seq} ${message.sender} ${message.change.kind}`))
  return client
}

test('G3: a device that comes to a chat late starts where its first message is', async () => {
  await listen()
  server.chatPages = [{}]
  const gaps: GapEvent[] = []
  client?.on('gap', (gap) => gaps.push(gap))
  server.down({ messages: [text(chat, 57, 'x', 0), text(chat, 58, 'y', 1)] })
  const asked = await server.up(0)
  server.down({ responses: [{ request: asked.query?.request as number, chat: detail(58) }] })
  await until(() => seen.length === 2, 2_000, 'messages')
  expect(seen).toEqual(['57 bob x', '58 alice y'])
  expect(gaps).toEqual([])
})

function detail(lastSeq: number): object {
  const members = [
    { number: 0, user: 'bob', role: 1, joinSeq: 1 },
    { number: 1, user: 'alice', role: 1, joinSeq: 1 },
  ]
  return { chat: chatBytesOf(chat), direct: true, lastSeq, myNumber: 1, members }
}

test('G3: a hole that only an own send can fill waits for its Accepted', async () => {
  await listen()
  await server.delivered({ messages: [firstText(chat, 'a')] })
  const gaps: GapEvent[] = []
  client?.on('gap', (gap) => gaps.push(gap))
  const sent = await client?.direct('bob').send({ text: 'mine' })
  await server.delivered({ messages: [text(chat, 3, 'c', 0)] })
  expect(seen).toEqual(['1 bob a'])
  await server.delivered({ accepted: [{ clientSeq: sent?.clientSeq as number, seq: 2 }] })
  expect(seen).toEqual(['1 bob a', '3 bob c'])
  expect(gaps).toEqual([])
})

test('G2: a hole that nothing can fill is told, and the rest goes on; never does it stall', async () => {
  await listen()
  const gaps: GapEvent[] = []
  client?.on('gap', (gap) => gaps.push(gap))
  await server.delivered({ messages: [firstText(chat, 'a'), text(chat, 5, 'e', 0)] })
  expect(seen).toEqual(['1 bob a', '5 bob e'])
  expect(gaps).toEqual([{ chatId: chat, firstSeq: 2, lastSeq: 4 }])

  const sent = await client?.direct('bob').send({ text: 'mine' })
  await server.delivered({ messages: [text(chat, 8, 'h', 0)] })
  expect(seen.length).toBe(2)
  await server.delivered({
    rejected: [{ clientSeq: sent?.clientSeq as number, code: errorCode('forbidden') }],
  })
  expect(seen.at(-1)).toBe('8 bob h')
  expect(gaps.at(-1)).toEqual({ chatId: chat, firstSeq: 6, lastSeq: 7 })
})

test('one that was given up and comes after all is handed out, once', async () => {
  await listen()
  await server.delivered({ messages: [firstText(chat, 'a'), text(chat, 4, 'd', 0)] })
  await server.delivered({ messages: [text(chat, 3, 'c', 0)] })
  await server.delivered({ messages: [text(chat, 3, 'c', 0)] })
  expect(seen).toEqual(['1 bob a', '4 bob d', '3 bob c'])
})

test('after a marked gap each chat that lacks something is asked and says what was lost', async () => {
  await listen()
  const gaps: GapEvent[] = []
  client?.on('gap', (gap) => gaps.push(gap))
  await server.delivered({ messages: [firstText(chat, 'a')] })
  server.chatPages = [{ chats: [{ chat: chatBytesOf(chat), direct: true, lastSeq: 4 }] }]
  await server.delivered({ gaps: [{ dropped: 3 }] })
  const asked = await server.up(0)
  await server.delivered({ responses: [{ request: asked.query?.request as number, chat: detail(4) }] })
  expect(gaps).toEqual([
    { chatId: undefined, droppedMin: 3 },
    { chatId: chat, firstSeq: 2, lastSeq: 4 },
  ])
  expect(client?.chat(chat).lastSeq).toBe(4)
})

test('a server that lost a chat and begins it anew is believed', async () => {
  const store = memoryStore()
  await listen(store)
  await server.delivered({ messages: [firstText(chat, 'a'), text(chat, 2, 'b', 0)] })
  await client?.close()
  server.sessionPresent = false
  server.chatPages = [{}]
  await listen(store)
  const asked = await server.up(0)
  const refused = { request: asked.query?.request as number, code: errorCode('unknown-chat') }
  await server.delivered({ rejected: [refused] })
  await server.delivered({ messages: [firstText(chat, 'anew')] })
  expect(seen).toEqual(['1 bob a', '2 bob b', '1 bob anew'])
})

test('a server whose store was restored from an older backup is believed: seqs that it gives anew are new messages', async () => {
  const store = memoryStore()
  await listen(store)
  const setbacks: number[] = []
  client?.on('setback', ({ firstSeq }) => setbacks.push(firstSeq))
  const four = [firstText(chat, 'a'), ...['b', 'c', 'd'].map((words, n) => text(chat, n + 2, words, 0))]
  await server.delivered({ messages: four })
  await server.delivered({ messages: four.slice(1) })
  expect(setbacks).toEqual([])
  await server.delivered({ messages: [text(chat, 2, 'b', 0), text(chat, 3, 'other', 0)] })
  expect(setbacks).toEqual([3])
  expect(seen).toEqual(['1 bob a', '2 bob b', '3 bob c', '4 bob d', '3 bob other'])
  await client?.close()
  // What the server lost behind it is no new message after a restart.
  await listen(store)
  await server.delivered({ messages: [text(chat, 4, 'next', 0)] })
  expect(seen.slice(5)).toEqual(['4 bob next'])
  expect((await client?.chat(chat).history())?.map((message) => message.text)).toEqual([
    'a',
    'b',
    'other',
    'next',
  ])
})

test('an own send whose seq another message had says as well that the server was set back', async () => {
  await listen()
  const setbacks: number[] = []
  client?.on('setback', ({ firstSeq }) => setbacks.push(firstSeq))
  await server.delivered({ messages: [firstText(chat, 'a'), text(chat, 2, 'b', 0)] })
  const sent = await client?.chat(chat).send({ text: 'mine' })
  await server.delivered({ accepted: [{ clientSeq: sent?.clientSeq as number, seq: 2 }] })
  await server.delivered({ messages: [text(chat, 3, 'c', 0)] })
  expect(setbacks).toEqual([2])
  expect(seen).toEqual(['1 bob a', '2 bob b', '3 bob c'])
  expect((await client?.chat(chat).history())?.map((message) => message.text)).toEqual(['a', 'mine', 'c'])
})

test('a gap that the app is told of names no message of its own device', async () => {
  await listen()
  const gaps: GapEvent[] = []
  client?.on('gap', (gap) => gaps.push(gap))
  await server.delivered({ messages: [firstText(chat, 'a')] })
  const sent = await client?.direct('bob').send({ text: 'mine' })
  await server.delivered({ accepted: [{ clientSeq: sent?.clientSeq as number, seq: 4 }] })
  // The server names all that went from the mailbox, and counts by chat.
  server.chatPages = [{ chats: [{ chat: chatBytesOf(chat), direct: true, lastSeq: 6 }] }]
  await server.delivered({ gaps: [{ dropped: 5, chat: chatBytesOf(chat), firstSeq: 2, lastSeq: 6 }] })
  const detailAsked = await until(
    () => server.ups.find(({ up }) => up.query?.detail)?.up.query?.request,
    2_000,
    'a question about the chat',
  )
  await server.delivered({ responses: [{ request: detailAsked, chat: detail(6) }] })
  expect(gaps.filter(({ chatId }) => chatId !== undefined)).toEqual([
    { chatId: chat, firstSeq: 2, lastSeq: 3 },
    { chatId: chat, firstSeq: 5, lastSeq: 6 },
  ])
})
