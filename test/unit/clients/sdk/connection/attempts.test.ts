import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Client } from '../../../../../clients/index.ts'
import { until } from '../../../../support/deadline.ts'
import { connectAlice, ScriptedServer } from '../scripted-server.ts'

/** By performance.now: a connection that lived so long was a good one. */
const STABLE_MS = 10_000

let server: ScriptedServer
let client: Client | undefined
/** What each wait was asked for with. */
let attempts: number[]
beforeEach(async () => {
  server = await ScriptedServer.start()
  attempts = []
})
afterEach(async () => {
  vi.restoreAllMocks()
  await client?.close({ drainMs: 0 })
  client = undefined
  await server.stop()
})

const backoff = (attempt: number): number => {
  attempts.push(attempt)
  return 5
}

async function cutAndBack(): Promise<void> {
  const connects = server.connects.length
  server.cut()
  await until(() => server.connects.length > connects && client?.isConnected, 2_000, 'the next connection')
}

/** Time goes on by itself, and by what is added. */
function clock(): { addedMs: number } {
  const ahead = { addedMs: 0 }
  const now = performance.now.bind(performance)
  vi.spyOn(performance, 'now').mockImplementation(() => now() + ahead.addedMs)
  return ahead
}

test('trap 20: a connection that ends at once is one more failure: the waits go on growing', async () => {
  // Nothing of this takes long, however busy the machine is.
  vi.spyOn(performance, 'now').mockReturnValue(1_000)
  client = await connectAlice(server, { backoff })
  for (let i = 0; i < 4; i++) await cutAndBack()
  expect(attempts).toEqual([0, 1, 2, 3])
})

test('a connection that lasted begins anew', async () => {
  client = await connectAlice(server, { backoff })
  const ahead = clock()
  for (let i = 0; i < 3; i++) {
    ahead.addedMs += STABLE_MS
    await cutAndBack()
  }
  expect(attempts).toEqual([0, 0, 0])
})
