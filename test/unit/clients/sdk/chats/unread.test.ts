import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { Unread } from '../../../../../clients/sdk/chats/unread.ts'

describe('Unread', () => {
  test('counts what came behind the mark, in any order, once, also after a restart', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 80 }),
        fc.integer({ min: 0, max: 60 }),
        (seqs, mark) => {
          const unread = new Unread()
          for (const seq of seqs) unread.add(seq)
          expect(unread.count).toBe(new Set(seqs).size)
          expect(unread.read(mark)).toBe(true)
          const left = new Set(seqs.filter((seq) => seq > mark)).size
          expect([unread.count, new Unread(unread.record).count]).toEqual([left, left])
        },
      ),
    )
  })

  test('has the server count what this device has not had, and counts what comes behind it', () => {
    const unread = new Unread()
    unread.add(9)
    unread.told(5, 9)
    for (const seq of [8, 9, 10, 12]) unread.add(seq)
    expect(unread.count).toBe(7)
    expect(unread.read(3)).toBe(false)
    unread.told(2, 12)
    expect(unread.count).toBe(2)
    expect(unread.read(12)).toBe(true)
    expect(unread.count).toBe(0)
  })

  test('keeps what it knows if the server counts the same, so that it can count behind any mark', () => {
    const unread = new Unread()
    for (const seq of [3, 4, 6]) unread.add(seq)
    unread.told(3, 7)
    expect(unread.read(4)).toBe(true)
    expect(unread.count).toBe(1)
  })

  test('forgets what the server lost', () => {
    const unread = new Unread()
    for (const seq of [3, 4, 6]) unread.add(seq)
    unread.startOver(3)
    expect(unread.count).toBe(1)
  })

  test('G8: what is remembered is bounded', () => {
    const unread = new Unread()
    for (let seq = 1; seq <= 1_000; seq += 2) unread.add(seq)
    expect(unread.record.ranges.length).toBe(64)
    expect(unread.read(1_000)).toBe(true)
    expect(unread.count).toBe(0)
  })
})
