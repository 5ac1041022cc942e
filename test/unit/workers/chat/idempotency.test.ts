import { describe, expect, it } from 'vitest'
import type { Up } from '../../../../proto/codec.ts'
import { REPEATS_REMEMBERED_MAX } from '../../../../proto/limits.ts'
import { type DeviceRecord, lookUp, newDevice, recordSend } from '../../../../workers/chat/idempotency.ts'
import type { Member } from '../../../../workers/chat/member.ts'
import { encodeDeviceState } from '../../../../proto/server-codec.ts'
import { DEVICES_PER_MEMBER_MAX, TRANSIENTS_PER_MEMBER_MAX } from '../../../../workers/chat/device-records.ts'
import { brief, refusal, Room } from '../room.ts'

const PRINT = 7

describe('what a device sent', () => {
  it('is remembered for the last 64 sends, however they are spread (G4, G8)', () => {
    for (const step of [1, 2]) {
      const phone = newDevice('phone', 0)
      const sends = REPEATS_REMEMBERED_MAX + 10
      for (let i = 1; i <= sends; i++) recordSend(phone, i * step, i, i)
      for (let i = 1; i <= sends; i++) {
        const isKnown = i > sends - REPEATS_REMEMBERED_MAX
        expect(lookUp(phone, 0, i * step, i)).toEqual(
          isKnown ? { outcome: 'known', seq: i } : { outcome: 'stale' },
        )
        expect(lookUp(phone, 0, i * step, i + 1).outcome).toBe(isKnown ? 'reused' : 'stale')
      }
      expect(phone.runs.length).toBe(step === 1 ? 1 : REPEATS_REMEMBERED_MAX)
      expect(phone.prints.length).toBe(REPEATS_REMEMBERED_MAX)
    }
  })

  it('is new above the highest, and in a hole nothing was ever stored', () => {
    const phone = newDevice('phone', 5)
    recordSend(phone, 10, 1, PRINT)
    recordSend(phone, 12, 2, PRINT)
    expect(lookUp(phone, 0, 11, PRINT).outcome).toBe('reused')
    expect(lookUp(phone, 0, 9, PRINT).outcome).toBe('reused')
    expect(lookUp(phone, 0, 5, PRINT).outcome).toBe('stale')
    expect(lookUp(phone, 0, 13, PRINT).outcome).toBe('new')
    expect(lookUp(undefined, 0, 1, PRINT).outcome).toBe('new')
    expect(lookUp(undefined, 3, 3, PRINT).outcome).toBe('stale')
  })

  it.each([3, REPEATS_REMEMBERED_MAX])(
    'is forgotten if its step is taken back, and nothing else is: behind %i',
    (sends) => {
      const room = Room.direct('ann', 'bob')
      for (let i = 0; i < sends; i++) room.send('ann', `${i}`, 'bob')
      const ann = room.chat.ever('ann') as Member
      const record = ann.devices.get('phone') as DeviceRecord
      const before = structuredClone(record)
      const next = record.highestClientSeq + 1
      room.chat.begin()
      room.chat.recordSend(room.chat.touchDevice(ann, 'phone', false, next), next, sends + 1, PRINT)
      expect(record).not.toEqual(before)
      room.chat.restore()
      expect(record).toEqual(before)
    },
  )

  it('by a worker that kept no fingerprints is a repeat by its number alone, until they are known', () => {
    const room = Room.direct('ann', 'bob')
    for (let i = 0; i < 3; i++) room.send('ann', 'x', 'bob')
    room.reload()
    // What 0.1.0 has put.
    const runs = [{ clientSeq: 1, seq: 1, more: 2 }]
    room.fields.set('d0/phone', encodeDeviceState({ highestClientSeq: 3, runs }))
    room.reload()
    room.send('ann', 'four')
    room.reload()
    expect(brief(room.up('ann', { message: { clientSeq: 2, text: 'whatever' } }))).toEqual([
      'accepted ann/phone 2→2',
    ])
    expect(refusal(room.up('ann', { message: { clientSeq: 4, text: 'whatever' } }))).toBe('client-seq-reused')
    expect(brief(room.up('ann', { message: { clientSeq: 4, text: 'four' } }))).toEqual([
      'accepted ann/phone 4→4',
    ])
  })
})

