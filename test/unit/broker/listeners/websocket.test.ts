import { expect, test } from 'vitest'
import { WebSocketTransport } from '../../../../broker/listeners/websocket.ts'
import { Wire } from '../../../../broker/listeners/wire.ts'
import { Turn } from '../../../../kit/turn.ts'

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
