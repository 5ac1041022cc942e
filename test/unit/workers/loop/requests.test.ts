import { describe, expect, it } from 'vitest'
import { errorCode } from '../../../../proto/errors.ts'
import { chatBytesOf, chatIdOf } from '../../../../proto/ids.ts'
import { CHAT_PAGE_MAX } from '../../../../proto/limits.ts'
import { encodeUp } from '../../../../proto/codec.ts'
import { Allowance } from '../../../../workers/loop/allowance.ts'
import { FactSource, noNeeds } from '../../../../workers/loop/facts.ts'
import { KnownUsers } from '../../../../workers/loop/known-users.ts'
import { direct, group, Office } from '../office.ts'

const ANN_BOB = direct('ann', 'bob')

async function open(...users: string[]): Promise<Office> {
  const office = new Office()
  for (const user of users) office.connect(user)
  await office.round()
  return office
}
const responses = (office: Office, user: string) =>
  office.delivered.filter((one) => one.user === user).flatMap(({ down }) => down.responses)
const refusals = (office: Office, user: string) =>
  office.delivered.filter((one) => one.user === user).flatMap(({ down }) => down.rejected)

describe('my chats', () => {
  it('come from the directory, with what is newer in memory laid over them', async () => {
    const office = await open('ann', 'bob')
    office.up('ann', ANN_BOB, { message: { clientSeq: 1, text: 'one', peer: 'bob' } })
    await office.round()
    await office.save()
    office.up('ann', ANN_BOB, { message: { clientSeq: 2, text: 'two' } })
    await office.round()
    office.ask('bob', { request: 5, myChats: {} })
    await office.round()
    expect(responses(office, 'bob')).toMatchObject([
      {
        request: 5,
        chats: {
          chats: [
            {
              chat: Buffer.from(chatBytesOf(ANN_BOB)),
              direct: true,
              lastSeq: 2,
              myNumber: 1,
              unread: 2,
              members: [{ user: 'ann' }, { number: 1, user: 'bob' }],
            },
          ],
        },
      },
    ])
  })

  it('know of a chat that the directory has not got yet, and not of one that was just left', async () => {
    const office = await open('ann', 'bob')
    const [old, young] = [group(1), group(2)]
    office.up('bob', old, { create: { clientSeq: 1, name: 'old', members: [] } })
    await office.round()
    await office.save()
    office.up('bob', old, { leave: { clientSeq: 2 } })
    office.up('ann', young, { create: { clientSeq: 1, name: 'young', members: ['bob'] } })
    await office.round()
    office.ask('bob', { request: 1, myChats: {} })
    await office.round()
    expect(responses(office, 'bob')[0]?.chats?.chats).toMatchObject([{ name: 'young' }])
    expect(responses(office, 'bob')[0]?.chats?.chats).toHaveLength(1)
  })

  it('come in pages, each chat once, also while chats come up', async () => {
    const office = await open('ann')
    const chats = Array.from({ length: 7 }, (_, i) => group(i, i + 1))
    for (const [i, chat] of chats.entries()) {
      office.up('ann', chat, { create: { clientSeq: i + 1, name: `n${i}`, members: [] } })
      await office.round()
      if (i % 2 === 0) await office.save()
    }
    const seen: string[] = []
    let after: Uint8Array = new Uint8Array()
    for (let request = 1; request < 20; request++) {
      office.ask('ann', { request, myChats: { after, limit: 2 } })
      await office.round()
      const page = responses(office, 'ann').at(-1)?.chats
      seen.push(...(page?.chats ?? []).map(({ chat }) => chatIdOf(chat ?? new Uint8Array())))
      after = page?.next ?? new Uint8Array()
      if (after.length === 0) break
    }
    expect(seen).toEqual([...chats].sort((a, b) => Buffer.compare(chatBytesOf(a), chatBytesOf(b))))
  })

  it('are never more than a page, also while the directory lags behind (G8)', async () => {
    const office = await open('ann')
    const ids: number[] = []
    for (let i = 0; i < 30; i++) {
      office.up('ann', group(9, i + 1), { create: { clientSeq: i + 1, name: `n${i}`, members: [] } })
      await office.round()
      if (i === 20) await office.save()
    }
    for (let after: Uint8Array | undefined = new Uint8Array(), request = 1; after; request++) {
      office.ask('ann', { request, myChats: { after, limit: 4 } })
      await office.round()
      const page = responses(office, 'ann').at(-1)?.chats
      expect(page?.chats?.length).toBeLessThanOrEqual(4)
      ids.push(...(page?.chats ?? []).map(({ chat }) => chat?.[0] ?? 0))
      after = page?.next?.length ? page.next : undefined
    }
    expect(ids).toEqual(Array.from({ length: 30 }, (_, i) => i + 1))
  })

  it('are limited to a page, and refused for a cursor that is none (G8)', async () => {
    const office = await open('ann')
    office.ask('ann', { request: 1, myChats: { after: Uint8Array.of(1, 2, 3) } })
    office.ask('ann', { request: 2, myChats: { limit: 1_000_000 } })
    await office.round()
    expect(refusals(office, 'ann')).toMatchObject([{ request: 1, code: errorCode('invalid') }])
    expect(office.directory.asks.at(-1)?.limit).toBe(CHAT_PAGE_MAX)
  })

  it('cannot be had while the directory is away, while other entries of the frame go on', async () => {
    const office = await open('ann', 'bob')
    office.up('ann', ANN_BOB, { message: { clientSeq: 1, text: 'one', peer: 'bob' } })
    await office.round()
    office.directory.isAway = true
    office.up('ann', ANN_BOB, { message: { clientSeq: 2, text: 'two' } })
    office.ask('ann', { request: 1, myChats: {} })
    await office.round()
    expect(refusals(office, 'ann')).toMatchObject([
      { request: 1, code: errorCode('unavailable'), retryAfterS: 5 },
    ])
    expect(office.texts('bob')).toEqual(['one', 'two'])
  })

  it('of many askers in one frame are one query', async () => {
    const office = await open('ann', 'bob')
    office.directory.calls.length = 0
    for (const user of ['ann', 'bob']) office.ask(user, { request: 1, myChats: {} })
    await office.round()
    expect(office.directory.calls).toEqual(['chatPages'])
  })
})

