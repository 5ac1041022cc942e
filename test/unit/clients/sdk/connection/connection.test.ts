import { createServer } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { errorCode } from '../../../../../proto/errors.ts'
import { connect, memoryStore, type Client, type RestanteError } from '../../../../../clients/index.ts'
import { until } from '../../../../support/deadline.ts'
import { connectAlice, ScriptedServer, tokenFor } from '../scripted-server.ts'

let server: ScriptedServer
let client: Client | undefined
beforeEach(async () => {
  server = await ScriptedServer.start()
})
afterEach(async () => {
  vi.useRealTimers()
  await client?.close({ drainMs: 0 })
  client = undefined
  await server.stop()
})

async function codeOf(connecting: Promise<unknown>): Promise<string> {
  const error = await connecting.catch((reason: unknown) => reason)
  return (error as RestanteError).code
}

test('CONNECT is MQTT 3.1.1, with a durable session, 240 s of keep-alive, and nothing else is sent', async () => {
  client = await connectAlice(server, { store: await used() })
  expect(server.connects[0]).toMatchObject({
    protocolVersion: 4,
    clean: false,
    keepalive: 240,
    clientId: 'alice/phone',
    username: 'alice',
  })
  expect(server.connects[0]?.password?.toString()).toBe(tokenFor('alice'))
  expect(server.packets.map(({ cmd }) => cmd)).toEqual(['connect'])
})

/** A store that alice's phone has used before. */
async function used(): Promise<ReturnType<typeof memoryStore>> {
  const store = memoryStore()
  await store.write([{ table: 'meta', put: { key: 'meta', user: 'alice', device: 'phone', clientSeq: 0 } }])
  return store
}

test.each([
  [1, 'protocol-refused'],
  [2, 'identifier-refused'],
  [4, 'bad-credentials'],
  [5, 'not-authorized'],
])('CONNACK %i rejects connect with %s', async (returnCode, code) => {
  server.connackCode = returnCode
  expect(await codeOf(connectAlice(server))).toBe(code)
  expect(server.connects.length).toBe(1)
})

test('CONNACK 3 is tried again', async () => {
  server.connackCode = 3
  const connecting = connectAlice(server)
  await until(() => server.connects.length >= 2, 2_000, 'a second attempt')
  server.connackCode = 0
  client = await connecting
  expect(client.isConnected).toBe(true)
})

test('a server that is not there rejects connect after its time, with the reason', async () => {
  const closed = createServer()
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
  const { port } = closed.address() as { port: number }
  await new Promise((resolve) => closed.close(resolve))
  const options = { url: `mqtt://127.0.0.1:${port}`, connectTimeoutMs: 60, backoff: () => 10 }
  const error = await connect({ ...options, token: tokenFor('alice'), device: 'phone' }).catch(
    (e: unknown) => e,
  )
  expect((error as RestanteError).code).toBe('unreachable')
  expect((error as RestanteError).message).toMatch(/ECONNREFUSED/)
  expect((error as RestanteError).retryable).toBe(true)
})

test('a keep-alive that CONNECT has no room for is told at once', async () => {
  await expect(connectAlice(server, { keepaliveS: 0 })).rejects.toThrow(/keepaliveS/)
  await expect(connectAlice(server, { keepaliveS: 65_536 })).rejects.toThrow(/keepaliveS/)
})

test('what is no token, URL or device name is told at once', async () => {
  expect(await codeOf(connectAlice(server, { token: 'nonsense' }))).toBe('bad-token')
  expect(await codeOf(connectAlice(server, { token: tokenFor('a'.repeat(65)) }))).toBe('bad-token')
  expect(await codeOf(connectAlice(server, { url: 'http://127.0.0.1/' }))).toBe('unreachable')
  await expect(connectAlice(server, { device: 'a/b' })).rejects.toThrow(/device name/)
  expect(server.connects).toEqual([])
})

test('a store of another user or device is refused', async () => {
  expect(await codeOf(connectAlice(server, { store: await used(), device: 'tablet' }))).toBe('wrong-store')
  expect(await codeOf(connectAlice(server, { store: await used(), token: tokenFor('bob') }))).toBe(
    'wrong-store',
  )
})

test('the device may come from the token, and a token function is asked for each connection', async () => {
  let asked = 0
  const token = async (): Promise<string> => tokenFor('alice', { device: 'watch', n: asked++ })
  client = await connect({ url: server.url, token, backoff: () => 5 })
  expect(client.device).toBe('watch')
  server.cut()
  await until(() => server.connects.length === 2, 2_000, 'second connection')
  expect(server.connects.map(({ password }) => password?.toString())).toEqual([
    tokenFor('alice', { device: 'watch', n: 0 }),
    tokenFor('alice', { device: 'watch', n: 1 }),
  ])
})

test('a refusal after the first connection ends the client if its token cannot change', async () => {
  client = await connectAlice(server)
  const closed: (RestanteError | undefined)[] = []
  client.on('closed', ({ error }) => closed.push(error))
  server.connackCode = 5
  server.cut()
  await until(() => closed.length === 1, 2_000, 'closed')
  expect(closed[0]?.code).toBe('not-authorized')
  await expect(client.direct('bob').send({ text: 'x' })).rejects.toMatchObject({ code: 'closed' })
})

test('a refusal after the first connection is tried again with a token function', async () => {
  client = await connect({
    url: server.url,
    token: () => tokenFor('alice'),
    device: 'phone',
    backoff: () => 5,
  })
  server.connackCode = 4
  server.cut()
  await until(() => server.connects.length >= 3, 2_000, 'more attempts')
  server.connackCode = 0
  await until(() => client?.isConnected, 2_000, 'connected')
})

