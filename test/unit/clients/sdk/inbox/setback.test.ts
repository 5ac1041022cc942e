// A server whose store was restored from an older backup: does the device take what the server has now?
import { afterEach, beforeEach, expect, test } from 'vitest'
import { memoryStore, type Client, type Group, type LocalStore } from '../../../../../clients/index.ts'
import { errorCode } from '../../../../../proto/errors.ts'
import { chatBytesOf, groupChatId, type ChatId } from '../../../../../proto/ids.ts'
import { until } from '../../../../support/deadline.ts'
import { connectAlice, ScriptedServer, text } from '../scripted-server.ts'

const trip = groupChatId(new Uint8Array(10).fill(1))
const club = groupChatId(new Uint8Array(10).fill(2))
const member = (number: number, user: string): object => ({ number, user, role: 1 })
const MEMBERS = [member(0, 'bob'), member(1, 'alice')]
const change = (chat: ChatId, seq: number, what: object): object => ({
  chat: chatBytesOf(chat),
  seq,
  sender: 0,
  change: what,
})
const detail = (chat: ChatId, lastSeq: number, name: string, members = MEMBERS): object => ({
  chat: chatBytesOf(chat),
  name,
  lastSeq,
  members,
})

let server: ScriptedServer
let client: Client
let store: LocalStore
const groupOf = (id: ChatId): Group => client.chat(id) as Group
beforeEach(async () => {
  server = await ScriptedServer.start()
  store = memoryStore()
  client = await connectAlice(server, { store })
  client.on('message', () => {})
  for (const chat of [trip, club])
    await server.delivered({ messages: [change(chat, 1, { created: { name: 'then', members: MEMBERS } })] })
  await server.delivered({
    messages: [
      change(trip, 2, { renamed: { name: 'lost' } }),
      change(trip, 3, { added: { members: [member(2, 'carol')] } }),
      change(club, 2, { renamed: { name: 'lost too' } }),
    ],
  })
})
afterEach(async () => {
  await client.close({ drainMs: 0 })
  await server.stop()
})

const names = (): string[] => [trip, club].map((id) => groupOf(id).name)

/** Questions about chats, by chat; the n-th of each. */
async function asked(chat: ChatId, n = 0): Promise<number> {
  return until(
    () => server.ups.filter((up) => up.chat === chat && up.up.query?.detail)[n]?.up.query?.request as number,
    2_000,
    `question ${n} about ${chat}`,
  )
}

test('a message under a seq that another one had: names and members of all chats are the server’s again', async () => {
  await server.delivered({ messages: [text(trip, 2, 'hi', 0)] })
  const answer = { request: await asked(trip), chat: detail(trip, 2, 'then') }
  await server.delivered({ responses: [answer] })
  await server.delivered({ responses: [{ request: await asked(club), chat: detail(club, 1, 'then') }] })
  expect(names()).toEqual(['then', 'then'])
  expect(groupOf(club).lastSeq).toBe(1)
  expect((await groupOf(trip).members()).map(({ user }) => user)).toEqual(['bob', 'alice'])
  // Nobody else is asked for, and the lost member's number may be given anew.
  const erin = change(trip, 3, { added: { members: [member(2, 'erin')] } })
  await server.delivered({ messages: [erin, text(trip, 4, 'hello', 2)] })
  expect((await groupOf(trip).history({ limit: 1 }))[0]).toMatchObject({ seq: 4, sender: 'erin' })
  expect(server.ups.length).toBe(2)
})

test('an app that dies before the answers asks again', async () => {
  await server.delivered({ messages: [text(trip, 2, 'hi', 0)] })
  await asked(trip)
  await client.close({ drainMs: 0 })
  server.ups.length = 0
  client = await connectAlice(server, { store })
  await server.delivered({ responses: [{ request: await asked(trip), chat: detail(trip, 2, 'then') }] })
  await server.delivered({ responses: [{ request: await asked(club), chat: detail(club, 1, 'then') }] })
  expect(names()).toEqual(['then', 'then'])
})

test('an own change that gets a seq which another entry had says it as well', async () => {
  const renaming = groupOf(trip).rename('mine')
  const { rename } = await server.up(0)
  await server.delivered({ accepted: [{ clientSeq: rename?.clientSeq as number, seq: 2 }] })
  await renaming
  await server.delivered({ responses: [{ request: await asked(trip), chat: detail(trip, 2, 'mine') }] })
  await server.delivered({ responses: [{ request: await asked(club), chat: detail(club, 1, 'then') }] })
  expect(names()).toEqual(['mine', 'then'])
})

test('marks of what takes the place of a lost message do not tell that it arrived (G6)', async () => {
  const sent = await groupOf(trip).send({ text: 'lost' })
  await server.delivered({ accepted: [{ clientSeq: sent.clientSeq, seq: 4 }] })
  await server.delivered({ messages: [text(trip, 4, 'another', 0)] })
  await server.delivered({ receipts: [{ chat: chatBytesOf(trip), delivered: 4 }] })
  await expect(sent.delivered).rejects.toMatchObject({ code: 'lost' })
  expect(sent.state).toBe('accepted')
})

