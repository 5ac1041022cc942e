// Is session present true, is what was missed delivered, and does a newer connection end the older one? [MQTT-3.2.2-2] [MQTT-3.1.2-4] [MQTT-3.1.4-2] [MQTT-4.4.0-1]
import { expect, test } from 'vitest'
import { useServer } from '../../support/use-server.ts'

const use = useServer()

test('session present is 0 the first time and 1 from then on [MQTT-3.2.2-2]', async () => {
  const first = await use.phone('alice/phone', { subscribes: false })
  expect(first.sessionPresent).toBe(false)
  await first.disconnect()
  expect((await use.phone('alice/phone')).sessionPresent).toBe(true)
})

test('session present is 0 for a transient connection, every time [MQTT-3.1.2-6] [MQTT-3.2.2-1]', async () => {
  for (let i = 0; i < 2; i++)
    expect((await use.phone('alice/browser', { clean: true })).sessionPresent).toBe(false)
})

test('G2 what came while a device was away is delivered when it is back, in order, then what is new [MQTT-3.1.2-5]', async () => {
  const alice = await use.phone('alice/phone')
  await use.users('bob')
  await alice.tellAll(
    'bob',
    Array.from({ length: 20 }, (_, i) => `away ${i + 1}`),
  )
  const bob = await use.phone('bob/phone')
  for (let i = 1; i <= 20; i++) expect((await bob.message()).text).toBe(`away ${i}`)
  await alice.tell('bob', 'live')
  expect((await bob.message()).text).toBe('live')
})

test('a durable session is delivered to without a SUBSCRIBE [MQTT-4.5.0-1]', async () => {
  const alice = await use.phone('alice/phone')
  const carol = await use.phone('carol/phone', { subscribes: false })
  await alice.tell('carol', 'hello')
  expect((await carol.message()).text).toBe('hello')
})

test('G2 what was not acknowledged comes again in the next connection, with DUP and the same packet [MQTT-4.4.0-1] [MQTT-4.3.2-1] [MQTT-3.3.1-1]', async () => {
  const alice = await use.phone('alice/phone')
  const dave = await use.phone('dave/phone', { acks: false })
  await alice.tell('dave', 'once more')
  await dave.message()
  expect(dave.frames().map((frame) => frame.dup)).toEqual([false])
  dave.raw.cut()
  const again = await use.phone('dave/phone')
  expect((await again.message()).text).toBe('once more')
  expect(again.frames()[0]?.dup).toBe(true)
  expect(Buffer.from(again.frames()[0]?.payload ?? [])).toEqual(Buffer.from(dave.frames()[0]?.payload ?? [1]))
})

test('what was acknowledged does not come again', async () => {
  const alice = await use.phone('alice/phone')
  const erin = await use.phone('erin/phone')
  await alice.tell('erin', 'first')
  await erin.message()
  await erin.raw.roundTrip()
  await erin.disconnect()
  const again = await use.phone('erin/phone')
  await alice.tell('erin', 'second')
  expect((await again.message()).text).toBe('second')
})

test('G7 a newer connection of a device closes the older one, and only one is delivered to [MQTT-3.1.4-2]', async () => {
  const alice = await use.phone('alice/phone')
  const older = await use.phone('frank/phone')
  const newer = await use.phone('frank/phone')
  expect(newer.sessionPresent).toBe(true)
  await older.raw.expectClosed()
  await alice.tell('frank', 'to one of you')
  expect((await newer.message()).text).toBe('to one of you')
  expect(older.frames()).toEqual([])
})

test('hooks trap: of many connections of one device at once exactly one stays, and it is delivered to', async () => {
  const alice = await use.phone('alice/phone')
  const rivals = await Promise.all(
    Array.from({ length: 8 }, () => use.phone('gina/phone', { subscribes: false }).catch(() => undefined)),
  )
  const connected = rivals.filter((rival) => rival !== undefined)
  await alice.tell('gina', 'who is there?')
  const got = await Promise.any(
    connected.map(async (rival) => ({ rival, text: (await rival.message()).text })),
  )
  expect(got.text).toBe('who is there?')
  for (const rival of connected) if (rival !== got.rival) await rival.raw.expectClosed()
  expect(got.rival.raw.isClosed).toBe(false)
})
