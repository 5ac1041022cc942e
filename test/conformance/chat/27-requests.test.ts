// Are the requests that concern no single chat answered, to the asking device alone, and page by page?
import { expect, test } from 'vitest'
import { chatIdOf } from '../../../proto/ids.ts'
import { useServer } from '../../support/use-server.ts'

const use = useServer()

test('my chats: last seq, my marks, unread, members of a direct chat', async () => {
  const alice = await use.phone('alice/phone')
  const bob = await use.phone('bob/phone')
  for (const text of ['one', 'two', 'three']) await alice.tell('bob', text)
  await bob.next('messages', (item) => item.seq === 3)
  await bob.up(bob.direct('alice'), { read: { upTo: 2 } })
  await alice.receipt('read', alice.direct('bob'), 1)
  const group = await alice.createGroup('trip', ['bob'])
  await bob.message(group)
  let chats = (await bob.request({ request: 1, myChats: {} })).chats.chats
  for (let request = 2; chats.length < 2 || chats.some((chat) => chat.myRead === 0 && chat.direct); request++)
    chats = (await bob.request({ request, myChats: {} })).chats.chats
  const direct = chats.find((chat) => chat.direct)
  expect(direct).toMatchObject({ lastSeq: 3, myNumber: 1, myRead: 2, unread: 1 })
  expect(direct?.members.map(({ number, user }) => [number, user])).toEqual([
    [0, 'alice'],
    [1, 'bob'],
  ])
  expect(chats.find((chat) => !chat.direct)).toMatchObject({ name: 'trip', lastSeq: 1, myNumber: 1 })
})

test('pages: each chat once, in the order of ids, until next is empty', async () => {
  const carol = await use.phone('carol/phone')
  for (let i = 0; i < 7; i++) await carol.createGroup(`g${i}`, [])
  const seen: string[] = []
  let after = new Uint8Array(0)
  for (let request = 10; ; request++) {
    const { chats } = await carol.request({ request, myChats: { after, limit: 3 } })
    expect(chats.chats.length).toBeLessThanOrEqual(3)
    seen.push(...chats.chats.map((chat) => Buffer.from(chat.chat).toString('hex')))
    if (chats.next.length === 0) break
    after = new Uint8Array(chats.next)
  }
  expect(seen).toHaveLength(7)
  expect(seen).toEqual([...new Set(seen)].toSorted())
})

test('one chat with its members and their marks, for members only', async () => {
  const alice = await use.phone('alice/phone')
  const group = await alice.createGroup('detail', ['bob'])
  await alice.up(group, { query: { request: 20, detail: {} } })
  const { chat } = await alice.response(20)
  expect(chatIdOf(chat.chat)).toBe(group)
  expect(chat).toMatchObject({ direct: false, name: 'detail', lastSeq: 1, myNumber: 0 })
  expect(chat.members.map(({ number, user, role, joinSeq }) => [number, user, role, joinSeq])).toEqual([
    [0, 'alice', 2, 1],
    [1, 'bob', 1, 1],
  ])
  const mallory = await use.phone('mallory/phone')
  await mallory.up(group, { query: { request: 21, detail: {} } })
  expect((await mallory.next('rejected', (item) => item.request === 21)).code).toBe(3)
})

test('G5 an answer goes to the asking device alone', async () => {
  const phone = await use.phone('dave/phone')
  const laptop = await use.phone('dave/laptop')
  await phone.request({ request: 30, myChats: {} })
  await (await use.phone('alice/phone')).tell('dave', 'barrier')
  await laptop.message()
  expect(laptop.items().filter((one) => one.kind === 'responses')).toEqual([])
})

test('operators add users; devices may not', async () => {
  const admin = await use.phone('operator/console', {
    token: await use.token({ user: 'operator', role: 'admin' }),
  })
  const answer = await admin.request({ request: 40, addUser: { user: 'newcomer' } })
  expect(answer.done).toBeTruthy()
  const alice = await use.phone('alice/phone')
  expect(await alice.tell('newcomer', 'welcome')).toBe(1)
  alice.request({ request: 41, listDead: {} }).catch(() => undefined)
  expect((await alice.next('rejected', (item) => item.request === 41)).code).toBe(5)
})
