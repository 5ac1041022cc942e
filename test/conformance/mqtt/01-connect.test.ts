// Is a CONNECT answered as the standard says, and only one of them? [MQTT-3.1.0-1] [MQTT-3.1.0-2] [MQTT-3.2.2-4]
import { expect, test } from 'vitest'
import { connectPacket, pingreqPacket, subscribePacket } from '../../support/mqtt-packets.ts'
import { useServer } from '../../support/use-server.ts'

const use = useServer()

test('a CONNECT with a good token gets CONNACK 0, session present 0 the first time [MQTT-3.2.2-3] [MQTT-3.1.4-4] [MQTT-3.2.0-1] [MQTT-2.2.2-1]', async () => {
  const client = await use.open()
  const token = await use.token('alice')
  expect(await client.connect({ clientId: 'alice/phone', username: 'alice', password: token })).toMatchObject(
    {
      code: 0,
      sessionPresent: false,
      size: 4,
    },
  )
})

test('the user name may be left out: the token says who it is', async () => {
  const client = await use.open()
  const bytes = connectPacket({ clientId: 'alice/phone', username: '', password: await use.token('alice') })
  client.send(bytes)
  expect((await client.expect('connack')).code).toBe(0)
})

test('a packet before CONNECT closes the connection without an answer [MQTT-3.1.0-1]', async () => {
  for (const bytes of [pingreqPacket(), subscribePacket(1, [['u/alice', 1]])]) {
    const client = await use.open()
    client.send(bytes)
    await client.expectClosed(5_000, 'pingresp', 'suback')
  }
})

test('a second CONNECT closes the connection [MQTT-3.1.0-2]', async () => {
  const phone = await use.phone('alice/phone')
  phone.raw.send(
    connectPacket({ clientId: 'alice/phone', username: 'alice', password: await use.token('alice') }),
  )
  await phone.raw.expectClosed(5_000, 'connack')
})

test('PINGREQ is answered with PINGRESP [MQTT-3.12.4-1]', async () => {
  const phone = await use.phone('alice/phone')
  phone.raw.send(pingreqPacket())
  await phone.raw.expect('pingresp')
})

test('packets in the same segment as the CONNECT are read after it', async () => {
  const client = await use.open()
  const connect = connectPacket({ clientId: 'bob/phone', username: 'bob', password: await use.token('bob') })
  client.send(connect, subscribePacket(7, [['u/bob', 1]]), pingreqPacket())
  expect((await client.expect('connack')).code).toBe(0)
  expect(await client.take('suback')).toMatchObject({ packetId: 7, codes: [1] })
  await client.take('pingresp')
})
