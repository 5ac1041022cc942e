// Does the terminal show what messages say beside their text, and what is done to them? And can a person do it there?
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ChatRoom } from '../../../../clients/cli/terminal/chat-room.ts'
import { Paper } from './paper.ts'
import type { Client } from '../../../../clients/index.ts'
import { bytesOfAct, bytesOfSaid, readContent } from '../../../../clients/sdk/content/wire.ts'
import type { Act, Said } from '../../../../clients/sdk/said.ts'
import type { DecodedUp, Down } from '../../../../proto/codec.ts'
import { chatBytesOf, directChatId, type UserId } from '../../../../proto/ids.ts'
import { until } from '../../../support/deadline.ts'
import { connectAlice, firstText, ScriptedServer, text } from '../sdk/scripted-server.ts'

const CHAT = directChatId('alice' as UserId, 'bob' as UserId)
const [BOB, ALICE] = [0, 1]
const nowS = Math.floor(Date.now() / 1000)

let server: ScriptedServer
let client: Client
let paper: Paper
let room: ChatRoom
beforeEach(async () => {
  server = await ScriptedServer.start()
  client = await connectAlice(server)
  paper = new Paper()
  room = new ChatRoom(client, paper.asScreen, server.url)
  await room.enter(client.direct('bob'))
})
afterEach(async () => {
  room.quit()
  await client.close({ drainMs: 0 })
  await server.stop()
})

type Wire = NonNullable<Down['messages']>[number]
const said = (seq: number, sender: number, words: string, more: Partial<Wire> = {}): Wire => ({
  ...text(CHAT, seq, words, sender),
  sentAtS: nowS,
  ...more,
})
const act = (seq: number, sender: number, what: Act): Wire => ({
  chat: chatBytesOf(CHAT),
  seq,
  sender,
  sentAtS: nowS,
  content: bytesOfAct(what),
  quiet: true,
})
const first = { ...firstText(CHAT, 'lunch?'), sentAtS: nowS }

const shows = (...lines: string[]): Promise<unknown> =>
  until(
    () => JSON.stringify(paper.said) === JSON.stringify(lines),
    2_000,
    () => `${lines.join('\n')}\nin\n${paper.said.join('\n')}`,
  )

test('what others do changes the line of the message, and makes none', async () => {
  await server.delivered({ messages: [first, said(2, ALICE, 'when?')] })
  await shows('bob: lunch?', 'you: when?  ✓')
  await server.delivered({ messages: [act(3, BOB, { kind: 'edit', seq: 1, text: 'lunch at 12?' })] })
  await server.delivered({ messages: [act(4, BOB, { kind: 'reaction', seq: 2, emoji: '👍' })] })
  await shows('bob: lunch at 12? (edited)', 'you: when? [👍 bob]  ✓')
  await server.delivered({ messages: [act(5, BOB, { kind: 'delete', seq: 1 })] })
  await shows('bob: <deleted by bob>', 'you: when? [👍 bob]  ✓')
})

test('places, contacts, files, forwarded messages and answers are told, whatever control characters are in them', async () => {
  const more = (what: Said): Partial<Wire> => {
    const content = bytesOfSaid(what)
    return content ? { content } : {}
  }
  const nothing = { text: null }
  await server.delivered({
    messages: [
      first,
      said(2, BOB, '', {
        ...more({ location: { latitude: 52.5, longitude: 13.4, name: 'Ca\u001bfé' } }),
        ...nothing,
      }),
      said(3, BOB, '', { ...more({ contact: { name: 'Carol\nDoe' } }), ...nothing }),
      said(4, BOB, 'the plan', more({ attachments: [{ url: 'https://x.example/1', name: 'plan.pdf' }] })),
      said(5, BOB, 'news', more({ forwarded: true })),
      said(6, BOB, 'well?', more({ replyTo: 1 })),
      said(7, BOB, 'hm', more({ replyTo: 999 })),
    ],
  })
  await shows(
    'bob: lunch?',
    'bob: <place: Ca fé>',
    'bob: <contact: Carol Doe>',
    'bob: the plan <file: plan.pdf>',
    'bob: (forwarded) news',
    'bob: ↪ "lunch?": well?',
    'bob: ↪ something: hm',
  )
})

