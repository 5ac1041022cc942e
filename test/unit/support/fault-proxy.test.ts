import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { until } from '../../support/deadline.ts'
import { FaultProxy } from '../../support/fault-proxy.ts'

let proxy: FaultProxy
let client: Socket
const served: Socket[] = []
const echo = createServer({ noDelay: true }, (socket) => {
  served.push(socket)
  socket.on('error', () => undefined).pipe(socket)
})
let line = { heard: '', closed: false }

beforeEach(async () => {
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve))
  proxy = await FaultProxy.start({ port: (echo.address() as AddressInfo).port })
  const own = { heard: '', closed: false }
  line = own
  client = connect({ port: proxy.port, host: '127.0.0.1', noDelay: true })
  client.on('data', (chunk) => (own.heard += chunk.toString())).on('close', () => (own.closed = true))
  client.on('error', () => undefined)
  client.write('hello')
  await until(() => line.heard === 'hello', 2_000, 'echo')
})

afterEach(async () => {
  client.destroy()
  await proxy.stop()
  for (const socket of served.splice(0)) socket.destroy()
  await new Promise<void>((resolve) => echo.close(() => resolve()))
})

test('a delay keeps the order and the bytes', async () => {
  proxy.delayMs = 20
  const startMs = Date.now()
  for (let i = 0; i < 10; i++) client.write(String(i))
  await until(
    () => line.heard === 'hello0123456789',
    2_000,
    () => line.heard,
  )
  expect(Date.now() - startMs).toBeGreaterThanOrEqual(38)
})

test('a narrow line takes as long as its bandwidth says', async () => {
  proxy.bytesPerS = 100_000
  const startMs = Date.now()
  client.write('x'.repeat(10_000))
  await until(
    () => line.heard.length === 10_005,
    3_000,
    () => String(line.heard.length),
  )
  expect(Date.now() - startMs).toBeGreaterThanOrEqual(95)
})

test('a frozen line passes nothing, stays open and goes on where it stood', async () => {
  proxy.freeze()
  client.write('later')
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(line.heard).toBe('hello')
  expect(line.closed).toBe(false)
  proxy.thaw()
  await until(
    () => line.heard === 'hellolater',
    2_000,
    () => line.heard,
  )
})

test('a half-open line swallows bytes and tells nobody', async () => {
  proxy.halfOpen()
  client.write('lost')
  served[0]?.destroy()
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(line.heard).toBe('hello')
  expect(line.closed).toBe(false)
})

test('a cut resets every open line; the next one works again', async () => {
  expect(proxy.cut()).toBe(1)
  await until(() => line.closed, 2_000, 'close')
  expect(proxy.lines).toBe(0)
})

test('a refused line is closed at once', async () => {
  proxy.refuses = true
  const refused = connect({ port: proxy.port, host: '127.0.0.1' })
  let isClosed = false
  refused.on('error', () => undefined).on('close', () => (isClosed = true))
  await until(() => isClosed, 2_000, 'close')
})
