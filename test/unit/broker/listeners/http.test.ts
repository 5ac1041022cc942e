import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Between } from '../../../../broker/listeners/intermediaries.ts'
import { listenHttp } from '../../../../broker/listeners/http.ts'
import type { Listener } from '../../../../broker/listeners/listener.ts'
import { until } from '../../../support/deadline.ts'

let listener: Listener
let socket: Socket

beforeEach(async () => {
  const health = { isReady: () => true, metrics: async () => '' }
  const options = { port: 0, host: '127.0.0.1', connectionsMax: 10 }
  const between = new Between({ proxyProtocolFrom: [], forwardedForFrom: [] })
  listener = await listenHttp(options, { between, refused: () => undefined }, health, (wire) =>
    wire.destroy(),
  )
})
afterEach(() => {
  socket.destroy()
  listener.stop()
})

test('G8 a refused upgrade leaves no socket behind, also of a client that never closes its own', async () => {
  socket = connect({ port: listener.port, host: '127.0.0.1', allowHalfOpen: true })
  let isReset = false
  socket.on('error', () => (isReset = true))
  socket.write('GET /elsewhere HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
  const [answer] = (await once(socket, 'data')) as [Buffer]
  expect(answer.toString('latin1')).toMatch(/^HTTP\/1.1 404 Not Found\r\n/)
  await until(
    () => {
      if (!isReset) socket.write('still here')
      return isReset
    },
    3_000,
    'the end of the socket',
  )
})
