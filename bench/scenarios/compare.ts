import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { round } from '../figures.ts'
import { withServer, type ServerOptions } from '../server.ts'
import { ticks } from './ticks.ts'

export interface CompareOptions {
  readonly pairs: number
  readonly windows: readonly number[]
  readonly seconds: number
  readonly rounds: number
  readonly bytes: number
}

/** Medians over the rounds; the ratio is the median of the rounds' ratios. */
export interface Comparison {
  readonly ejabberd_ticks_per_s: number
  readonly restante_ticks_per_s: number
  readonly ratio: number
  readonly ratio_min: number
  readonly ratio_max: number
  readonly ejabberd_tick_p50_ms: number
  readonly restante_tick_p50_ms: number
}

const PEERS = fileURLToPath(new URL('../../../bench/peers/', import.meta.url)) // seen from dist/bench/scenarios
const EJABBERD_PORT = 7622

/** Ticks of ejabberd and of Restante in turns, so that both meet the machine in the same hour. */
export async function compare(
  server: ServerOptions,
  options: CompareOptions,
): Promise<{ pairs: number; seconds: number; rounds: number; windows: Record<string, Comparison> }> {
  const directory = mkdtempSync(join(tmpdir(), 'restante-ejabberd-'))
  const { pairs, seconds, rounds, bytes } = options
  await run('bash', [join(PEERS, 'ejabberd.sh'), 'start', directory, String(pairs)])
  try {
    const windows: Record<string, Comparison> = {}
    for (const window of options.windows) {
      const theirs: Tick[] = []
      const ours: Tick[] = []
      for (let i = 0; i < rounds; i++) {
        theirs.push(await ejabberdTicks({ pairs, window, seconds, bytes }))
        const result = await withServer(server, (started) =>
          ticks(started, { pairs, window, seconds, bytes }),
        )
        if (result.lost + result.duplicated + result.reordered > 0)
          throw new Error('Restante lost or mixed up messages.')
        ours.push({ perS: result.ticks_per_s, p50Ms: result.tick_ms.p50 })
      }
      windows[`${pairs}x${window}`] = comparison(theirs, ours)
    }
    return { pairs, seconds, rounds, windows }
  } finally {
    await run('bash', [join(PEERS, 'ejabberd.sh'), 'stop', directory])
    rmSync(directory, { recursive: true, force: true })
  }
}

interface Tick {
  readonly perS: number
  readonly p50Ms: number
}

function comparison(theirs: readonly Tick[], ours: readonly Tick[]): Comparison {
  const ratios = ours.map((tick, i) => tick.perS / (theirs[i] as Tick).perS)
  return {
    ejabberd_ticks_per_s: median(theirs.map((tick) => tick.perS)),
    restante_ticks_per_s: median(ours.map((tick) => tick.perS)),
    ratio: round(median(ratios)),
    ratio_min: round(Math.min(...ratios)),
    ratio_max: round(Math.max(...ratios)),
    ejabberd_tick_p50_ms: median(theirs.map((tick) => tick.p50Ms)),
    restante_tick_p50_ms: median(ours.map((tick) => tick.p50Ms)),
  }
}

async function ejabberdTicks(load: {
  pairs: number
  window: number
  seconds: number
  bytes: number
}): Promise<Tick> {
  const numbers = [EJABBERD_PORT, load.pairs, load.seconds, load.window, load.bytes].map(String)
  const output = await run(process.execPath, [join(PEERS, 'xmpp-ticks.mjs'), ...numbers])
  const figures = /ticks\/s (\d+) p50 ([\d.]+)/.exec(output)
  if (!figures) throw new Error(`xmpp-ticks.mjs printed no figures: ${output}`)
  return { perS: Number(figures[1]), p50Ms: Number(figures[2]) }
}

/** @returns its stdout. @throws if it fails, with its name */
async function run(command: string, args: readonly string[]): Promise<string> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0)
    throw new Error(
      `${command} ${args.join(' ')} ended with ${code}. ejabberd needs: apt-get install ejabberd, and root.`,
    )
  return output
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] as number
}
