// What does a group at its limit of members do, and a user at theirs of chats?
import { expect, test } from 'vitest'
import { groupChatId } from '../../../proto/ids.ts'
import { Phone } from '../../support/phone.ts'
import { useServer } from '../../support/use-server.ts'

const use = useServer({ RESTANTE_GROUP_MEMBERS_MAX: '3', RESTANTE_CHATS_PER_USER_MAX: '4' })

test('G8 a group takes members up to the limit, one more is Rejected chat-full', async () => {
  await use.users('bob', 'carol', 'dave')
  const alice = await use.phone('alice/phone')
  const group = await alice.createGroup('trip', ['bob', 'carol'])
  const add = Phone.nextClientSeq()
  await alice.up(group, { add: { clientSeq: add, members: ['dave'] } })
  expect(await alice.rejected(add)).toBe('chat-full')
  const create = Phone.nextClientSeq()
  const other = groupChatId(crypto.getRandomValues(new Uint8Array(10)))
  await alice.up(other, { create: { clientSeq: create, name: 'x', members: ['bob', 'carol', 'dave'] } })
  expect(await alice.rejected(create)).toBe('chat-full')
})

test('G8 a user begins chats up to the limit, groups and direct ones; one more is Rejected too-many-chats until one has ended', async () => {
  await use.users('carol', 'dave')
  const [eve, bob] = [await use.phone('eve/phone'), await use.phone('bob/phone')]
  const shared = await eve.createGroup('one', ['bob'])
  const own = await eve.createGroup('two', [])
  await eve.tell('bob', 'hi')
  await eve.tell('carol', 'hi')
  const begin = async (): Promise<string | undefined> => {
    const clientSeq = Phone.nextClientSeq()
    const chat = groupChatId(crypto.getRandomValues(new Uint8Array(10)))
    await eve.up(chat, { create: { clientSeq, name: 'three', members: [] } })
    return eve.accepted(clientSeq).then(
      () => 'accepted',
      () => eve.rejected(clientSeq),
    )
  }
  expect(await begin()).toBe('too-many-chats')
  expect(await eve.rejected(await eve.text(eve.direct('dave'), 'hi', { peer: 'dave' }))).toBe(
    'too-many-chats',
  )
  // What others begin is theirs: nobody can be filled up, and who is at the limit is written to and added as ever.
  await bob.accepted(await bob.text(shared, 'still here'))
  await bob.createGroup('of bob', ['eve'])
  const leave = Phone.nextClientSeq()
  await eve.up(own, { leave: { clientSeq: leave } })
  await eve.accepted(leave)
  expect(await begin()).toBe('accepted')
  expect(await begin()).toBe('too-many-chats')
})
