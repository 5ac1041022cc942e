// Unread: messages of others behind a member's read mark, while they are a member.
import { describe, expect, it } from 'vitest'
import { decodeDown } from '../../../../proto/codec.ts'
import { Room } from '../room.ts'

/** As the chat's detail tells it. */
function unreadOf(room: Room, user: string): number {
  const [answer] = room.up(user, { query: { request: 1, detail: {} } })
  if (answer?.kind !== 'answer') throw new Error('no answer')
  return decodeDown(answer.entry).responses[0]?.chat?.unread ?? -1
}

const read = (room: Room, user: string, upTo: number): unknown => room.up(user, { read: { upTo } })

describe('unread', () => {
  it('are messages of others and no changes, whoever made them', () => {
    const room = Room.group()
    room.create('ann', ['bob', 'cid'])
    room.send('ann', 'a')
    room.up('ann', { rename: { clientSeq: room.next('ann'), name: 'other' } })
    room.send('bob', 'b')
    room.send('ann', 'c')
    room.reload()
    expect(['ann', 'bob', 'cid'].map((user) => unreadOf(room, user))).toEqual([1, 2, 3])
    read(room, 'bob', 4)
    room.reload()
    expect(unreadOf(room, 'bob')).toBe(1)
    read(room, 'cid', 3)
    expect(unreadOf(room, 'cid')).toBe(2)
    read(room, 'cid', 99)
    expect(unreadOf(room, 'cid')).toBe(0)
    room.send('ann', 'd')
    expect(['ann', 'bob', 'cid'].map((user) => unreadOf(room, user))).toEqual([1, 2, 1])
  })

  it('begin where somebody joins, again too', () => {
    const room = Room.group()
    room.create('ann', ['bob'])
    room.send('ann', 'a')
    room.up('ann', { remove: { clientSeq: room.next('ann'), members: ['bob'] } })
    room.send('ann', 'b')
    room.up('ann', { add: { clientSeq: room.next('ann'), members: ['bob', 'cid'] } })
    room.send('ann', 'c')
    room.reload()
    expect(['bob', 'cid'].map((user) => unreadOf(room, user))).toEqual([1, 1])
  })

  it('are no quiet messages, however many there are, on each device and on a new one', () => {
    const room = Room.group()
    room.create('ann', ['bob', 'cid'])
    const react = (): unknown =>
      room.up('ann', { message: { clientSeq: room.next('ann'), content: Uint8Array.of(24, 4), quiet: true } })
    room.send('ann', 'a')
    for (let n = 0; n < 150; n++) react()
    room.send('ann', 'b')
    for (let n = 0; n < 150; n++) react()
    room.reload()
    expect(['bob', 'cid'].map((user) => unreadOf(room, user))).toEqual([2, 2])
    // In the middle of the newest ones, then to the end.
    read(room, 'bob', room.chat.lastSeq - 10)
    expect(unreadOf(room, 'bob')).toBe(0)
    for (let n = 0; n < 100; n++) react()
    room.send('cid', 'c')
    room.reload()
    expect(['bob', 'cid'].map((user) => unreadOf(room, user))).toEqual([1, 2])
    read(room, 'bob', 9_999)
    for (let n = 0; n < 100; n++) react()
    room.reload()
    expect(unreadOf(room, 'bob')).toBe(0)
    // Who comes later has none of it before them.
    room.up('ann', { add: { clientSeq: room.next('ann'), members: ['dan'] } })
    for (let n = 0; n < 100; n++) react()
    room.send('ann', 'd')
    room.reload()
    expect(['bob', 'dan'].map((user) => unreadOf(room, user))).toEqual([1, 1])
  })

  it('are counted as before of a chat that a version has put which did not count quiet messages', () => {
    const room = Room.group()
    room.create('ann', ['bob'])
    room.send('ann', 'a')
    for (let n = 0; n < 10; n++) room.up('ann', { rename: { clientSeq: room.next('ann'), name: `n${n}` } })
    read(room, 'bob', 5)
    for (const { head } of [room.chat]) Object.assign(head, { uncounted: 0 })
    room.up('ann', { rename: { clientSeq: room.next('ann'), name: 'other' } })
    room.send('ann', 'b')
    room.reload()
    expect(unreadOf(room, 'bob')).toBe(1)
    read(room, 'bob', 9_999)
    for (let n = 0; n < 100; n++) room.up('ann', { rename: { clientSeq: room.next('ann'), name: `m${n}` } })
    room.send('ann', 'c')
    expect(unreadOf(room, 'bob')).toBe(1)
  })

  it('G8: of changes and own messages the newest 64 are remembered, and none that all have read', () => {
    const room = Room.group()
    room.create('ann', ['bob'])
    const rename = (n: number): unknown =>
      room.up('ann', { rename: { clientSeq: room.next('ann'), name: `n${n}` } })
    for (let n = 0; n < 70; n++) rename(n)
    room.send('ann', 'a')
    for (let n = 0; n < 70; n++) room.send('bob', 'b')
    expect(room.chat.head.changes.length).toBe(64)
    expect(room.chat.member('bob')?.ownUnread.length).toBe(64)
    // Of 71 changes all are known by number, of 70 own messages 64.
    expect(unreadOf(room, 'bob')).toBe(1 + 6)
    for (const user of ['ann', 'bob']) read(room, user, 9_999)
    rename(70)
    room.send('ann', 'a')
    expect(room.chat.head.changes).toEqual([143])
    expect(room.chat.member('bob')?.ownUnread).toEqual([])
    expect(unreadOf(room, 'bob')).toBe(1)
  })
})