test('an app can start without a network and send', async () => {
  const store = await used()
  server.connackCode = 3
  const token = (): Promise<string> => Promise.reject(new Error('no network'))
  client = await connect({ url: server.url, token, store, offline: true, backoff: () => 5 })
  expect(client.user).toBe('alice')
  void client.direct('bob').send({ text: 'x' })
  expect(client.waiting.length).toBe(1)
})

test('with an empty store connect waits for the chats, and asks for all pages', async () => {
  const { chatBytesOf, directChatId } = await import('../../../../../proto/ids.ts')
  const ids = ['bob', 'carol'].map((peer) => chatBytesOf(directChatId('alice' as never, peer as never)))
  server.chatPages = [
    { chats: [{ chat: ids[0] as Uint8Array, direct: true, lastSeq: 3 }], next: ids[0] as Uint8Array },
    { chats: [{ chat: ids[1] as Uint8Array, direct: true, lastSeq: 7, myRead: 5 }] },
  ]
  client = await connectAlice(server)
  await until(() => client?.direct('carol').lastSeq === 7, 2_000, 'the second page')
  expect(client.direct('bob').lastSeq).toBe(3)
  expect(client.direct('carol').unread).toBe(2)
  expect(server.requests.map(({ myChats }) => myChats?.after?.length)).toEqual([0, 10])
})

test('without an answer to the first question connect resolves after 10 s', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  server.chatPages = []
  let isOpen = false
  const connecting = connectAlice(server).then((opened) => {
    client = opened
    isOpen = true
  })
  await vi.waitFor(() => expect(server.requests.length).toBe(1))
  await vi.advanceTimersByTimeAsync(9_000)
  expect(isOpen).toBe(false)
  await vi.advanceTimersByTimeAsync(1_500)
  await connecting
})

test('a publish that gets no PUBACK ends the connection, later the more bytes are under way', async () => {
  client = await connectAlice(server)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  server.isAcknowledging = false
  void client.direct('bob').send({ body: new Uint8Array(30_720) })
  await vi.waitFor(() => expect(server.ups.length).toBe(1))
  await vi.advanceTimersByTimeAsync(49_000)
  expect(server.connects.length).toBe(1)
  await vi.advanceTimersByTimeAsync(2_000)
  await vi.waitFor(() => expect(server.connects.length).toBe(2))
})

test('a store that fails closes the client, and what it did not keep is not acknowledged (G2)', async () => {
  const store = await used()
  client = await connectAlice(server, { store })
  const closed: (RestanteError | undefined)[] = []
  client.on('closed', ({ error }) => closed.push(error))
  store.write = () => Promise.reject(new Error('disk full'))
  const { directChatId } = await import('../../../../../proto/ids.ts')
  const { firstText } = await import('../scripted-server.ts')
  server.down({ messages: [firstText(directChatId('alice' as never, 'bob' as never), 'x')] })
  await until(() => closed.length === 1, 2_000, 'closed')
  expect(closed[0]?.code).toBe('store-failed')
  expect(server.pubacks).toEqual([])
})

test('trap 21: after waking up the connection is tested: one that answers stays, one that does not is given up', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  client = await connectAlice(server)
  client.check()
  await vi.waitFor(() => expect(pings()).toBe(1))
  await vi.waitFor(() => expect(server.isConnected).toBe(true))
  await vi.advanceTimersByTimeAsync(60_000)
  expect(client.isConnected).toBe(true)
  expect(server.connects.length).toBe(1)

  server.isAnsweringPings = false
  client.check()
  await vi.advanceTimersByTimeAsync(10_000)
  await vi.waitFor(() => expect(server.connects.length).toBe(2))
})

const pings = (): number => server.packets.filter(({ cmd }) => cmd === 'pingreq').length

test('waking up ends the wait for the next attempt', async () => {
  client = await connectAlice(server, { backoff: () => 60_000 })
  server.cut()
  await until(() => client?.isConnected === false, 2_000, 'disconnected')
  client.check()
  await until(() => client?.isConnected, 2_000, 'connected')
})

test('close says DISCONNECT after what was sent is acknowledged, and leaves nothing behind', async () => {
  client = await connectAlice(server)
  server.isAcknowledging = false
  const sending = client.direct('bob').send({ text: 'x' })
  await server.up(0)
  const closing = client.close()
  server.acknowledge(server.publishes.at(-1) as { messageId: number })
  await Promise.all([sending, closing])
  await until(() => server.packets.at(-1)?.cmd === 'disconnect', 2_000, 'DISCONNECT')
})

test('a token function that never answers does not hold connect for ever', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const connecting = connectAlice(server, { token: () => new Promise<string>(() => {}) })
  const refusal = connecting.catch((error: unknown) => error)
  await vi.advanceTimersByTimeAsync(20_000)
  expect(await refusal).toMatchObject({ code: 'bad-token', retryable: true })
})

test('what happened while connect was under way is told to listeners that are added when it resolves', async () => {
  const store = memoryStore()
  client = await connectAlice(server, { store })
  const sent = await client.direct('bob').send({ text: 'hello' })
  await client.close()
  server.onConnack = () =>
    server.down({
      gaps: [{ dropped: 3 }],
      rejected: [{ clientSeq: sent.clientSeq, code: errorCode('unknown-user') }],
    })
  client = await connectAlice(server, { store })
  const told: string[] = []
  client.on('connected', ({ isNewDevice }) => told.push(`connected ${isNewDevice}`))
  client.on('rejected', ({ error }) => told.push(error.entry.name))
  client.on('gap', () => told.push('gap'))
  await until(() => told.length === 3, 2_000, `three events; there are ${told.join(', ')}`)
  expect(told).toEqual(['connected false', 'unknown-user', 'gap'])
})
