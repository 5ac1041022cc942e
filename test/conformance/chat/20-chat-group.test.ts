// Does a group live as it should: create, add, remove, leave, rename, promote, each with a seq, seen by all in order?
import { expect, test } from 'vitest'
import type { Up } from '../../../proto/codec.ts'
import { chatBytesOf, groupChatId, type ChatId } from '../../../proto/ids.ts'
import { Phone } from '../../support/phone.ts'
import { useServer } from '../../support/use-server.ts'

const use = useServer()

async function command(phone: Phone, chat: ChatId, up: (clientSeq: number) => Up): Promise<number> {
  const clientSeq = Phone.nextClientSeq()
  await phone.up(chat, up(clientSeq))
  return clientSeq
}

test('a created group is told to all members: number 0 is its creator and admin', async () => {
  const bob = await use.phone('bob/phone')
  const carol = await use.phone('carol/phone')
  const alice = await use.phone('alice/phone')
  const group = await alice.createGroup('trip', ['bob', 'carol'])
  for (const member of [bob, carol]) {
    const { seq, sender, change, chat } = await member.message(group)
    expect(Buffer.from(chat)).toEqual(Buffer.from(chatBytesOf(group)))
    expect([seq, sender]).toEqual([1, 0])
    expect(change.created.name).toBe('trip')
    expect(change.created.members.map(({ number, user, role }) => [number, user, role])).toEqual([
      [0, 'alice', 2],
      [1, 'bob', 1],
      [2, 'carol', 1],
    ])
  }
})

test('each change has its own seq, and all members see all of it in order', async () => {
  const [alice, bob, carol] = await Promise.all(
    ['alice/phone', 'bob/phone', 'carol/phone'].map((id) => use.phone(id)),
  )
  await use.users('dave')
  if (!alice || !bob || !carol) throw new Error('three phones')
  const group = await alice.createGroup('trip', ['bob', 'carol'])
  await alice.accepted(
    await command(alice, group, (clientSeq) => ({ rename: { clientSeq, name: 'journey' } })),
  )
  await alice.accepted(
    await command(alice, group, (clientSeq) => ({ add: { clientSeq, members: ['dave'] } })),
  )
  await bob.accepted(await bob.text(group, 'hi dave'))
  await alice.accepted(
    await command(alice, group, (clientSeq) => ({ setRole: { clientSeq, member: 'bob', role: 2 } })),
  )
  await bob.accepted(await command(bob, group, (clientSeq) => ({ remove: { clientSeq, members: ['dave'] } })))
  await carol.accepted(await command(carol, group, (clientSeq) => ({ leave: { clientSeq } })))
  const kinds: string[] = []
  for (let seq = 1; seq <= 7; seq++) {
    const message = await carol.message(group)
    expect(message.seq).toBe(seq)
    kinds.push(message.text === 'hi dave' ? 'text' : (Object.keys(message.change)[0] as string))
    // Her own leave is answered by Accepted, and is her last one.
    if (seq === 6) break
  }
  expect(kinds).toEqual(['created', 'renamed', 'added', 'text', 'roleSet', 'removed'])
})

test('G5 a new member gets the roster and nothing of before; a removed one gets the removal and nothing after', async () => {
  const alice = await use.phone('alice/phone')
  const erin = await use.phone('erin/phone')
  const group = await alice.createGroup('trip', [])
  await alice.accepted(await alice.text(group, 'before'))
  await alice.accepted(
    await command(alice, group, (clientSeq) => ({ add: { clientSeq, members: ['erin'] } })),
  )
  await alice.accepted(await alice.text(group, 'during'))
  await alice.accepted(
    await command(alice, group, (clientSeq) => ({ remove: { clientSeq, members: ['erin'] } })),
  )
  await alice.accepted(await alice.text(group, 'after'))
  await alice.tell('erin', 'privately')
  const added = await erin.message()
  expect(added.seq).toBe(3)
  expect(added.change.added.roster.members.map(({ user }) => user)).toEqual(['alice', 'erin'])
  expect(added.change.added.roster.name).toBe('trip')
  expect(await erin.message()).toMatchObject({ seq: 4, text: 'during' })
  expect((await erin.message()).change.removed.members).toEqual([1])
  expect((await erin.message()).text).toBe('privately')
  expect(await erin.rejected(await erin.text(group, 'still here'))).toBe('unknown-chat')
})

test('commands without the role are Rejected forbidden', async () => {
  const alice = await use.phone('alice/phone')
  const bob = await use.phone('bob/phone')
  const group = await alice.createGroup('trip', ['bob', 'carol'])
  for (const up of [
    (clientSeq: number) => ({ add: { clientSeq, members: ['dave'] } }),
    (clientSeq: number) => ({ remove: { clientSeq, members: ['carol'] } }),
    (clientSeq: number) => ({ rename: { clientSeq, name: 'mine' } }),
    (clientSeq: number) => ({ setRole: { clientSeq, member: 'bob', role: 2 } }),
  ])
    expect(await bob.rejected(await command(bob, group, up))).toBe('forbidden')
})