test('a server that cannot answer just now is asked again; a chat that is not there any more begins anew', async () => {
  const errors: string[] = []
  client.on('error', ({ code }) => errors.push(code))
  await server.delivered({ messages: [text(trip, 2, 'hi', 0)] })
  const refused = (request: number, name: 'unavailable' | 'unknown-chat'): object => ({
    request,
    code: errorCode(name),
  })
  await server.delivered({ rejected: [refused(await asked(trip), 'unavailable')] })
  await server.delivered({ responses: [{ request: await asked(trip, 1), chat: detail(trip, 2, 'then') }] })
  await server.delivered({ rejected: [refused(await asked(club), 'unknown-chat')] })
  await until(() => groupOf(club).lastSeq === 0, 2_000, 'a chat that begins anew')
  expect(groupOf(trip)).toMatchObject({ name: 'then', lastSeq: 2 })
  expect(errors).toEqual(['rejected'])
})

test('G4: a refusal from between a removal and an addition that come with it does not make the chat begin anew', async () => {
  const seen: string[] = []
  client.on('change', ({ chatId, seq, change: { kind } }) => {
    if (chatId === club) seen.push(`${seq} ${kind}`)
  })
  await server.delivered({ messages: [text(trip, 2, 'hi', 0)] })
  await server.delivered({ responses: [{ request: await asked(trip), chat: detail(trip, 2, 'then') }] })
  // As a lane puts a backlog together: alice was out when the server was asked.
  const frame = {
    messages: [
      change(club, 3, { removed: { members: [1] } }),
      change(club, 5, { added: { members: [MEMBERS[1]], roster: { name: 'now', members: MEMBERS } } }),
    ],
    rejected: [{ request: await asked(club), code: errorCode('unknown-chat') }],
  }
  await server.delivered(frame)
  const again = await asked(club, 1)
  server.cut()
  await until(() => server.connects.length === 2 && client.isConnected, 5_000, 'the next connection')
  await server.delivered(frame)
  await server.delivered({
    responses: [{ request: again, chat: detail(club, 5, 'now') }],
    messages: [change(club, 6, { renamed: { name: 'later' } })],
  })
  expect(seen).toEqual(['3 removed', '5 added', '6 renamed'])
  expect(groupOf(club)).toMatchObject({ name: 'later', lastSeq: 6 })
})

test('a server that fails at a question says nothing of the chat: its marks stay, and it is asked again', async () => {
  await server.delivered({ messages: [text(trip, 2, 'hi', 0)] })
  await server.delivered({ responses: [{ request: await asked(trip), chat: detail(trip, 2, 'then') }] })
  await server.delivered({ rejected: [{ request: await asked(club), code: errorCode('internal') }] })
  await client.close({ drainMs: 0 })
  expect(groupOf(club).lastSeq).toBe(2)
  server.ups.length = 0
  client = await connectAlice(server, { store })
  await server.delivered({ responses: [{ request: await asked(club), chat: detail(club, 1, 'then') }] })
  await until(() => groupOf(club).lastSeq === 1, 2_000, 'what the server has')
})

test('another body of the same length under a seq that had one is another message', async () => {
  const body = (seq: number, bytes: number[], sender = 0): object => ({
    chat: chatBytesOf(trip),
    seq,
    sender,
    sentAtMs: 1,
    body: Uint8Array.from(bytes),
  })
  await server.delivered({ messages: [body(4, [1, 2])] })
  await server.delivered({ messages: [body(4, [1, 2])] })
  expect(server.ups.length).toBe(0)
  await server.delivered({ messages: [body(4, [1, 3])] })
  await asked(trip)
})

test('a message in the place of one that was deleted here is no repeat of that', async () => {
  const lost = await groupOf(trip).send({ text: 'lost' })
  await server.delivered({ accepted: [{ clientSeq: lost.clientSeq, seq: 4 }] })
  await (await groupOf(trip).message(4))?.delete()
  const { message } = await server.up(1)
  await server.delivered({ accepted: [{ clientSeq: message?.clientSeq as number, seq: 5 }] })
  await until(async () => (await groupOf(trip).message(4))?.deleted !== undefined, 2_000, 'the deletion')
  const sent = await groupOf(trip).send({ text: 'another' })
  await server.delivered({ accepted: [{ clientSeq: sent.clientSeq, seq: 4 }] })
  await asked(trip)
  expect(await groupOf(trip).message(4)).toMatchObject({ text: 'another' })
})

test('a read mark that the server has lost is sent again, once (G6)', async () => {
  await server.delivered({ messages: [text(trip, 4, 'hi', 0), text(trip, 5, 'lost', 0)] })
  await groupOf(trip).markRead(4)
  await server.delivered({ messages: [text(trip, 5, 'another', 0)] })
  const reads = (): unknown[] => server.ups.flatMap(({ up }) => (up.read ? [up.read.upTo] : []))
  expect(reads()).toEqual([4])
  const behind = {
    ...detail(trip, 5, 'then'),
    members: [member(0, 'bob'), { ...member(1, 'alice'), read: 2 }],
  }
  await server.delivered({ responses: [{ request: await asked(trip), chat: behind }] })
  await until(() => reads().length === 2, 2_000, 'the mark')
  expect(reads()).toEqual([4, 4])
  await server.delivered({ responses: [{ request: await asked(club), chat: detail(club, 2, 'then') }] })
  expect(reads()).toEqual([4, 4])
})
