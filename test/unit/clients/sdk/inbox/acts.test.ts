// How do edits, deletions and reactions reach the app, whatever they meet on their way?
import { afterEach, beforeEach, expect, test } from 'vitest'
import { memoryStore, type Client, type LocalStore, type UpdateEvent } from '../../../../../clients/index.ts'
import { bytesOfAct } from '../../../../../clients/sdk/content/wire.ts'
import type { Act } from '../../../../../clients/sdk/said.ts'
import type { Down } from '../../../../../proto/codec.ts'
import { chatBytesOf, directChatId, type UserId } from '../../../../../proto/ids.ts'
import { until } from '../../../../support/deadline.ts'
import { connectAlice, firstText, ScriptedServer, text } from '../scripted-server.ts'

const chat = directChatId('alice' as UserId, 'bob' as UserId)
const [BOB, ALICE] = [0, 1]
const AT_S = 1_700_000_000

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

async function listen(store: LocalStore = memoryStore()): Promise<Client> {
  client = await connectAlice(server, { store })
  client.on('message', ({ seq, text: words, deleted }) => seen.push(`${seq} ${deleted ? 'gone' : words}`))
  client.on('update', ({ kind, by, message }) =>
    seen.push(`${kind} of ${message.seq} by ${by}: ${shown(message)}`),
  )
  return client
}

function shown(message: UpdateEvent['message']): string {
  const reactions = (message.reactions ?? []).map(({ emoji, users }) => `${emoji}${users.join('+')}`)
  return [message.deleted ? 'gone' : message.text, ...reactions].join(' ')
}

function act(seq: number, sender: number, what: Act): NonNullable<Down['messages']>[number] {
  return { chat: chatBytesOf(chat), seq, sender, sentAtS: AT_S, content: bytesOfAct(what), quiet: true }
}

async function sees(...what: string[]): Promise<void> {
  await until(
    () => seen.length >= what.length,
    2_000,
    () => `${what.length} things; saw ${seen.join(', ')}`,
  )
  expect(seen).toEqual(what)
}

test('each is told once, in order, with the message as it is by then; history has no acts in it', async () => {
  const alice = await listen()
  await server.delivered({ messages: [firstText(chat, 'helo')] })
  await server.delivered({ messages: [act(2, BOB, { kind: 'edit', seq: 1, text: 'hello' })] })
  await server.delivered({ messages: [act(2, BOB, { kind: 'edit', seq: 1, text: 'hello' })] })
  await server.delivered({ messages: [act(3, ALICE, { kind: 'reaction', seq: 1, emoji: '👍' })] })
  await server.delivered({ messages: [act(4, BOB, { kind: 'reaction', seq: 1, emoji: '🎉' })] })
  await server.delivered({ messages: [act(5, ALICE, { kind: 'delete', seq: 1 }), text(chat, 6, 'b', BOB)] })
  await sees(
    '1 helo',
    'edit of 1 by bob: hello',
    'reaction of 1 by alice: hello 👍alice',
    'reaction of 1 by bob: hello 👍alice 🎉bob',
    '6 b',
  )
  const messages = await alice.chat(chat).history()
  expect(messages.map(({ seq }) => seq)).toEqual([1, 6])
  expect(messages[0]).toMatchObject({ text: 'hello', earlier: [{ text: 'helo' }] })
  expect((await alice.chat(chat).history({ limit: 1, before: 6 })).map(({ seq }) => seq)).toEqual([1])
  expect(await alice.chat(chat).message(3)).toBeUndefined()
})

test('they count as read and unread by nobody, quiet or not', async () => {
  const alice = await listen()
  const loud = { ...act(2, BOB, { kind: 'reaction', seq: 1, emoji: '👍' }), quiet: false }
  await server.delivered({ messages: [firstText(chat, 'a'), loud] })
  expect(alice.chat(chat).unread).toBe(1)
})

test('who has not seen a message yet sees it as it is by now: of a deleted one nothing', async () => {
  client = await connectAlice(server)
  await server.delivered({ messages: [firstText(chat, 'secret')] })
  await server.delivered({ messages: [act(2, BOB, { kind: 'delete', seq: 1 })] })
  client.on('message', ({ seq, text: words, deleted }) => seen.push(`${seq} ${words} ${deleted?.by}`))
  await sees('1 undefined bob')
})

