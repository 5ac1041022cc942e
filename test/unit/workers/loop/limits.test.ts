import { Settings } from '../../../../kit/settings.ts'
import { readWorkerConfig } from '../../../../workers/config.ts'
import { describe, expect, it } from 'vitest'
import { SHARED_UPS_MAX } from '../../../../broker/ingest/intake.ts'
import { groupChatId } from '../../../../proto/ids.ts'
import { errorCode } from '../../../../proto/errors.ts'
import { USER_ID_CHARS_MAX, WORKER_PACKET_BYTES_MAX } from '../../../../proto/limits.ts'
import { Asking } from '../../../../workers/loop/asking.ts'
import { Allowance } from '../../../../workers/loop/allowance.ts'
import { Backoff } from '../../../../kit/backoff.ts'
import { KnownUsers } from '../../../../workers/loop/known-users.ts'
import { DETAIL_MEMBERS_MAX } from '../../../../workers/chat/commands/query.ts'
import { FANOUT_BYTES_MAX } from '../../../../workers/loop/fanout-builder.ts'
import { direct, group, Office } from '../office.ts'
import { Room } from '../room.ts'

/** 60 recipients a second. */
const SIXTY = {
  recipientsPerMinMax: 3_600,
  recipientBytesPerSMax: 1_000,
  recipientsBurstS: 1,
  chatsPerDayMax: 24,
}

describe('how often a user is told that there is nobody of a name (G8)', () => {
  const HOUR_MS = 3_600_000

  it('is so many times within an hour; then no name is answered for a while', () => {
    const asking = new Asking(4)
    for (let i = 0; i < 4; i++) {
      expect(asking.waitS('ann', 1_000)).toBe(0)
      asking.told('ann', 1_000)
    }
    expect(asking.waitS('ann', 1_000)).toBe(900)
    expect(asking.waitS('bob', 1_000)).toBe(0)
    expect(asking.waitS('ann', 1_000 + HOUR_MS / 4)).toBe(0)
    asking.told('ann', 1_000 + HOUR_MS / 4)
    expect(asking.waitS('ann', 1_000 + HOUR_MS / 4)).toBe(900)
    expect(asking.waitS('ann', 1_000 + 2 * HOUR_MS)).toBe(0)
  })

  it('is not more often for clocks that differ, and not remembered of too many', () => {
    const asking = new Asking(1, 2)
    asking.told('ann', 60_000)
    expect(asking.waitS('ann', 0)).toBe(3_600)
    asking.told('bob', 60_000)
    asking.told('cid', 60_000)
    expect(asking.waitS('ann', 60_000)).toBe(0)
    expect(asking.waitS('cid', 60_000)).toBe(3_600)
  })
})

