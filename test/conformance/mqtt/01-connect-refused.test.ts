// Is a CONNECT of another protocol or form refused in the right way? [MQTT-3.1.2-1] [MQTT-3.1.2-2] [MQTT-3.1.2-3] [MQTT-3.1.3-9]
import { expect, test } from 'vitest'
import { encodeUp } from '../../../proto/codec.ts'
import { connectPacket, packet, publishPacket, text, uint16 } from '../../support/mqtt-packets.ts'
import { Phone } from '../../support/phone.ts'
import { useServer } from '../../support/use-server.ts'

const use = useServer()
const credentials = async () => ({ username: 'alice', password: await use.token('alice') })

test('trap 14: an MQTT 5 CONNECT gets CONNACK 1 and is closed [MQTT-3.1.2-2]', async () => {
  const client = await use.open()
  // Level 5 has properties behind the keep-alive: one byte, no properties.
  const head = [text('MQTT'), Buffer.of(5, 0xc2), uint16(60), Buffer.of(0)]
  client.send(
    packet(
      0x10,
      Buffer.concat([...head, text('alice/phone'), text('alice'), text(await use.token('alice'))]),
    ),
  )
  expect((await client.expect('connack')).code).toBe(1)
  await client.expectClosed()
})

test('an MQTT 5 CONNECT with any properties, good or not, and without credentials gets CONNACK 1', async () => {
  const head = (flags: number) => [text('MQTT'), Buffer.of(5, flags), uint16(60)]
  const session = Buffer.of(5, 0x11, 0, 0, 0, 60)
  const bodies = {
    'session expiry, no credentials, no client id': [...head(2), session, text('')],
    'an authentication method': [...head(2), Buffer.of(5, 0x15), text('ab'), text('alice/phone')],
    'a will with properties': [
      ...head(6),
      Buffer.of(0),
      text('a'),
      Buffer.of(5, 0x18, 0, 0, 0, 1),
      text('w'),
    ],
    'a property that there is not': [...head(2), Buffer.of(2, 0x7f, 0), text('alice/phone')],
    'properties that are cut off': [...head(2), Buffer.of(40, 0x11)],
  }
  for (const [name, body] of Object.entries(bodies)) {
    const client = await use.open()
    client.send(packet(0x10, Buffer.concat(body)))
    expect((await client.expect('connack')).code, name).toBe(1)
    await client.expectClosed()
  }
})

test('a protocol level that nobody knows gets CONNACK 1 and is closed [MQTT-3.1.2-2]', async () => {
  for (const level of [0, 3, 6, 255]) {
    const client = await use.open()
    expect((await client.connect({ clientId: 'alice/phone', level, ...(await credentials()) })).code).toBe(1)
    await client.expectClosed()
  }
})

test('a protocol of another name is closed [MQTT-3.1.2-1]', async () => {
  const client = await use.open()
  client.send(connectPacket({ clientId: 'alice/phone', protocol: 'HTTP', ...(await credentials()) }))
  await client.expectClosed()
})

test('the reserved flag closes the connection [MQTT-3.1.2-3]', async () => {
  const client = await use.open()
  client.send(connectPacket({ clientId: 'alice/phone', extraFlags: 1, ...(await credentials()) }))
  await client.expectClosed()
})

test('a client id that is not <user>/<device> gets CONNACK 2 and is closed [MQTT-3.1.3-9]', async () => {
  const bad = [
    'alice',
    'alice/',
    '/phone',
    'alice/a/b',
    'alice/#',
    'alice/+',
    '__proto__/phone',
    'alice/__proto__',
    'a b/phone',
    `alice/${'d'.repeat(33)}`,
  ]
  for (const clientId of bad) {
    const client = await use.open()
    expect((await client.connect({ clientId, ...(await credentials()) })).code, clientId.slice(0, 40)).toBe(2)
    await client.expectClosed()
  }
})

test('an empty client id gets CONNACK 2, clean or not: sessions need a name [MQTT-3.1.3-8]', async () => {
  for (const clean of [true, false]) {
    const client = await use.open()
    expect((await client.connect({ clientId: '', clean, ...(await credentials()) })).code).toBe(2)
    await client.expectClosed()
  }
})

test('a CONNECT that ends before what its flags announce closes [MQTT-3.1.4-1]', async () => {
  const client = await use.open()
  const whole = connectPacket({ clientId: 'alice/phone', ...(await credentials()) })
  client.send(packet(0x10, whole.subarray(whole.indexOf('MQTT') - 2, -5)))
  await client.expectClosed()
})

test('what follows a refused CONNECT in the same segment is not carried out [MQTT-3.1.4-5]', async () => {
  const bob = await use.phone('bob/phone')
  const client = await use.open()
  const payload = encodeUp({ message: { clientSeq: Phone.nextClientSeq(), text: 'smuggled', peer: 'bob' } })
  const topic = `g/${bob.direct('alice')}`
  client.send(
    connectPacket({ clientId: 'alice/phone', username: 'alice', password: 'wrong' }),
    publishPacket({ topic, payload }),
  )
  expect((await client.expect('connack')).code).toBe(4)
  await client.expectClosed(5_000, 'puback')
  await (await use.phone('carol/phone')).tell('bob', 'barrier')
  expect((await bob.message()).text).toBe('barrier')
})

test('what was refused is counted', async () => {
  expect(await use.server.metric('restante_broker_connects_refused_total')).toBeGreaterThan(5)
})
