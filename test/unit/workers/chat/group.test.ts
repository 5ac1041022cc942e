import { describe, expect, it } from 'vitest'
import { Role } from '../../../../proto/codec.ts'
import { CHAT_NAME_CHARS_MAX } from '../../../../proto/limits.ts'
import { brief, down, refusal, Room } from '../room.ts'

function trip(...members: string[]): Room {
  const room = Room.group()
  room.create('ann', members)
  return room
}
const add = (room: Room, from: string, ...members: string[]) =>
  room.up(from, { add: { clientSeq: room.next(from), members } })
const remove = (room: Room, from: string, ...members: string[]) =>
  room.up(from, { remove: { clientSeq: room.next(from), members } })
const leave = (room: Room, from: string) => room.up(from, { leave: { clientSeq: room.next(from) } })
const rename = (room: Room, from: string, name: string) =>
  room.up(from, { rename: { clientSeq: room.next(from), name } })
const setRole = (room: Room, from: string, member: string, role: number) =>
  room.up(from, { setRole: { clientSeq: room.next(from), member, role } })

describe('create', () => {
  it('makes the creator member 0 and admin, and is entry 1', () => {
    const room = Room.group()
    const postings = room.create('ann', ['bob', 'cid', 'bob', 'ann'])
    expect(brief(postings)).toEqual(['entry 1 ann,bob,cid not ann/phone', 'accepted ann/phone 1→1'])
    expect(down(postings[0]).messages[0]?.change?.created).toMatchObject({
      name: 'trip',
      members: [
        { user: 'ann', role: Role.ROLE_ADMIN },
        { number: 1, user: 'bob', role: Role.ROLE_MEMBER },
        { number: 2, user: 'cid', role: Role.ROLE_MEMBER },
      ],
    })
  })

  it('is idempotent: the same device with the same clientSeq gets its seq again (G4)', () => {
    const room = trip('bob')
    const repeat = room.up('ann', { create: { clientSeq: 1, name: 'trip', members: ['bob'] } })
    expect(brief(repeat)).toEqual(['accepted ann/phone 1→1'])
    expect(room.chat.lastSeq).toBe(1)
  })

  it('does not take an id that is taken, not even by its creator with another clientSeq', () => {
    const room = trip('bob')
    expect(refusal(room.create('eve', []))).toBe('chat-exists')
    expect(refusal(room.create('ann', []))).toBe('chat-exists')
  })

  it('needs a group id, a name in one line, known users', () => {
    expect(refusal(Room.direct('ann', 'bob').create('ann', ['bob']))).toBe('invalid')
    expect(refusal(Room.group().create('ann', ['bob'], ''))).toBe('invalid')
    expect(refusal(Room.group().create('ann', ['bob'], 'a\u0007b'))).toBe('invalid')
    expect(refusal(Room.group().create('ann', ['bob'], 'a\u0085b'))).toBe('invalid')
    expect(refusal(Room.group().create('ann', ['zoe']))).toBe('unknown-user')
    expect(refusal(Room.group().create('ann', ['__proto__']))).toBe('unknown-user')
    expect(refusal(Room.group().create('ann', ['a/b']))).toBe('unknown-user')
    expect(refusal(Room.group().create('ann', ['']))).toBe('unknown-user')
  })

  it('takes names and members up to the limits and not beyond (G8)', () => {
    const name = 'x'.repeat(CHAT_NAME_CHARS_MAX)
    expect(refusal(Room.group().create('ann', [], name))).toBe('shared,accepted')
    expect(refusal(Room.group().create('ann', [], `${name}x`))).toBe('invalid')
    const room = Room.group()
    room.membersMax = 3
    expect(refusal(room.create('ann', ['bob', 'cid', 'dan']))).toBe('chat-full')
    expect(refusal(room.create('ann', ['bob', 'cid']))).toBe('shared,accepted')
  })

  it('spells a name in one way, and refuses one that nobody can read', () => {
    const room = Room.group()
    room.create('ann', ['bob'], '  cafe\u0301 ')
    expect(room.chat.head.name).toBe('caf\u00e9')
    expect(refusal(rename(room, 'ann', ' caf\u00e9'))).toBe('accepted') // no change: nobody is told
    expect(refusal(rename(room, 'ann', '\u200b'))).toBe('invalid')
    expect(refusal(Room.group().create('ann', ['bob'], 'bob\u202e'))).toBe('invalid')
  })

  it('waits for the directory, and needs none for users that are known', () => {
    const room = Room.group()
    room.isDirectoryAway = true
    const before = room.snapshot()
    expect(room.create('ann', ['bob'])).toEqual([])
    expect([room.isWaiting, room.snapshot()]).toEqual([true, before])
    expect(refusal(room.create('ann', []))).toBe('shared,accepted')
  })
})

