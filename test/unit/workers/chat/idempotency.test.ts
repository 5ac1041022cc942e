import { describe, expect, it } from 'vitest'
import { REPEATS_REMEMBERED_MAX } from '../../../../proto/limits.ts'
import { type DeviceRecord, lookUp, recordSend } from '../../../../workers/chat/idempotency.ts'
import { DEVICES_PER_MEMBER_MAX } from '../../../../workers/chat/state.ts'
import { brief, refusal, Room } from '../room.ts'

const device = (): DeviceRecord => ({ name: 'phone', highestClientSeq: 0, runs: [] })

describe('what a device sent', () => {
  it('is remembered for the last 64 sends, however they are spread (G4, G8)', () => {
    for (const step of [1, 2]) {
      const phone = device()
      const sends = REPEATS_REMEMBERED_MAX + 10
      for (let i = 1; i <= sends; i++) recordSend(phone, i * step, i)
      for (let i = 1; i <= sends; i++) {
        const isKnown = i > sends - REPEATS_REMEMBERED_MAX
        expect(lookUp(phone, 0, i * step)).toEqual(
          isKnown ? { outcome: 'known', seq: i } : { outcome: 'stale' },
        )
      }
      expect(phone.runs.length).toBe(step === 1 ? 1 : REPEATS_REMEMBERED_MAX)
    }
  })

  it('is new above the highest and stale in a hole', () => {
    const phone = device()
    recordSend(phone, 10, 1)
    recordSend(phone, 12, 2)
    expect(lookUp(phone, 0, 11).outcome).toBe('stale')
    expect(lookUp(phone, 0, 9).outcome).toBe('stale')
    expect(lookUp(phone, 0, 13).outcome).toBe('new')
    expect(lookUp(undefined, 0, 1).outcome).toBe('new')
  })
})

describe('a repeat', () => {
  it('is answered with the old seq, and makes no second message (G4)', () => {
    const room = Room.direct('ann', 'bob')
    room.send('ann', 'one', 'bob')
    room.send('ann', 'two')
    const before = room.snapshot()
    expect(brief(room.up('ann', { message: { clientSeq: 1, text: 'one', peer: 'bob' } }))).toEqual([
      'accepted ann/phone 1→1',
    ])
    expect(room.snapshot()).toBe(before)
  })

  it('by another device is another message', () => {
    const room = Room.direct('ann', 'bob')
    room.send('ann', 'one', 'bob')
    expect(brief(room.send('ann/tablet', 'one'))[1]).toBe('accepted ann/tablet 1→2')
  })

  it('of what was refused stays refused, whatever the chat has become', () => {
    const room = Room.group()
    room.create('ann', ['bob'])
    expect(refusal(room.up('bob', { rename: { clientSeq: 5, name: 'mine' } }))).toBe('forbidden')
    room.up('ann', { setRole: { clientSeq: 2, member: 'bob', role: 2 } })
    expect(refusal(room.up('bob', { rename: { clientSeq: 5, name: 'mine' } }))).toBe('stale-client-seq')
    expect(refusal(room.up('bob', { rename: { clientSeq: 6, name: 'mine' } }))).toBe('shared,accepted')
  })

  it('survives the state’s way through the store', () => {
    const room = Room.direct('ann', 'bob')
    for (let i = 0; i < 5; i++) room.send('ann', 'x', 'bob')
    room.reload()
    expect(brief(room.up('ann', { message: { clientSeq: 3, text: 'x' } }))).toEqual([
      'accepted ann/phone 3→3',
    ])
    expect(brief(room.send('ann', 'next'))[1]).toBe('accepted ann/phone 6→6')
  })

  it('of a device that sixteen others have pushed out is stale for ever, and what it sends next is not (G4, G8)', () => {
    const room = Room.direct('ann', 'bob')
    room.up('ann/d0', { message: { clientSeq: 100, text: 'x', peer: 'bob' } })
    for (let i = 1; i <= DEVICES_PER_MEMBER_MAX; i++)
      room.up(`ann/d${i}`, { message: { clientSeq: 200 + i, text: 'x' } })
    room.reload()
    expect([...room.fields.keys()].filter((name) => name.startsWith('d'))).toHaveLength(
      DEVICES_PER_MEMBER_MAX,
    )
    expect(brief(room.up('ann/d1', { message: { clientSeq: 201, text: 'x' } }))).toEqual([
      'accepted ann/d1 201→2',
    ])
    expect(refusal(room.up('ann/d0', { message: { clientSeq: 100, text: 'x' } }))).toBe('stale-client-seq')
    expect(refusal(room.up('ann/d0', { message: { clientSeq: 300, text: 'y' } }))).toBe('shared,accepted')
  })

  it('of a member who left and came back is still one (G4)', () => {
    const room = Room.group()
    room.create('ann', ['bob'])
    room.up('bob', { message: { clientSeq: 7, text: 'x' } })
    room.up('bob', { leave: { clientSeq: 8 } })
    room.reload()
    expect(refusal(room.up('bob', { message: { clientSeq: 9, text: 'y' } }))).toBe('unknown-chat')
    room.up('ann', { add: { clientSeq: 2, members: ['bob'] } })
    expect(brief(room.up('bob', { message: { clientSeq: 7, text: 'x' } }))).toEqual([
      'accepted bob/phone 7→2',
    ])
    expect(refusal(room.up('bob', { message: { clientSeq: 9, text: 'y' } }))).toBe('stale-client-seq')
  })
})

describe('a clientSeq', () => {
  it.each([0, 2 ** 53, 2 ** 60])('of %d is malformed, and told with the chat', (clientSeq) => {
    const room = Room.direct('ann', 'bob')
    const [posting] = room.up('ann', { message: { clientSeq, text: 'x', peer: 'bob' } })
    expect(posting).toMatchObject({
      kind: 'rejected',
      code: 'malformed',
      clientSeq: 0,
      chat: room.chat.bytes,
    })
  })
})
