// Is a PUBLISH acknowledged when it is stored, in order, and only within the topic map? [MQTT-4.3.2-2] [MQTT-4.6.0-2] [MQTT-3.3.5-2]
import { expect, test } from 'vitest'
import { encodeUp } from '../../../proto/codec.ts'
import { groupChatId } from '../../../proto/ids.ts'
import { publishPacket, pubrecPacket, pubrelPacket } from '../../support/mqtt-packets.ts'
import { Phone } from '../../support/phone.ts'
import { useServer } from '../../support/use-server.ts'

const use = useServer()
const chats = Array.from({ length: 20 }, (_, i) =>
  groupChatId(Uint8Array.from({ length: 10 }, (__, at) => (at === 9 ? i * 13 : 7))),
)
const up = (text: string) => encodeUp({ message: { clientSeq: Phone.nextClientSeq(), text } })

test('a QoS 1 PUBLISH gets a PUBACK with its packet id [MQTT-2.3.1-6] [MQTT-3.3.4-1]', async () => {
  const phone = await use.phone('alice/phone')
  phone.raw.send(publishPacket({ topic: `g/${chats[0]}`, payload: up('x'), packetId: 4711 }))
  expect((await phone.raw.take('puback')).packetId).toBe(4711)
})

test('trap 1: PUBACKs come in the order of the PUBLISHes, over many chats [MQTT-4.6.0-2]', async () => {
  const phone = await use.phone('alice/phone')
  const ids = Array.from({ length: 300 }, (_, i) => 1_000 + i)
  phone.raw.send(
    ...ids.map((packetId, i) =>
      publishPacket({ topic: `g/${chats[i % chats.length]}`, payload: up(`t${i}`), packetId }),
    ),
  )
  for (const packetId of ids) expect((await phone.raw.take('puback')).packetId).toBe(packetId)
})

test('a PUBLISH outside the topic map closes the connection without a PUBACK [MQTT-3.3.5-2]', async () => {
  const topics = [
    'x',
    'g',
    'f',
    'u/alice',
    'u/bob',
    'g/short',
    'g/AAAAAAAAAAAAAA/x',
    'g/AAAAAAAAAAAAAB',
    '$SYS/x',
    'q/',
    '__proto__',
    'u/__proto__',
    'g/..',
  ]
  for (const topic of topics) {
    const phone = await use.phone('alice/phone')
    phone.raw.send(publishPacket({ topic, payload: up('x') }))
    await phone.raw.expectClosed(5_000, 'puback')
  }
})

test('topics of workers are closed to devices at QoS 0 as well', async () => {
  for (const topic of ['g', 'f', 'u/bob']) {
    const phone = await use.phone('alice/phone')
    phone.raw.send(publishPacket({ topic, payload: up('x'), qos: 0 }))
    await phone.raw.expectClosed()
  }
})

test('a topic with a wildcard or an empty one closes [MQTT-3.3.2-2] [MQTT-4.7.3-1] [MQTT-4.7.3-2]', async () => {
  for (const topic of ['g/#', 'g/+', '', 'u/\0']) {
    const phone = await use.phone('alice/phone')
    phone.raw.send(publishPacket({ topic, payload: up('x') }))
    await phone.raw.expectClosed(5_000, 'puback')
  }
})

test('QoS 2 and its packets close the connection; QoS 3 is malformed [MQTT-3.3.1-4]', async () => {
  const topic = `g/${chats[0]}`
  const bad = [
    publishPacket({ topic, payload: up('x'), qos: 2 }),
    publishPacket({ topic, payload: up('x'), qos: 3 }),
    pubrecPacket(1),
    pubrelPacket(1),
  ]
  for (const bytes of bad) {
    const phone = await use.phone('alice/phone')
    phone.raw.send(bytes)
    await phone.raw.expectClosed(5_000, 'pubrec', 'puback')
  }
})

test('hooks trap: after a PUBLISH that is refused, nothing that the connection sent later is taken', async () => {
  const bob = await use.phone('bob/phone')
  const alice = await use.phone('alice/phone')
  const topic = `g/${alice.direct('bob')}`
  const say = (text: string) => encodeUp({ message: { clientSeq: Phone.nextClientSeq(), text, peer: 'bob' } })
  alice.raw.send(
    publishPacket({ topic, payload: say('before'), packetId: 1 }),
    publishPacket({ topic: 'nowhere', payload: say('wrong'), packetId: 2 }),
    publishPacket({ topic, payload: say('after'), packetId: 3 }),
  )
  await alice.raw.expectClosed()
  expect(alice.raw.received.filter((one) => one.type === 'puback' && one.packetId !== 1)).toEqual([])
  const again = await use.phone('alice/phone')
  await again.tell('bob', 'last')
  const texts = [(await bob.message()).text]
  while (texts.at(-1) !== 'last') texts.push((await bob.message()).text)
  expect(texts).toEqual(['before', 'last'])
})

test('a PUBLISH with DUP is taken like the first one, and its DUP is not handed on [MQTT-3.3.1-3]', async () => {
  const bob = await use.phone('bob/phone')
  const alice = await use.phone('alice/phone')
  const payload = encodeUp({ message: { clientSeq: Phone.nextClientSeq(), text: 'again?', peer: 'bob' } })
  await alice.raw.publish({ topic: `g/${alice.direct('bob')}`, payload, dup: true })
  await bob.next('messages', (message) => message.text === 'again?')
  expect(bob.frames().filter((frame) => frame.dup)).toEqual([])
})
