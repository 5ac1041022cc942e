import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readBrokerConfig } from '../../../../broker/config.ts'
import { Admission } from '../../../../broker/listeners/admission.ts'
import { Between } from '../../../../broker/listeners/intermediaries.ts'
import { listenHttp } from '../../../../broker/listeners/http.ts'
import type { Listener } from '../../../../broker/listeners/listener.ts'
import { Settings } from '../../../../kit/settings.ts'
import { Turn } from '../../../../kit/turn.ts'
import { until } from '../../../support/deadline.ts'

const SOCKETS_MAX = 3
const LIMITS = readBrokerConfig(new Settings({})).connections
let open = 0
let listener: Listener
let socket: Socket

beforeEach(async () => {
  const options = { port: 0, host: '127.0.0.1' }
  const between = new Between({ proxyProtocolFrom: [], forwardedForFrom: [] })
  listener = await listenHttp(
    options,
    { between, refused: () => undefined, turn: new Turn(() => undefined) },
    () => true,
    {
      admit: () => (open < SOCKETS_MAX ? (open++, () => open--) : undefined),
      accept: (wire) => wire.destroy(),
    },
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

test('G8 a socket asks once: of a thousand requests in one piece the first is answered', async () => {
  socket = connect({ port: listener.port, host: '127.0.0.1' })
  socket.write('GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(1_000))
  let answers = ''
  socket.on('data', (chunk: Buffer) => (answers += chunk.toString('latin1')))
  await once(socket, 'close')
  expect(answers.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 200'])
  await until(() => open === 0, 5_000, 'the end of the socket')
})

test('G8 sockets that ask nothing take up the place of no more than may, and not for ever', async () => {
  const halves = Array.from({ length: SOCKETS_MAX }, () =>
    connect({ port: listener.port, host: '127.0.0.1' }),
  )
  for (const half of halves) half.write('GET /readyz HTTP/1.1\r\n')
  await until(() => open === SOCKETS_MAX, 5_000, 'all of them')
  socket = connect({ port: listener.port, host: '127.0.0.1' })
  socket.on('error', () => undefined) // a reset, maybe
  await once(socket, 'close')
  // Longer than it takes, shorter than Node looks by itself.
  await until(() => open === 0, 15_000, 'the end of half requests')
  for (const half of halves) half.destroy()
})

test('G8 who asks too often through a stated reverse proxy keeps nobody else behind it out', async () => {
  const limits = { ...LIMITS, connectsPerSPerAddressMax: 5, unauthenticatedPerAddressMax: 5 }
  const admission = new Admission(limits, 0)
  const between = new Between({ proxyProtocolFrom: [], forwardedForFrom: ['127.0.0.1'] })
  const options = { port: 0, host: '127.0.0.1' }
  listener.stop()
  listener = await listenHttp(
    options,
    { between, refused: () => undefined, turn: new Turn(() => undefined) },
    () => true,
    {
      admit: (source, isHandshake) => {
        const limit = admission.request(source, 0, isHandshake) ?? admission.open(source)
        return limit === undefined ? () => admission.close(source, false) : undefined
      },
      accept: (wire) => wire.destroy(),
    },
  )
  const ask = async (client: string): Promise<string> => {
    socket = connect({ port: listener.port, host: '127.0.0.1' })
    const asking = socket.on('error', () => undefined)
    asking.write(`GET /readyz HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: ${client}\r\n\r\n`)
    let answer = ''
    asking.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')))
    await new Promise((resolve) => asking.once('close', resolve))
    return answer.split('\r\n', 1)[0] as string
  }
  await Promise.all(Array.from({ length: 50 }, () => ask('203.0.113.66')))
  expect(await ask('198.51.100.1')).toBe('HTTP/1.1 200 OK')
  expect(admission.connections).toBe(0)
})
