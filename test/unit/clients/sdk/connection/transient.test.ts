// Does a program that only sends something leave nothing behind, and hear of what became of it?
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { memoryStore, type Client } from '../../../../../clients/index.ts'
import { until } from '../../../../support/deadline.ts'
import { connectAlice, ScriptedServer } from '../scripted-server.ts'

let server: ScriptedServer
let client: Client | undefined
beforeEach(async () => {
  server = await ScriptedServer.start()
  server.sessionPresent = false
})
afterEach(async () => {
  vi.useRealTimers()
  await client?.close({ drainMs: 0 })
  client = undefined
  await server.stop()
})

test('its session is clean, and it listens before it says anything, at QoS 0', async () => {
  client = await connectAlice(server, { isTransient: true })
  await client.direct('bob').send({ text: 'x' })
  expect(server.connects[0]).toMatchObject({ clean: true, clientId: 'alice/phone' })
  const [, second, third] = server.packets
  expect(second).toMatchObject({ cmd: 'subscribe', subscriptions: [{ topic: 'u/alice', qos: 0 }] })
  expect(third?.cmd).toBe('publish')
  server.cut()
  await until(
    () => server.packets.filter(({ cmd }) => cmd === 'subscribe').length === 2,
    2_000,
    'another SUBSCRIBE',
  )
})

test('an answer that got lost is asked for again, with the same number, and once it came no more (G4)', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  client = await connectAlice(server, { isTransient: true })
  const sent = await client.direct('bob').send({ text: 'x' })
  const numbers = (): (number | undefined)[] => server.ups.map(({ up }) => Number(up.message?.clientSeq))
  for (const [afterMs, count] of [
    [5_000, 2],
    [10_000, 3],
  ] as const) {
    await vi.advanceTimersByTimeAsync(afterMs)
    await vi.waitFor(() => expect(server.ups.length).toBe(count))
  }
  expect(new Set(numbers())).toEqual(new Set([sent.clientSeq]))
  server.ephemeral({ accepted: [{ clientSeq: sent.clientSeq, seq: 7 }] })
  expect(await sent.accepted).toBe(7)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(server.ups.length).toBe(3)
})

test('it has no store', async () => {
  await expect(connectAlice(server, { isTransient: true, store: memoryStore() })).rejects.toThrow(/no store/)
})
