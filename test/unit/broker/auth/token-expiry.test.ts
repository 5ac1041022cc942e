import { expect, test, vi } from 'vitest'
import { TokenExpiry } from '../../../../broker/auth/token-expiry.ts'
import type { Connection } from '../../../../broker/listeners/connection.ts'

function watched(expiry: TokenExpiry, expiresAtMs: number) {
  const closed: string[] = []
  const connection: Pick<Connection, 'close'> = { close: (reason) => void closed.push(reason) }
  return { closed, forget: expiry.watch(connection as Connection, expiresAtMs) }
}

test('connections end in the second in which their token does, also after a busy spell', () => {
  let now = 1_000_000
  const expiry = new TokenExpiry(
    () => now,
    () => now - 900_000,
  )
  const soon = watched(expiry, 1_001_500)
  const later = watched(expiry, 1_005_000)
  const past = watched(expiry, 900_000)
  const gone = watched(expiry, 1_001_500)
  gone.forget()
  expiry.expire()
  expect([past.closed, soon.closed]).toEqual([['token-expired'], []])
  now = 1_002_000
  expiry.expire()
  expect([soon.closed, gone.closed, later.closed]).toEqual([['token-expired'], [], []])
  now = 1_060_000
  expiry.expire()
  expect(later.closed).toEqual(['token-expired'])
})

test('a second is waited for only while there is a token that ends', () => {
  vi.useFakeTimers()
  try {
    const expiry = new TokenExpiry(
      () => Date.now(),
      () => performance.now(),
    )
    vi.advanceTimersByTime(3_600_000)
    expect(vi.getTimerCount()).toBe(0)
    const one = watched(expiry, Date.now() + 10_000)
    vi.advanceTimersByTime(9_000)
    expect(one.closed).toEqual([])
    vi.advanceTimersByTime(2_000)
    expect([one.closed, vi.getTimerCount()]).toEqual([['token-expired'], 0])
  } finally {
    vi.useRealTimers()
  }
})

test.each([40 * 86_400_000, 3_600_000, -3_600_000, -40 * 86_400_000])(
  'a clock that is set by %d ms ends no connection early, and none late',
  (setMs) => {
    let [now, uptime] = [1_000_000_000_000, 5_000]
    const expiry = new TokenExpiry(
      () => now,
      () => uptime,
    )
    const before = watched(expiry, now + 60_000)
    now += setMs
    const after = watched(expiry, now + 60_000)
    uptime += 59_000
    expiry.expire()
    expect([before.closed, after.closed]).toEqual([[], []])
    uptime += 2_000
    expiry.expire()
    expect([before.closed, after.closed]).toEqual([['token-expired'], ['token-expired']])
  },
)
