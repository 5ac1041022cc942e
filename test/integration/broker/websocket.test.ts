import { once } from 'node:events'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { bareToken, startBareBroker, type BareBroker } from '../../support/bare-broker.ts'
import { until } from '../../support/deadline.ts'
import { connectPacket, pingreqPacket, publishPacket } from '../../support/mqtt-packets.ts'

let bare: BareBroker
beforeEach(async () => {
  bare = await startBareBroker()
})
afterEach(() => bare.stop())

interface Client {
  readonly socket: WebSocket
  /** Each message that arrived, in hex. */
  readonly messages: string[]
}

async function open(path = '/mqtt', protocols: string[] = ['mqtt']): Promise<Client> {
  const socket = new WebSocket(`ws://127.0.0.1:${bare.httpPort}${path}`, protocols)
  const messages: string[] = []
  socket.on('message', (message: Buffer) => messages.push(message.toString('hex')))
  await once(socket, 'open')
  return { socket, messages }
}

async function connected(): Promise<Client> {
  const client = await open()
  client.socket.send(
    connectPacket({ clientId: 'alice/web', username: '', password: await bareToken('alice') }),
  )
  await until(() => client.messages.length === 1, 2_000, 'CONNACK')
  expect(client.messages.splice(0)).toEqual(['20020000'])
  return client
}

test('hooks trap: what is written in one turn is one WebSocket message', async () => {
  const { socket, messages } = await connected()
  for (let i = 1; i <= 3; i++)
    socket.send(publishPacket({ topic: 'g/AAAAAAAAAAAAAA', payload: `${i}`, packetId: i }))
  await until(() => messages.join('').length === 24, 2_000, 'three PUBACKs')
  expect(messages.join('')).toBe('400200014002000240020003')
  messages.length = 0
  const connection = bare.delivery.attached[0]
  connection?.write(Uint8Array.of(1, 2))
  connection?.write(Uint8Array.of(3))
  await until(() => messages.length > 0, 2_000, 'a message')
  expect(messages).toEqual(['010203'])
  socket.close()
})

test('an answer that is last is not lost: the refusing CONNACK comes before the close', async () => {
  const { socket, messages } = await open()
  socket.send(connectPacket({ clientId: 'alice/web', username: '', password: 'guess' }))
  await once(socket, 'close')
  expect(messages).toEqual(['20020004'])
})

test('[MQTT-6.0.0-3] without the subprotocol, or on another path, there is no WebSocket', async () => {
  await expect(open('/mqtt', [])).rejects.toThrow('400')
  await expect(open('/mqtt', ['soap'])).rejects.toThrow('400')
  await expect(open('/other')).rejects.toThrow('404')
  expect((await open('/mqtt?x=1', ['soap', 'mqtt'])).socket.protocol).toBe('mqtt')
})

test('[MQTT-6.0.0-1] a text message closes', async () => {
  const { socket } = await connected()
  socket.send('text')
  await once(socket, 'close')
})

test('G8 a message above the limit closes at once', async () => {
  const { socket } = await connected()
  socket.send(Buffer.alloc(600_000))
  await once(socket, 'close')
  await until(() => bare.broker.connections === 0, 2_000, 'release')
})

test('G8 a long message is not gathered before CONNACK', async () => {
  const { socket } = await open()
  const connect = connectPacket({ clientId: 'alice/web', username: '', password: await bareToken('alice') })
  socket.send(connect.subarray(0, 1))
  for (let i = 0; i < 4; i++) socket.send(Buffer.alloc(50_000), { fin: false })
  await until(() => socket.readyState === WebSocket.CLOSED, 2_000, 'the close')
})

test('G8 a message of very many frames closes, however short they are', async () => {
  const { socket } = await connected()
  // Cut off before all of it is read.
  socket.on('error', () => undefined)
  for (let i = 0; i < 1_200; i++) socket.send(Uint8Array.of(0), { fin: false })
  await once(socket, 'close')
})

test('a message of the largest packet is taken, behind a CONNECT in pieces', async () => {
  const client = await open()
  const connect = connectPacket({ clientId: 'alice/web', username: '', password: await bareToken('alice') })
  for (const byte of connect) client.socket.send(Uint8Array.of(byte))
  await until(() => client.messages.length === 1, 2_000, 'CONNACK')
  const topic = 'g/AAAAAAAAAAAAAA'
  const payload = 'y'.repeat(256 * 1024 - 2 - topic.length - 2)
  client.socket.send(publishPacket({ topic, payload, packetId: 1 }))
  await until(() => client.messages[1] === '40020001', 2_000, 'PUBACK')
  client.socket.terminate()
})

test('a client that does not read fills its own socket and nobody else’s, and is told when it drains', async () => {
  const slow = await connected()
  slow.socket.pause()
  const connection = bare.delivery.attached[0]
  if (!connection) throw new Error('attached')
  let written = 0
  while (connection.write(new Uint8Array(60_000)) || written < 4_000_000) {
    written += 60_000
    await new Promise((resolve) => setImmediate(resolve))
    if (written > 100_000_000) throw new Error('never full')
  }
  let isDrained = false
  connection.onceDrained(() => (isDrained = true))
  const other = await open()
  other.socket.send(connectPacket({ clientId: 'bob/web', username: '', password: await bareToken('bob') }))
  other.socket.send(pingreqPacket())
  await until(() => other.messages.join('') === '20020000d000', 2_000, 'answers')
  expect(isDrained).toBe(false)
  slow.socket.resume()
  await until(() => isDrained, 5_000, 'drain')
  for (const { socket } of [slow, other]) socket.terminate()
})
