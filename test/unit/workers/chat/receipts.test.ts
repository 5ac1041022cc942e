import { describe, expect, it } from 'vitest'
import { brief, refusal, Room } from '../room.ts'

const receipts = (postings: ReturnType<Room['up']>) =>
  brief(postings).filter((text) => /^(delivered|read|own-read) /.test(text))
const read = (room: Room, from: string, upTo: number) => receipts(room.up(from, { read: { upTo } }))

function trip(...members: string[]): Room {
  const room = Room.group()
  room.create('ann', members)
  return room
}

describe('delivered receipts', () => {
  it('go to the sender once, for all messages together (G6)', () => {
    const room = Room.direct('ann', 'bob')
    for (let i = 0; i < 50; i++) room.send('ann', 'x', 'bob')
    expect(receipts(room.delivered({ bob: 50 }))).toEqual(['delivered ann 50'])
    expect(receipts(room.delivered({ bob: 50 }))).toEqual([])
    expect(receipts(room.delivered({ bob: 20 }))).toEqual([])
  })

  it('wait for the slowest other member and not for the sender', () => {
    const room = trip('bob', 'cid')
    room.delivered({ ann: 1, bob: 1, cid: 1 })
    room.send('ann', 'x')
    expect(receipts(room.delivered({ bob: 2 }))).toEqual([])
    expect(receipts(room.delivered({ cid: 2 }))).toEqual(['delivered ann 2'])
  })

  it('cover what all others have when only a part has arrived', () => {
    const room = Room.direct('ann', 'bob')
    for (let i = 0; i < 10; i++) room.send('ann', 'x', 'bob')
    expect(receipts(room.delivered({ bob: 4 }))).toEqual(['delivered ann 4'])
    expect(receipts(room.delivered({ bob: 10 }))).toEqual(['delivered ann 10'])
  })

  it('can not be forged beyond the last seq, nor for somebody else (G6)', () => {
    const room = trip('bob', 'cid')
    room.send('ann', 'x')
    room.delivered({ bob: 2 ** 52, eve: 9, cid: 1 })
    expect(room.chat.member('bob')?.delivered).toBe(2)
    expect(receipts(room.delivered({ bob: 2 ** 60, cid: Number.NaN }))).toEqual([])
    room.send('bob', 'y')
    expect(room.chat.member('cid')?.delivered).toBe(1)
  })

  it('are no longer held back by who was removed or has left', () => {
    const room = trip('bob', 'cid', 'dan')
    room.delivered({ bob: 1, cid: 1, dan: 1 })
    room.send('ann', 'x')
    room.delivered({ bob: 2 })
    expect(receipts(room.up('ann', { remove: { clientSeq: 9, members: ['cid'] } }))).toEqual([])
    expect(receipts(room.up('dan', { leave: { clientSeq: 1 } }))).toEqual(['delivered ann 2'])
  })

  it('do not wait for joiners to get what was said before they came', () => {
    const room = trip('bob')
    room.delivered({ bob: 1 })
    room.send('ann', 'x')
    room.up('ann', { add: { clientSeq: 9, members: ['cid'] } })
    expect(receipts(room.delivered({ bob: 3 }))).toEqual(['delivered ann 2'])
  })

  it('come at once to who is alone: all others have it', () => {
    const room = trip()
    expect(receipts(room.send('ann', 'note to self'))).toEqual(['delivered ann 2', 'read ann 2'])
  })

  it('are none for changes of the chat', () => {
    const room = trip('bob')
    room.up('ann', { rename: { clientSeq: 5, name: 'tour' } })
    expect(receipts(room.delivered({ bob: 2 }))).toEqual([])
  })

  it('are right after the state went through the store', () => {
    const room = trip('bob', 'cid')
    room.send('ann', 'x')
    room.delivered({ bob: 2 })
    room.reload()
    expect(receipts(room.delivered({ cid: 2 }))).toEqual(['delivered ann 2'])
    room.reload()
    expect(receipts(room.delivered({ cid: 2 }))).toEqual([])
  })
})

describe('read marks', () => {
  it('go to the senders and to the reader’s own other devices, and imply delivered (G6)', () => {
    const room = Room.direct('ann', 'bob')
    room.send('ann', 'x', 'bob')
    expect(read(room, 'bob/tablet', 1)).toEqual([
      'delivered ann 1',
      'read ann 1',
      'own-read bob 1 not tablet',
    ])
    expect(read(room, 'bob/tablet', 1)).toEqual([])
  })

  it('stop at the last seq (G6)', () => {
    const room = Room.direct('ann', 'bob')
    room.send('ann', 'x', 'bob')
    expect(read(room, 'bob', 99)).toContain('read ann 1')
    room.send('ann', 'y')
    expect(room.chat.member('bob')?.read).toBe(1)
  })

  it('of who is not a member say nothing and are not answered', () => {
    const room = Room.direct('ann', 'bob')
    room.send('ann', 'x', 'bob')
    expect(room.up('eve', { read: { upTo: 1 } })).toEqual([])
  })

  it('that are no number are malformed', () => {
    const room = Room.direct('ann', 'bob')
    room.send('ann', 'x', 'bob')
    expect(refusal(room.up('bob', { read: { upTo: 2 ** 60 } }))).toBe('malformed')
  })

  it('move with own messages while nothing stands unread before them', () => {
    const room = Room.direct('ann', 'bob')
    room.send('ann', 'one', 'bob')
    room.send('ann', 'two')
    expect(room.chat.member('ann')).toMatchObject({ read: 2, delivered: 2 })
    room.send('bob', 'three')
    expect(room.chat.member('bob')).toMatchObject({ read: 0 })
    room.send('ann', 'four')
    expect(room.chat.member('ann')).toMatchObject({ read: 2 })
  })
})
