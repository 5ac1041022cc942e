// Is every failure of connecting told as it is, with what to do about it?
import { createServer as createHttp, type RequestListener } from 'node:http'
import { createServer as createHttps } from 'node:https'
import { createServer as createTcp, type AddressInfo, type Server, type Socket } from 'node:net'
import { createServer as createTls } from 'node:tls'
import { afterEach, expect, test } from 'vitest'
import { connect, UnreachableError } from '../../../../../clients/index.ts'
import { unreachable } from '../../../../../clients/sdk/connection/unreachable.ts'
import { CERTIFICATE } from '../../../../support/certificate.ts'
import { until } from '../../../../support/deadline.ts'
import { connectAlice, ScriptedServer, tokenFor } from '../scripted-server.ts'

const servers: Server[] = []
const sockets = new Set<Socket>()
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))))
})

/** @returns `127.0.0.1:<port>` */
async function at(server: Server): Promise<string> {
  servers.push(server)
  server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => {})))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

const http = (answer: RequestListener): Promise<string> => at(createHttp(answer))
const status = (code: number, headers = {}): Promise<string> =>
  http((_request, response) => response.writeHead(code, headers).end())
/** Does this with the first bytes that come. */
const tcp = (answer: (socket: Socket) => void): Promise<string> =>
  at(createTcp((socket) => socket.once('data', () => answer(socket))))
const mqttHangsUp = (): Promise<string> => tcp((socket) => socket.end())

/** Of the first attempt. */
async function failure(url: string): Promise<UnreachableError> {
  const options = { offline: true, backoff: () => 60_000, device: 'phone', token: tokenFor('alice') }
  const client = await connect({ url, ...options })
  const error = await new Promise((resolve) => {
    client.on('disconnected', (event) => resolve(event.error))
    client.on('closed', (event) => resolve(event.error))
  })
  await client.close()
  if (!(error instanceof UnreachableError)) throw new Error('it is no UnreachableError', { cause: error })
  return error
}

test.each<[string, () => string | Promise<string>, string, RegExp]>([
  [
    'nobody at the port',
    () => 'mqtt://127.0.0.1:1',
    'refused',
    /nothing listens at 127\.0\.0\.1:1 .*does the server run/,
  ],
  [
    'nobody at the port of WebSocket',
    () => 'ws://127.0.0.1:1/mqtt',
    'refused',
    /nothing listens at 127\.0\.0\.1:1/,
  ],
  ['an address of IPv6', () => 'mqtt://[::1]:1', 'refused', /nothing listens at \[::1\]:1/],
  [
    'HTTP at the port of MQTT',
    async () => `mqtt://${await status(404)}`,
    'not-mqtt',
    /speaks HTTP, not MQTT: .*write ws:\/\/127\.0\.0\.1:\d+\/mqtt/,
  ],
  [
    'another protocol',
    async () => `mqtt://${await tcp((socket) => socket.write('SSH-2.0-x\r\n'))}`,
    'not-mqtt',
    /answers, but not in MQTT/,
  ],
  [
    'TLS that says so',
    async () => `mqtt://${await tcp((socket) => socket.write(Buffer.from('15030100020246', 'hex')))}`,
    'needs-tls',
    /expects TLS: write mqtts:/,
  ],
  [
    'TLS that hangs up',
    async () => `mqtt://${await at(createTls(CERTIFICATE))}`,
    'closed',
    /hung up .*with TLS it would be mqtts:/,
  ],
  ['TLS to HTTP', async () => `mqtts://${await status(404)}`, 'no-tls', /does not speak TLS: write mqtt:/],
  [
    'TLS to MQTT without it',
    async () => `mqtts://${await mqttHangsUp()}`,
    'closed',
    /hung up .*without TLS it would be mqtt:/,
  ],
  [
    'a certificate that nobody has signed',
    async () => `mqtts://${await at(createTls(CERTIFICATE))}`,
    'bad-certificate',
    /certificate of 127.* not to be trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)/,
  ],
  [
    'the wrong path',
    async () => `ws://${await status(404)}/x`,
    'no-websocket',
    /answers with HTTP 404: there is no MQTT over WebSocket on this path; Restante's is \/mqtt/,
  ],
  [
    'a web site',
    async () => `ws://${await status(200)}/`,
    'no-websocket',
    /HTTP 200: there is no MQTT over WebSocket on this path/,
  ],
  [
    'a site that is elsewhere',
    async () => `ws://${await status(301, { location: 'https://b.example/' })}/mqtt`,
    'no-websocket',
    /HTTP 301: it sends elsewhere; with TLS it would be wss:/,
  ],
  [
    'a proxy without a server',
    async () => `ws://${await status(502)}/mqtt`,
    'no-answer',
    /HTTP 502: what stands in front of the server does not reach it/,
  ],
  [
    'a proxy that wants a login',
    async () => `ws://${await status(401)}/mqtt`,
    'no-websocket',
    /HTTP 401: what stands in front of the server lets nobody in/,
  ],
  [
    'WebSocket to MQTT',
    async () => `ws://${await mqttHangsUp()}/mqtt`,
    'closed',
    /hung up .*with TLS it would be wss:\/\/, without WebSocket mqtt:/,
  ],
  [
    'WebSocket to HTTPS',
    async () => `ws://${await at(createHttps(CERTIFICATE))}/mqtt`,
    'closed',
    /with TLS it would be wss:/,
  ],
  [
    'WebSocket with TLS to HTTP',
    async () => `wss://${await status(404)}/mqtt`,
    'no-tls',
    /does not speak TLS: .*ws:/,
  ],
  [
    'WebSocket to another protocol',
    async () => `ws://${await tcp((socket) => socket.write('SSH-2.0-x\r\n'))}/mqtt`,
    'not-http',
    /not in HTTP: MQTT without WebSocket is mqtt:/,
  ],
  ['what is no URL', () => 'example.org', 'bad-url', /is not a URL/],
  [
    'another scheme',
    () => 'http://127.0.0.1/',
    'bad-url',
    /does not begin with mqtt:\/\/, mqtts:\/\/, ws:\/\/ or wss:/,
  ],
])('%s', async (_what, url, reason, sentence) => {
  const error = await failure(await url())
  expect({ reason: error.reason, message: error.message }).toEqual({
    reason,
    message: expect.stringMatching(sentence) as string,
  })
  expect(error.code).toBe('unreachable')
})

