// Does the outbox keep to what the server remembers and what a connection carries, and no chat hold up another?
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Client } from '../../../../../clients/index.ts'
import { until } from '../../../../support/deadline.ts'
import { connectAlice, ScriptedServer } from '../scripted-server.ts'

/** What the server remembers of a device in a chat, and what may be on its way without a PUBACK. */
const OUTBOX_WINDOW = 64

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

const send = (peer: string, count: number): Promise<unknown>[] => {
  const chat = client.direct(peer)
  const sends = Array.from({ length: count }, (_, n) => chat.send({ text: `${peer} ${n}` }))
  void Promise.allSettled(sends)
  return sends
}
const texts = (peer: string): string[] =>
  server.ups.flatMap(({ up }) => (up.message?.text?.startsWith(peer) ? [up.message.text] : []))
const numbered = (peer: string, count: number): string[] =>
  Array.from({ length: count }, (_, n) => `${peer} ${n}`)

test('G8: no more than the window of a chat is published without an answer; an answer makes room', async () => {
  const sends = send('bob', OUTBOX_WINDOW + 5)
  await sends[OUTBOX_WINDOW - 1]
  // What goes to another chat is published behind it.
  await Promise.all(send('carol', 1))
  expect(texts('bob')).toEqual(numbered('bob', OUTBOX_WINDOW))
  const clientSeq = server.ups[0]?.up.message?.clientSeq as number
  server.down({ accepted: [{ clientSeq, seq: 1, more: 4 }] })
  await sends[OUTBOX_WINDOW + 4]
  expect(texts('bob')).toEqual(numbered('bob', OUTBOX_WINDOW + 5))
})

test('G2: a chat whose answers take their time holds up no other, also on the next connection', async () => {
  await Promise.all(send('bob', OUTBOX_WINDOW))
  void send('bob', 1)
  await Promise.all(send('carol', OUTBOX_WINDOW))
  expect(texts('carol')).toEqual(numbered('carol', OUTBOX_WINDOW))
  server.ups.length = 0
  server.cut()
  await until(() => server.connects.length === 2, 5_000, 'the next connection')
  await Promise.all(send('dave', 1))
  expect([texts('bob'), texts('carol')]).toEqual([
    numbered('bob', OUTBOX_WINDOW),
    numbered('carol', OUTBOX_WINDOW),
  ])
})

test('G8: no more than that is published over all chats without a PUBACK; one makes room', async () => {
  server.isAcknowledging = false
  const peers = Array.from({ length: OUTBOX_WINDOW }, (_, n) => `peer${n}`)
  for (const peer of [...peers, 'bob', 'carol']) void send(peer, 1)
  await server.up(OUTBOX_WINDOW - 1)
  // What needs no room overtakes whatever else had left.
  client.direct('dave').typing()
  await until(() => server.ups.some(({ up }) => up.typing), 5_000, 'typing')
  expect([texts('bob'), texts('carol')]).toEqual([[], []])
  server.acknowledge(server.publishes.find(({ topic }) => topic.startsWith('g/')) as object)
  await until(() => texts('bob').length === 1, 5_000, 'what had no room')
  client.direct('dave').typing()
  await until(() => server.ups.filter(({ up }) => up.typing).length === 2, 5_000, 'typing')
  expect(texts('carol')).toEqual([])
})
