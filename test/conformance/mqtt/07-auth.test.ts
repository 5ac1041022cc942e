// Which tokens are taken, which CONNACK do the others get, and for how long is a token good? [MQTT-3.2.2-5]
import { expect, test } from 'vitest'
import { mintToken } from '../../support/server.ts'
import { useServer } from '../../support/use-server.ts'

const use = useServer({ RESTANTE_FAILED_LOGINS_PER_MIN_PER_ADDRESS_MAX: '0' })
const nowS = () => Math.floor(Date.now() / 1000)

async function codeFor(clientId: string, password: string | undefined, username = 'x'): Promise<number> {
  const client = await use.open()
  const { code } = await client.connect({ clientId, username, ...(password !== undefined && { password }) })
  if (code !== 0) await client.expectClosed()
  return code
}

test('no token, no token at all, an empty one: CONNACK 5 or 4, closed', async () => {
  expect([4, 5]).toContain(await codeFor('alice/phone', undefined))
  expect([4, 5]).toContain(await codeFor('alice/phone', ''))
  expect(await codeFor('alice/phone', 'not a token')).toBe(4)
})

test('a token of another secret is refused with CONNACK 4', async () => {
  expect(await codeFor('alice/phone', await mintToken('x'.repeat(43), { user: 'alice' }))).toBe(4)
})

test('an expired token is refused with CONNACK 5', async () => {
  expect(await codeFor('alice/phone', await use.token({ user: 'alice', exp: nowS() - 60 }))).toBe(5)
})

test('an unsigned token is refused with CONNACK 4', async () => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  expect(
    await codeFor('alice/phone', `${part({ alg: 'none' })}.${part({ sub: 'alice', exp: nowS() + 60 })}.`),
  ).toBe(4)
})

test('a good token for the client id of another user is refused with CONNACK 5', async () => {
  expect(await codeFor('bob/phone', await use.token('alice'))).toBe(5)
})

test('a token with a device is good for that device only', async () => {
  const token = await use.token({ user: 'alice', device: 'phone' })
  expect(await codeFor('alice/phone', token)).toBe(0)
  expect(await codeFor('alice/laptop', token)).toBe(5)
})

test('a role that nobody knows is refused', async () => {
  expect(await codeFor('alice/phone', await use.token({ user: 'alice', role: 'emperor' }))).toBe(5)
})

test('a subject that is no user id is refused', async () => {
  for (const user of ['', 'a/b', '__proto__', 'a'.repeat(65)])
    expect([2, 4]).toContain(await codeFor(`${user}/phone`, await use.token(user)))
})

test('a connection ends when its token does', async () => {
  const phone = await use.phone('carol/phone', { token: await use.token({ user: 'carol', exp: nowS() + 3 }) })
  // Five seconds are granted to clocks that differ.
  await phone.raw.expectClosed(12_000)
})

test('refusals are logged with their reason, never with the token, and counted', async () => {
  const token = await use.token({ user: 'alice', exp: nowS() - 60 })
  await codeFor('alice/phone', token)
  expect(use.server.output).toMatch(/expired/)
  expect(use.server.output).not.toContain(token.split('.')[2])
  expect(await use.server.metric('restante_broker_connects_refused_total')).toBeGreaterThan(0)
})

test('a device’s token opens neither the work of workers nor the requests of operators', async () => {
  const phone = await use.phone('alice/phone')
  expect(await phone.raw.subscribe('g/#')).toEqual([0x80])
  const response = phone.request({ request: 7, addUser: { user: 'mallory' } })
  response.catch(() => undefined)
  const refusal = await phone.next('rejected', (item) => item.request === 7)
  expect(refusal.code).toBe(5)
})
