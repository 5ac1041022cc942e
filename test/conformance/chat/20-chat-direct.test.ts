// Does a direct chat come to exist by its first message, with the right members, and can nobody squat it?
import { expect, test } from 'vitest'
import { encodeUp } from '../../../proto/codec.ts'
import { groupChatId, type UserId } from '../../../proto/ids.ts'
import { directChatId } from '../../../proto/ids.ts'
import { Phone } from '../../support/phone.ts'
import { useServer } from '../../support/use-server.ts'

const use = useServer()

test('the first message makes the chat: seq 1, both members, the sender is member 0', async () => {
  const bob = await use.phone('bob/phone')
  const alice = await use.phone('alice/phone')
  expect(await alice.tell('bob', 'hello')).toBe(1)
  const message = await bob.message()
  expect(message).toMatchObject({ seq: 1, sender: 0, text: 'hello', directMembers: ['alice', 'bob'] })
  expect(Math.abs(message.sentAtS - Date.now() / 1000)).toBeLessThan(60)
})

test('the answer goes the other way, in the same chat, and needs no peer', async () => {
  const bob = await use.phone('bob/phone')
  const alice = await use.phone('alice/phone')
  expect(await bob.accepted(await bob.text(bob.direct('alice'), 'hi'))).toBe(2)
  expect(await alice.message()).toMatchObject({ seq: 2, sender: 1, text: 'hi', directMembers: [] })
})

test('the other devices of the sender get the message too, the sending one does not', async () => {
  const laptop = await use.phone('alice/laptop')
  const alice = await use.phone('alice/phone')
  await alice.tell('bob', 'to all of us')
  expect((await laptop.next('messages', (item) => item.text === 'to all of us')).sender).toBe(0)
  await alice.raw.roundTrip()
  expect(alice.items().filter((one) => one.kind === 'messages')).toEqual([])
})

test('G5 the id of a chat that others have opens nothing: same refusal as an unknown one', async () => {
  const mallory = await use.phone('mallory/phone')
  const others = directChatId('alice' as UserId, 'bob' as UserId)
  const unknown = directChatId('alice' as UserId, 'nobody' as UserId)
  const group = groupChatId(crypto.getRandomValues(new Uint8Array(10)))
  for (const chat of [others, unknown, group])
    expect(await mallory.rejected(await mallory.text(chat, 'let me in'))).toBe('unknown-chat')
})

test('G5 a direct chat can’t be squatted: the id must be that of sender and peer', async () => {
  const mallory = await use.phone('mallory/phone')
  const others = directChatId('alice' as UserId, 'carol' as UserId)
  for (const peer of ['alice', 'carol', 'mallory'])
    expect(['unknown-chat', 'invalid']).toContain(
      await mallory.rejected(await mallory.text(others, 'mine', { peer })),
    )
  await use.users('carol')
  const alice = await use.phone('alice/phone')
  expect(await alice.tell('carol', 'first')).toBe(1)
})

test('trap 2: a message to a user that does not exist is Rejected unknown-user, and the connection goes on', async () => {
  const alice = await use.phone('alice/phone')
  const clientSeq = await alice.text(alice.direct('nobody'), 'anyone?', { peer: 'nobody' })
  expect(await alice.rejected(clientSeq)).toBe('unknown-user')
  await alice.raw.roundTrip()
})

test('a message to oneself is Rejected invalid', async () => {
  const alice = await use.phone('alice/phone')
  expect(await alice.rejected(await alice.text(alice.direct('alice'), 'me', { peer: 'alice' }))).toBe(
    'invalid',
  )
})

test('group commands in a direct chat are Rejected invalid or forbidden', async () => {
  const alice = await use.phone('alice/phone')
  await alice.tell('bob', 'x')
  const commands = [
    { add: { members: ['carol'] } },
    { remove: { members: ['bob'] } },
    { leave: {} },
    { rename: { name: 'x' } },
    { setRole: { member: 'bob', role: 2 } },
    { create: { name: 'x' } },
  ]
  for (const command of commands) {
    const clientSeq = Phone.nextClientSeq()
    const [kind, fields] = Object.entries(command)[0] as [string, object]
    await alice.raw.publish({
      topic: `g/${alice.direct('bob')}`,
      payload: encodeUp({ [kind]: { ...fields, clientSeq } }),
    })
    expect(['invalid', 'forbidden'], kind).toContain(await alice.rejected(clientSeq))
  }
})

test('opaque bytes arrive as they were sent, with their content type', async () => {
  const alice = await use.phone('alice/phone')
  const bob = await use.phone('bob/phone')
  const body = Uint8Array.from({ length: 256 }, (_, i) => i)
  await alice.up(alice.direct('bob'), {
    message: { clientSeq: Phone.nextClientSeq(), body, contentType: 'image/png', peer: 'bob' },
  })
  const message = await bob.next('messages', (item) => item.contentType !== '')
  expect(message.contentType).toBe('image/png')
  expect(Buffer.from(message.body)).toEqual(Buffer.from(body))
})