describe('other requests', () => {
  it('add a user for an operator only', async () => {
    const office = await open('ann', 'root')
    office.ask('ann', { request: 1, addUser: { user: 'zoe' } })
    office.ask('root', { request: 2, addUser: { user: 'zoe' } }, true)
    office.ask('root', { request: 3, addUser: { user: 'a/b' } }, true)
    await office.round()
    expect(refusals(office, 'ann')).toMatchObject([{ request: 1, code: errorCode('forbidden') }])
    expect(responses(office, 'root')).toMatchObject([{ request: 2, done: {} }])
    expect(refusals(office, 'root')).toMatchObject([{ request: 3, code: errorCode('invalid') }])
    expect(office.directory.users.has('zoe')).toBe(true)
  })

  it('say of an added user who is there under an id that differs in case only', async () => {
    const office = await open('ann', 'root')
    for (const [i, user] of ['Ann', 'ann'].entries()) {
      office.ask('root', { request: 2 + i, addUser: { user } }, true)
      await office.round()
    }
    expect(responses(office, 'root')).toMatchObject([
      { request: 2, done: { alike: ['ann'] } },
      { request: 3, done: { alike: [] } },
    ])
  })

  it('add nobody while the directory is away', async () => {
    const office = await open('root')
    office.directory.isAway = true
    office.ask('root', { request: 2, addUser: { user: 'zoe' } }, true)
    await office.round()
    expect(refusals(office, 'root')).toMatchObject([{ code: errorCode('unavailable') }])
    office.directory.isAway = false
    office.up('root', direct('root', 'zoe'), { message: { clientSeq: 1, text: 'hi', peer: 'zoe' } })
    await office.round()
    expect(office.codes('root').at(-1)).toBe(errorCode('unknown-user'))
  })

  it('that are unknown or no protobuf are told so', async () => {
    const office = await open('ann')
    office.ask('ann', { request: 4 })
    office.ask('ann', { request: 5, listDevices: {} })
    office.askBytes('ann', Uint8Array.of(0xff))
    await office.round()
    expect(refusals(office, 'ann').map(({ code, request }) => [request ?? 0, code])).toEqual([
      [4, errorCode('unsupported')],
      [5, errorCode('unsupported')],
      [0, errorCode('malformed')],
    ])
  })
})

