import { EventEmitter } from 'node:events'
import { Duplex } from 'node:stream'
import { expect, test } from 'vitest'
import { acceptWebSockets, WebSocketTransport } from '../../../../broker/listeners/websocket.ts'
import { Wire } from '../../../../broker/listeners/wire.ts'
import { Turn } from '../../../../kit/turn.ts'
import { until } from '../../../support/deadline.ts'

const KIB = 1024

/** A WebSocket whose peer reads when the test says so. */
class SlowSocket {
  readonly OPEN = 1
  readonly readyState = 1
  bufferedAmount = 0
  #unsent: { bytes: number; sent: () => void }[] = []

  send(data: Uint8Array, sent: () => void): void {
    this.bufferedAmount += data.length
    this.#unsent.push({ bytes: data.length, sent })
  }
  /** The oldest piece is on its way. */
  takeOne(): void {
    const piece = this.#unsent.shift()
    this.bufferedAmount -= piece?.bytes ?? 0
    piece?.sent()
  }
  pause(): void {}
  resume(): void {}
  close(): void {}
  terminate(): void {}
  once(): this {
    return this
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('who waits for a full WebSocket is called back, also if something small is sent while it empties (G2)', async () => {
  const socket = new SlowSocket()
  const transport = new WebSocketTransport(socket as never, () => wire.drained())
  const wire: Wire = new Wire(transport, '', new Turn(() => undefined))
  wire.queue(Buffer.alloc(40 * KIB))
  await turn()
  wire.queue(Buffer.alloc(40 * KIB))
  await turn()
  expect(wire.queue(Buffer.alloc(1))).toBe(false)
  let isDrained = false
  wire.onceDrained(() => (isDrained = true))
  await turn()
  expect(isDrained).toBe(false)

  socket.takeOne() // below the mark, and not empty
  wire.queue(Buffer.alloc(4)) // a PUBACK
  await turn()
  for (let i = 0; i < 3; i++) socket.takeOne()
  expect(isDrained).toBe(true)
  expect(wire.queue(Buffer.alloc(1))).toBe(true)
})

test('G8 of a frame that comes byte by byte, not every byte is kept by itself', async () => {
  const server = new EventEmitter()
  const socket = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() })
  const request = {
    method: 'GET',
    url: '/mqtt',
    headers: {
      upgrade: 'websocket',
      'sec-websocket-protocol': 'mqtt',
      'sec-websocket-version': '13',
      'sec-websocket-key': Buffer.alloc(16).toString('base64'),
    },
  }
  let wire: Wire | undefined
  acceptWebSockets(
    server as never,
    () => '',
    new Turn(() => undefined),
    (accepted) => (wire = accepted),
  )
  server.emit('upgrade', request, socket, Buffer.alloc(0))
  socket.push(Buffer.of(0x82, 0x80 | 126, 40_000 >> 8, 40_000 & 255, 0, 0, 0, 0))
  for (let i = 0; i < 3_000; i++) {
    socket.push(Buffer.of(0))
    if (i % 100 === 0) await turn()
  }
  await until(() => wire?.destroyed === true, 5_000, 'the end of the wire')
  socket.destroy()
})
