// Does the terminal say on which day something was written, what kind of chat it is, and why there is no connection?
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ChatRoom } from '../../../../clients/cli/terminal/chat-room.ts'
import type { Client } from '../../../../clients/index.ts'
import { directChatId, groupChatId, chatBytesOf, type UserId } from '../../../../proto/ids.ts'
import { until } from '../../../support/deadline.ts'
import { Paper } from './paper.ts'
import { connectAlice, firstText, ScriptedServer, text } from '../sdk/scripted-server.ts'

const CHAT = directChatId('alice' as UserId, 'bob' as UserId)
const DAY_S = 86_400

let server: ScriptedServer
let client: Client
let paper: Paper
let room: ChatRoom
beforeEach(async () => {
  server = await ScriptedServer.start()
  client = await connectAlice(server)
  paper = new Paper()
  room = new ChatRoom(client, paper.asScreen, server.url)
})
afterEach(async () => {
  room.quit()
  await client.close({ drainMs: 0 })
  await server.stop()
})

const shows = (line: RegExp): Promise<unknown> =>
  until(
    () => paper.lines.some((one) => line.test(one)),
    2_000,
    () => `${line} in ${paper.lines.join('\n')}`,
  )
const longDay = (atS: number): string =>
  new Date(atS * 1000).toLocaleDateString('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  })

test('a day is told where it begins, and none where all is from today', async () => {
  await room.enter(client.direct('bob'))
  const todayS = Math.floor(Date.now() / 1000)
  const oldS = todayS - 40 * DAY_S
  await server.delivered({
    messages: [
      { ...firstText(CHAT, 'old'), sentAtS: oldS },
      { ...text(CHAT, 2, 'same day', 0), sentAtS: oldS },
      { ...text(CHAT, 3, 'new', 0), sentAtS: todayS },
    ],
  })
  await shows(/bob: new/)
  const told = (): string[] => paper.lines.map((line) => line.replace(/^\d\d:\d\d /, ''))
  const inOrder = [`-- ${longDay(oldS)}`, 'bob: old', 'bob: same day', `-- ${longDay(todayS)}`, 'bob: new']
  expect(told()).toEqual(inOrder)
  // Opened again, it tells the same of what is stored.
  await room.open(client.direct('bob'))
  expect(told().filter((line) => !line.startsWith('-- new since'))).toEqual(inOrder)
  paper.clear()
  await server.delivered({ messages: [{ ...text(CHAT, 4, 'newer', 0), sentAtS: todayS }] })
  await shows(/bob: newer/)
  expect(told()).toEqual(['bob: newer'])
})

test('a group is called one, so that none passes for a person', async () => {
  const group = groupChatId(new Uint8Array(10).fill(7))
  await room.enter(client.direct('bob'))
  expect([paper.prompt, paper.title]).toEqual(['bob', 'alice/phone · bob · connected'])
  const created = {
    name: 'bob',
    members: [
      { number: 0, user: 'mallory' },
      { number: 1, user: 'alice' },
    ],
  }
  await server.delivered({
    messages: [{ chat: chatBytesOf(group), seq: 1, sender: 0, sentAtS: 1_700_000_000, change: { created } }],
  })
  await shows(/^-- group bob: \* mallory created the group bob.*\(\/open group:bob\)/)
  await room.open(client.chat(group))
  expect([paper.prompt, paper.title]).toEqual(['group bob', 'alice/phone · group bob · connected'])
})

test('why there is no connection is told once for each reason', async () => {
  await room.enter(client.direct('bob'))
  await server.stop()
  await shows(/^-- no connection: nothing listens at 127\.0\.0\.1:\d+/)
  let attempts = 0
  client.on('disconnected', () => attempts++)
  await until(() => attempts >= 2, 5_000, 'more attempts')
  expect(paper.lines.filter((line) => line.includes('nothing listens'))).toHaveLength(1)
})