describe('add', () => {
  it('tells the members who is new, and the new ones the chat as they find it', () => {
    const room = trip('bob')
    const postings = add(room, 'ann', 'cid', 'dan', 'bob')
    expect(brief(postings)).toEqual([
      'entry 2 ann,bob not ann/phone',
      'entry 2 cid,dan not ann/phone',
      'accepted ann/phone 2→2',
    ])
    const added = [
      { number: 2, user: 'cid' },
      { number: 3, user: 'dan' },
    ]
    expect(down(postings[0]).messages[0]?.change?.added).toMatchObject({ members: added })
    expect(down(postings[0]).messages[0]?.change?.added?.roster).toBeNull()
    const roster = {
      name: 'trip',
      members: [{ user: 'ann' }, { user: 'bob' }, { user: 'cid' }, { user: 'dan' }],
    }
    expect(down(postings[1]).messages[0]?.change?.added).toMatchObject({ members: added, roster })
  })

  it('of members only changes nothing: Accepted with the last seq, no entry', () => {
    const room = trip('bob')
    room.send('bob', 'hi')
    expect(brief(add(room, 'ann', 'bob'))).toEqual(['accepted ann/phone 2→2'])
    expect(brief(room.up('ann', { add: { clientSeq: 2, members: ['bob'] } }))).toEqual([
      'accepted ann/phone 2→2',
    ])
  })

  it('gives who comes back the old number, so that what their devices sent is still known (G4)', () => {
    const room = trip('bob')
    room.send('bob', 'hi')
    remove(room, 'ann', 'bob')
    const postings = add(room, 'ann', 'bob')
    expect(down(postings[1]).messages[0]?.change?.added?.members).toMatchObject([{ number: 1, user: 'bob' }])
    expect(brief(room.up('bob', { message: { clientSeq: 1, text: 'hi' } }))).toEqual([
      'accepted bob/phone 1→2',
    ])
    expect(room.chat.member('bob')).toMatchObject({ joinSeq: 4, leaveSeq: 0, delivered: 3, read: 3 })
  })

  it('is refused to who may not, of whom it may not, and beyond the limits', () => {
    const room = trip('bob')
    room.membersMax = 3
    expect(refusal(add(room, 'bob', 'cid'))).toBe('forbidden')
    expect(refusal(add(room, 'eve', 'cid'))).toBe('unknown-chat')
    expect(refusal(add(room, 'ann'))).toBe('invalid')
    expect(refusal(add(room, 'ann', 'zoe'))).toBe('unknown-user')
    expect(refusal(add(room, 'ann', '#'))).toBe('unknown-user')
    expect(refusal(add(room, 'ann', 'cid', 'dan'))).toBe('chat-full')
    expect(refusal(add(room, 'ann', 'cid'))).toBe('shared,shared,accepted')
  })
})

