import { afterEach, beforeEach, expect, test } from 'vitest'
import { memoryStore, type Client } from '../../../../../clients/index.ts'
import { until } from '../../../../support/deadline.ts'
import { connectAlice, ScriptedServer } from '../scripted-server.ts'

let server: ScriptedServer
let client: Client | undefined
/** Ends the waiting of the store. */
let letThrough = (): void => {}
beforeEach(async () => {
  server = await ScriptedServer.start()
})
afterEach(async () => {
  letThrough()
  await client?.close({ drainMs: 0 })
  client = undefined
  await server.stop()
})

const texts = (): (string | null | undefined)[] =>
  server.ups.filter(({ up }) => up.message).map(({ up }) => up.message?.text)

test('nothing is published that the store does not have, also not by a new connection (G1, G4)', async () => {
  const store = memoryStore()
  const write = store.write.bind(store)
  client = await connectAlice(server, { store })
  const allowed = new Promise<void>((resolve) => {
    letThrough = resolve
  })
  let isHeld = false
  store.write = async (changes) => {
    isHeld = true
    await allowed
    await write(changes)
  }
  const sending = client.direct('bob').send({ text: 'hello' })
  await until(() => isHeld, 2_000, 'the write')
  // What needs no store overtakes it.
  const typing = async (times: number): Promise<void> => {
    client?.direct('bob').typing()
    await until(() => server.ups.filter(({ up }) => up.typing).length === times, 2_000, 'typing')
  }
  await typing(1)
  expect(texts()).toEqual([])
  server.cut()
  await until(() => server.connects.length === 2 && client?.isConnected, 2_000, 'the next connection')
  await typing(2)
  expect(texts()).toEqual([])
  letThrough()
  await sending
  expect(texts()).toEqual(['hello'])
})
