import { once } from 'node:events'
import { connect, Socket } from 'node:net'
import { expect, test, vi } from 'vitest'
import { Between } from '../../../../broker/listeners/intermediaries.ts'
import { listenTcp } from '../../../../broker/listeners/tcp.ts'
import type { Wire } from '../../../../broker/listeners/wire.ts'
import { Turn } from '../../../../kit/turn.ts'
import { until } from '../../../support/deadline.ts'

test('G8 from a socket that is not read, little more is taken: byte by byte, it would be kept so', async () => {
  const wires: Wire[] = []
  const parts = {
    between: new Between({ proxyProtocolFrom: [], forwardedForFrom: [] }),
    refused: () => undefined,
    turn: new Turn(() => undefined),
  }
  const door = { admit: () => () => undefined, accept: (wire: Wire) => void wires.push(wire) }
  const listener = await listenTcp({ port: 0, host: '127.0.0.1' }, parts, door)
  const client = connect(listener.port, '127.0.0.1')
  await once(client, 'connect')
  await until(() => wires.length > 0, 2_000, 'the wire')
  const [wire] = wires as [Wire]
  const pause = vi.spyOn(Socket.prototype, 'pause')
  wire.hold('pace')
  const socket = pause.mock.contexts[0] as Socket
  pause.mockRestore()

  client.write(Buffer.alloc(5_000))
  await until(() => socket.readableLength >= 4_096, 2_000, 'what is taken all the same')
  client.write(Buffer.alloc(5_000))
  for (let i = 0; i < 100; i++) await new Promise((resolve) => setImmediate(resolve))
  expect(socket.readableLength).toBeLessThanOrEqual(5_000)

  let bytes = 0
  wire.on('data', (chunk: Buffer) => (bytes += chunk.length))
  wire.release('pace')
  await until(() => bytes === 10_000, 2_000, 'all of it')
  client.destroy()
  wire.destroy()
  listener.stop()
})
