import { writeFileSync } from 'node:fs'
import { expect } from 'vitest'
import { Random } from '../support/random.ts'
import { gatherCast, type CastSizes } from './cast.ts'
import { DeliveryTimes } from './delivery-times.ts'
import { runLoad, settle, type LoadShape } from './load.ts'
import type { Verdict } from './observation.ts'
import type { Topology } from './topology.ts'

export interface FaultRun {
  readonly seed: number
  readonly sizes: CastSizes
  readonly shape: LoadShape
  /** So long without anything that anybody sees is the end, whatever is missing. */
  readonly idleMsMax: number
  /** How often the fault comes, at least and at most; default once. */
  readonly times?: readonly [from: number, to: number]
  /** Before each fault and after the last; default a second. */
  readonly pauseMs?: readonly [from: number, to: number]
}

/** One fault under load; expects that nothing was lost, doubled, reordered or misdirected. */
export async function runFault(topology: Topology, fault: string, run: FaultRun): Promise<void> {
  const { violations, acknowledged, arrivals } = await judgeFault(topology, fault, run)
  expect(violations.slice(0, 20)).toEqual([])
  expect(acknowledged).toBeGreaterThan(100)
  expect(arrivals).toBeGreaterThan(acknowledged)
}

/**
 * From a seed: people gather, talk while the fault happens, and are left in quiet; then the checker judges. Prints
 * what happened. FAULT_DUMP names a directory for the log of a run with violations, and for what the processes said.
 */
export async function judgeFault(topology: Topology, fault: string, run: FaultRun): Promise<Verdict> {
  const { pauseMs = [1_000, 1_500] } = run
  const random = new Random(run.seed)
  const cast = await gatherCast(topology, random, run.sizes)
  const times = new DeliveryTimes(cast.log)
  const [atLeast, atMost] = run.times ?? [1, 1]
  const count = random.between(atLeast, atMost + 1)
  const end = (async () => {
    for (let i = 0; i < count; i++) {
      await pause(random.between(...pauseMs))
      await topology.faults[fault]?.(random, cast.plan, cast.log)
    }
    await pause(random.between(...pauseMs))
  })()
  try {
    await runLoad(cast, random.fork(), run.shape, end)
    const verdict = await settle(cast, run.idleMsMax)
    const { violations, sent, acknowledged, arrivals } = verdict
    const repeated = cast.actors.reduce((sum, actor) => sum + actor.repeats, 0)
    const { longestGapMs, longestDelayMs } = times
    const counts = { sent, acknowledged, delivered: arrivals, repeated, longestGapMs, longestDelayMs }
    process.stdout.write(
      `${topology.name}, ${fault} x${count}, seed ${run.seed}: ${cast.actors.length} devices, ${JSON.stringify(counts)}, ${violations.length} violations\n`,
    )
    const dump = process.env['FAULT_DUMP']
    if (violations.length > 0 && dump !== undefined) {
      const plan = { devices: cast.plan.devices, chats: [...cast.plan.chats] }
      const name = `${dump}/${fault.replaceAll(/\W+/g, '-')}-${run.seed}`
      writeFileSync(`${name}.json`, JSON.stringify({ violations, plan, log: cast.log }))
      writeFileSync(`${name}.log`, topology.output())
    }
    return verdict
  } finally {
    times.stop()
    await Promise.all(cast.actors.map((actor) => actor.close()))
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
