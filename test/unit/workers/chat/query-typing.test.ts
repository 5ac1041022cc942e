import { describe, expect, it } from 'vitest'
import { Role } from '../../../../proto/codec.ts'
import { DETAIL_MEMBERS_MAX } from '../../../../workers/chat/commands/query.ts'
import { brief, down, refusal, Room } from '../room.ts'

function trip(): Room {
  const room = Room.group()
  room.create('ann', ['bob', 'cid'])
  room.send('ann', 'x')
  room.delivered({ bob: 2 })
  room.up('cid', { read: { upTo: 2 } })
  return room
}

describe('a query', () => {
  it('for the chat is answered to the asking device, with all members and their marks', () => {
    const postings = trip().up('bob/tablet', { query: { request: 7, detail: {} } })
    expect(brief(postings)).toEqual(['answer bob/tablet'])
    const [response] = down(postings[0]).responses
    expect(response).toMatchObject({
      request: 7,
      chat: {
        name: 'trip',
        lastSeq: 2,
        myNumber: 1,
        members: [
          { user: 'ann', role: Role.ROLE_ADMIN, joinSeq: 1, delivered: 2, read: 2 },
          { number: 1, user: 'bob', joinSeq: 1, delivered: 2 },
          { number: 2, user: 'cid', joinSeq: 1, delivered: 2, read: 2 },
        ],
      },
    })
  })

  it('for the chat names who has left, without a role: their messages are still read', () => {
    const room = trip()
    room.up('ann', { remove: { clientSeq: 9, members: ['bob'] } })
    const [response] = down(room.up('ann', { query: { request: 1, detail: {} } })[0]).responses
    expect(response?.chat?.members?.map(({ user, role }) => [user, role])).toEqual([
      ['ann', Role.ROLE_ADMIN],
      ['bob', Role.ROLE_UNSPECIFIED],
      ['cid', Role.ROLE_MEMBER],
    ])
  })

  it('for the largest chat is answered with what a device takes in one frame: the latest members first (G8)', () => {
    const room = Room.group()
    room.membersMax = 4_000
    const crowd = Array.from({ length: 6_000 }, (_, i) => `${'u'.repeat(60)}${1_000 + i}`)
    for (const user of crowd) room.users.add(user)
    room.create('ann', [])
    let clientSeq = 1
    for (let i = 0; i < 6_000; i += 1_000) {
      const members = crowd.slice(i, i + 1_000)
      room.up('ann', { add: { clientSeq: ++clientSeq, members } })
      if (i < 3_000) room.up('ann', { remove: { clientSeq: ++clientSeq, members } })
    }
    const [response] = down(room.up('ann', { query: { request: 1, detail: {} } })[0]).responses
    const named = response?.chat?.members?.map(({ user }) => user)
    expect(named).toHaveLength(DETAIL_MEMBERS_MAX)
    expect(named).toContain(crowd[2_500])
    expect(named).toContain(crowd[5_999])
    expect(named).not.toContain(crowd[500])
  })

  it('for one message’s receipts says k of n, and who', () => {
    const room = trip()
    room.up('ann', { add: { clientSeq: 9, members: ['dan'] } })
    const [response] = down(room.up('ann', { query: { request: 1, receipts: { seq: 2 } } })[0]).responses
    expect(response?.receipts).toMatchObject({
      seq: 2,
      others: 2,
      delivered: 2,
      read: 1,
      deliveredTo: [1, 2],
      readBy: [2],
    })
  })

  it('is refused to who is not a member, and for what is not there', () => {
    const room = trip()
    expect(room.up('eve', { query: { request: 3, detail: {} } })).toEqual(
      Room.group(2).up('eve', { query: { request: 3, detail: {} } }),
    )
    expect(room.up('eve', { query: { request: 3, detail: {} } })[0]).toMatchObject({
      code: 'unknown-chat',
      request: 3,
    })
    expect(refusal(room.up('ann', { query: { request: 3, receipts: { seq: 3 } } }))).toBe('invalid')
    expect(refusal(room.up('ann', { query: { request: 3, receipts: {} } }))).toBe('invalid')
    expect(refusal(room.up('ann', { query: { request: 3, receipts: { seq: 2 ** 60 } } }))).toBe('invalid')
    expect(refusal(room.up('ann', { query: { request: 3 } }))).toBe('unsupported')
  })
})

describe('typing', () => {
  it('is shown to all but the typing device, and changes nothing', () => {
    const room = trip()
    const before = room.snapshot()
    const postings = room.up('bob', { typing: { stopped: true } })
    expect(brief(postings)).toEqual(['typing ann,bob,cid not bob/phone'])
    expect(down(postings[0]).typing[0]).toMatchObject({ member: 1, stopped: true })
    expect(room.snapshot()).toBe(before)
  })

  it('of strangers is shown to nobody (G5)', () => {
    expect(trip().up('eve', { typing: {} })).toEqual([])
  })

  it.each(['left', 'was removed'])(
    'of who %s is shown to nobody, and nothing is shown to them (G5)',
    (how) => {
      const room = trip()
      expect(brief(room.up('bob', { typing: {} }))).toEqual(['typing ann,bob,cid not bob/phone'])
      if (how === 'left') room.up('bob', { leave: { clientSeq: room.next('bob') } })
      else room.up('ann', { remove: { clientSeq: room.next('ann'), members: ['bob'] } })
      expect(room.up('bob', { typing: {} })).toEqual([])
      expect(brief(room.up('cid', { typing: {} }))).toEqual(['typing ann,cid not cid/phone'])
    },
  )
})
