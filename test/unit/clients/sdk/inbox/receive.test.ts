import { afterEach, beforeEach, expect, test } from 'vitest'
import { memoryStore, type Client, type GapEvent, type LocalStore } from '../../../../../clients/index.ts'
import { errorCode } from '../../../../../proto/errors.ts'
import { chatBytesOf, directChatId, groupChatId, type UserId } from '../../../../../proto/ids.ts'
import { until } from '../../../../support/deadline.ts'
import { connectAlice, firstText, ScriptedServer, text } from '../scripted-server.ts'

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

test('G2: a frame is acknowledged only after the local store has it', async () => {
  const store = memoryStore()
  const write = store.write.bind(store)
  let letThrough = (): void => {}
  const allowed = new Promise<void>((resolve) => {
    letThrough = resolve
  })
  await listen(store)
  let isHeld = false
  store.write = async (changes) => {
    isHeld = true
    await allowed
    await write(changes)
  }
  const packetId = server.down({ messages: [firstText(chat, 'hello')] })
  await until(() => isHeld, 2_000, 'the write')
  // Somebody who begins to listen has what is there handed out.
  client?.on('change', () => {})
  await new Promise((resolve) => setImmediate(resolve))
  expect(server.pubacks).not.toContain(packetId)
  expect(seen).toEqual([])
  letThrough()
  await until(() => server.pubacks.includes(packetId), 2_000, 'the PUBACK')
  expect(seen).toEqual(['1 bob hello'])
  expect((await store.messages(chat, 0, 10, 10)).map(({ text: words }) => words)).toEqual(['hello'])
})

test('G4: repeats are dropped by chat and seq', async () => {
  await listen()
  await server.delivered({ messages: [firstText(chat, 'a'), text(chat, 2, 'b', 0)] })
  await server.delivered({ messages: [text(chat, 2, 'b', 0), text(chat, 3, 'c', 0)] })
  await server.delivered({ messages: [firstText(chat, 'a')] })
  expect(seen).toEqual(['1 bob a', '2 bob b', '3 bob c'])
})

test('G4: a message comes once, also after a restart with the same store', async () => {
  const store = memoryStore()
  await listen(store)
  await server.delivered({ messages: [firstText(chat, 'a')] })
  await client?.close()
  await listen(store)
  await server.delivered({ messages: [firstText(chat, 'a'), text(chat, 2, 'b', 0)] })
  expect(seen).toEqual(['1 bob a', '2 bob b'])
})

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

test('frames with what this version does not know are acknowledged, and the rest of them is read', async () => {
  await listen()
  const errors: string[] = []
  client?.on('error', ({ code }) => errors.push(code))
  const { encodeDown } = await import('../../../../../proto/codec.ts')
  const frame = encodeDown({ messages: [firstText(chat, 'a')] })
  const packetId = server.bytes(new Uint8Array([...frame, 0x7a, 1, 0xff]))
  const broken = server.bytes(new Uint8Array([0x0a, 0xff, 0xff]))
  await until(() => server.pubacks.includes(broken), 2_000, 'PUBACK')
  expect(server.pubacks).toContain(packetId)
  expect(seen).toEqual(['1 bob a'])
  expect(errors).toEqual(['malformed-frame'])
})

test('a body with its content type arrives as it was sent', async () => {
  await listen()
  const bodies: (Uint8Array | undefined)[] = []
  client?.on('message', ({ body }) => bodies.push(body))
  const message = {
    chat: chatBytesOf(chat),
    seq: 1,
    directMembers: ['bob', 'alice'],
    contentType: 'image/png',
  }
  await server.delivered({ messages: [{ ...message, body: new Uint8Array([1, 2, 3]) }] })
  expect(bodies).toEqual([new Uint8Array([1, 2, 3])])
  const [kept] = (await client?.chat(chat).history()) ?? []
  expect(kept).toMatchObject({ contentType: 'image/png', sender: 'bob', isOwn: false })
})

test('typing is told with the user, and is not acknowledged', async () => {
  await listen()
  const typing: object[] = []
  client?.on('typing', (event) => typing.push(event))
  await server.delivered({ messages: [firstText(chat, 'a')] })
  server.ephemeral({ typing: [{ chat: chatBytesOf(chat), member: 0 }] })
  server.ephemeral({ typing: [{ chat: chatBytesOf(chat), member: 0, stopped: true }] })
  await until(() => typing.length === 2, 2_000, 'typing')
  expect(typing).toEqual([
    { chatId: chat, user: 'bob', isTyping: true },
    { chatId: chat, user: 'bob', isTyping: false },
  ])
  expect(server.pubacks.length).toBe(2)
})
