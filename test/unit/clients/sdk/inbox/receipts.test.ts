import { afterEach, beforeEach, expect, test } from 'vitest'
import { memoryStore, type Client, type LocalStore, type ReceiptEvent } from '../../../../../clients/index.ts'
import { chatBytesOf, directChatId, type UserId } from '../../../../../proto/ids.ts'
import { until } from '../../../../support/deadline.ts'
import { connectAlice, firstText, ScriptedServer, text } from '../scripted-server.ts'

const chat = directChatId('alice' as UserId, 'bob' as UserId)
const bytes = chatBytesOf(chat)

let server: ScriptedServer
let client: Client
beforeEach(async () => {
  server = await ScriptedServer.start()
  client = await connectAlice(server)
})
afterEach(async () => {
  await client.close({ drainMs: 0 })
  await server.stop()
})

const reads = (): number[] => server.ups.flatMap(({ up }) => (up.read ? [up.read.upTo ?? 0] : []))

test('delivered and read resolve when a receipt covers the seq, and marks only grow (G6)', async () => {
  const events: ReceiptEvent[] = []
  client.on('receipt', (event) => events.push(event))
  const sents = await Promise.all(['a', 'b', 'c'].map((words) => client.direct('bob').send({ text: words })))
  server.down({ accepted: [{ clientSeq: sents[0]?.clientSeq as number, seq: 1, more: 2 }] })
  await server.delivered({ receipts: [{ chat: bytes, delivered: 2 }] })
  await Promise.all([sents[0]?.delivered, sents[1]?.delivered])
  expect(sents.map(({ state }) => state)).toEqual(['delivered', 'delivered', 'accepted'])
  await server.delivered({
    receipts: [
      { chat: bytes, delivered: 1 },
      { chat: bytes, read: 1 },
    ],
  })
  await sents[0]?.read
  expect(sents.map(({ state }) => state)).toEqual(['read', 'delivered', 'accepted'])
  await server.delivered({ receipts: [{ chat: bytes, read: 3 }] })
  await Promise.all([sents[2]?.delivered, sents[2]?.read])
  expect(events.map(({ kind, upTo }) => `${kind} ${upTo}`)).toEqual(['delivered 2', 'read 1', 'read 3'])
})

test('a receipt in the frame of its Accepted counts', async () => {
  const sent = await client.direct('bob').send({ text: 'a' })
  server.down({
    receipts: [{ chat: bytes, delivered: 1 }],
    accepted: [{ clientSeq: sent.clientSeq, seq: 1 }],
  })
  await sent.delivered
  const [kept] = await client.direct('bob').history()
  expect(kept).toMatchObject({ seq: 1, text: 'a', sender: 'alice', isOwn: true, state: 'delivered' })
})

test('markRead is sent once for what is read, and resolves on PUBACK', async () => {
  await server.delivered({ messages: [firstText(chat, 'a'), text(chat, 2, 'b', 0)] })
  await client.chat(chat).markRead()
  await client.chat(chat).markRead()
  await client.chat(chat).markRead(1)
  expect(reads()).toEqual([2])
  expect(client.chat(chat).unread).toBe(0)
})

test('while a mark is on its way the later ones of the chat become one', async () => {
  await server.delivered({
    messages: [1, 2, 3, 4].map((seq) => (seq === 1 ? firstText(chat, 'a') : text(chat, seq, 'x', 0))),
  })
  server.isAcknowledging = false
  const chatOfBob = client.chat(chat)
  const marks = [chatOfBob.markRead(1)]
  await until(() => reads().length === 1, 2_000, 'the first mark')
  marks.push(chatOfBob.markRead(2), chatOfBob.markRead(3), chatOfBob.markRead(9))
  server.isAcknowledging = true
  server.acknowledge(server.publishes.at(-1) as { messageId: number })
  await Promise.all(marks)
  expect(reads()).toEqual([1, 4])
})

