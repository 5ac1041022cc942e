// How many devices may a user have, what does a new one get, and what happens to a removed one?
import { expect, test } from 'vitest'
import { useServer } from '../../support/use-server.ts'

const use = useServer()
const nowS = () => Math.floor(Date.now() / 1000)

test('G8 a user has at most three devices: the fourth gets CONNACK 5', async () => {
  for (const device of ['one', 'two', 'three']) await use.phone(`alice/${device}`)
  await expect(use.phone('alice/four')).rejects.toThrow('CONNACK 5')
})

test('all devices of a user get everything; a new one starts with what comes after it', async () => {
  const bob = await use.phone('bob/phone')
  const phone = await use.phone('carol/phone')
  await bob.tell('carol', 'old')
  await phone.message()
  const laptop = await use.phone('carol/laptop')
  await bob.tell('carol', 'new')
  expect((await phone.message()).text).toBe('new')
  expect((await laptop.message()).text).toBe('new')
})

test('a user’s very first device gets what was waiting for the user', async () => {
  const bob = await use.phone('bob/phone')
  const admin = await use.phone('operator/console', {
    token: await use.token({ user: 'operator', role: 'admin' }),
  })
  await admin.request({ request: 1, addUser: { user: 'dave' } })
  await bob.tell('dave', 'waiting for you')
  expect((await (await use.phone('dave/phone')).message()).text).toBe('waiting for you')
})

test('devices are listed with when they were linked, whether they are connected and what waits', async () => {
  const bob = await use.phone('bob/phone')
  const phone = await use.phone('erin/phone')
  await (await use.phone('erin/laptop')).disconnect()
  await bob.tell('erin', 'one')
  await phone.message()
  const { devices } = await phone.request({ request: 2, listDevices: {} })
  expect(devices.devices.map(({ name, connected }) => [name, connected])).toEqual([
    ['phone', true],
    ['laptop', false],
  ])
  expect(devices.devices[1]?.waiting).toBeGreaterThanOrEqual(1)
  for (const device of devices.devices) expect(Math.abs(device.linkedAtMs - Date.now())).toBeLessThan(60_000)
})

test('a removed device is closed, and refused until it has a token from after its removal', async () => {
  const iat = nowS() - 10
  const old = await use.phone('frank/old', { iat })
  const phone = await use.phone('frank/phone')
  await phone.request({ request: 3, removeDevice: { user: 'frank', device: 'old' } })
  await old.raw.expectClosed()
  await expect(use.phone('frank/old', { iat })).rejects.toThrow('CONNACK 5')
  const { devices } = await phone.request({ request: 4, listDevices: {} })
  expect(devices.devices.map(({ name }) => name)).toEqual(['phone'])
  const again = await use.phone('frank/old', { iat: nowS() + 2 })
  expect(again.sessionPresent).toBe(false)
})

test('removing a device that is none is Rejected unknown-device; somebody else’s is forbidden', async () => {
  const phone = await use.phone('gina/phone')
  phone.request({ request: 5, removeDevice: { user: 'gina', device: 'ghost' } }).catch(() => undefined)
  expect((await phone.next('rejected', (item) => item.request === 5)).code).toBe(14)
  phone.request({ request: 6, removeDevice: { user: 'frank', device: 'phone' } }).catch(() => undefined)
  expect((await phone.next('rejected', (item) => item.request === 6)).code).toBe(5)
})

test('an operator lists and removes the devices of anybody', async () => {
  const admin = await use.phone('operator/console', {
    token: await use.token({ user: 'operator', role: 'admin' }),
  })
  const phone = await use.phone('hugo/phone', { iat: nowS() - 10 })
  const { devices } = await admin.request({ request: 7, listDevices: { user: 'hugo' } })
  expect(devices.devices.map(({ name }) => name)).toEqual(['phone'])
  await admin.request({ request: 8, removeDevice: { user: 'hugo', device: 'phone' } })
  await phone.raw.expectClosed()
})
