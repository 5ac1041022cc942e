// Who may subscribe to what, and what does the SUBACK say? [MQTT-3.8.4-1] [MQTT-3.8.4-2] [MQTT-3.8.4-5] [MQTT-3.9.3-1]
import { expect, test } from 'vitest'
import { packet, subscribePacket, text, uint16, unsubscribePacket } from '../../support/mqtt-packets.ts'
import { useServer } from '../../support/use-server.ts'

const use = useServer()

test('the own mailbox at QoS 1 is granted, QoS 2 is granted as 1 [MQTT-2.3.1-7]', async () => {
  const phone = await use.phone('alice/phone', { subscribes: false })
  expect(await phone.raw.subscribe('u/alice', 1)).toEqual([1])
  expect(await phone.raw.subscribe('u/alice', 2)).toEqual([1])
})

test('G5 everything else gets 0x80: mailboxes of others, chats, worker topics, wildcards [MQTT-3.9.3-2]', async () => {
  const phone = await use.phone('alice/phone', { subscribes: false })
  const filters = [
    'u/bob',
    'u/+',
    'u/#',
    '#',
    '+/alice',
    'g/#',
    'g/AAAAAAAAAAAAAA',
    'g',
    'f',
    'q',
    'g/+',
    '$SYS/#',
    'u/alice/#',
    '$share/w/g/#',
    'x',
  ]
  for (const filter of filters) expect(await phone.raw.subscribe(filter), filter).toEqual([0x80])
})

test('QoS 0 is refused for a durable session and granted to a transient one', async () => {
  const durable = await use.phone('alice/phone', { subscribes: false })
  expect(await durable.raw.subscribe('u/alice', 0)).toEqual([0x80])
  const transient = await use.phone('alice/browser', { clean: true, subscribes: false })
  expect(await transient.raw.subscribe('u/alice', 0)).toEqual([0])
})

test('trap 7: one SUBSCRIBE with several filters gets one SUBACK with a code for each, in order [MQTT-3.8.4-4] [MQTT-3.8.4-5]', async () => {
  const phone = await use.phone('alice/phone', { subscribes: false })
  phone.raw.send(
    subscribePacket(9, [
      ['u/bob', 1],
      ['u/alice', 1],
      ['#', 2],
    ]),
  )
  expect(await phone.raw.expect('suback')).toMatchObject({ packetId: 9, codes: [0x80, 1, 0x80] })
})

test('a refused filter beside a granted one is not kept for the next connection', async () => {
  const bob = await use.phone('bob/phone')
  const first = await use.phone('carol/phone', { subscribes: false })
  first.raw.send(
    subscribePacket(1, [
      ['u/carol', 1],
      ['u/bob', 1],
    ]),
  )
  await first.raw.expect('suback')
  await first.disconnect()
  const again = await use.phone('carol/phone', { subscribes: false })
  await (await use.phone('dave/phone')).tell('bob', 'for bob alone')
  await bob.message()
  expect(again.items()).toEqual([])
})

test('UNSUBSCRIBE is answered, also for what was never subscribed [MQTT-3.10.4-4] [MQTT-3.10.4-5]', async () => {
  const phone = await use.phone('alice/phone')
  phone.raw.send(unsubscribePacket(21, ['u/nobody', 'u/alice']))
  expect((await phone.raw.expect('unsuback')).packetId).toBe(21)
})

test('UNSUBSCRIBE pauses the mailbox, SUBSCRIBE goes on where it stood [MQTT-3.10.4-2]', async () => {
  const bob = await use.phone('bob/phone')
  const alice = await use.phone('alice/phone')
  await alice.tell('bob', 'one')
  await bob.message()
  await bob.raw.unsubscribe('u/bob')
  await alice.tell('bob', 'two')
  await bob.raw.roundTrip()
  expect(bob.items().filter((one) => one.kind === 'messages')).toEqual([])
  await bob.raw.subscribe('u/bob')
  expect((await bob.message()).text).toBe('two')
})

test('the same filter again is one subscription: nothing comes twice [MQTT-3.8.4-3]', async () => {
  const erin = await use.phone('erin/phone')
  await erin.raw.subscribe('u/erin')
  await erin.raw.subscribe('u/erin')
  const alice = await use.phone('alice/phone')
  await alice.tell('erin', 'one')
  await alice.tell('erin', 'two')
  expect((await erin.message()).text).toBe('one')
  expect((await erin.message()).text).toBe('two')
})

test('an UNSUBSCRIBE without filters or of wrong flags closes [MQTT-3.10.1-1] [MQTT-3.10.3-2]', async () => {
  for (const bytes of [packet(0xa2, uint16(1)), packet(0xa0, Buffer.concat([uint16(1), text('u/alice')]))]) {
    const phone = await use.phone('alice/phone', { subscribes: false })
    phone.raw.send(bytes)
    await phone.raw.expectClosed(5_000, 'unsuback')
  }
})

test('a SUBSCRIBE without filters, of wrong flags, or with a QoS of 3 closes [MQTT-3.8.1-1] [MQTT-3.8.3-3] [MQTT-3.8.3-4]', async () => {
  const id = uint16(1)
  const bad = [
    packet(0x82, id),
    packet(0x80, Buffer.concat([id, text('u/alice'), Buffer.of(1)])),
    packet(0x82, Buffer.concat([id, text('u/alice'), Buffer.of(3)])),
  ]
  for (const bytes of bad) {
    const phone = await use.phone('alice/phone', { subscribes: false })
    phone.raw.send(bytes)
    await phone.raw.expectClosed(5_000, 'suback')
  }
})
