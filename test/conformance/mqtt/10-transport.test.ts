// Do TCP and WebSocket carry the same protocol, without the delays and the packets that either is known for? [MQTT-6.0.0-1] [MQTT-6.0.0-2] [MQTT-6.0.0-4]
import { expect, test } from 'vitest'
import { createWebSocketStream, WebSocket } from 'ws'
import { encodeUp } from '../../../proto/codec.ts'
import { connectPacket, publishPacket, subscribePacket } from '../../support/mqtt-packets.ts'
import { Phone } from '../../support/phone.ts'
import { RawClient } from '../../support/raw-client.ts'
import { useServer } from '../../support/use-server.ts'

const use = useServer()

const socketTo = (path: string, protocols: string[]): WebSocket =>
  new WebSocket(`ws://127.0.0.1:${use.server.httpPort}${path}`, protocols)

const closed = (socket: WebSocket): Promise<void> =>
  new Promise((resolve) => socket.once('close', () => resolve()).on('error', () => undefined))

async function webPhone(user: string): Promise<{ raw: RawClient; messages: Buffer[]; socket: WebSocket }> {
  const socket = socketTo('/mqtt', ['mqtt'])
  const messages: Buffer[] = []
  socket.on('message', (data: Buffer) => messages.push(data))
  const raw = new RawClient(createWebSocketStream(socket))
  raw.acksByItself = true
  const connack = await raw.connect({
    clientId: `${user}/web`,
    username: user,
    password: await use.token(user),
  })
  expect(connack.code).toBe(0)
  return { raw, messages, socket }
}

test('a WebSocket of the subprotocol mqtt carries a session [MQTT-6.0.0-3]', async () => {
  const alice = await use.phone('alice/phone')
  const { raw, socket } = await webPhone('bob')
  expect(socket.protocol).toBe('mqtt')
  await raw.subscribe('u/bob')
  await alice.tell('bob', 'over the web')
  expect((await raw.take('publish')).topic).toBe('u/bob')
  raw.cut()
})

test('hooks trap: a PUBLISH is one WebSocket message, not six', async () => {
  const alice = await use.phone('alice/phone')
  const { raw, messages } = await webPhone('carol')
  await raw.subscribe('u/carol')
  const before = messages.length
  await alice.tell('carol', 'one message')
  const packet = await raw.take('publish')
  expect(messages.slice(before).map((message) => message.length)).toEqual([packet.size])
  raw.cut()
})

test('a packet over several WebSocket messages, and several packets in one, are read [MQTT-6.0.0-2]', async () => {
  const socket = socketTo('/mqtt', ['mqtt'])
  const raw = new RawClient(createWebSocketStream(socket))
  const connect = connectPacket({ clientId: 'dave/web', username: 'dave', password: await use.token('dave') })
  raw.send(connect.subarray(0, 3))
  raw.send(connect.subarray(3, 20))
  raw.send(connect.subarray(20), subscribePacket(5, [['u/dave', 1]]))
  expect((await raw.expect('connack')).code).toBe(0)
  expect((await raw.expect('suback')).codes).toEqual([1])
  raw.cut()
})

test('a text message closes a WebSocket [MQTT-6.0.0-1]', async () => {
  const socket = socketTo('/mqtt', ['mqtt'])
  await new Promise<void>((resolve) => socket.once('open', () => resolve()))
  socket.send('text')
  await closed(socket)
})

test('another path or subprotocol gets no WebSocket', async () => {
  await closed(socketTo('/elsewhere', ['mqtt']))
  const other = socketTo('/mqtt', ['soap'])
  let opened = false
  other.once('open', () => (opened = true))
  await closed(other)
  expect(opened).toBe(false)
})

test('trap 17: a WebSocket message above the packet limit closes', async () => {
  const { raw, socket } = await webPhone('erin')
  socket.send(Buffer.concat([Buffer.of(0x32, 0xff, 0xff, 0xff, 0x7f), Buffer.alloc(4_000_000)]))
  await raw.expectClosed()
})

test('trap 18: with one message in flight no hop waits for a delayed acknowledgement', async () => {
  const alice = await use.phone('alice/phone')
  const bob = await use.phone('bob/phone')
  const chat = alice.direct('bob')
  const rounds: number[] = []
  /** Of the last ones: the first rounds of a connection are acknowledged at once. */
  const medianMs = (): number => rounds.slice(-20).toSorted((a, b) => a - b)[10] ?? Infinity
  // One Nagle wait alone is 40 ms, in each round; a busy machine has better moments.
  for (let i = 0; i < 60 || (medianMs() > 30 && i < 1_000); i++) {
    const startMs = performance.now()
    await alice.text(chat, `${i}`, { peer: 'bob' })
    await bob.next('messages', (item) => item.text === `${i}`)
    rounds.push(performance.now() - startMs)
  }
  expect(medianMs()).toBeLessThan(30)
})

test('packets split at every byte are read', async () => {
  const alice = await use.phone('alice/phone')
  const bytes = publishPacket({
    topic: `g/${alice.direct('bob')}`,
    packetId: 3,
    payload: encodeUp({ message: { clientSeq: Phone.nextClientSeq(), text: 'drop by drop', peer: 'bob' } }),
  })
  for (const byte of bytes) alice.raw.send(Buffer.of(byte))
  expect((await alice.raw.take('puback')).packetId).toBe(3)
})

test('health and readiness are plain HTTP on the same port as WebSocket, metrics are at one of their own', async () => {
  const get = async (path: string) => {
    const answer = await fetch(`http://127.0.0.1:${use.server.httpPort}${path}`)
    return { status: answer.status, text: await answer.text() }
  }
  expect((await get('/healthz')).status).toBe(200)
  expect((await get('/readyz')).status).toBe(200)
  const metrics = [...(await use.server.metrics()).keys()].join('\n')
  expect(metrics).toMatch(/^restante_broker_\w+/m)
  expect(metrics).not.toMatch(/alice|bob/)
  expect((await get('/metrics')).status).toBe(404)
  expect((await get('/nothing')).status).toBe(404)
})
