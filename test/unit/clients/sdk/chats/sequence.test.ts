import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Sequence } from '../../../../../clients/sdk/chats/sequence.ts'

const never = (): boolean => false
const always = (): boolean => true

describe('Sequence', () => {
  test('starts where the first seq is', () => {
    const sequence = new Sequence()
    expect(sequence.add(57)).toBe('new')
    expect(sequence.settle(never)).toEqual({ ready: [57], lost: [] })
    expect(sequence.add(57)).toBe('repeat')
    expect(sequence.add(3)).toBe('repeat')
  })

  test('G3: whatever order seqs come in, they are ready in order and once', () => {
    const shuffles = fc
      .integer({ min: 1, max: 40 })
      .chain((count) => fc.array(fc.integer({ min: 1, max: count }), { minLength: 1, maxLength: 120 }))
    fc.assert(
      fc.property(shuffles, (arrivals) => {
        const sequence = new Sequence({ upTo: 0, beyond: [], lost: [] })
        const ready = arrivals.flatMap((seq) => {
          sequence.add(seq)
          return [...sequence.settle(never).ready]
        })
        expect(ready).toEqual(ready.map((_, n) => n + 1))
        expect(sequence.upTo).toBe(ready.length)
        const rest = sequence.settle(always).ready
        expect([...ready, ...rest]).toEqual([...new Set(arrivals)].sort((a, b) => a - b))
      }),
    )
  })

  test('G4: every seq is handed on at most once, given up or not, also after being saved and loaded', () => {
    const steps = fc.array(
      fc.record({ seq: fc.integer({ min: 1, max: 30 }), givesUp: fc.boolean(), isSaved: fc.boolean() }),
      { maxLength: 80 },
    )
    fc.assert(
      fc.property(steps, (all) => {
        let sequence = new Sequence({ upTo: 0, beyond: [], lost: [] })
        const handed: number[] = []
        for (const { seq, givesUp, isSaved } of all) {
          if (isSaved) sequence = new Sequence(sequence.record)
          if (sequence.add(seq) === 'late') handed.push(seq)
          handed.push(...sequence.settle(() => givesUp).ready)
        }
        handed.push(...sequence.settle(always).ready)
        expect(handed.length).toBe(new Set(handed).size)
        expect(new Set(handed)).toEqual(new Set(all.map(({ seq }) => seq)))
      }),
    )
  })

  test('a hole that is given up is told with its ends, and can still be filled', () => {
    const sequence = new Sequence({ upTo: 3, beyond: [], lost: [] })
    sequence.add(8)
    expect(sequence.settle(never)).toEqual({ ready: [], lost: [] })
    expect(sequence.settle(always)).toEqual({ ready: [8], lost: [[4, 7]] })
    expect(sequence.add(5)).toBe('late')
    expect(sequence.add(5)).toBe('repeat')
    expect(sequence.record.lost).toEqual([
      [4, 4],
      [6, 7],
    ])
  })

  test('the server may say where the chat ends', () => {
    const sequence = new Sequence({ upTo: 3, beyond: [5], lost: [] })
    expect(sequence.settleUpTo(9)).toEqual({
      ready: [5],
      lost: [
        [4, 4],
        [6, 9],
      ],
    })
    expect(sequence.settleUpTo(2)).toEqual({ ready: [], lost: [] })
    expect(sequence.upTo).toBe(9)
  })

  test('joining again jumps without losing anything', () => {
    const sequence = new Sequence({ upTo: 3, beyond: [], lost: [] })
    for (const seq of [4, 5, 20, 21]) sequence.add(seq)
    expect(sequence.joinAt(20)).toEqual({ ready: [4, 5], lost: [] })
    expect(sequence.settle(never)).toEqual({ ready: [20, 21], lost: [] })
  })

  test('what stands before the last few does not count holes, however wide', () => {
    const sequence = new Sequence({ upTo: 10, beyond: [], lost: [] })
    expect(sequence.behind(10, 4)).toBe(6)
    sequence.add(1_000_011)
    sequence.settle(always)
    expect(sequence.behind(1_000_011, 1)).toBe(1_000_010)
    expect(sequence.behind(1_000_011, 4)).toBe(7)
    expect(sequence.behind(9, 4)).toBe(5)
    expect(sequence.behind(500, 4)).toBe(6)
    for (const seq of [1_000_012, 2_000_000]) sequence.add(seq)
    sequence.joinAt(2_000_000)
    sequence.settle(never)
    expect(sequence.behind(2_000_000, 4)).toBe(9)
    expect(new Sequence(sequence.record).behind(2_000_000, 20)).toBe(-7)
  })

  test('G8: holes that are remembered are bounded', () => {
    const sequence = new Sequence({ upTo: 0, beyond: [], lost: [] })
    for (let seq = 2; seq < 200; seq += 2) {
      sequence.add(seq)
      sequence.settle(always)
    }
    expect(sequence.record.lost.length).toBe(16)
    expect(sequence.add(1)).toBe('repeat')
    expect(sequence.add(197)).toBe('late')
  })
})
