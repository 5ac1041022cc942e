import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Entry } from '../../../../broker/mailbox/lmdb/entry.ts'
import { Fifo } from '../../../../broker/mailbox/lmdb/fifo.ts'
import { Tail } from '../../../../broker/mailbox/lmdb/tail.ts'

function entryAt(position: number): Entry {
  const chunk = { bytes: Buffer.alloc(0) }
  return {
    position,
    key: undefined,
    version: 0,
    only: undefined,
    except: undefined,
    expiresAtMs: 0,
    isBrief: false,
    isFromStranger: false,
    body: undefined,
    chunk,
    start: 0,
    payloadAt: 0,
    end: 0,
  }
}

test('a tail holds what a map from position to entry would hold', () => {
  const act = fc.oneof(
    fc.record({ act: fc.constant('push' as const), count: fc.integer({ min: 1, max: 700 }) }),
    fc.record({ act: fc.constant('clear' as const), part: fc.double({ min: 0, max: 1, noNaN: true }) }),
    fc.record({ act: fc.constant('drop' as const), part: fc.double({ min: 0, max: 1.1, noNaN: true }) }),
    fc.record({ act: fc.constant('reset' as const) }),
  )
  fc.assert(
    fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
      const tail = new Tail(5)
      const model = new Map<number, Entry>()
      let [from, end] = [5, 5]
      for (const step of acts) {
        if (step.act === 'push') {
          for (let i = 0; i < step.count; i++) {
            const entry = entryAt(end)
            tail.push(entry)
            model.set(end++, entry)
          }
        } else if (step.act === 'clear') {
          const position = Math.floor(from + step.part * (end - from))
          if (!model.delete(position)) continue
          tail.clear(position)
        } else if (step.act === 'drop') {
          const through = Math.floor(from + step.part * (end - from))
          const dropped: number[] = []
          tail.drop(through, (entry) => dropped.push(entry.position))
          expect(dropped).toEqual([...model.keys()].filter((position) => position <= through))
          for (const position of dropped) model.delete(position)
          from = Math.min(through + 1, end)
        } else {
          tail.reset()
          model.clear()
          from = end
        }
        expect(tail.end).toBe(end)
        expect(tail.oldest()).toBe(model.values().next().value)
        const middle = from + Math.floor((end - from) / 2)
        expect([...tail.between(middle, end - 2)]).toEqual(
          [...model.values()].filter(({ position }) => position > middle && position <= end - 2),
        )
        expect(tail.get(middle)).toBe(model.get(middle))
        expect(tail.get(from - 1)).toBeUndefined()
        expect(tail.get(end)).toBeUndefined()
      }
      expect([...tail.between(0, end)]).toEqual([...model.values()])
    }),
  )
})

test('what is first in is first out', () => {
  const fifo = new Fifo<number>()
  let [next, first] = [0, 0]
  for (let round = 0; round < 50; round++) {
    for (let i = 0; i < 100; i++) fifo.push(next++)
    for (let i = 0; i < 60 + round; i++) {
      if (first === next) break
      expect(fifo.peek()).toBe(first)
      expect(fifo.shift()).toBe(first++)
    }
    expect([...fifo]).toEqual(Array.from({ length: next - first }, (_, i) => first + i))
  }
  while (fifo.shift() !== undefined) first++
  expect(first).toBe(next)
  expect(fifo.peek()).toBeUndefined()
})
