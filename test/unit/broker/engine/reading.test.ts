import { expect, test } from 'vitest'
import { PACKETS_PER_TURN_MAX, Reading } from '../../../../broker/engine/reading.ts'
import type { Wire } from '../../../../broker/listeners/wire.ts'
import { SharedPace } from '../../../../kit/shared-pace.ts'
import { until } from '../../../support/deadline.ts'

const sum = (floods: readonly { seen: { packets: number } }[]): number =>
  floods.reduce((all, { seen }) => all + seen.packets, 0)

const turn = () => new Promise((resolve) => setImmediate(resolve))

/** A parser that has packets to read without end, and a wire that notes how it is held. */
function flood(packetsMax = 10_000) {
  const wire = { destroyed: false, isHeld: false, hold: () => {}, release: () => {} }
  wire.hold = () => (wire.isHeld = true)
  wire.release = () => (wire.isHeld = false)
  const seen = { packets: 0, wire }
  const parse = (): void => {
    while (seen.packets < packetsMax && reading.mayRead()) seen.packets++
  }
  const reading = new Reading(wire as unknown as Wire, parse)
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
  const { reading, parse, seen } = flood()
  parse()
  reading.accepted(new SharedPace(100, 100, () => nowMs))
  await turn()
  // The last one on credit.
  expect(seen.packets).toBe(1 + 101)
  expect(seen.wire.isHeld).toBe(true)
  reading.charge(50)
  nowMs += 500
  parse()
  expect(seen.packets).toBe(1 + 101)
})

test('G8 of connections that share a rate, each has its turn', async () => {
  const pace = new SharedPace(2_000, 2_000, () => performance.now())
  pace.take(2_000)
  const floods = Array.from({ length: 8 }, () => flood())
  for (const { reading, parse } of floods) {
    parse()
    reading.accepted(pace)
  }
  await until(() => sum(floods) > 800, 5_000, 'their packets')
  const least = Math.min(...floods.map(({ seen }) => seen.packets))
  expect(least).toBeGreaterThan(50)
})

test('a client that is gone while it waits for its turn keeps nobody from theirs', async () => {
  let nowMs = 0
  const pace = new SharedPace(1_000, 1, () => nowMs)
  pace.take(2)
  const [gone, other] = [flood(), flood(2)]
  for (const { reading, parse } of [gone, other]) {
    parse()
    reading.accepted(pace)
    await turn()
  }
  gone.seen.wire.destroyed = true
  nowMs += 10
  await until(() => other.seen.packets === 2, 5_000, 'its packet')
  expect(gone.seen.packets).toBe(1)
})

test('a client that is gone is not read on', async () => {
  const { reading, parse, seen } = flood()
  parse()
  reading.accepted(undefined)
  seen.wire.destroyed = true
  await turn()
  expect(seen.packets).toBe(1)
})
