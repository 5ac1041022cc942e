import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Readiness } from '../../../../broker/mailbox/readiness.ts'
import { createLog, type Log } from '../../../../kit/log.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const works = (): Promise<void> => Promise.resolve()
const fails = (): Promise<void> => Promise.reject(new Error('disk full'))
const hangs = (): Promise<void> => new Promise(() => undefined)

function setUp(...servers: (() => Promise<void>)[]) {
  const lines: string[] = []
  const log: Log = createLog('silent')
  for (const level of ['info', 'warn', 'error'] as const) {
    vi.spyOn(log, level).mockImplementation((...args: unknown[]) => {
      const { away = 0 } = args[0] as { away?: number }
      lines.push(`${String(args.at(-1))} ${away}`)
    })
  }
  const store = { check: () => servers.map((server) => server()) }
  const unserved = { ms: 0 }
  return { servers, lines, unserved, readiness: new Readiness(store, log, () => unserved.ms, 1_000) }
}

test('it is what the last check said; a check without an answer is a failed one; stopped is not ready', async () => {
  const { servers, readiness } = setUp(works)
  expect(readiness.isReady).toBe(false)
  await readiness.start()
  expect(readiness.isReady).toBe(true)
  servers[0] = fails
  await vi.advanceTimersByTimeAsync(1_000)
  expect(readiness.isReady).toBe(false)
  servers[0] = works
  await vi.advanceTimersByTimeAsync(1_000)
  expect(readiness.isReady).toBe(true)
  servers[0] = hangs
  await vi.advanceTimersByTimeAsync(2_000)
  expect(readiness.isReady).toBe(false)
  servers[0] = works
  await vi.advanceTimersByTimeAsync(2_000)
  expect(readiness.isReady).toBe(true)
  readiness.stop()
  expect(readiness.isReady).toBe(false)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(readiness.isReady).toBe(false)
})

test('it is ready while one of the servers takes writes, and says how many do not when that changes', async () => {
  const { servers, lines, readiness } = setUp(works, hangs, works)
  const start = readiness.start()
  await vi.advanceTimersByTimeAsync(1_000)
  await start
  const seen = async (...now: (() => Promise<void>)[]) => {
    servers.splice(0, 3, ...now)
    await vi.advanceTimersByTimeAsync(3_000)
    return { isReady: readiness.isReady, away: readiness.serversAway }
  }
  expect(await seen(works, hangs, works)).toEqual({ isReady: true, away: 1 })
  expect(await seen(fails, hangs, works)).toEqual({ isReady: true, away: 2 })
  expect(await seen(fails, hangs, fails)).toEqual({ isReady: false, away: 3 })
  expect(await seen(works, hangs, works)).toEqual({ isReady: true, away: 1 })
  expect(await seen(works, works, works)).toEqual({ isReady: true, away: 0 })
  expect(lines).toEqual([
    'store.servers-away 1',
    'store.servers-away 2',
    'store.unavailable 0',
    'store.servers-away 1',
    'store.ready 0',
  ])
  readiness.stop()
})

test('it is not ready while a partition is stuck, though the whole store has taken writes for as long', async () => {
  const { servers, unserved, readiness } = setUp(works, works)
  await readiness.start()
  await vi.advanceTimersByTimeAsync(11_000)
  expect(readiness.isReady).toBe(true)
  unserved.ms = 10_000
  expect(readiness.isReady).toBe(false)
  // What waits for a server that is away, or was a moment ago, is not stuck.
  servers[1] = fails
  await vi.advanceTimersByTimeAsync(1_000)
  expect(readiness.isReady).toBe(true)
  servers[1] = works
  await vi.advanceTimersByTimeAsync(9_000)
  expect(readiness.isReady).toBe(true)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(readiness.isReady).toBe(false)
  unserved.ms = 0
  expect(readiness.isReady).toBe(true)
  readiness.stop()
})

test('a process that stood still does not blame the store for it', async () => {
  vi.useRealTimers()
  let answer = (): void => undefined
  const slow = (): Promise<void> => new Promise((resolve) => (answer = resolve))
  const { readiness } = setUp(slow)
  const start = readiness.start()
  // The answer is there when the process goes on, behind its timers.
  setImmediate(() => answer())
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_500)
  await start
  expect(readiness.isReady).toBe(true)
  readiness.stop()
})
