import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Client, type GapEvent, type LocalStore } from '../../../../../clients/index.ts'
import { errorCode } from '../../../../../proto/errors.ts'
import { chatBytesOf, directChatId, groupChatId, type UserId } from '../../../../../proto/ids.ts'
import { until } from '../../../../support/deadline.ts'
import { connectAlice, ScriptedServer, text } from '../scripted-server.ts'

const chat = directChatId('alice' as UserId, 'bob' as UserId)
const group = groupChatId(new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]))

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

function detail(lastSeq: number): object {
  const members = [
    { number: 0, user: 'bob', role: 1, joinSeq: 1 },
    { number: 1, user: 'alice', role: 1, joinSeq: 1 },
  ]
  return { chat: chatBytesOf(chat), direct: true, lastSeq, myNumber: 1, members }
}

test('a message of an unknown chat is stored, acknowledged, and handed out when its members are known', async () => {
  await listen()
  await server.delivered({ messages: [text(chat, 5, 'x', 0)] })
  expect(seen).toEqual([])
  const asked = await server.up(0)
  await server.delivered({ messages: [text(chat, 6, 'y', 1)] })
  await server.delivered({ responses: [{ request: asked.query?.request as number, chat: detail(6) }] })
  expect(seen).toEqual(['5 bob x', '6 alice y'])
  expect(server.ups.length).toBe(1)
})

test('senders that the server no longer tells have their number for a name', async () => {
  await listen()
  await server.delivered({ messages: [text(chat, 5, 'x', 9)] })
  const asked = await server.up(0)
  const refused = { request: asked.query?.request as number, code: errorCode('unknown-chat') }
  await server.delivered({ rejected: [refused] })
  expect(seen).toEqual(['5 #9 x'])
})

test('being added again to a group is a jump and no gap', async () => {
  await listen()
  const gaps: GapEvent[] = []
  client?.on('gap', (gap) => gaps.push(gap))
  const member = (number: number, user: string): object => ({ number, user, role: 1 })
  const change = (seq: number, what: object): object => ({
    chat: chatBytesOf(group),
    seq,
    sender: 0,
    change: what,
  })
  const roster = { name: 'trip', members: [member(0, 'bob'), member(1, 'alice'), member(2, 'carol')] }
  await server.delivered({
    messages: [
      change(1, { created: { name: 'trip', members: [member(0, 'bob'), member(1, 'alice')] } }),
      change(2, { removed: { members: [1] } }),
      change(9, { added: { members: [member(1, 'alice'), member(2, 'carol')], roster } }),
      text(group, 10, 'welcome', 2),
    ],
  })
  expect(seen).toEqual(['1 bob created', '2 bob removed', '9 bob added', '10 carol welcome'])
  expect(gaps).toEqual([])
  expect(await client?.chat(group).members()).toEqual([
    { user: 'bob', isAdmin: false },
    { user: 'alice', isAdmin: false },
    { user: 'carol', isAdmin: false },
  ])
})

test('being removed and added again within one frame leaves no gap where an own message was', async () => {
  const alice = await listen()
  const gaps: GapEvent[] = []
  alice.on('gap', (gap) => gaps.push(gap))
  const members = [
    { number: 0, user: 'bob', role: 2 },
    { number: 1, user: 'alice', role: 1 },
  ]
  const change = (seq: number, what: object): object => ({
    chat: chatBytesOf(group),
    seq,
    sender: 0,
    change: what,
  })
  const roster = { name: 'trip', members }
  await server.delivered({ messages: [change(3, { added: { members: [members[1]], roster } })] })
  const sent = await alice.chat(group).send({ text: 'mine' })
  await server.delivered({
    messages: [
      text(group, 5, 'yours', 0),
      change(6, { removed: { members: [1] } }),
      change(9, { added: { members: [members[1]], roster } }),
    ],
    accepted: [{ clientSeq: sent.clientSeq, seq: 4 }],
  })
  expect(await sent.accepted).toBe(4)
  expect(seen).toEqual(['3 bob added', '5 bob yours', '6 bob removed', '9 bob added'])
  expect(gaps).toEqual([])
})

