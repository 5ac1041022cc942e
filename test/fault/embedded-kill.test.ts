// Is anything that was acknowledged lost, doubled, reordered or misdirected when the process is killed under load?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Random } from '../support/random.ts'
import { gatherCast } from './cast.ts'
import { startEmbedded } from './embedded-topology.ts'
import { runLoad, settle } from './load.ts'
import type { Topology } from './topology.ts'

const SIZES = { single: 26, double: 8, bridges: 10, directChats: 40, groups: 8, groupMembersMax: 12 }
const SHAPE = { pauseMs: [40, 160], readShare: 0.1, cutShare: 0.02, restartShare: 0.01 } as const
const SEEDS =
  process.env['FAULT_SEEDS']?.split(',').map(Number) ?? Array.from({ length: 20 }, (_, i) => 1_000 + i)
const LOAD_MS = 2_500
const SETTLE_MS_MAX = 30_000

let topology: Topology
beforeAll(async () => {
  topology = await startEmbedded()
})
afterAll(() => topology.stop())

test.each(SEEDS)(
  'G1 G2 G3 G4 G5 G6 trap 20, trap 23: SIGKILL under load loses, doubles and reorders nothing (seed %i)',
  async (seed) => {
    const random = new Random(seed)
    const cast = await gatherCast(topology, random, SIZES)
    let kills = 0
    const killing = (async () => {
      const endMs = Date.now() + LOAD_MS
      do {
        await new Promise((resolve) => setTimeout(resolve, random.between(100, 1_500)))
        await topology.faults['kill']?.(random)
        kills++
      } while (Date.now() < endMs)
      await new Promise((resolve) => setTimeout(resolve, random.between(100, 700)))
    })()
    await runLoad(cast, random.fork(), SHAPE, killing)
    const { violations, ...counts } = await settle(cast, SETTLE_MS_MAX)
    await Promise.all(cast.actors.map((actor) => actor.close()))
    const repeats = cast.actors.reduce((sum, actor) => sum + actor.repeats, 0)
    process.stdout.write(
      `seed ${seed}: ${kills} kills, ${cast.actors.length} devices, ${JSON.stringify({ ...counts, repeats })}, ${violations.length} violations\n`,
    )
    expect(violations.slice(0, 20)).toEqual([])
    expect(cast.actors.length).toBeGreaterThanOrEqual(50)
    expect(counts.acknowledged).toBeGreaterThan(100)
    expect(counts.arrivals).toBeGreaterThan(counts.acknowledged)
  },
)
