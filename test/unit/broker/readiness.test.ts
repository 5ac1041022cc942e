import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Readiness } from '../../../broker/readiness.ts'
import { createLog } from '../../../kit/log.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('it is what the last check said; a check without an answer is a failed one; stopped is not ready', async () => {
  let check: () => Promise<void> = async () => undefined
  const readiness = new Readiness({ check: () => check() }, createLog('silent'), 1_000)
  expect(readiness.isReady).toBe(false)
  await readiness.start()
  expect(readiness.isReady).toBe(true)
  check = () => Promise.reject(new Error('disk full'))
  await vi.advanceTimersByTimeAsync(1_000)
  expect(readiness.isReady).toBe(false)
  check = async () => undefined
  await vi.advanceTimersByTimeAsync(1_000)
  expect(readiness.isReady).toBe(true)
  check = () => new Promise(() => undefined)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(readiness.isReady).toBe(false)
  check = async () => undefined
  await vi.advanceTimersByTimeAsync(2_000)
  expect(readiness.isReady).toBe(true)
  readiness.stop()
  expect(readiness.isReady).toBe(false)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(readiness.isReady).toBe(false)
})
