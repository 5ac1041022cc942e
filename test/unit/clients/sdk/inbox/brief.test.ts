// What a device makes of seqs that ended before it got them: no gap, whoever tells it, and also after a restart.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { memoryStore, type Client, type LocalStore } from '../../../../../clients/index.ts'
import { directChatId, type UserId } from '../../../../../proto/ids.ts'
import { until } from '../../../../support/deadline.ts'
import { connectAlice, firstText, ScriptedServer, text } from '../scripted-server.ts'

const chat = directChatId('alice' as UserId, 'bob' as UserId)

let server: ScriptedServer
let client: Client | undefined
let gaps: unknown[]
let seen: number[]
beforeEach(async () => {
  server = await ScriptedServer.start()
  gaps = []
  seen = []
})
afterEach(async () => {
  await client?.close({ drainMs: 0 })
  client = undefined
  await server.stop()
})

async function listen(store: LocalStore = memoryStore()): Promise<Client> {
  client = await connectAlice(server, { store })
  client.on('gap', (gap) => gaps.push(gap.chatId && [gap.firstSeq, gap.lastSeq]))
  client.on('message', ({ seq }) => seen.push(seq))
  return client
}

test('G2: what ended by its own time is no gap; what is missing before it is one', async () => {
  await listen()
  await server.delivered({ messages: [firstText(chat, 'a')] })
  await server.delivered({ messages: [{ ...text(chat, 4, 'b', 1), briefBefore: 2 }] })
  await until(() => seen.length === 2, 2_000, 'both')
  expect([seen, gaps]).toEqual([[1, 4], []])
  await server.delivered({ messages: [{ ...text(chat, 9, 'c', 1), briefBefore: 2 }] })
  await until(() => seen.length === 3, 2_000, 'all')
  expect(gaps).toEqual([[5, 6]])
})

test('G2: an own send behind the hole tells it, too', async () => {
  const alice = await listen()
  await server.delivered({ messages: [firstText(chat, 'a')] })
  const sent = await alice.chat(chat).send({ text: 'mine' })
  await server.delivered({ accepted: [{ clientSeq: sent.clientSeq, seq: 3, briefBefore: 1 }] })
  expect(await sent.accepted).toBe(3)
  await server.delivered({ messages: [text(chat, 4, 'b', 1)] })
  await until(() => seen.length === 2, 2_000, 'both')
  expect(gaps).toEqual([])
})

test('G2: it is known after a restart, while an answer is awaited that might fill the hole', async () => {
  const store = memoryStore()
  const alice = await listen(store)
  await server.delivered({ messages: [firstText(chat, 'a')] })
  const sent = await alice.chat(chat).send({ text: 'mine' })
  await server.delivered({ messages: [{ ...text(chat, 3, 'b', 1), briefBefore: 1 }] })
  await client?.close({ drainMs: 0 })
  await listen(store)
  await server.delivered({ accepted: [{ clientSeq: sent.clientSeq, seq: 4 }] })
  await until(() => seen.includes(3), 2_000, 'what waited')
  expect(gaps).toEqual([])
})

test('quiet messages are handed out, and are not unread', async () => {
  const alice = await listen()
  await server.delivered({ messages: [firstText(chat, 'a')] })
  await server.delivered({ messages: [{ ...text(chat, 2, 'psst', 1), quiet: true }] })
  await until(() => seen.length === 2, 2_000, 'both')
  expect(alice.chat(chat).unread).toBe(1)
})
