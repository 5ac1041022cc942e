import { writeFileSync } from 'node:fs'
import { Random } from '../support/random.ts'
import { gatherCast, type CastSizes } from './cast.ts'
import { runLoad, settle, type LoadShape } from './load.ts'
import type { Verdict } from './observation.ts'
import type { Topology } from './topology.ts'

export interface TrialShape {
  readonly sizes: CastSizes
  readonly load: LoadShape
  /** Names of the topology's faults to choose from, and how many to do, at least and at most. */
  readonly faults: readonly string[]
  readonly count: readonly [from: number, to: number]
  /** Between two faults. */
  readonly pauseMs: readonly [from: number, to: number]
  readonly settleMsMax: number
}

export const SIZES: CastSizes = {
  single: 26,
  double: 8,
  bridges: 10,
  directChats: 40,
  groups: 8,
  groupMembersMax: 12,
  doors: 3,
}
export const LOAD: LoadShape = { pauseMs: [40, 160], readShare: 0.1, cutShare: 0.02, restartShare: 0.01 }

export interface Trial extends Verdict {
  readonly devices: number
}

/**
 * One run from a seed: people gather, talk while the faults happen, and are left in quiet; then the checker judges.
 * Prints one line. FAULT_DUMP names a directory for the logs of runs with violations.
 */
export async function runTrial(topology: Topology, seed: number, shape: TrialShape): Promise<Trial> {
  const random = new Random(seed)
  const cast = await gatherCast(topology, random, shape.sizes)
  const devices = cast.actors.length
  try {
    const done: string[] = []
    const end = (async () => {
      for (let left = random.between(shape.count[0], shape.count[1] + 1); left > 0; left--) {
        await pause(random.between(...shape.pauseMs))
        const fault = random.pick(shape.faults)
        await topology.faults[fault]?.(random)
        done.push(fault)
      }
      await pause(random.between(...shape.pauseMs))
    })()
    await runLoad(cast, random.fork(), shape.load, end)
    const verdict = await settle(cast, shape.settleMsMax)
    const repeats = cast.actors.reduce((sum, actor) => sum + actor.repeats, 0)
    const { violations, ...counts } = verdict
    process.stdout.write(
      `${topology.name}, seed ${seed}: ${done.join(', ')}; ${devices} devices, ${JSON.stringify({ ...counts, repeats })}, ${violations.length} violations\n`,
    )
    const dump = process.env['FAULT_DUMP']
    if (violations.length > 0 && dump !== undefined)
      writeFileSync(
        `${dump}/fault-${seed}.json`,
        JSON.stringify({
          violations,
          log: cast.log,
          devices: cast.plan.devices,
          chats: [...cast.plan.chats],
        }),
      )
    return { ...verdict, devices }
  } finally {
    await Promise.all(cast.actors.map((actor) => actor.close()))
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
