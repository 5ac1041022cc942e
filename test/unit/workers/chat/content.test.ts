import { expect, it } from 'vitest'
import { CONTENT_BYTES_MAX, TTL_S_MAX } from '../../../../proto/limits.ts'
import { fingerprint } from '../../../../workers/chat/fingerprint.ts'
import type { Posting } from '../../../../workers/chat/posting.ts'
import { down, refusal, Room } from '../room.ts'

const CONTENT = Uint8Array.of(1, 2, 3)

function sendTo(room: Room, from: string, message: object): Posting[] {
  return room.up(from, { message: { clientSeq: room.next(from), ...message } })
}

function trip(): Room {
  const room = Room.group()
  room.create('ann', ['bob', 'cid'])
  return room
}

it('carries content as it is, alone or beside text; the sender hears what the others do', () => {
  const room = trip()
  for (const said of [{ content: CONTENT }, { text: 'hi', content: CONTENT }]) {
    const [shared, accepted] = sendTo(room, 'ann', said)
    expect(down(shared).messages[0]).toMatchObject({ content: Buffer.from(CONTENT), fromAdmin: true })
    expect(accepted).toMatchObject({ facts: { atS: 1_760_000_000, fromAdmin: true, briefBefore: 0 } })
  }
  const [shared, accepted] = sendTo(room, 'bob', { content: CONTENT })
  expect(down(shared).messages[0]).toMatchObject({ fromAdmin: false })
  expect(accepted).toMatchObject({ facts: { atS: 1_760_000_000, fromAdmin: false } })
})

it('tells nobody the role of who sends plain text', () => {
  const [shared, accepted] = trip().send('ann', 'hello')
  expect(down(shared).messages[0]).toMatchObject({ fromAdmin: false, text: 'hello' })
  expect(accepted).toMatchObject({ facts: { atS: 0, fromAdmin: false } })
})

it.each([
  ['content beside a body', { content: CONTENT, body: CONTENT }, 'invalid'],
  ['a content type beside content', { content: CONTENT, contentType: 'text/plain' }, 'invalid'],
  ['neither text, body nor content', { content: new Uint8Array(), quiet: true }, 'invalid'],
  ['content one byte too large', { content: new Uint8Array(CONTENT_BYTES_MAX + 1) }, 'too-large'],
  ['a ttl one second too long', { text: 'hi', ttlS: TTL_S_MAX + 1 }, 'invalid'],
])('refuses %s (G8)', (_, message, code) => {
  const room = trip()
  const { lastSeq } = room.chat
  expect(refusal(sendTo(room, 'ann', message))).toBe(code)
  expect(room.chat.lastSeq).toBe(lastSeq)
})

it('takes content and a ttl that are just as large as they may be', () => {
  const largest = { content: new Uint8Array(CONTENT_BYTES_MAX).fill(1), ttlS: TTL_S_MAX }
  expect(sendTo(trip(), 'ann', largest)[0]).toMatchObject({ kind: 'shared', ttlS: TTL_S_MAX })
})

it('counts quiet messages as unread to nobody, after a reload too', () => {
  const room = trip()
  sendTo(room, 'ann', { text: 'one' })
  sendTo(room, 'ann', { content: CONTENT, quiet: true })
  sendTo(room, 'bob', { text: 'two', quiet: true })
  room.reload()
  const unread = (user: string): unknown =>
    down(room.up(user, { query: { request: 1, detail: {} } })[0]).responses[0]?.chat?.unread
  expect([unread('cid'), unread('bob'), unread('ann')]).toEqual([1, 1, 0])
})

it('says of each entry how many just before it had a ttl, to who sent it too (G3)', () => {
  const room = trip()
  const brief = { text: 'soon gone', ttlS: 60 }
  const saidBy = (postings: Posting[]): unknown[] => [
    down(postings[0]).messages[0]?.briefBefore,
    postings[1]?.kind === 'accepted' && postings[1].facts?.briefBefore,
  ]
  expect(saidBy(sendTo(room, 'ann', brief))).toEqual([0, 0])
  expect(saidBy(sendTo(room, 'bob', brief))).toEqual([1, 1])
  room.reload()
  const detail = down(room.up('cid', { query: { request: 1, detail: {} } })[0]).responses[0]?.chat
  expect(detail).toMatchObject({ lastSeq: 3, briefLast: 2 })
  expect(saidBy(room.send('cid', 'stays'))).toEqual([2, 2])
  expect(saidBy(room.send('cid', 'stays'))).toEqual([0, 0])
})

it('G4: another content, loudness or ttl is another command; without them the print is what it always was', () => {
  const plain = fingerprint('message', { text: 'hi' })
  const others = [
    { content: CONTENT },
    { content: Uint8Array.of(1, 2) },
    { quiet: true },
    { ttlS: 1 },
    { quiet: true, ttlS: 1 },
  ].map((more) => fingerprint('message', { text: 'hi', ...more }))
  expect(new Set([plain, ...others]).size).toBe(6)
  expect(fingerprint('message', { text: 'hi', content: new Uint8Array(), quiet: false, ttlS: 0 })).toBe(plain)
})
