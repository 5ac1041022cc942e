import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Up } from '../../../../proto/codec.ts'
import type { Member } from '../../../../workers/chat/member.ts'
import type { Posting } from '../../../../workers/chat/posting.ts'
import { Room } from '../room.ts'
import { ReceiptModel } from './receipt-model.ts'

const USERS = ['ann', 'bob', 'cid', 'dan']

interface Act {
  readonly user: string
  readonly device: string
  readonly kind:
    | 'send'
    | 'read'
    | 'delivered'
    | 'add'
    | 'remove'
    | 'leave'
    | 'rename'
    | 'disappear'
    | 'promote'
    | 'reload'
  readonly other: string
  /** How far behind the last seq a mark is; negative: beyond it. */
  readonly behind: number
}

const act: fc.Arbitrary<Act> = fc.record({
  user: fc.constantFrom(...USERS),
  device: fc.constantFrom('phone', 'tablet'),
  kind: fc.constantFrom(
    ...(['send', 'send', 'send', 'read', 'delivered', 'delivered', 'delivered'] as const),
    ...(['add', 'remove', 'leave', 'rename', 'disappear', 'promote', 'reload'] as const),
  ),
  other: fc.constantFrom(...USERS),
  behind: fc.integer({ min: -2, max: 4 }),
})
const acts = fc.array(act, { maxLength: 80 })

/** What an act publishes; a mark or undefined for those that publish nothing. */
function upOf({ kind, other }: Act, clientSeq: number, seq: number): Up | undefined {
  switch (kind) {
    case 'send':
      return { message: { clientSeq, text: `x${clientSeq}` } }
    case 'read':
      return { read: { upTo: Math.max(0, seq) } }
    case 'add':
      return { add: { clientSeq, members: [other] } }
    case 'remove':
      return { remove: { clientSeq, members: [other] } }
    case 'leave':
      return { leave: { clientSeq } }
    case 'disappear':
      return { setDisappearing: { clientSeq, afterS: clientSeq % 2 } }
    case 'rename':
      return { rename: { clientSeq, name: `n${clientSeq % 2}` } }
    case 'promote':
      return { setRole: { clientSeq, member: other, role: (clientSeq % 2) + 1 } }
    case 'delivered':
    case 'reload':
      return undefined
  }
}

function perform(room: Room, each: Act): { up?: Up; postings: Posting[] } {
  const seq = room.chat.lastSeq - each.behind
  if (each.kind === 'reload') {
    room.reload()
    return { postings: [] }
  }
  if (each.kind === 'delivered') return { postings: room.delivered({ [each.user]: Math.max(0, seq) }) }
  const from = `${each.user}/${each.device}`
  const up = upOf(each, room.next(from), seq) as Up
  return { up, postings: room.up(from, up) }
}

function begin(): Room {
  const room = Room.group()
  room.create('ann', ['bob', 'cid'])
  return room
}

describe('any interleaving of members joining, leaving, sending and acknowledging', () => {
  it('keeps receipts monotone and equal to a naive model’s (G6)', () => {
    fc.assert(
      fc.property(acts, (sequence) => {
        const room = Room.group()
        const model = new ReceiptModel()
        model.see(room.create('ann', ['bob', 'cid']))
        for (const each of sequence) {
          const seq = Math.max(0, room.chat.lastSeq - each.behind)
          const { postings } = perform(room, each)
          model.see(postings)
          if (each.kind === 'read') model.mark(each.user, 'read', seq)
          if (each.kind === 'delivered') model.mark(each.user, 'delivered', seq)
          model.expectReceipts(postings)
          for (const member of room.chat.members)
            expect(model.marks(member.user)).toEqual([member.delivered, member.read])
        }
      }),
      { numRuns: 500 },
    )
  })

  it('gives gapless seqs, and entries only to who is or just was a member (G3, G5)', () => {
    fc.assert(
      fc.property(acts, (sequence) => {
        const room = begin()
        let lastSeq = 1
        for (const each of sequence) {
          const before = new Set(room.chat.members.map((member) => member.user))
          const { postings } = perform(room, each)
          const now = new Set(room.chat.members.map((member) => member.user))
          for (const posting of postings)
            if (posting.kind === 'shared')
              for (const user of posting.audience.users) expect(before.has(user) || now.has(user)).toBe(true)
          expect(room.chat.lastSeq - lastSeq).toBeLessThanOrEqual(2)
          lastSeq = room.chat.lastSeq
        }
        if (room.chat.members.length > 0)
          expect(room.chat.members.some((member) => member.role === 2)).toBe(true)
      }),
    )
  })
})

