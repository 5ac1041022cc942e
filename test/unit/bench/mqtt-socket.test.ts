// Does the load generator hear everything that it acknowledges?
import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { MqttSocket } from '../../../bench/mqtt-socket.ts'
import { publishPacket } from '../../support/mqtt-packets.ts'

const CONNACK = Buffer.from([0x20, 2, 1, 0])
const LOGIN = { clientId: 'alice/bench', user: 'alice', token: 'token' }

const server = createServer({ noDelay: true })
afterEach(() => void server.close())

test('G2: a frame that comes in one chunk with the CONNACK is heard, and then acknowledged', async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const frame = publishPacket({ topic: 'u/alice', payload: Buffer.from('frame'), qos: 1, packetId: 7 })
  const line = once(server, 'connection') as Promise<[Socket]>
  const puback = line.then(async ([socket]) => {
    await once(socket, 'data')
    socket.write(Buffer.concat([CONNACK, frame]))
    const [bytes] = (await once(socket, 'data')) as [Buffer]
    return bytes
  })
  const heard: string[] = []
  const client = await MqttSocket.open((server.address() as AddressInfo).port, LOGIN, {
    publish: (chunk, start, end) => void heard.push(chunk.toString('latin1', start, end)),
    puback: () => {},
    closed: () => {},
  })
  expect(await puback).toEqual(Buffer.from([0x40, 2, 0, 7]))
  expect(heard).toEqual(['frame'])
  const [socket] = await line
  socket.end()
  await client.close()
})
