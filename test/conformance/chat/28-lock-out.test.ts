// Can an operator lock a user out at once, end a user's tokens, and close a clean session?
import { expect, test } from 'vitest'
import { until } from '../../support/deadline.ts'
import type { Phone } from '../../support/phone.ts'
import { useServer } from '../../support/use-server.ts'

const use = useServer()
const nowS = (): number => Math.floor(Date.now() / 1000)
let requests = 100

async function operator(): Promise<Phone> {
  return use.phone('operator/console', { token: await use.token({ user: 'operator', role: 'admin' }) })
}

test('G5 a device that was removed does not come back with a clean session and its old token', async () => {
  const iat = nowS() - 10
  const old = await use.phone('mike/old', { iat })
  const phone = await use.phone('mike/phone', { iat })
  await phone.request({ request: 1, removeDevice: { user: 'mike', device: 'old' } })
  await old.raw.expectClosed()
  await expect(use.phone('mike/old', { iat, clean: true })).rejects.toThrow('CONNACK 5')
  await use.phone('mike/old', { iat: nowS() + 2, clean: true })
})

test('G5 a locked user is closed on all connections within 2 s, and let in by no token until unlocked', async () => {
  const admin = await operator()
  const phone = await use.phone('mallory/phone')
  const visitor = await use.phone('mallory/visitor', { clean: true })
  const bob = await use.phone('bob/phone')
  const sinceMs = performance.now()
  await admin.request({ request: requests++, lockUser: { user: 'mallory' } })
  await Promise.all([phone.raw.expectClosed(), visitor.raw.expectClosed()])
  expect(performance.now() - sinceMs).toBeLessThan(2_000)
  for (const options of [{}, { clean: true }, { iat: nowS() + 3 }])
    await expect(use.phone('mallory/phone', options)).rejects.toThrow('CONNACK 5')
  await expect(use.phone('mallory/new')).rejects.toThrow('CONNACK 5')
  // Mail is held until called for (G2).
  await bob.tell('mallory', 'held')
  await admin.request({ request: requests++, lockUser: { user: 'mallory', unlock: true } })
  const again = await use.phone('mallory/phone')
  expect(again.sessionPresent).toBe(true)
  expect((await again.message()).text).toBe('held')
})

test("G5 ended tokens close a user's connections and are refused; one issued later is not", async () => {
  const admin = await operator()
  const iat = nowS() - 10
  const phone = await use.phone('nina/phone', { iat })
  const visitor = await use.phone('nina/visitor', { iat, clean: true })
  await admin.request({ request: requests++, endTokens: { user: 'nina' } })
  await Promise.all([phone.raw.expectClosed(), visitor.raw.expectClosed()])
  for (const options of [{ iat }, { iat, clean: true }])
    await expect(use.phone('nina/phone', options)).rejects.toThrow('CONNACK 5')
  expect((await use.phone('nina/phone', { iat: nowS() + 3 })).sessionPresent).toBe(true)
})

test('a clean session is listed while it is there, and closed by its name', async () => {
  const admin = await operator()
  await use.phone('oscar/phone')
  const visitor = await use.phone('oscar/visitor', { clean: true })
  const names = async (): Promise<[string, boolean][]> => {
    const { devices } = await admin.request({ request: requests++, listDevices: { user: 'oscar' } })
    return devices.devices.map(({ name, transient }) => [name, transient])
  }
  expect(await names()).toEqual([
    ['phone', false],
    ['visitor', true],
  ])
  await admin.request({ request: requests++, removeDevice: { user: 'oscar', device: 'visitor' } })
  await visitor.raw.expectClosed()
  await until(async () => (await names()).length === 1, 5_000, 'the clean session to be gone')
})

test('nobody but an operator locks out or ends tokens, and no operator himself', async () => {
  const admin = await operator()
  const phone = await use.phone('pat/phone')
  const refused = async (asker: Phone, what: object): Promise<number> => {
    const request = requests++
    asker.request({ request, ...what }).catch(() => undefined)
    return (await asker.next('rejected', (item) => item.request === request)).code
  }
  for (const user of ['bob', 'pat', '']) {
    expect(await refused(phone, { lockUser: { user } })).toBe(5)
    expect(await refused(phone, { endTokens: { user } })).toBe(5)
  }
  for (const user of ['operator', '', 'a b']) {
    expect(await refused(admin, { lockUser: { user } })).toBe(12)
    expect(await refused(admin, { endTokens: { user } })).toBe(12)
  }
})

test('a token that says it was issued in the future is refused, and one without an end', async () => {
  const future = await use.token({ user: 'quinn', iat: nowS() + 3600, exp: nowS() + 7200 })
  await expect(use.phone('quinn/phone', { token: future })).rejects.toThrow('CONNACK 5')
})

test('G5 a worker who is locked out is closed, too, and let in by no token', async () => {
  const admin = await operator()
  const token = await use.token({ user: 'w9', role: 'worker' })
  const worker = await use.phone('w9/one', { token, clean: true, subscribes: false })
  await admin.request({ request: requests++, lockUser: { user: 'w9' } })
  await worker.raw.expectClosed()
  await expect(use.phone('w9/one', { token, clean: true, subscribes: false })).rejects.toThrow('CONNACK 5')
})

test('G5 a token that is made upon the answer to a log-out is good at once', async () => {
  const admin = await operator()
  await (await use.phone('rita/phone')).disconnect()
  await admin.request({ request: requests++, endTokens: { user: 'rita' } })
  expect((await use.phone('rita/phone')).sessionPresent).toBe(true)
})
