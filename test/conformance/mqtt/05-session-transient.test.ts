// Does a clean session get what is live, leave nothing behind, and harm no registered device? [MQTT-3.1.2-6]
import { expect, test } from 'vitest'
import { useServer } from '../../support/use-server.ts'

const use = useServer()

test('a transient reader gets live entries only, and nothing of the past [MQTT-3.1.4-3]', async () => {
  const alice = await use.phone('alice/phone')
  await use.users('bob')
  await alice.tell('bob', 'past')
  const browser = await use.phone('bob/browser', { clean: true })
  await alice.tell('bob', 'live')
  expect((await browser.message()).text).toBe('live')
  await browser.disconnect()
  await alice.tell('bob', 'missed')
  const again = await use.phone('bob/browser', { clean: true })
  await alice.tell('bob', 'live again')
  expect((await again.message()).text).toBe('live again')
})

test('at QoS 0 it gets frames without packet ids or DUP [MQTT-2.3.1-5] [MQTT-3.3.1-2] [MQTT-3.8.4-6] [MQTT-4.3.1-1]', async () => {
  const alice = await use.phone('alice/phone')
  const browser = await use.phone('carol/browser', { clean: true, subscribes: 0 })
  await alice.tell('carol', 'light')
  expect((await browser.message()).text).toBe('light')
  expect(browser.frames().map((frame) => [frame.qos, frame.packetId, frame.dup])).toEqual([[0, 0, false]])
})

test('G2 the client id of a registered device is refused (CONNACK 2) with clean = 1: its backlog stays', async () => {
  const alice = await use.phone('alice/phone')
  await use.users('dave')
  await alice.tell('dave', 'kept')
  await expect(use.phone('dave/phone', { clean: true })).rejects.toThrow('CONNACK 2')
  expect((await (await use.phone('dave/phone')).message()).text).toBe('kept')
})

test('a transient reader is no device: it is listed as what it is, and does not count', async () => {
  const phone = await use.phone('erin/phone')
  for (const name of ['a', 'b', 'c', 'd']) await use.phone(`erin/${name}`, { clean: true })
  const { devices } = await phone.request({ request: 1, listDevices: {} })
  expect(devices.devices.filter(({ transient }) => !transient).map(({ name }) => name)).toEqual(['phone'])
  expect(devices.devices.length).toBe(5)
})
