import { expect, test } from 'vitest'
import { PACKETS_PER_TURN_MAX, Reading } from '../../../../broker/engine/reading.ts'
import type { Wire } from '../../../../broker/listeners/wire.ts'
import { TokenBucket } from '../../../../kit/rate-limit.ts'

const turn = () => new Promise((resolve) => setImmediate(resolve))

/** A parser that has packets to read without end, and a wire that notes how it is held. */
function flood(uptime = (): number => 0) {
  const wire = { destroyed: false, isHeld: false, hold: () => {}, release: () => {} }
  wire.hold = () => (wire.isHeld = true)
  wire.release = () => (wire.isHeld = false)
  const seen = { packets: 0, wire }
  const parse = (): void => {
    while (seen.packets < 10_000 && reading.mayRead()) seen.packets++
  }
  const reading = new Reading(wire as unknown as Wire, parse, uptime)
  return { reading, parse, seen }
}

test('G8 of a client without CONNACK one packet is read', async () => {
  const { reading, parse, seen } = flood()
  parse()
  await turn()
  parse()
  expect(seen.packets).toBe(1)
  reading.accepted(undefined)
  await turn()
  expect(seen.packets).toBeGreaterThan(1)
})

test('G8 in one turn so many packets of a client are read, then those of others', async () => {
  const { reading, parse, seen } = flood()
  parse()
  reading.accepted(undefined)
  const counts: number[] = []
  for (let i = 0; i < 8; i++) {
    const before = seen.packets
    await turn()
    counts.push(seen.packets - before)
  }
  expect(Math.max(...counts)).toBeLessThanOrEqual(PACKETS_PER_TURN_MAX)
  expect(seen.packets).toBeGreaterThan(PACKETS_PER_TURN_MAX)
  expect(seen.wire.isHeld).toBe(true)
})

test('G8 all packets have one rate, and what costs more is charged more; nothing is read meanwhile', async () => {
  let nowMs = 0
  const { reading, parse, seen } = flood(() => nowMs)
  parse()
  reading.accepted(new TokenBucket(100, 100, 0))
  await turn()
  // The last one on credit.
  expect(seen.packets).toBe(1 + 101)
  expect(seen.wire.isHeld).toBe(true)
  reading.charge(50)
  nowMs += 500
  parse()
  expect(seen.packets).toBe(1 + 101)
})

test('a client that is gone is not read on', async () => {
  const { reading, parse, seen } = flood()
  parse()
  reading.accepted(undefined)
  seen.wire.destroyed = true
  await turn()
  expect(seen.packets).toBe(1)
})