test('a mark outlives the connection and the process', async () => {
  const store: LocalStore = memoryStore()
  await client.close()
  client = await connectAlice(server, { store })
  await server.delivered({ messages: [firstText(chat, 'a')] })
  server.connackCode = 3
  server.cut()
  await until(() => !client.isConnected, 2_000, 'disconnected')
  const marking = client.chat(chat).markRead()
  marking.catch(() => {})
  await client.close({ drainMs: 0 })
  await expect(marking).rejects.toMatchObject({ code: 'closed' })
  server.connackCode = 0
  client = await connectAlice(server, { store })
  await until(() => reads().length === 1, 2_000, 'the mark')
  expect(reads()).toEqual([1])
})

test('what was read on another device is read here, and not told again', async () => {
  const events: ReceiptEvent[] = []
  client.on('receipt', (event) => events.push(event))
  await server.delivered({ messages: [firstText(chat, 'a'), text(chat, 2, 'b', 0)] })
  expect(client.chat(chat).unread).toBe(2)
  await server.delivered({ receipts: [{ chat: bytes, ownRead: 2 }] })
  expect(events).toEqual([{ chatId: chat, kind: 'own-read', upTo: 2 }])
  expect(client.chat(chat).unread).toBe(0)
  await client.chat(chat).markRead()
  expect(reads()).toEqual([])
})

test('what a mark leaves of that which only the server can count is asked for when the server has the mark', async () => {
  server.chatPages = [{ chats: [{ chat: bytes, direct: true, lastSeq: 10, members: [] }] }]
  const asked = (n: number): Promise<number> =>
    until(
      () => server.ups.flatMap(({ up }) => (up.query?.detail ? [up.query.request ?? 0] : []))[n],
      2_000,
      () => `detail ${n}; there came ${JSON.stringify(server.ups)}`,
    )
  const told = async (n: number, read: number, unread: number): Promise<void> => {
    const members = ['bob', 'alice'].map((user, number) => ({ number, user, role: 1, joinSeq: 1, read }))
    const detail = { chat: bytes, direct: true, lastSeq: 10, myNumber: 1, members, unread }
    await server.delivered({ responses: [{ request: await asked(n), chat: detail }] })
  }
  for await (const one of client.chats()) expect(one.unread).toBe(10)
  await told(0, 0, 4)
  expect(client.chat(chat).unread).toBe(4)
  await client.chat(chat).markRead(5)
  await told(1, 5, 3)
  expect(client.chat(chat).unread).toBe(3)
  // An answer from before a later mark leaves it open.
  await client.chat(chat).markRead(6)
  await asked(2)
  await client.chat(chat).markRead(8)
  await told(2, 6, 2)
  await told(3, 8, 1)
  expect(client.chat(chat).unread).toBe(1)
})

test('an own message is read if nothing unread stands before it', async () => {
  const first = await client.direct('bob').send({ text: 'a' })
  await server.delivered({ accepted: [{ clientSeq: first.clientSeq, seq: 1 }] })
  expect(client.direct('bob').unread).toBe(0)
  await server.delivered({ messages: [text(chat, 2, 'b', 1)] })
  const second = await client.direct('bob').send({ text: 'c' })
  await server.delivered({ accepted: [{ clientSeq: second.clientSeq, seq: 3 }] })
  expect(client.direct('bob').unread).toBe(1)
})

test('k of n of one message comes with user ids', async () => {
  const sent = await client.direct('bob').send({ text: 'a' })
  await server.delivered({ accepted: [{ clientSeq: sent.clientSeq, seq: 1 }] })
  const asking = client.direct('bob').receipts(1)
  const { query } = await server.up(1)
  expect(query?.receipts?.seq).toBe(1)
  const receipts = { chat: bytes, seq: 1, others: 1, delivered: 1, read: 0, deliveredTo: [1] }
  server.down({ responses: [{ request: query?.request as number, receipts }] })
  expect(await asking).toEqual({ others: 1, delivered: 1, read: 0, deliveredTo: ['bob'], readBy: [] })
})

test('markRead without anything to read does nothing', async () => {
  await client.direct('bob').markRead()
  expect(server.ups).toEqual([])
})
