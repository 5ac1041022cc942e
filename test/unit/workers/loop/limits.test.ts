import { describe, expect, it } from 'vitest'
import { SHARED_UPS_MAX } from '../../../../broker/ingest/intake.ts'
import { errorCode } from '../../../../proto/errors.ts'
import { USER_ID_CHARS_MAX, WORKER_PACKET_BYTES_MAX } from '../../../../proto/limits.ts'
import { RecipientAllowance } from '../../../../workers/loop/allowance.ts'
import { Backoff } from '../../../../kit/backoff.ts'
import { KnownUsers } from '../../../../workers/loop/known-users.ts'
import { DETAIL_MEMBERS_MAX } from '../../../../workers/chat/commands/query.ts'
import { FANOUT_BYTES_MAX } from '../../../../workers/loop/fanout-builder.ts'
import { direct, Office } from '../office.ts'
import { Room } from '../room.ts'

describe('recipients per minute (G8)', () => {
  it('may reach the limit and not one more, and come back steadily', () => {
    const allowance = new RecipientAllowance(60)
    expect(allowance.take('ann', 60, 1_000)).toBe(0)
    expect(allowance.take('ann', 1, 1_000)).toBe(1)
    expect(allowance.take('bob', 60, 1_000)).toBe(0)
    expect(allowance.take('ann', 10, 6_000)).toBe(5)
    expect(allowance.take('ann', 5, 6_000)).toBe(0)
    expect(allowance.take('ann', 60, 66_000)).toBe(0)
  })

  it('never silence a chat that is larger than the limit: one entry may go when nothing is spent', () => {
    const allowance = new RecipientAllowance(60)
    expect(allowance.take('ann', 600, 0)).toBe(0)
    expect(allowance.take('ann', 600, 60_000)).toBeGreaterThan(0)
    expect(allowance.take('ann', 600, 600_000)).toBe(0)
  })

  it('do not come back by a clock that goes backward', () => {
    const allowance = new RecipientAllowance(60)
    allowance.take('ann', 60, 100_000)
    expect(allowance.take('ann', 1, 50_000)).toBeGreaterThan(0)
  })

  it('come back within a minute after a clock that was far ahead', () => {
    const allowance = new RecipientAllowance(60)
    allowance.take('ann', 60, 86_400_000)
    expect(allowance.take('ann', 60, 100_000)).toBe(0)
    expect(allowance.take('ann', 1, 100_000)).toBe(1)
    expect(allowance.take('ann', 60, 160_000)).toBe(0)
  })

  it('are remembered of so many users only', () => {
    const allowance = new RecipientAllowance(1, 2)
    for (const user of ['ann', 'bob', 'cid']) allowance.take(user, 1, 0)
    expect(allowance.take('ann', 1, 0)).toBe(0)
    expect(allowance.take('cid', 1, 0)).toBeGreaterThan(0)
  })

  it('are not spent by repeats', async () => {
    const office = new Office({ recipientsPerMinMax: 2 })
    for (const user of ['ann', 'bob']) office.connect(user)
    const send = (clientSeq: number) =>
      office.up('ann', direct('ann', 'bob'), { message: { clientSeq, text: `${clientSeq}`, peer: 'bob' } })
    for (const clientSeq of [1, 1, 1, 1, 2, 3]) send(clientSeq)
    await office.round()
    expect(office.texts('bob')).toEqual(['1', '2'])
    expect(office.codes('ann')).toEqual([errorCode('rate-limited')])
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