describe('users', () => {
  it('exist from their first connection on, for entries of the same frame too', async () => {
    const office = new Office()
    office.up('ann', ANN_BOB, { message: { clientSeq: 1, text: 'one', peer: 'bob' } })
    office.connect('bob')
    await office.round()
    expect(office.texts('bob')).toEqual(['one'])
    expect(office.directory.users.has('bob')).toBe(true)
  })

  it('that connect while the directory is away exist for the chats, and are inserted when it is back', async () => {
    const office = new Office()
    office.up('ann', group(1), { create: { clientSeq: 1, name: 'x', members: [] } })
    await office.round()
    office.directory.isAway = true
    office.connect('bob')
    office.up('ann', group(1), { add: { clientSeq: 2, members: ['bob'] } })
    office.up('ann', group(1), { message: { clientSeq: 3, text: 'one' } })
    await office.round()
    expect(office.texts('bob')).toEqual(['one'])
    expect(office.dirty()).toContain('u:bob')
    office.takeOver()
    office.directory.isAway = false
    await office.round()
    await office.save()
    await office.round()
    await office.save()
    expect(office.directory.users.has('bob')).toBe(true)
    expect(office.dirty()).toEqual([])
  })

  it('are looked for in one query for a frame, and only if nobody knows them', async () => {
    const office = await open('ann', 'bob')
    office.directory.users.add('zoe')
    office.directory.calls.length = 0
    office.up('ann', group(1), { create: { clientSeq: 1, name: 'x', members: ['bob', 'zoe'] } })
    office.up('ann', group(2), { create: { clientSeq: 2, name: 'x', members: ['zoe'] } })
    office.up('ann', direct('ann', 'zoe'), { message: { clientSeq: 3, text: 'hi', peer: 'zoe' } })
    await office.round()
    expect(office.directory.calls).toEqual(['existing', 'chatCopies'])
    office.up('ann', group(3), { create: { clientSeq: 4, name: 'x', members: ['zoe'] } })
    await office.round()
    expect(office.directory.calls).toEqual(['existing', 'chatCopies', 'chatCopies'])
  })

  it('that are not found are looked for once more: their own worker may be just inserting them', async () => {
    const office = await open('ann')
    office.up('ann', direct('ann', 'zoe'), { message: { clientSeq: 1, text: 'hi', peer: 'zoe' } })
    const round = office.round()
    office.directory.users.add('zoe')
    await round
    expect(office.texts('zoe')).toEqual(['hi'])
  })

  it('that were found exist for their frame, however few are remembered', async () => {
    const office = await open('ann')
    const members = Array.from({ length: 15 }, (_, i) => `m${i}`)
    for (const member of members) office.directory.users.add(member)
    const few = new FactSource(
      office.directory,
      new KnownUsers(2),
      new Allowance({
        recipientsPerMinMax: 100,
        recipientBytesPerSMax: 1e12,
        recipientsBurstS: 1,
        chatsPerDayMax: 1e12,
      }),
      16,
    )
    const facts = await few.gather({ ...noNeeds(), named: new Set([...members, 'zoe']) })
    expect(members.map((member) => facts.exists(member))).not.toContain(undefined)
    expect(facts.exists('zoe')).toBe(false)
    expect(facts.exists('somebody else')).toBeUndefined()
  })

  it('that nobody finds are unknown', async () => {
    const office = await open('ann')
    office.up('ann', direct('ann', 'zoe'), { message: { clientSeq: 1, text: 'hi', peer: 'zoe' } })
    await office.round()
    expect(office.codes('ann')).toEqual([errorCode('unknown-user')])
  })

  it('are not asked for when they are more than a chat may have: others get their answers (G8)', async () => {
    const office = await open('ann', 'bob')
    office.directory.users.add('zoe')
    const members = Array.from({ length: 12_000 }, (_, i) => `n${i}`)
    office.up('ann', group(1), { create: { clientSeq: 1, name: 'x', members } })
    office.up('bob', group(1, 2), { create: { clientSeq: 1, name: 'x', members: ['zoe'] } })
    await office.round()
    expect(office.codes('ann')).toEqual([errorCode('chat-full')])
    expect(office.codes('bob')).toEqual([])
  })

  it('of hostile names are not asked for', async () => {
    const office = await open('ann')
    office.directory.calls.length = 0
    const up = encodeUp({ create: { clientSeq: 1, name: 'x', members: ['__proto__', '#', 'x'.repeat(65)] } })
    office.up('ann', group(1), up)
    await office.round()
    expect(office.codes('ann')).toEqual([errorCode('unknown-user')])
    expect(office.directory.calls).toEqual(['chatCopies'])
  })
})
