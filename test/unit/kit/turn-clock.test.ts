import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { turnClock } from '../../../kit/turn-clock.ts'

test('a turn of the event loop has one time, and the next one has its own', async () => {
  let nowMs = 1
  const clock = turnClock(() => nowMs++)
  expect([clock(), clock()]).toEqual([1, 1])
  await Promise.resolve()
  expect(clock()).toBe(1)
  await nextTurn()
  expect([clock(), clock()]).toEqual([2, 2])
  await nextTurn()
  await nextTurn()
  expect(clock()).toBe(3)
})
