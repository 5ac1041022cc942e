// Does typing reach the others live, without a trace, and only from members?
import { expect, test } from 'vitest'
import { encodeUp } from '../../../proto/codec.ts'
import { chatBytesOf } from '../../../proto/ids.ts'
import { publishPacket } from '../../support/mqtt-packets.ts'
import { useServer } from '../../support/use-server.ts'

const use = useServer()
const typing = (chat: string, stopped = false) =>
  publishPacket({ topic: `g/${chat}`, qos: 0, payload: encodeUp({ typing: { stopped } }) })

test('typing comes live, at QoS 0, with chat and member number', async () => {
  const alice = await use.phone('alice/phone')
  const bob = await use.phone('bob/phone')
  const chat = alice.direct('bob')
  await alice.tell('bob', 'hello')
  await bob.message()
  alice.raw.send(typing(chat))
  const notice = await bob.next('typing')
  expect(notice).toMatchObject({ member: 0, stopped: false })
  expect(Buffer.from(notice.chat)).toEqual(Buffer.from(chatBytesOf(chat)))
  expect(bob.frames().at(-1)).toMatchObject({ qos: 0, packetId: 0 })
  alice.raw.send(typing(chat, true))
  expect((await bob.next('typing')).stopped).toBe(true)
})

test('typing is kept for nobody who is away', async () => {
  const alice = await use.phone('alice/phone')
  await use.users('carol')
  await alice.tell('carol', 'one')
  alice.raw.send(typing(alice.direct('carol')))
  await alice.tell('carol', 'two')
  const carol = await use.phone('carol/phone')
  await carol.next('messages', (item) => item.text === 'two')
  expect(carol.items().filter((one) => one.kind === 'typing')).toEqual([])
})

test('G5 typing of a non-member, or in an unknown chat, reaches nobody', async () => {
  const alice = await use.phone('alice/phone')
  const bob = await use.phone('bob/phone')
  const mallory = await use.phone('mallory/phone')
  await alice.tell('bob', 'ours')
  mallory.raw.send(typing(alice.direct('bob')), typing('AAAAAAAAAAAAAA'))
  await mallory.tell('bob', 'barrier')
  await bob.next('messages', (item) => item.text === 'barrier')
  expect(bob.items().filter((one) => one.kind === 'typing')).toEqual([])
})

test('a message at QoS 0 closes as one at QoS 2 does, also if typing stands before it: QoS 0 is for typing', async () => {
  const bob = await use.phone('bob/phone')
  const message = encodeUp({ message: { clientSeq: 1, text: 'unacknowledged', peer: 'bob' } })
  const commands = [
    message,
    Buffer.concat([encodeUp({ typing: {} }), message]),
    encodeUp({ read: { upTo: 1 } }),
    encodeUp({ leave: { clientSeq: 2 } }),
    Buffer.from('hello'),
    Buffer.alloc(0),
  ]
  for (const payload of commands) {
    const alice = await use.phone('alice/phone')
    alice.raw.send(publishPacket({ topic: `g/${alice.direct('bob')}`, qos: 0, payload }))
    await alice.raw.expectClosed(5_000, 'puback')
  }
  await (await use.phone('alice/phone')).tell('bob', 'acknowledged')
  expect((await bob.message()).text).toBe('acknowledged')
  const closed = await use.server.metrics()
  expect(closed.get('restante_broker_connections_closed_total{reason="qos-0-refused"}')).toBe(commands.length)
})

test('typing with what a newer client adds to it is typing', async () => {
  const alice = await use.phone('alice/phone')
  const bob = await use.phone('bob/phone')
  await alice.tell('bob', 'hi')
  const payload = Buffer.concat([encodeUp({ typing: {} }), Buffer.of(15 << 3, 1)])
  alice.raw.send(publishPacket({ topic: `g/${alice.direct('bob')}`, qos: 0, payload }))
  await bob.next('typing')
})