describe('what a user may cost others (G8)', () => {
  const recipients = (count: number) => ({ recipients: count })

  it("is a second's worth at once and not one more, and comes back steadily", () => {
    const allowance = new Allowance(SIXTY)
    expect(allowance.take('ann', recipients(60), 1_000)).toBe(0)
    expect(allowance.take('ann', recipients(1), 1_000)).toBe(1)
    expect(allowance.take('bob', recipients(60), 1_000)).toBe(0)
    expect(allowance.take('ann', recipients(30), 1_400)).toBe(1)
    expect(allowance.take('ann', recipients(30), 1_500)).toBe(0)
    expect(allowance.take('ann', recipients(60), 2_500)).toBe(0)
  })

  it('is counted in bytes and in recipients: whichever is spent refuses, and nothing is taken then', () => {
    const allowance = new Allowance(SIXTY)
    expect(allowance.take('ann', { recipients: 1, bytes: 1_000 }, 0)).toBe(0)
    expect(allowance.take('ann', { recipients: 1, bytes: 1 }, 0)).toBe(1)
    expect(allowance.take('ann', recipients(59), 0)).toBe(0)
    expect(allowance.take('ann', recipients(1), 0)).toBe(1)
    expect(allowance.take('ann', { names: 1_000 }, 0)).toBe(0)
    expect(allowance.take('ann', { names: 1 }, 0)).toBe(1)
  })

  it('is so many chats begun in a day, groups and direct ones', async () => {
    const allowance = new Allowance(SIXTY)
    expect(allowance.take('ann', { chats: 24 }, 0)).toBe(0)
    expect(allowance.take('ann', { chats: 1 }, 0)).toBe(3_600)
    expect(allowance.take('ann', { chats: 1 }, 3_600_000)).toBe(0)
    const office = new Office({ chatsPerDayMax: 2 })
    for (const user of ['ann', 'bob', 'cid']) office.connect(user)
    await office.round()
    office.up('ann', groupChatId(new Uint8Array(10).fill(9)), {
      create: { clientSeq: 1, name: 'g', members: [] },
    })
    await office.round()
    for (const [i, peer] of ['bob', 'cid', 'bob'].entries()) {
      office.up('ann', direct('ann', peer), { message: { clientSeq: 2 + i, text: 'x', peer } })
      await office.round()
    }
    expect(office.codes('ann')).toEqual([errorCode('rate-limited')])
    expect([office.texts('bob'), office.texts('cid')]).toEqual([['x', 'x'], []])
  })

  it('is so many chats that somebody is in: one that has ended makes room, and so does a higher limit', async () => {
    const office = new Office({ chatsPerUserMax: 3 })
    for (const user of ['ann', 'bob', 'cid']) office.connect(user)
    await office.round()
    const create = (last: number, clientSeq: number, members: string[] = []): void =>
      office.up('ann', group(last), { create: { clientSeq, name: 'g', members } })
    // All in one frame: what the directory says of ann is from before.
    for (let i = 0; i < 4; i++) create(20 + i, 1 + i, ['bob'])
    await office.round()
    expect(office.codes('ann')).toEqual([errorCode('too-many-chats')])
    // Written or not, each counts once.
    await office.save()
    office.up('ann', group(20), { rename: { clientSeq: 5, name: 'h' } })
    office.up('ann', direct('ann', 'cid'), { message: { clientSeq: 6, text: 'x', peer: 'cid' } })
    await office.round()
    expect(office.codes('ann').length).toBe(2)
    // bob is in all of them, and has begun none.
    office.up('bob', group(30), { create: { clientSeq: 1, name: 'g', members: ['ann'] } })
    await office.round()
    expect(office.codes('bob')).toEqual([])
    // While bob is in it, ann has begun it.
    office.up('ann', group(20), { leave: { clientSeq: 7 } })
    create(24, 8)
    await office.round()
    expect(office.codes('ann').length).toBe(3)
    office.up('bob', group(20), { leave: { clientSeq: 2 } })
    await office.round()
    await office.save()
    create(25, 9)
    create(26, 10)
    await office.round()
    expect(office.codes('ann').length).toBe(4)
    await office.save()
    office.takeOver({ chatsPerUserMax: 4 })
    create(27, 11)
    create(28, 12)
    await office.round()
    expect(office.codes('ann')).toEqual(Array(5).fill(errorCode('too-many-chats')))
  })

  it('holds no create back for long because nobody knows how many there are: it waits as for all that is asked', async () => {
    const office = new Office({ chatsPerUserMax: 1 })
    office.connect('ann')
    await office.round()
    office.directory.isAway = true
    office.up('ann', group(20), { create: { clientSeq: 1, name: 'g', members: [] } })
    office.up('ann', group(21), { create: { clientSeq: 2, name: 'g', members: [] } })
    await office.round()
    expect(office.parked().length).toBe(2)
    office.directory.isAway = false
    office.uptimeMs += 20_000
    await office.resume()
    expect(office.parked()).toEqual([])
    expect(office.codes('ann')).toEqual([errorCode('too-many-chats')])
  })

  it('never silences a chat that is larger than the limit: one entry may go when nothing is spent', () => {
    const allowance = new Allowance(SIXTY)
    expect(allowance.take('ann', recipients(600), 0)).toBe(0)
    expect(allowance.take('ann', recipients(600), 1_000)).toBe(9)
    expect(allowance.take('ann', recipients(600), 10_000)).toBe(0)
  })

  it('does not come back by a clock that goes backward', () => {
    const allowance = new Allowance(SIXTY)
    allowance.take('ann', recipients(60), 100_000)
    expect(allowance.take('ann', recipients(1), 50_000)).toBe(1)
  })

  it('comes back after a clock that was far ahead', () => {
    const allowance = new Allowance(SIXTY)
    allowance.take('ann', recipients(60), 86_400_000)
    expect(allowance.take('ann', recipients(60), 100_000)).toBe(0)
    expect(allowance.take('ann', recipients(1), 100_000)).toBe(1)
    expect(allowance.take('ann', recipients(60), 101_000)).toBe(0)
  })

  it('is remembered of so many users only', () => {
    const allowance = new Allowance(SIXTY, 2)
    for (const user of ['ann', 'bob', 'cid']) allowance.take(user, recipients(60), 0)
    expect(allowance.take('ann', recipients(1), 0)).toBe(0)
    expect(allowance.take('cid', recipients(1), 0)).toBe(1)
  })

  it('lets a device that was away send 500 messages to a group of 100 at once, and no flood, as it is by default', () => {
    const { limits } = readWorkerConfig(new Settings({}))
    const allowance = new Allowance(limits)
    const message = { recipients: 99, bytes: 99 * 200 }
    const waits = Array.from({ length: 600 }, () => allowance.take('ann', message, 0))
    expect(waits.findIndex((waitS) => waitS > 0)).toBe(505)
    expect(new Set(waits.slice(505))).toEqual(new Set([1]))
  })

  it('of a message is its bytes for each recipient, of a group a hundred recipients at least', () => {
    const room = Room.group()
    room.up('ann', { create: { clientSeq: 1, name: 'g', members: [] } })
    room.recipientsLeft = 100
    const other = Room.group(2)
    other.recipientsLeft = 99
    expect(other.up('ann', { create: { clientSeq: 1, name: 'g', members: ['bob'] } })).toEqual([])
    expect([other.isWaiting, other.chat.exists]).toEqual([true, false])
    room.up('ann', { add: { clientSeq: 2, members: ['bob', 'cid', 'dan'] } })
    room.bytesTaken = 0
    room.up('ann', { message: { clientSeq: 3, body: new Uint8Array(1_000) } })
    expect(room.bytesTaken).toBeGreaterThanOrEqual(3_000)
    expect(room.bytesTaken).toBeLessThan(4_000)
  })

  it('is charged for questions, typing, adds and removes, before any of them is carried out', () => {
    const room = Room.group()
    room.up('ann', { create: { clientSeq: 1, name: 'g', members: ['bob', 'cid'] } })
    room.recipientsLeft = 0
    const refused = { kind: 'rejected', code: 'rate-limited', retryAfterS: 7 }
    expect(room.up('ann', { query: { request: 1, detail: {} } })).toMatchObject([{ ...refused, request: 1 }])
    expect(room.up('ann', { query: { request: 2, receipts: { seq: 1 } } })).toMatchObject([refused])
    expect(room.up('ann', { typing: {} })).toEqual([])
    for (const up of [
      { add: { clientSeq: 2, members: ['dan'] } },
      { remove: { clientSeq: 3, members: ['bob'] } },
      { rename: { clientSeq: 4, name: 'x' } },
      { setRole: { clientSeq: 5, member: 'bob', role: 2 } },
      { message: { clientSeq: 6, text: 'x' } },
    ])
      expect([room.up('ann', up), room.isWaiting]).toEqual([[], true])
    expect([room.chat.members.length, room.chat.lastSeq]).toEqual([3, 1])
    // What waits has taken no number.
    room.recipientsLeft = 100
    expect(room.up('ann', { message: { clientSeq: 2, text: 'x' } })).toMatchObject([
      { kind: 'shared' },
      { kind: 'accepted', seq: 2 },
    ])
  })

  it('is spent by names that nobody knows before the directory is asked for them', async () => {
    const office = new Office()
    office.connect('ann')
    await office.round()
    const asked: string[][] = []
    const { directory } = office
    const existing = directory.existing.bind(directory)
    directory.existing = (users) => {
      asked.push([...users])
      return existing(users)
    }
    const names = Array.from({ length: 15 }, (_, i) => i)
    for (let chat = 0; chat < 200; chat++)
      office.up('ann', groupChatId(new Uint8Array(10).fill(chat)), {
        create: { clientSeq: chat + 1, name: 'g', members: names.map((name) => `nobody${chat}.${name}`) },
      })
    await office.round()
    // A second's worth, and those missing are looked for once more.
    expect(new Set(asked.flat()).size).toBeLessThanOrEqual(1_000)
    expect(asked.flat().length).toBeGreaterThan(0)
    const codes = office.codes('ann')
    expect(codes).toHaveLength(200)
    expect(new Set(codes)).toEqual(new Set([errorCode('unknown-user'), errorCode('rate-limited')]))
  })

  it('is spent by pages of chats before the directory is asked for them', async () => {
    const office = new Office({ recipientsPerMinMax: 60_000 })
    office.connect('ann')
    await office.round()
    for (let request = 1; request <= 10; request++) office.ask('ann', { request, myChats: {} })
    await office.round()
    expect(office.codes('ann')).toEqual(Array.from({ length: 5 }, () => errorCode('rate-limited')))
  })

  it('are not spent by repeats', async () => {
    const office = new Office({ recipientsPerMinMax: 120 })
    for (const user of ['ann', 'bob']) office.connect(user)
    const send = (clientSeq: number) =>
      office.up('ann', direct('ann', 'bob'), { message: { clientSeq, text: `${clientSeq}`, peer: 'bob' } })
    for (const clientSeq of [1, 1, 1, 1, 2, 3]) send(clientSeq)
    await office.round()
    expect(office.texts('bob')).toEqual(['1', '2'])
    expect([office.codes('ann'), office.parked().length]).toEqual([[], 1])
  })
})

