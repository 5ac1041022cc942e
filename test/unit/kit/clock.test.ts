import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BELIEVED_AFTER_MS, TrustedClock } from '../../../kit/clock.ts'

const START = 1_700_000_000_000
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A machine whose time the test lets pass, and whose wall clock it sets. */
function machine(seenMs?: number) {
  let uptimeMs = 5_000
  let wallMs = START
  const clock = new TrustedClock({ wall: () => wallMs, uptime: () => uptimeMs }, seenMs)
  return {
    clock,
    set: (ms: number) => (wallMs += ms),
    pass: (ms: number, stepMs = 10_000): void => {
      for (let left = ms; left > 0; left -= stepMs) {
        uptimeMs += Math.min(left, stepMs)
        wallMs += Math.min(left, stepMs)
        clock.now()
      }
    },
  }
}

test('time goes on as it passes, from the wall clock at the start', () => {
  const { clock, pass } = machine()
  expect([clock.now(), clock.latest(), clock.shown()]).toEqual([START, START, START])
  pass(3 * HOUR)
  expect([clock.now(), clock.latest(), clock.shown()]).toEqual(
    [START, START, START].map((ms) => ms + 3 * HOUR),
  )
})

test('a wall clock that was set ahead is believed after an hour and a minute at most', () => {
  const { clock, set, pass } = machine()
  pass(HOUR)
  set(40 * DAY)
  expect(clock.now()).toBe(START + HOUR)
  expect(clock.latest()).toBe(START + HOUR + 40 * DAY)
  expect(clock.shown()).toBe(START + HOUR)
  pass(BELIEVED_AFTER_MS - MINUTE)
  expect(clock.now()).toBe(START + 2 * HOUR - MINUTE)
  pass(3 * MINUTE)
  expect(clock.now()).toBe(START + 2 * HOUR + 2 * MINUTE + 40 * DAY)
})

test('one that is ahead again and again, never for an hour, moves nothing', () => {
  const { clock, set, pass } = machine()
  for (let i = 0; i < 5; i++) {
    set(HOUR)
    pass(50 * MINUTE)
    set(-HOUR)
    pass(10_000)
  }
  expect(clock.now()).toBe(START + 5 * (50 * MINUTE + 10_000))
})

test('one that was set back does not take time back, and shows what it shows', () => {
  const { clock, set, pass } = machine()
  pass(HOUR)
  set(-40 * DAY)
  pass(2 * HOUR)
  expect([clock.now(), clock.latest()]).toEqual([START + 3 * HOUR, START + 3 * HOUR])
  expect(clock.shown()).toBe(START + 3 * HOUR - 40 * DAY)
})

test('after a start it goes on from what was seen before', () => {
  const ahead = machine(START - DAY)
  expect([ahead.clock.now(), ahead.clock.latest()]).toEqual([START - DAY, START])
  ahead.pass(HOUR + 2 * MINUTE)
  expect(ahead.clock.now()).toBe(START + HOUR + 2 * MINUTE)
  const behind = machine(START + DAY)
  expect([behind.clock.now(), behind.clock.latest()]).toEqual([START + DAY, START + DAY])
})

test('whatever is done to the wall clock: never back, never faster than it passed but by what lasted an hour', () => {
  const act = fc.record({ setMs: fc.integer({ min: -3 * HOUR, max: 3 * HOUR }), minutes: fc.nat(59) })
  fc.assert(
    fc.property(fc.array(act, { maxLength: 20 }), (acts) => {
      const { clock, set, pass } = machine()
      let before = clock.now()
      let lowest = 0
      for (const { setMs, minutes } of acts) {
        // Right for a moment in every hour: so nothing that is ahead lasts for one.
        set(setMs)
        pass(minutes * MINUTE, MINUTE)
        expect(clock.now() - before).toBe(minutes * MINUTE)
        set(-setMs)
        pass(10_000)
        lowest += minutes * MINUTE + 10_000
        before = clock.now()
        expect(before).toBe(START + lowest)
      }
    }),
    { numRuns: 50 },
  )
})
