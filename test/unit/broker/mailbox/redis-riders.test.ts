import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Waiting } from '../../../../broker/mailbox/redis/calls.ts'
import { RIDE_MS_MAX, Riders } from '../../../../broker/mailbox/redis/riders.ts'
import { script, type Reply } from '../../../../broker/mailbox/redis/script.ts'

const SCRIPT = script('test', 'return 1')

let left = 0
let riders: Riders
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  left = 0
  riders = new Riders(() => left++)
})
afterEach(() => {
  vi.useRealTimers()
})

function waiting(slot: number, argument: number): Waiting & { replies: (Reply | Error)[] } {
  const replies: (Reply | Error)[] = []
  return {
    act: { slot, keys: [], script: SCRIPT, args: [argument] },
    untilMs: 0,
    isAnswered: false,
    ask: undefined,
    answer: (reply) => replies.push(reply),
    replies,
  }
}

test('G8 nobody waits longer for company than the limit, and nobody is waited for when all have gone', () => {
  riders.add('a', waiting(1, 1))
  vi.advanceTimersByTime(RIDE_MS_MAX - 1)
  expect(left).toBe(0)
  vi.advanceTimersByTime(1)
  expect(left).toBe(1)
  expect(riders.takeAll()).toHaveLength(1)
  vi.advanceTimersByTime(10 * RIDE_MS_MAX)
  expect(left).toBe(1)
  riders.add('a', waiting(1, 2))
  riders.takeAll()
  vi.advanceTimersByTime(RIDE_MS_MAX)
  expect(left).toBe(1)
})

test('those of one slot go by themselves; of one name the last goes for all, and answers them', () => {
  const own = [waiting(1, 1), waiting(1, 2), waiting(1, 3)]
  for (const each of own) riders.add('a', each)
  riders.add('b', waiting(1, 4))
  riders.add('a', waiting(2, 5))
  const gone = riders.take(1)
  expect(gone.map(({ act }) => act.args)).toEqual([[3], [4]])
  gone[0]?.answer(7)
  expect(gone[0]?.isAnswered).toBe(true)
  expect(own.map(({ replies }) => replies)).toEqual([[7], [7], [7]])
  expect(riders.take(1)).toEqual([])
  expect(riders.takeAll().map(({ act }) => act.args)).toEqual([[5]])
})
