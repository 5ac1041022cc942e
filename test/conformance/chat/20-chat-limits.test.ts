// What does a group at its limit of members do?
import { expect, test } from 'vitest'
import { groupChatId } from '../../../proto/ids.ts'
import { Phone } from '../../support/phone.ts'
import { useServer } from '../../support/use-server.ts'

const use = useServer({ RESTANTE_GROUP_MEMBERS_MAX: '3' })

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
