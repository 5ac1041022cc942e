import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jitteredBackoff } from '../../../../../clients/sdk/connection/backoff.ts'

test('trap 20: the wait doubles up to its maximum and is spread over half of itself', () => {
  const lowest = jitteredBackoff(500, 60_000, () => 0)
  const highest = jitteredBackoff(500, 60_000, () => 1)
  expect([0, 1, 2, 3].map(lowest)).toEqual([250, 500, 1_000, 2_000])
  expect([0, 1, 2, 3].map(highest)).toEqual([500, 1_000, 2_000, 4_000])
  expect(highest(10_000)).toBe(60_000)
})

test('no wait is ever outside its bounds', () => {
  const backoff = jitteredBackoff()
  fc.assert(
    fc.property(fc.nat(), (attempt) => {
      const ms = backoff(attempt)
      expect(ms).toBeGreaterThanOrEqual(250)
      expect(ms).toBeLessThanOrEqual(60_000)
    }),
  )
})
