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

test('a message at QoS 0 is not taken: QoS 0 is for typing', async () => {
  const alice = await use.phone('alice/phone')
  const bob = await use.phone('bob/phone')
  const payload = encodeUp({ message: { clientSeq: Date.now(), text: 'unacknowledged', peer: 'bob' } })
  alice.raw.send(publishPacket({ topic: `g/${alice.direct('bob')}`, qos: 0, payload }))
  const again = alice.raw.isClosed ? await use.phone('alice/phone') : alice
  await again
    .tell('bob', 'acknowledged')
    .catch(async () => (await use.phone('alice/phone')).tell('bob', 'acknowledged'))
  await bob.next('messages', (item) => item.text === 'acknowledged')
  expect(bob.items().filter((one) => (one.item as { text?: string }).text === 'unacknowledged')).toEqual([])
})