describe('known users', () => {
  it('are bounded: who was seen last stays', () => {
    const known = new KnownUsers(2)
    for (const user of ['ann', 'bob', 'ann', 'cid']) known.add(user)
    expect(['ann', 'bob', 'cid'].map((user) => known.has(user))).toEqual([true, false, true])
  })
})

describe('backoff', () => {
  it('grows to its limit, differs, and begins anew after a success', () => {
    const backoff = new Backoff(100, 5_000)
    const waits = Array.from({ length: 50 }, () => backoff.next())
    expect(waits[0]).toBe(100)
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(100)
    expect(Math.max(...waits)).toBeLessThanOrEqual(5_000)
    expect(new Set(waits.slice(10)).size).toBeGreaterThan(5)
    backoff.reset()
    expect(backoff.next()).toBe(100)
  })
})

describe('an envelope of the largest answers', () => {
  it('fits into one Fanout behind all that may stand in there already (G8)', () => {
    const room = Room.group()
    const name = (i: number): string => `u${i}`.padEnd(USER_ID_CHARS_MAX, 'x')
    const members = Array.from({ length: DETAIL_MEMBERS_MAX - 1 }, (_, i) => name(i))
    for (const member of members) room.users.add(member)
    room.membersMax = DETAIL_MEMBERS_MAX
    room.up('ann', { create: { clientSeq: 1, name: 'crowd', members: [] } })
    for (let at = 0; at < members.length; at += 500)
      room.up('ann', { add: { clientSeq: 2 + at, members: members.slice(at, at + 500) } })
    const [answer] = room.up('ann', { query: { request: 1, detail: {} } })
    const bytes = answer?.kind === 'answer' ? answer.entry.length : 0
    expect(bytes).toBeGreaterThan(DETAIL_MEMBERS_MAX * USER_ID_CHARS_MAX)
    expect(FANOUT_BYTES_MAX + SHARED_UPS_MAX * bytes).toBeLessThan(WORKER_PACKET_BYTES_MAX)
  })
})
