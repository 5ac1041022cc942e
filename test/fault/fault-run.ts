import { expect } from 'vitest'
import { Random } from '../support/random.ts'
import { gatherCast, type Cast, type CastSizes } from './cast.ts'
import { runLoad, settle, type LoadShape } from './load.ts'
import type { Topology } from './topology.ts'

export interface FaultRun {
  readonly seed: number
  readonly sizes: CastSizes
  readonly shape: LoadShape
  readonly settleMsMax: number
}

/** One fault under load, from a seed; prints what happened, and expects that nothing was lost, doubled or reordered. */
export async function runFault(topology: Topology, fault: string, run: FaultRun): Promise<void> {
  const random = new Random(run.seed)
  const cast = await gatherCast(topology, random, run.sizes)
  const gap = watchGap(cast)
  const end = (async () => {
    await pause(1_000)
    await topology.faults[fault]?.(random)
    await pause(1_500)
  })()
  try {
    await runLoad(cast, random.fork(), run.shape, end)
    const { violations, ...counts } = await settle(cast, run.settleMsMax)
    const repeats = cast.actors.reduce((sum, actor) => sum + actor.repeats, 0)
    process.stdout.write(
      `${topology.name}, ${fault}, seed ${run.seed}: ${JSON.stringify({ ...counts, repeats, longestGapMs: gap.stop() })}, ${violations.length} violations\n`,
    )
    expect(violations.slice(0, 20)).toEqual([])
    expect(counts.acknowledged).toBeGreaterThan(100)
    expect(counts.arrivals).toBeGreaterThan(counts.acknowledged)
  } finally {
    gap.stop()
    await Promise.all(cast.actors.map((actor) => actor.close()))
  }
}

/** The longest time in which nothing arrived anywhere. */
function watchGap({ log }: Cast): { stop(): number } {
  let seen = 0
  let lastMs = Date.now()
  let longestMs = 0
  const timer = setInterval(() => {
    const nowMs = Date.now()
    if (log.slice(seen).some(({ what }) => what === 'arrived')) {
      longestMs = Math.max(longestMs, nowMs - lastMs)
      lastMs = nowMs
    }
    seen = log.length
  }, 20)
  return {
    stop: () => {
      clearInterval(timer)
      return longestMs
    },
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