describe('remove', () => {
  it('is the last entry that the removed ones get (G5)', () => {
    const room = trip('bob', 'cid')
    const postings = remove(room, 'ann', 'cid', 'zoe')
    expect(brief(postings)).toEqual(['entry 2 ann,bob,cid not ann/phone', 'accepted ann/phone 2→2'])
    expect(down(postings[0]).messages[0]?.change?.removed?.members).toEqual([2])
    expect(brief(room.send('bob', 'alone'))[0]).toBe('entry 3 ann,bob not bob/phone')
    expect(refusal(room.send('cid', 'still here?'))).toBe('unknown-chat')
  })

  it('of nobody who is a member changes nothing', () => {
    const room = trip('bob')
    expect(brief(remove(room, 'ann', 'cid'))).toEqual(['accepted ann/phone 2→1'])
  })

  it('is refused to members, strangers, and of oneself', () => {
    const room = trip('bob')
    expect(refusal(remove(room, 'bob', 'ann'))).toBe('forbidden')
    expect(refusal(remove(room, 'eve', 'ann'))).toBe('unknown-chat')
    expect(refusal(remove(room, 'ann', 'ann'))).toBe('invalid')
    expect(refusal(remove(room, 'ann'))).toBe('invalid')
  })
})

describe('leave', () => {
  it('is told to all, the leaver’s other devices too, and can be repeated (G4)', () => {
    const room = trip('bob')
    expect(brief(leave(room, 'bob'))).toEqual(['entry 2 ann,bob not bob/phone', 'accepted bob/phone 1→2'])
    expect(brief(room.up('bob', { leave: { clientSeq: 1 } }))).toEqual(['accepted bob/phone 1→2'])
    expect(refusal(leave(room, 'bob'))).toBe('unknown-chat')
  })

  it('of the last admin makes the member with the lowest number one', () => {
    const room = trip('bob', 'cid')
    const postings = leave(room, 'ann')
    expect(brief(postings)).toEqual([
      'entry 2 ann,bob,cid not ann/phone',
      'entry 3 bob,cid not ann/phone',
      'accepted ann/phone 2→2',
    ])
    expect(down(postings[1]).messages[0]?.change?.roleSet).toMatchObject({ member: 1, role: Role.ROLE_ADMIN })
    expect(refusal(rename(room, 'bob', 'ours'))).toBe('shared,accepted')
  })

  it('of everybody leaves a chat that nobody can enter', () => {
    const room = trip()
    leave(room, 'ann')
    expect(room.chat.members).toEqual([])
    expect(refusal(room.create('eve', []))).toBe('chat-exists')
    expect(refusal(room.send('ann', 'hello?'))).toBe('unknown-chat')
  })
})

describe('rename and set role', () => {
  it('are entries of the chat', () => {
    const room = trip('bob')
    expect(down(rename(room, 'ann', 'tour')[0]).messages[0]?.change?.renamed).toMatchObject({ name: 'tour' })
    expect(down(setRole(room, 'ann', 'bob', Role.ROLE_ADMIN)[0]).messages[0]?.change?.roleSet).toMatchObject({
      member: 1,
      role: Role.ROLE_ADMIN,
    })
    expect(refusal(rename(room, 'bob', 'again'))).toBe('shared,accepted')
  })

  it('that change nothing have no entry', () => {
    const room = trip('bob')
    expect(brief(rename(room, 'ann', 'trip'))).toEqual(['accepted ann/phone 2→1'])
    expect(brief(setRole(room, 'ann', 'bob', Role.ROLE_MEMBER))).toEqual(['accepted ann/phone 3→1'])
  })

  it('are refused to members, and with values that make no sense', () => {
    const room = trip('bob')
    expect(refusal(rename(room, 'bob', 'mine'))).toBe('forbidden')
    expect(refusal(rename(room, 'ann', ''))).toBe('invalid')
    expect(refusal(setRole(room, 'bob', 'bob', Role.ROLE_ADMIN))).toBe('forbidden')
    expect(refusal(setRole(room, 'ann', 'bob', 7))).toBe('invalid')
    expect(refusal(setRole(room, 'ann', 'eve', Role.ROLE_ADMIN))).toBe('invalid')
  })

  it('never leave a group without an admin', () => {
    const room = trip('bob')
    expect(refusal(setRole(room, 'ann', 'ann', Role.ROLE_MEMBER))).toBe('invalid')
    setRole(room, 'ann', 'bob', Role.ROLE_ADMIN)
    expect(refusal(setRole(room, 'ann', 'ann', Role.ROLE_MEMBER))).toBe('shared,accepted')
  })
})