/** The n-th message that is sent; read marks are not counted. */
const sentMessage = (n: number): Promise<NonNullable<DecodedUp['message']>> =>
  until(() => server.ups.flatMap(({ up }) => up.message ?? [])[n], 2_000, `message ${n}`)

/** What the n-th one does. */
async function done(n: number): Promise<unknown> {
  const message = await sentMessage(n)
  const { act: what, said: beside } = readContent(message.content as Uint8Array, message.text ?? '')
  return what ?? { text: message.text, ...beside }
}

test('/reply and /react mean the last message of others, /edit and /delete the last own one, or the one named', async () => {
  await server.delivered({
    messages: [first, said(2, ALICE, 'when?'), said(3, BOB, '12'), said(4, ALICE, 'ok')],
  })
  await shows('bob: lunch?', 'you: when?  ✓', 'bob: 12', 'you: ok  ✓')
  const typed: [string, unknown][] = [
    ['/reply too early', { text: 'too early', replyTo: 3 }],
    ['/reply #1 yes', { text: 'yes', replyTo: 1 }],
    ['/react 👍', { kind: 'reaction', seq: 3, emoji: '👍' }],
    ['/react #2', { kind: 'reaction', seq: 2, emoji: '' }],
    ['/edit fine', { kind: 'edit', seq: 4, text: 'fine' }],
    ['/edit #2 at what time?', { kind: 'edit', seq: 2, text: 'at what time?' }],
    ['/delete', { kind: 'delete', seq: 4 }],
    ['/delete #2', { kind: 'delete', seq: 2 }],
  ]
  for (const [i, [line, does]] of typed.entries()) {
    paper.onInput(line)
    expect(await done(i), line).toEqual(does)
  }
})

test('an answer shows what it answers once it has its place, and /list the numbers', async () => {
  await server.delivered({ messages: [first] })
  await shows('bob: lunch?')
  paper.onInput('/reply yes')
  const { clientSeq } = await sentMessage(0)
  await server.delivered({ accepted: [{ clientSeq: clientSeq ?? 0, seq: 2 }] })
  await shows('bob: lunch?', 'you: ↪ "lunch?": yes  ✓')
  paper.onInput('/list')
  await until(
    () => paper.lines.includes('-- #2 you: ↪ something: yes'),
    2_000,
    () => paper.lines.join('\n'),
  )
  expect(paper.lines).toContain('-- #1 bob: lunch?')
})

test('/delete of what is no number deletes nothing: not the last message in its place', async () => {
  await server.delivered({ messages: [first, said(2, ALICE, 'when?')] })
  await shows('bob: lunch?', 'you: when?  ✓')
  paper.onInput('/delete 1')
  await until(
    () => paper.lines.some((one) => one.includes('write for example: /delete #12')),
    2_000,
    () => paper.lines.join('\n'),
  )
  expect(server.ups.filter(({ up }) => up.message)).toEqual([])
})

test.each([
  ['/edit mine', 'there is no message to do that with'],
  ['/edit #1 mine', 'only who sent a message may edit it'],
  ['/delete #1', 'only its sender or an admin'],
  ['/react #1 two words', 'is no reaction'],
  ['/reply #77 yes', 'there is no message #77'],
  ['/reply', 'write for example: /reply yes'],
])('%s: %s', async (line, why) => {
  await server.delivered({ messages: [first] })
  await shows('bob: lunch?')
  paper.onInput(line)
  await until(
    () => paper.lines.some((one) => one.includes(why)),
    2_000,
    () => paper.lines.join('\n'),
  )
  expect(server.ups.filter(({ up }) => up.message)).toEqual([])
})
