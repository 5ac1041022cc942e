// Does everything that was acknowledged outlive the process, and does each session get only its own? [MQTT-4.1.0-1]
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Phone } from '../support/phone.ts'
import { Server } from '../support/server.ts'

let server: Server
beforeAll(async () => {
  server = await Server.start()
}, 60_000)
afterAll(() => server.dispose())

test('G1 trap 1, trap 6: sent means stored: after SIGKILL everybody gets what was acknowledged, and only their own', async () => {
  const names = ['bob', 'carol', 'dave']
  for (const name of names) await (await Phone.connect(server, `${name}/phone`)).disconnect()
  const alice = await Phone.connect(server, 'alice/phone')
  for (let i = 1; i <= 30; i++)
    for (const name of names) await alice.text(alice.direct(name), `${name} ${i}`, { peer: name })
  // The last PUBACK has just come: nothing had time to settle.
  await server.kill()
  await server.restart()
  for (const name of names) {
    const phone = await Phone.connect(server, `${name}/phone`)
    expect(phone.sessionPresent).toBe(true)
    for (let i = 1; i <= 30; i++) expect((await phone.message()).text).toBe(`${name} ${i}`)
    phone.raw.cut()
  }
  alice.raw.cut()
})

test('G2 after a graceful stop it is the same, and the exit code is 0', async () => {
  const alice = await Phone.connect(server, 'alice/phone')
  await alice.tell('bob', 'before the stop')
  expect(await server.stop()).toBe(0)
  await alice.raw.expectClosed()
  await server.restart()
  const bob = await Phone.connect(server, 'bob/phone')
  expect((await bob.message()).text).toBe('before the stop')
  bob.raw.cut()
})
