import { describe, expect, it } from 'vitest'
import { BODY_BYTES_MAX, CONTENT_TYPE_CHARS_MAX, TEXT_BYTES_MAX } from '../../../../proto/limits.ts'
import { brief, down, refusal, Room } from '../room.ts'

describe('a direct chat', () => {
  it('begins with the first message, which names both members: who sent it is number 0', () => {
    const room = Room.direct('bob', 'ann')
    const postings = room.send('bob', 'hello', 'ann')
    expect(brief(postings)).toEqual(['entry 1 bob,ann not bob/phone', 'accepted bob/phone 1→1'])
    const [message] = down(postings[0]).messages
    expect(message).toMatchObject({
      seq: 1,
      text: 'hello',
      directMembers: ['bob', 'ann'],
      sentAtS: 1_760_000_000,
    })
    expect(message?.sender ?? 0).toBe(0)
    expect(message?.chat).toEqual(Buffer.from(room.chat.bytes))
  })

  it('gives gapless seqs to both, and names the members only once (G3)', () => {
    const room = Room.direct('ann', 'bob')
    room.send('ann', 'one', 'bob')
    const postings = room.send('bob', 'two')
    expect(brief(postings)).toEqual(['entry 2 ann,bob not bob/phone', 'accepted bob/phone 1→2'])
    expect(down(postings[0]).messages[0]).toMatchObject({ seq: 2, sender: 1, directMembers: [] })
  })

  it('ignores the peer when the chat is there already', () => {
    const room = Room.direct('ann', 'bob')
    room.send('ann', 'one', 'bob')
    expect(brief(room.send('ann', 'two', 'nobody'))[1]).toBe('accepted ann/phone 2→2')
  })

  it.each([
    ['without peer', 'ann', ''],
    ['with a peer whose id does not make the chat', 'ann', 'cid'],
    ['by somebody else who names a member', 'eve', 'bob'],
    ['with a peer that is no user id', 'ann', 'a/b'],
    ['with __proto__ as peer', 'ann', '__proto__'],
  ])('can not be begun %s: there is no such chat', (_, from, peer) => {
    const room = Room.direct('ann', 'bob')
    expect(refusal(room.send(from, 'hello', peer))).toBe('unknown-chat')
    expect(room.chat.exists).toBe(false)
  })

  it('can not be begun with an unknown user', () => {
    expect(refusal(Room.direct('ann', 'zoe').send('ann', 'hello', 'zoe'))).toBe('unknown-user')
  })

  it('waits to be begun while nobody knows whether the peer exists', () => {
    const room = Room.direct('ann', 'bob')
    room.isDirectoryAway = true
    const hello = { message: { clientSeq: 1, text: 'hello', peer: 'bob' } }
    expect(room.up('ann', hello)).toEqual([])
    expect([room.isWaiting, room.chat.exists]).toEqual([true, false])
    room.isDirectoryAway = false
    expect(brief(room.up('ann', hello))[1]).toBe('accepted ann/phone 1→1')
  })

  it('goes on while the directory is away', () => {
    const room = Room.direct('ann', 'bob')
    room.send('ann', 'hello', 'bob')
    room.isDirectoryAway = true
    expect(brief(room.send('ann', 'again'))[1]).toBe('accepted ann/phone 2→2')
  })

  it('with oneself is refused', () => {
    const room = Room.direct('ann', 'ann')
    expect(refusal(room.send('ann', 'hello', 'ann'))).toBe('invalid')
  })

  it('gives strangers the same answer as a chat that is not there', () => {
    const there = Room.direct('ann', 'bob')
    there.send('ann', 'hello', 'bob')
    const notThere = Room.direct('ann', 'cid')
    const mine = there.send('eve', 'let me in')
    const none = notThere.send('eve', 'let me in')
    expect(mine).toEqual(none)
    expect(refusal(mine)).toBe('unknown-chat')
  })

  it.each(['add', 'remove', 'leave', 'rename', 'setRole'] as const)('knows no %s', (kind) => {
    const room = Room.direct('ann', 'bob')
    room.send('ann', 'hello', 'bob')
    const body = { clientSeq: room.next('ann'), members: ['cid'], name: 'x', member: 'bob', role: 2 }
    expect(refusal(room.up('ann', { [kind]: body }))).toBe('invalid')
  })
})

