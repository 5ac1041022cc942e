// How long messages of a chat stay: who says so, who hears of it, and what it does to what nobody has got yet?
import { expect, it } from 'vitest'
import { Role } from '../../../../proto/codec.ts'
import { DISAPPEAR_AFTER_S_MAX, TTL_S_MAX } from '../../../../proto/limits.ts'
import { UNDELIVERED_S_MIN } from '../../../../workers/chat/commands/message.ts'
import { brief, down, refusal, Room } from '../room.ts'

const DAY_S = 86_400

const set = (room: Room, from: string, afterS: number) =>
  room.up(from, { setDisappearing: { clientSeq: room.next(from), afterS } })
const send = (room: Room, from: string, more: { readonly ttlS?: number } = {}) =>
  room.up(from, { message: { clientSeq: room.next(from), text: 'hi', ...more } })[0]

function trip(...members: string[]): Room {
  const room = Room.group()
  room.create('ann', members)
  return room
}
function annAndBob(): Room {
  const room = Room.direct('ann', 'bob')
  room.up('ann', { message: { clientSeq: room.next('ann'), text: 'hi', peer: 'bob' } })
  return room
}

it('is said by an admin of a group, and told to all in its place among the messages', () => {
  const room = trip('bob')
  const postings = set(room, 'ann', 60)
  expect(brief(postings)).toEqual(['entry 2 ann,bob not ann/phone', 'accepted ann/phone 2→2'])
  expect(down(postings[0]).messages[0]?.change?.disappearingSet).toMatchObject({ afterS: 60 })
  expect(refusal(set(room, 'bob', 0))).toBe('forbidden')
  expect(refusal(set(room, 'eve', 0))).toBe('unknown-chat')
  room.up('ann', { setRole: { clientSeq: room.next('ann'), member: 'bob', role: Role.ROLE_ADMIN } })
  expect(brief(set(room, 'bob', 0))).toHaveLength(2)
})

it('is said by either of two, and by nobody else; of a chat that is not, by nobody', () => {
  const room = annAndBob()
  expect(brief(set(room, 'bob', 60))).toEqual(['entry 2 ann,bob not bob/phone', 'accepted bob/phone 1→2'])
  expect(brief(set(room, 'ann', 0))).toHaveLength(2)
  expect(refusal(set(room, 'eve', 60))).toBe('unknown-chat')
  expect(refusal(set(Room.direct('ann', 'bob'), 'ann', 60))).toBe('unknown-chat')
})

it('that changes nothing has no entry; a repeat is answered, and another time under its number told (G4)', () => {
  const room = trip('bob')
  expect(brief(set(room, 'ann', 0))).toEqual(['accepted ann/phone 2→1'])
  expect(brief(set(room, 'ann', 60))).toHaveLength(2)
  expect(brief(set(room, 'ann', 60))).toEqual(['accepted ann/phone 4→2'])
  expect(brief(room.up('ann', { setDisappearing: { clientSeq: 3, afterS: 60 } }))).toEqual([
    'accepted ann/phone 3→2',
  ])
  expect(refusal(room.up('ann', { setDisappearing: { clientSeq: 3, afterS: 61 } }))).toBe('client-seq-reused')
  expect(refusal(room.up('ann', { setDisappearing: { clientSeq: 3 } }))).toBe('client-seq-reused')
})

it('is a year at most (G8)', () => {
  const room = trip('bob')
  expect(refusal(set(room, 'ann', DISAPPEAR_AFTER_S_MAX + 1))).toBe('invalid')
  expect(brief(set(room, 'ann', DISAPPEAR_AFTER_S_MAX))).toHaveLength(2)
})

it('costs as much as the mailboxes that it goes to, and waits where that is too much (G8)', () => {
  const room = trip('bob', 'cid')
  room.recipientsLeft = 1
  expect(set(room, 'ann', 60)).toEqual([])
  expect(room.isWaiting).toBe(true)
  expect(room.chat.head.disappearAfterS).toBe(0)
})

it('is in what new members find, in what members ask for, and in the stored state', () => {
  const room = trip('bob')
  set(room, 'ann', 60)
  room.reload()
  const added = room.up('ann', { add: { clientSeq: room.next('ann'), members: ['cid'] } })
  expect(down(added[1]).messages[0]?.change?.added?.roster).toMatchObject({ disappearAfterS: 60 })
  const asked = room.up('cid', { query: { request: 1, detail: {} } })
  expect(down(asked[0]).responses[0]?.chat).toMatchObject({ disappearAfterS: 60 })
})

it.each([
  ['a short time: a day, for a phone may be off', 1, UNDELIVERED_S_MIN],
  ['just under a day', DAY_S - 1, DAY_S],
  ['more than a day: that', DAY_S + 1, DAY_S + 1],
  ['longer than mailboxes keep anything: so long', DISAPPEAR_AFTER_S_MAX, TTL_S_MAX],
])('who has not got a message by then never gets it. %s', (_, afterS, ttlS) => {
  const room = trip('bob')
  expect(send(room, 'ann')).toMatchObject({ ttlS: 0 })
  set(room, 'ann', afterS)
  expect(send(room, 'bob')).toMatchObject({ ttlS })
  // Nor is anybody told of a gap (G2).
  expect(down(send(room, 'ann')).messages[0]?.briefBefore).toBe(1)
  expect(send(room, 'bob', { ttlS: 7 })).toMatchObject({ ttlS: 7 })
  set(room, 'ann', 0)
  expect(send(room, 'bob')).toMatchObject({ ttlS: 0 })
})