test('after a restart with the same store the message is what it was, and nothing is told twice', async () => {
  const store = memoryStore()
  await listen(store)
  await server.delivered({
    messages: [firstText(chat, 'helo'), act(2, BOB, { kind: 'edit', seq: 1, text: 'hello' })],
  })
  await until(() => seen.length === 2, 2_000, 'both')
  await client?.close({ drainMs: 0 })
  const again = await listen(store)
  await server.delivered({ messages: [act(3, BOB, { kind: 'edit', seq: 1, text: 'hello!' })] })
  await until(() => seen.length === 3, 2_000, 'the third')
  const [message] = await again.chat(chat).history()
  expect(message?.earlier?.map((earlier) => earlier.text)).toEqual(['helo', 'hello'])
})

test('an answer to an own message that overtakes its Accepted is there when that comes', async () => {
  const alice = await listen()
  await server.delivered({ messages: [firstText(chat, 'a')] })
  const sent = await alice.chat(chat).send({ text: 'mine' })
  await server.delivered({ messages: [act(3, BOB, { kind: 'reaction', seq: 2, emoji: '👍' })] })
  await server.delivered({ accepted: [{ clientSeq: sent.clientSeq, seq: 2 }] })
  expect(await alice.chat(chat).message(2)).toMatchObject({ reactions: [{ emoji: '👍', users: ['bob'] }] })
})

test('what this device does shows when it has its seq, judged by the times of the server', async () => {
  const alice = await listen()
  await server.delivered({ messages: [firstText(chat, 'a')] })
  const sent = await alice.chat(chat).send({ text: 'mine' })
  await server.delivered({ accepted: [{ clientSeq: sent.clientSeq, seq: 2 }] })
  const mine = await alice.chat(chat).message(2)
  const edit = await mine?.edit('better')
  const nowS = Math.floor(Date.now() / 1000)
  await server.delivered({ accepted: [{ clientSeq: edit?.clientSeq ?? 0, seq: 3, atS: nowS }] })
  await until(() => seen.length === 2, 2_000, 'the edit')
  const late = await (await alice.chat(chat).message(2))?.edit('too late')
  await server.delivered({ accepted: [{ clientSeq: late?.clientSeq ?? 0, seq: 4, atS: nowS + 49 * 3_600 }] })
  await server.delivered({ messages: [text(chat, 5, 'end', BOB)] })
  await sees('1 a', 'edit of 2 by alice: better', '5 end')
})

test('what may not be done is told before anything is sent', async () => {
  const alice = await listen()
  await server.delivered({ messages: [firstText(chat, 'old')] })
  const message = await alice.chat(chat).message(1)
  const code = 'bad-content'
  await expect(message?.edit('mine')).rejects.toMatchObject({ code })
  await expect(message?.delete()).rejects.toMatchObject({ code })
  await expect(message?.react('no emoji')).rejects.toMatchObject({ code })
  await server.delivered({ messages: [{ ...text(chat, 2, 'mine', ALICE), sentAtS: AT_S }] })
  await expect((await alice.chat(chat).message(2))?.edit('after 48 hours')).rejects.toMatchObject({ code })
  await server.delivered({ messages: [act(3, BOB, { kind: 'delete', seq: 1 })] })
  await expect((await alice.chat(chat).message(1))?.react('👍')).rejects.toMatchObject({ code })
  expect(server.ups).toEqual([])
})

test('content of which nothing is known keeps its place and shows nothing', async () => {
  const alice = await listen()
  const content = Uint8Array.of(0xfa, 0x07, 1, 7)
  await server.delivered({
    messages: [firstText(chat, 'a'), { ...act(2, BOB, { kind: 'delete', seq: 9 }), content }],
  })
  await server.delivered({ messages: [text(chat, 3, 'b', BOB)] })
  await sees('1 a', '3 b')
  expect(alice.chat(chat).lastSeq).toBe(3)
})

test('when the server has lost the end of a chat, what was done there is undone, and done anew', async () => {
  const alice = await listen()
  await server.delivered({ messages: [firstText(chat, 'a')] })
  await server.delivered({ messages: [text(chat, 2, 'lost', BOB)] })
  await server.delivered({ messages: [act(9, BOB, { kind: 'reaction', seq: 1, emoji: '👎' })] })
  expect(await alice.chat(chat).message(1)).toMatchObject({ reactions: [{ emoji: '👎' }] })
  await server.delivered({ messages: [text(chat, 2, 'another', BOB)] })
  expect((await alice.chat(chat).message(1))?.reactions).toBeUndefined()
  await server.delivered({ messages: [act(3, BOB, { kind: 'reaction', seq: 1, emoji: '👍' })] })
  expect(await alice.chat(chat).message(1)).toMatchObject({ reactions: [{ emoji: '👍' }] })
})