describe('what a worker that remembers more has put', () => {
  it('is known as far as this one remembers, and the chat goes on', () => {
    const room = Room.direct('ann', 'bob')
    room.send('ann', 'one', 'bob')
    room.reload()
    const runs = [{ clientSeq: 1, seq: 1, more: 0 }]
    const prints = new Uint8Array(2 * REPEATS_REMEMBERED_MAX * 4)
    room.fields.set('d0/phone', encodeDeviceState({ highestClientSeq: 1, runs, prints }))
    room.reload()
    expect(brief(room.up('ann', { message: { clientSeq: 2, text: 'two' } }))).toContain(
      'accepted ann/phone 2→2',
    )
    room.reload()
    expect(refusal(room.up('ann', { message: { clientSeq: 2, text: 'else' } }))).toBe('client-seq-reused')
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
    expect(refusal(room.up('bob', { rename: { clientSeq: 5, name: 'mine' } }))).toBe('client-seq-reused')
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

  it('of a linked device is one, however many programs have sent one message each meanwhile (G4, G8)', () => {
    const room = Room.direct('ann', 'bob')
    room.up('ann/phone', { message: { clientSeq: 100, text: 'x', peer: 'bob' } })
    const programs = TRANSIENTS_PER_MEMBER_MAX + DEVICES_PER_MEMBER_MAX
    // Each begins where it likes: their numbers are not those of one outbox.
    for (let i = 1; i <= programs; i++) {
      const sent = room.up(`ann//send-${i}`, { message: { clientSeq: 1_000_000 - i, text: 'x' } })
      expect(brief(sent)[1]).toBe(`accepted ann/send-${i} ${1_000_000 - i}→${i + 1}`)
    }
    room.reload()
    expect([...room.fields.keys()].filter((name) => name.startsWith('d'))).toHaveLength(
      TRANSIENTS_PER_MEMBER_MAX + 1,
    )
    const again = (from: string, clientSeq: number): string[] =>
      brief(room.up(from, { message: { clientSeq, text: 'x' } }))
    expect(again('ann/phone', 100)).toEqual(['accepted ann/phone 100→1'])
    expect(again(`ann//send-${programs}`, 1_000_000 - programs)).toEqual([
      `accepted ann/send-${programs} ${1_000_000 - programs}→${programs + 1}`,
    ])
    // A device that is linked now has to fear nothing of their numbers.
    expect(refusal(room.up('ann/tablet', { message: { clientSeq: 101, text: 'y' } }))).toBe('shared,accepted')
  })

  it('of a connection whose name was forgotten meanwhile is not said to be of nothing: nobody knows (G4)', () => {
    const room = Room.direct('ann', 'bob')
    room.up('ann//web', { message: { clientSeq: 40, text: 'x', peer: 'bob' } })
    for (let i = 0; i < TRANSIENTS_PER_MEMBER_MAX; i++)
      room.up(`ann//send-${i}`, { message: { clientSeq: 1, text: 'x' } })
    expect(refusal(room.up('ann//web', { message: { clientSeq: 50, text: 'y' } }))).toBe('shared,accepted')
    room.reload()
    expect(refusal(room.up('ann//web', { message: { clientSeq: 40, text: 'x' } }))).toBe('stale-client-seq')
    room.up('ann//web', { message: { clientSeq: 53, text: 'z' } })
    expect(refusal(room.up('ann//web', { message: { clientSeq: 51, text: 'w' } }))).toBe('client-seq-reused')
  })

  it('a name that was a connection and is a linked device now is remembered as that', () => {
    const room = Room.direct('ann', 'bob')
    room.up('ann//web', { message: { clientSeq: 1, text: 'x', peer: 'bob' } })
    room.up('ann/web', { message: { clientSeq: 2, text: 'x' } })
    for (let i = 0; i < TRANSIENTS_PER_MEMBER_MAX + 1; i++)
      room.up(`ann//send-${i}`, { message: { clientSeq: 3, text: 'x' } })
    expect(brief(room.up('ann/web', { message: { clientSeq: 1, text: 'x' } }))).toEqual([
      'accepted ann/web 1→1',
    ])
  })

  it('linked devices that were connections first are no more than others (G8)', () => {
    const room = Room.direct('ann', 'bob')
    room.up('ann/phone', { message: { clientSeq: 1, text: 'x', peer: 'bob' } })
    const names = Array.from({ length: DEVICES_PER_MEMBER_MAX + 4 }, (_, i) => `web-${i}`)
    for (const name of names) room.up(`ann//${name}`, { message: { clientSeq: 1, text: 'x' } })
    for (const name of names) room.up(`ann/${name}`, { message: { clientSeq: 2, text: 'x' } })
    room.reload()
    expect([...room.fields.keys()].filter((name) => name.startsWith('d'))).toHaveLength(
      DEVICES_PER_MEMBER_MAX,
    )
    const last = names.at(-1) as string
    expect(brief(room.up(`ann/${last}`, { message: { clientSeq: 2, text: 'x' } }))).toHaveLength(1)
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
    expect(refusal(room.up('bob', { message: { clientSeq: 9, text: 'y' } }))).toBe('client-seq-reused')
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

describe('another command under a number that was used', () => {
  const COMMANDS: [name: string, first: Up, second: Up][] = [
    ['another text', { message: { clientSeq: 9, text: 'a' } }, { message: { clientSeq: 9, text: 'b' } }],
    [
      'a body for a text',
      { message: { clientSeq: 9, text: 'a' } },
      { message: { clientSeq: 9, body: Buffer.from('a') } },
    ],
    [
      'another content type',
      { message: { clientSeq: 9, body: Buffer.from('a') } },
      { message: { clientSeq: 9, body: Buffer.from('a'), contentType: 'text/plain' } },
    ],
    ['another command', { rename: { clientSeq: 9, name: 'a' } }, { message: { clientSeq: 9, text: 'a' } }],
    ['another name', { rename: { clientSeq: 9, name: 'a' } }, { rename: { clientSeq: 9, name: 'b' } }],
    [
      'another member',
      { add: { clientSeq: 9, members: ['cid'] } },
      { add: { clientSeq: 9, members: ['dan'] } },
    ],
    [
      'another role',
      { setRole: { clientSeq: 9, member: 'bob', role: 2 } },
      { setRole: { clientSeq: 9, member: 'bob', role: 1 } },
    ],
  ]
  it.each(COMMANDS)('is told, and nothing is stored for it: %s (G4)', (_, first, second) => {
    const room = Room.group()
    room.create('ann', ['bob'])
    room.up('ann', first)
    room.reload()
    const before = room.snapshot()
    expect(brief(room.up('ann', second))).toEqual(['rejected ann/phone 9 client-seq-reused'])
    expect(room.snapshot()).toBe(before)
    expect(brief(room.up('ann', first))).toEqual(['accepted ann/phone 9→2'])
  })

  it('is the same send if only its encoding differs: peer left out, members in another order or twice', () => {
    const room = Room.direct('ann', 'bob')
    room.send('ann', 'one', 'bob')
    expect(brief(room.up('ann', { message: { clientSeq: 1, text: 'one' } }))).toEqual([
      'accepted ann/phone 1→1',
    ])
    const trip = Room.group()
    trip.up('ann', { create: { clientSeq: 1, name: 'trip', members: ['bob', 'cid'] } })
    const again = { create: { clientSeq: 1, name: 'trip', members: ['cid', 'bob', 'cid'] } }
    expect(brief(trip.up('ann', again))).toEqual(['accepted ann/phone 1→1'])
  })
})

describe('a command that names the numbers it had before', () => {
  it('is the send that was accepted under one of them, and is remembered under its own (G4)', () => {
    const room = Room.direct('ann', 'bob')
    room.up('ann', { message: { clientSeq: 1, text: 'one', peer: 'bob' } })
    room.up('ann', { message: { clientSeq: 2, text: 'two' } })
    const before = room.chat.lastSeq
    for (let i = 0; i < 2; i++)
      expect(brief(room.up('ann', { insteadOf: [1], message: { clientSeq: 5, text: 'one' } }))).toEqual([
        'accepted ann/phone 5→1',
      ])
    expect(room.chat.lastSeq).toBe(before)
  })

  it('is refused as stale when one of them is so long ago that nobody knows: it could be there twice (G4)', () => {
    const room = Room.direct('ann', 'bob')
    const number = (n: number, more: object = {}) => ({ ...more, message: { clientSeq: n, text: `m${n}` } })
    room.up('ann', { message: { clientSeq: 1, text: 'one', peer: 'bob' } })
    for (let n = 2; n <= REPEATS_REMEMBERED_MAX; n++) room.up('ann', number(n))
    const one = { insteadOf: [1], message: { clientSeq: 100, text: 'one' } }
    expect(brief(room.up('ann', one))).toEqual(['accepted ann/phone 100→1'])
    room.up('ann', number(101))
    const again = { insteadOf: [1], message: { clientSeq: 102, text: 'one' } }
    const before = room.chat.lastSeq
    expect(refusal(room.up('ann', again))).toBe('stale-client-seq')
    expect(room.chat.lastSeq).toBe(before)
    // Numbers that were not forgotten are known to be nothing's.
    expect(refusal(room.up('ann', { insteadOf: [99], message: { clientSeq: 103, text: 'one' } }))).toBe(
      'shared,accepted',
    )
  })

  it('is a new send if none of them was accepted, or another command was', () => {
    const room = Room.direct('ann', 'bob')
    room.up('ann', { message: { clientSeq: 1, text: 'one', peer: 'bob' } })
    expect(
      refusal(room.up('ann', { insteadOf: [1, 3, 2 ** 60], message: { clientSeq: 5, text: 'other' } })),
    ).toBe('shared,accepted')
    expect(room.chat.lastSeq).toBe(2)
  })
})