test('adding a user who does not exist is Rejected unknown-user', async () => {
  const alice = await use.phone('alice/phone')
  const group = await alice.createGroup('trip', [])
  const clientSeq = await command(alice, group, (seq) => ({ add: { clientSeq: seq, members: ['nobody'] } }))
  expect(await alice.rejected(clientSeq)).toBe('unknown-user')
})

test('a repeated create is answered like the first; an id that is in use is Rejected chat-exists', async () => {
  const alice = await use.phone('alice/phone')
  const bob = await use.phone('bob/phone')
  const group = groupChatId(crypto.getRandomValues(new Uint8Array(10)))
  const create = (clientSeq: number) => ({ create: { clientSeq, name: 'trip', members: ['bob'] } })
  const clientSeq = await command(alice, group, create)
  await alice.up(group, create(clientSeq))
  for (let i = 0; i < 2; i++) expect(await alice.next('accepted')).toMatchObject({ clientSeq, seq: 1 })
  expect(await bob.rejected(await command(bob, group, create))).toBe('chat-exists')
  expect(await alice.rejected(await command(alice, group, create))).toBe('chat-exists')
  expect((await bob.message(group)).seq).toBe(1)
  await alice.text(group, 'next')
  expect((await bob.message(group)).seq).toBe(2)
})

test('a command that changes nothing is Accepted with the last seq, and makes no entry', async () => {
  const alice = await use.phone('alice/phone')
  const bob = await use.phone('bob/phone')
  const group = await alice.createGroup('trip', ['bob'])
  expect(
    await alice.accepted(
      await command(alice, group, (clientSeq) => ({ add: { clientSeq, members: ['bob'] } })),
    ),
  ).toBe(1)
  expect(
    await alice.accepted(
      await command(alice, group, (clientSeq) => ({ rename: { clientSeq, name: 'trip' } })),
    ),
  ).toBe(1)
  expect(await alice.accepted(await alice.text(group, 'next'))).toBe(2)
  expect((await bob.message(group)).seq).toBe(1)
  expect((await bob.message(group)).seq).toBe(2)
})

test('when the last admin leaves, the member with the lowest number becomes admin', async () => {
  const alice = await use.phone('alice/phone')
  const bob = await use.phone('bob/phone')
  const group = await alice.createGroup('trip', ['bob', 'carol'])
  await alice.accepted(await command(alice, group, (clientSeq) => ({ leave: { clientSeq } })))
  await bob.message(group)
  const changes = [(await bob.message(group)).change, (await bob.message(group)).change]
  expect(changes.some((change) => change.left !== undefined)).toBe(true)
  expect(changes.find((change) => change.roleSet)?.roleSet).toMatchObject({ member: 1, role: 2 })
  expect(
    await bob.accepted(await command(bob, group, (clientSeq) => ({ rename: { clientSeq, name: 'ours' } }))),
  ).toBe(4)
})

test('a group that everybody has left is closed: what was sent is still delivered, its id is taken, no list has it', async () => {
  const [alice, bob, carol] = await Promise.all(
    ['gill/phone', 'hank/phone', 'ines/phone'].map((id) => use.phone(id)),
  )
  if (!alice || !bob || !carol) throw new Error('three phones')
  const group = await alice.createGroup('trip', ['hank'])
  await bob.message(group)
  await bob.disconnect()
  await alice.accepted(await alice.text(group, 'last words'))
  const leave = (clientSeq: number) => ({ leave: { clientSeq } })
  await alice.accepted(await command(alice, group, leave))
  const again = await use.phone('hank/phone')
  // Both that change and the promotion of who is left behind it.
  expect((await again.message(group)).text).toBe('last words')
  const clientSeq = await command(again, group, leave)
  const seq = await again.accepted(clientSeq)
  expect(seq).toBe(5)
  await again.up(group, leave(clientSeq))
  expect((await again.next('accepted', (item) => item.clientSeq === clientSeq)).seq).toBe(seq)
  const create = (number: number) => ({ create: { clientSeq: number, name: 'mine', members: [] } })
  for (const phone of [carol, alice, again])
    expect(await phone.rejected(await command(phone, group, create))).toBe('chat-exists')
  expect(await again.rejected(await again.text(group, 'anybody?'))).toBe('unknown-chat')
  const { chats } = await again.request({ request: 9, myChats: {} })
  expect(chats.chats).toEqual([])
})
