import { describe, expect, it } from 'vitest'
import { bodiesIn, SHARED_BYTES_MIN } from '../../../../broker/mailbox/shared-bodies.ts'
import type { Append } from '../../../../broker/mailbox/store.ts'
import { encodeDown } from '../../../../proto/codec.ts'

const message = (size: number): Uint8Array =>
  encodeDown({ messages: [{ chat: new Uint8Array(10), seq: 1, body: new Uint8Array(size) }] })
const to = (count: number, bytes: Uint8Array, more: Partial<Append> = {}): Append[] =>
  Array.from({ length: count }, (_, i) => ({ mailbox: `u/m${i}`, bytes, ...more }))

describe('what is stored once', () => {
  it('is a message whose copies would take much together', () => {
    const bytes = message(200)
    const copies = Math.ceil(SHARED_BYTES_MIN / bytes.length)
    expect([...bodiesIn(to(copies, bytes))]).toEqual([bytes])
    expect(bodiesIn(to(copies - 1, bytes)).size).toBe(0)
  })

  it('is found among others, and in turns with another', () => {
    const [one, other] = [message(20_000), message(20_000)]
    const turns = to(3, one).flatMap((append, i) => [append, { mailbox: `u/x${i}`, bytes: other }])
    expect(bodiesIn(turns).size).toBe(0)
    expect([...bodiesIn([...to(1, message(9)), ...to(2, one), ...to(3, other)])]).toEqual([one, other])
  })

  it('is nothing that one mailbox gets, that is short, no message, keyed, for one device or for a time', () => {
    expect(bodiesIn(to(1, message(60_000))).size).toBe(0)
    expect(bodiesIn(to(2_000, message(20))).size).toBe(0)
    expect(bodiesIn(to(200, new Uint8Array(500))).size).toBe(0)
    for (const more of [{ key: 'd', version: 1 }, { only: 'phone' }, { ttlMs: 1_000 }])
      expect(bodiesIn(to(200, message(500), more)).size).toBe(0)
  })
})