describe('a message', () => {
  const sendBody = (body: object): string => {
    const room = Room.direct('ann', 'bob')
    return refusal(room.up('ann', { message: { clientSeq: 1, peer: 'bob', ...body } }))
  }

  it('is a text or a body with a content type', () => {
    const room = Room.direct('ann', 'bob')
    const body = Uint8Array.of(1, 2, 3)
    const postings = room.up('ann', {
      message: { clientSeq: 1, peer: 'bob', body, contentType: 'image/png' },
    })
    const [message] = down(postings[0]).messages
    expect(message).toMatchObject({ body: Buffer.from(body), contentType: 'image/png' })
    expect(message?.what).toBe('body')
  })

  it.each([
    ['nothing at all', {}],
    ['both', { text: 'x', body: Uint8Array.of(1) }],
    ['a text with a content type', { text: 'x', contentType: 'text/plain' }],
    ['a content type with control characters', { body: Uint8Array.of(1), contentType: 'a\nb' }],
    [
      'a content type one too long',
      { body: Uint8Array.of(1), contentType: 'x'.repeat(CONTENT_TYPE_CHARS_MAX + 1) },
    ],
  ])('of %s is invalid', (_, body) => expect(sendBody(body)).toBe('invalid'))

  it('may be as large as the limits, in bytes of UTF-8, and not one byte larger (G8)', () => {
    expect(sendBody({ text: 'x'.repeat(TEXT_BYTES_MAX) })).toBe('shared,accepted')
    expect(sendBody({ text: 'x'.repeat(TEXT_BYTES_MAX + 1) })).toBe('too-large')
    expect(sendBody({ text: `${'é'.repeat(TEXT_BYTES_MAX / 2)}` })).toBe('shared,accepted')
    expect(sendBody({ text: `${'é'.repeat(TEXT_BYTES_MAX / 2)}x` })).toBe('too-large')
    expect(sendBody({ body: new Uint8Array(BODY_BYTES_MAX) })).toBe('shared,accepted')
    expect(sendBody({ body: new Uint8Array(BODY_BYTES_MAX + 1) })).toBe('too-large')
    const contentType = 'x'.repeat(CONTENT_TYPE_CHARS_MAX)
    expect(sendBody({ body: Uint8Array.of(1), contentType })).toBe('shared,accepted')
  })

  it('reaches all members now, the other devices of its sender too', () => {
    const room = Room.group()
    room.create('ann', ['bob', 'cid'])
    expect(brief(room.send('bob/tablet', 'hi'))[0]).toBe('entry 2 ann,bob,cid not bob/tablet')
  })

  it('that reaches more than the sender may for now waits, and has changed nothing', () => {
    const room = Room.group()
    room.create('ann', ['bob', 'cid'])
    room.recipientsLeft = 1
    const before = room.snapshot()
    expect([room.send('ann', 'hi'), room.isWaiting, room.snapshot()]).toEqual([[], true, before])
    room.recipientsLeft = 2
    expect(refusal(room.send('ann', 'hi'))).toBe('shared,accepted')
  })
})

describe('whether a user exists (G8)', () => {
  const [known, unknown] = ['bob', 'nobody']
  const sendTo = (room: Room, peer: string, body: object): string =>
    refusal(room.up('ann', { message: { clientSeq: room.next('ann'), peer, ...body } }))

  it.each([
    ['without content', {}],
    ['with both contents', { text: 'x', body: Uint8Array.of(1) }],
    ['too large', { text: 'x'.repeat(64 * 1024 + 1) }],
  ])('is not told by what becomes of a first message %s', (_, body) => {
    const room = (peer: string): Room => Room.direct('ann', peer)
    const codes = [known, unknown].map((peer) => sendTo(room(peer), peer, body))
    expect(codes[0]).toBe(codes[1])
    expect(codes[0]).not.toBe('unknown-user')
  })

  it('is told to who asks too much of nobody: of those who exist no more than of others', () => {
    for (const peer of [known, unknown]) {
      const room = Room.direct('ann', peer)
      room.waitToNameS = 30
      expect(sendTo(room, peer, { text: 'hi' })).toBe('rate-limited')
      const group = Room.group()
      group.waitToNameS = 30
      const create = { clientSeq: 1, name: 'trip', members: [peer] }
      expect(refusal(group.up('ann', { create }))).toBe('rate-limited')
    }
  })

  it('counts when it is told that there is nobody, and then alone', () => {
    const room = Room.direct('ann', unknown)
    expect(sendTo(room, unknown, { text: 'hi' })).toBe('unknown-user')
    expect(room.toldUnknown).toBe(1)
    const other = Room.direct('ann', known)
    other.send('ann', 'hi', known)
    other.waitToNameS = 30
    // Whom one talks to already, one has not to ask for.
    other.send('ann', 'again')
    expect([other.toldUnknown, other.chat.lastSeq]).toEqual([0, 2])
  })
})