test('an answer from before an own addition does not leave the added without a name', async () => {
  const alice = await listen()
  const members = [
    { number: 0, user: 'bob', role: 1 },
    { number: 1, user: 'alice', role: 2 },
  ]
  const created = {
    chat: chatBytesOf(group),
    seq: 1,
    sender: 0,
    change: { created: { name: 'trip', members } },
  }
  await server.delivered({ messages: [created] })
  const trip = alice.chat(group)
  if (trip.kind !== 'group') throw new Error('not a group')
  const answer = (lastSeq: number, users: string[]): object => ({
    chat: chatBytesOf(group),
    name: 'trip',
    lastSeq,
    members: users.map((user, number) => ({ number, user, role: 1 })),
  })
  const asked = (n: number): Promise<number> => server.up(n).then(({ query }) => query?.request as number)

  const first = trip.add('carol')
  const carolsSeq = (await server.up(0)).add?.clientSeq as number
  await server.delivered({ accepted: [{ clientSeq: carolsSeq, seq: 2 }] })
  await first
  await server.delivered({ messages: [text(group, 3, 'hi', 2)] })
  const firstAsk = await asked(1)
  const second = trip.add('dave')
  const davesSeq = (await server.up(2)).add?.clientSeq as number
  // Both wait in the mailbox: the answer was made before the second addition.
  await server.delivered({
    messages: [text(group, 5, 'hello', 3)],
    accepted: [{ clientSeq: davesSeq, seq: 4 }],
    responses: [{ request: firstAsk, chat: answer(3, ['bob', 'alice', 'carol']) }],
  })
  await second
  const secondAsk = await asked(3)
  await server.delivered({
    responses: [{ request: secondAsk, chat: answer(5, ['bob', 'alice', 'carol', 'dave']) }],
  })
  await until(
    () => seen.length === 3,
    2_000,
    () => seen.join(', '),
  )
  expect(seen).toEqual(['1 bob created', '3 carol hi', '5 dave hello'])
})

test('members whom nobody named in time are asked for until the server answers; messages do not wait so long', async () => {
  const alice = await listen()
  await server.delivered({ messages: [text(group, 7, 'who am I?', 2)] })
  const asked = (n: number): Promise<number> => server.up(n).then(({ query }) => query?.request as number)
  for (let n = 0; n < 4; n++) {
    const refused = { request: await asked(n), code: errorCode('unavailable') }
    await server.delivered({ rejected: [refused] })
  }
  expect(seen).toEqual(['7 #2 who am I?'])
  const members = ['bob', 'alice', 'carol'].map((user, number) => ({ number, user, role: 1 }))
  const detail = { chat: chatBytesOf(group), name: 'trip', lastSeq: 7, members }
  await server.delivered({ responses: [{ request: await asked(4), chat: detail }] })
  const history = await alice.chat(group).history()
  expect([history.map(({ sender }) => sender), seen.length]).toEqual([['carol'], 1])
})

test('a command that changed nothing takes no seq away from the message that has it', async () => {
  await listen()
  const members = [
    { number: 0, user: 'alice', role: 2 },
    { number: 1, user: 'bob', role: 1 },
  ]
  const created = {
    chat: chatBytesOf(group),
    seq: 1,
    sender: 0,
    change: { created: { name: 'trip', members } },
  }
  await server.delivered({ messages: [created] })
  const chatOfGroup = client?.chat(group)
  if (chatOfGroup?.kind !== 'group') throw new Error('not a group')
  const renaming = chatOfGroup.rename('trip')
  const { rename } = await server.up(0)
  await server.delivered({
    messages: [text(group, 2, 'hi', 1)],
    accepted: [{ clientSeq: rename?.clientSeq as number, seq: 2 }],
  })
  await renaming
  expect(seen).toEqual(['1 alice created', '2 bob hi'])
})
