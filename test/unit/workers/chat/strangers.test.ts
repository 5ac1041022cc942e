import { describe, expect, it } from 'vitest'
import type { Posting } from '../../../../workers/chat/posting.ts'
import { Room } from '../room.ts'

/** To whom the message that was posted is a stranger's. */
function strangersOf(postings: readonly Posting[]): string[] {
  const shared = postings.find((posting) => posting.kind === 'shared')
  if (shared === undefined) throw new Error('no message was posted')
  return shared.audience.strangers.map((i) => shared.audience.users[i] as string)
}

describe('a stranger', () => {
  it('is who writes to a user that has neither sent nor read anything in the chat (G8)', () => {
    const room = Room.direct('ann', 'bob')
    expect(strangersOf(room.send('ann', 'one', 'bob'))).toEqual(['bob'])
    expect(strangersOf(room.send('ann', 'two'))).toEqual(['bob'])
    expect(strangersOf(room.send('bob', 'answer'))).toEqual([])
    expect(strangersOf(room.send('ann', 'three'))).toEqual([])
  })

  it('is none any more when something was read', () => {
    const room = Room.direct('ann', 'bob')
    room.send('ann', 'one', 'bob')
    room.up('bob', { read: { upTo: 1 } })
    expect(strangersOf(room.send('ann', 'two'))).toEqual([])
  })

  it('is a whole group to its members but the one who made it, until they do something', () => {
    const room = Room.group()
    room.create('ann', ['bob', 'cid'])
    expect(strangersOf(room.send('ann', 'hello'))).toEqual(['bob', 'cid'])
    room.send('cid', 'hi')
    expect(strangersOf(room.send('ann', 'again'))).toEqual(['bob'])
    const added = room.up('ann', { add: { clientSeq: room.next('ann'), members: ['dan'] } })
    expect(strangersOf(added.filter((posting) => posting.kind === 'shared').slice(1))).toEqual(['dan'])
  })
})