describe('replaying', () => {
  it('any prefix again changes nothing, and is answered by the same Accepted or a refusal (G4)', () => {
    fc.assert(
      fc.property(acts, fc.nat(), (sequence, cut) => {
        const room = begin()
        const done: { from: string; up: Up; seq: number | undefined }[] = []
        for (const each of sequence.map((one) => ({ ...one, behind: Math.abs(one.behind) }))) {
          const wasEver = room.chat.ever(each.user) !== undefined
          const { up, postings } = perform(room, each)
          // Of strangers nothing is remembered: what was refused to one may be carried out once they are a member.
          if (up === undefined || !wasEver) continue
          const accepted = postings.find((posting) => posting.kind === 'accepted')
          done.push({ from: `${each.user}/${each.device}`, up, seq: accepted?.seq })
        }
        const before = room.snapshot()
        for (const { from, up, seq } of done.slice(0, cut % (done.length + 1))) {
          const postings = room.up(from, up)
          if (up.read) expect(postings).toEqual([])
          else if (seq === undefined)
            expect(postings).toMatchObject([
              room.chat.head.closed ? { kind: 'rejected' } : { kind: 'rejected', code: 'client-seq-reused' },
            ])
          // Of a closed chat nothing is remembered but the command that closed it (ADR 0033).
          else if (room.chat.head.closed !== undefined && seq !== room.chat.lastSeq)
            expect(postings).toMatchObject([{ kind: 'rejected' }])
          else expect(postings).toMatchObject([{ kind: 'accepted', seq }])
        }
        expect(room.snapshot()).toBe(before)
      }),
      { numRuns: 500 },
    )
  })

  it('through the store ends in the same state as in one go', () => {
    fc.assert(
      fc.property(acts, (sequence) => {
        const [straight, reloaded] = [begin(), begin()]
        for (const each of sequence) {
          if (each.kind === 'reload') continue
          perform(straight, each)
          perform(reloaded, each)
          reloaded.reload()
        }
        straight.reload()
        expect(reloaded.snapshot()).toBe(straight.snapshot())
      }),
    )
  })
})

describe('a step that is taken back', () => {
  it('leaves the chat as it was', () => {
    fc.assert(
      fc.property(acts, act, (sequence, last) => {
        const room = begin()
        for (const each of sequence) perform(room, each)
        if (last.kind === 'reload') return
        const before = room.snapshot()
        const audience = room.chat.audience.users.join()
        const awaiting = () => [...room.chat.awaiting('read')].map((member) => member.user).sort()
        const awaitingBefore = awaiting()
        const wasClosed = room.chat.head.closed !== undefined
        perform(room, last)
        // What closes a chat comes last in its step: nothing behind it can fail, and nothing takes it back.
        if (room.chat.head.closed !== undefined && !wasClosed) return
        room.chat.restore()
        expect(room.snapshot()).toBe(before)
        expect(room.chat.audience.users.join()).toBe(audience)
        expect(awaiting()).toEqual(awaitingBefore)
        room.reload()
        expect(room.snapshot()).toBe(before)
      }),
      { numRuns: 500 },
    )
  })

  it('leaves nothing of a chat that was closed just before (G3)', () => {
    const room = begin()
    const leave = (user: string) => room.up(user, { leave: { clientSeq: room.next(user) } })
    leave('ann')
    room.reload()
    for (const user of ['bob', 'cid']) leave(user)
    const before = room.snapshot()
    expect(room.chat.members).toEqual([])
    room.send('ann', 'too late')
    room.chat.restore()
    room.reload()
    expect(room.snapshot()).toBe(before)
  })

  it('leaves what it changed more than once as it was at first', () => {
    const room = Room.direct('ann', 'bob')
    room.up('ann', { message: { clientSeq: 1, text: 'x', peer: 'bob' } })
    const { chat } = room
    const ann = chat.member('ann') as Member
    const before = room.snapshot()
    chat.begin()
    for (const clientSeq of [2, 3])
      chat.touchDevice(ann, 'phone', false, clientSeq).highestClientSeq = clientSeq
    for (const seq of [1, 0, 1]) chat.setAwaiting(ann, 'read', seq)
    chat.restore()
    expect(room.snapshot()).toBe(before)
  })
})
