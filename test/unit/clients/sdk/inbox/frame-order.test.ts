// What one frame says of a chat is taken in the chat's order, though decoding loses the order between kinds of entries.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Client, GapEvent, Group } from '../../../../../clients/index.ts'
import { chatBytesOf, groupChatId } from '../../../../../proto/ids.ts'
import { connectAlice, ScriptedServer, text } from '../scripted-server.ts'

const group = groupChatId(new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]))
const bytes = chatBytesOf(group)
const MEMBERS = [
  { number: 0, user: 'bob', role: 2 },
  { number: 1, user: 'alice', role: 2 },
]
const change = (seq: number, what: object): object => ({ chat: bytes, seq, sender: 0, change: what })
const detail = (lastSeq: number, name: string): object => ({ chat: bytes, name, lastSeq, members: MEMBERS })

let server: ScriptedServer
let client: Client
let trip: Group
const gaps: GapEvent[] = []
const setbacks: number[] = []
beforeEach(async () => {
  server = await ScriptedServer.start()
  client = await connectAlice(server)
  gaps.length = setbacks.length = 0
  client.on('message', () => {})
  client.on('gap', (gap) => gaps.push(gap))
  client.on('setback', ({ firstSeq }) => setbacks.push(firstSeq))
  await server.delivered({ messages: [change(1, { created: { name: 'trip', members: MEMBERS } })] })
  trip = client.chat(group) as Group
})
afterEach(async () => {
  await client.close({ drainMs: 0 })
  await server.stop()
})

test('an own change and a later one of somebody else: the later one stands', async () => {
  void trip.rename('mine').catch(() => {})
  const { rename } = await server.up(0)
  await server.delivered({
    messages: [change(3, { renamed: { name: 'theirs' } })],
    accepted: [{ clientSeq: rename?.clientSeq as number, seq: 2 }],
  })
  expect(trip.name).toBe('theirs')
  expect(gaps).toEqual([])
})

/** The number of a question that is on its way. */
async function ask(): Promise<number> {
  await server.delivered({ messages: [change(2, { added: { members: [] } }), text(group, 3, 'who?', 7)] })
  return (await server.up(0)).query?.request as number
}

test('an answer about the chat and a later change: the change stands, and nothing was set back', async () => {
  const request = await ask()
  await server.delivered({
    messages: [change(4, { renamed: { name: 'newer' } })],
    responses: [{ request, chat: detail(3, 'trip') }],
  })
  expect(trip.name).toBe('newer')
  expect([gaps, setbacks]).toEqual([[], []])
})

test('an answer about the chat says nothing of a hole behind its place', async () => {
  const request = await ask()
  const sent = await trip.send({ text: 'mine' })
  await server.delivered({
    messages: [text(group, 5, 'behind mine', 0)],
    responses: [{ request, chat: detail(3, 'trip') }],
  })
  await server.delivered({ accepted: [{ clientSeq: sent.clientSeq, seq: 4 }] })
  expect([gaps, setbacks]).toEqual([[], []])
})

test('being added again and an answer from then leave no gap', async () => {
  const request = await ask()
  const roster = { name: 'trip', members: MEMBERS }
  await server.delivered({
    messages: [
      change(4, { removed: { members: [1] } }),
      change(9, { added: { members: [MEMBERS[1]], roster } }),
    ],
    responses: [{ request, chat: detail(9, 'trip') }],
  })
  expect([gaps, setbacks]).toEqual([[], []])
})

test('a list that is behind the chat takes no newer name back, and a newer one gives its name', async () => {
  await server.delivered({ messages: [change(2, { renamed: { name: 'newer' } })] })
  const listed = async (lastSeq: number, name: string): Promise<string> => {
    server.chatPages = [{ chats: [{ chat: bytes, name, lastSeq }] }]
    for await (const chat of client.chats()) expect(chat.id).toBe(group)
    return trip.name
  }
  expect(await listed(1, 'trip')).toBe('newer')
  expect(await listed(3, 'newest')).toBe('newest')
})
