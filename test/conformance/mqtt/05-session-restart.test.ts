// Does everything that was acknowledged outlive the process, and does each session get only its own? [MQTT-4.1.0-1]
import { expect, test } from 'vitest'
import { useServer } from '../../support/use-server.ts'

const use = useServer()

test('G1 trap 1, trap 6: sent means stored: after SIGKILL everybody gets what was acknowledged, and only their own', async () => {
  const names = ['bob', 'carol', 'dave']
  await use.users(...names)
  const alice = await use.phone('alice/phone')
  for (let i = 1; i <= 30; i++)
    for (const name of names) await alice.text(alice.direct(name), `${name} ${i}`, { peer: name })
  // The last PUBACK has just come: nothing had time to settle.
  await use.server.kill()
  await use.server.restart()
  for (const name of names) {
    const phone = await use.phone(`${name}/phone`)
    expect(phone.sessionPresent).toBe(true)
    for (let i = 1; i <= 30; i++) expect((await phone.message()).text).toBe(`${name} ${i}`)
  }
})

test('G2 after a graceful stop it is the same, and the exit code is 0', async () => {
  const alice = await use.phone('alice/phone')
  await alice.tell('bob', 'before the stop')
  expect(await use.server.stop()).toBe(0)
  await alice.raw.expectClosed()
  await use.server.restart()
  const bob = await use.phone('bob/phone')
  expect((await bob.message()).text).toBe('before the stop')
})
