import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Client } from '../../../../../clients/index.ts'
import { until } from '../../../../support/deadline.ts'
import { connectAlice, ScriptedServer } from '../scripted-server.ts'

let server: ScriptedServer
let client: Client | undefined
beforeEach(async () => {
  server = await ScriptedServer.start()
})
afterEach(async () => {
  await client?.close({ drainMs: 0 })
  client = undefined
  await server.stop()
})

/** The numbers of the questions for devices that have come. */
const asked = (): number[] =>
  server.requests.filter(({ listDevices }) => listDevices).map(({ request }) => request ?? 0)

test('a question that was on its way is asked again by the next connection, under its number, and only once answered', async () => {
  client = await connectAlice(server)
  const devices = client.devices()
  await until(() => asked().length === 1, 2_000, 'the question')
  server.cut()
  await until(() => asked().length === 2, 2_000, 'the question again')
  expect(new Set(asked()).size).toBe(1)
  const answer = { request: asked()[0] as number, devices: { devices: [{ name: 'phone' }] } }
  await server.delivered({ responses: [answer] })
  expect((await devices).map(({ name }) => name)).toEqual(['phone'])
  await server.delivered({ responses: [answer] })
  server.cut()
  await until(() => server.connects.length === 3 && client?.isConnected, 2_000, 'the next connection')
  await client.direct('bob').send({ text: 'after it' })
  expect(asked().length).toBe(2)
})

test('a question that is asked without a connection goes out with the next one', async () => {
  client = await connectAlice(server, { backoff: () => 5 })
  server.connackCode = 3
  server.cut()
  await until(() => client?.isConnected === false, 2_000, 'the end of the connection')
  const devices = client.devices()
  server.connackCode = 0
  await until(() => asked().length === 1, 2_000, 'the question')
  await server.delivered({ responses: [{ request: asked()[0] as number, devices: { devices: [] } }] })
  expect(await devices).toEqual([])
})