test('who asks for it is told of the first attempt, and nobody after a connection', async () => {
  const url = `ws://${await status(404)}/x`
  const options = { device: 'phone', token: tokenFor('alice'), backoff: () => 60_000 }
  const error = await connect({ url, ...options, givesUp: () => true }).catch((reason: unknown) => reason)
  expect(error).toMatchObject({ code: 'unreachable', reason: 'no-websocket' })

  const server = await ScriptedServer.start()
  const client = await connectAlice(server, { givesUp: () => true })
  server.cut()
  await until(() => server.connects.length === 2, 2_000, 'another connection')
  await client.close()
  await server.stop()
})

const told = (url: string, error: Error & { code?: string }): [string, string] => {
  const { reason, message } = unreachable(url, { error })
  return [reason, message]
}
const withCode = (code: string, message = ''): Error & { code: string } =>
  Object.assign(new Error(message), { code })

// What a test cannot have: other networks, resolvers, and browsers.
test.each<[string, string, RegExp]>([
  ['ENOTFOUND', 'unknown-host', /there is no host chat\.example \(ENOTFOUND\): is its name right/],
  ['EAI_AGAIN', 'unknown-host', /EAI_AGAIN.*is there a network/],
  ['EHOSTUNREACH', 'no-route', /no way to chat\.example:1883/],
  ['ETIMEDOUT', 'no-answer', /does not answer.*firewall/],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'bad-certificate', /not to be trusted/],
  ['CERT_HAS_EXPIRED', 'bad-certificate', /not to be trusted/],
])('%s', (code, reason, sentence) => {
  expect(told('mqtts://chat.example:1883', withCode(code))).toEqual([reason, expect.stringMatching(sentence)])
})

test('nothing within the time', () => {
  expect(told('mqtt://chat.example:1883', new Error('connack timeout'))).toEqual([
    'no-answer',
    expect.stringMatching(/does not answer/),
  ])
})

test('a browser, which does not tell', () => {
  const sentence = /does the server run, is the path right \(Restante's is \/mqtt\).*connect-src/
  expect(told('wss://chat.example/x', new Error('WebSocket error'))).toEqual([
    'untold',
    expect.stringMatching(sentence),
  ])
})
