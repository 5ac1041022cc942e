import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { openSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A `restante start` or `restante broker` in a process of its own. */
export interface Running {
  readonly port: number
  readonly httpPort: number
  /** From the process's start until it said where it listens. */
  readonly startMs: number
  /** Processor time it has used so far, all its threads. */
  cpuMs(): number
  /** Resident memory in MB. */
  rssMb(): number
  stop(): Promise<void>
}

const MAIN = fileURLToPath(new URL('../clients/cli/main.js', import.meta.url))
const START_MS_MAX = 150_000

export interface RunOptions {
  /** Where the process writes CPU profiles at its end. */
  readonly cpuProf?: string | undefined
  /** A file that gets what the process logs; otherwise it stands on our stderr. */
  readonly logFile?: string | undefined
  /** Told at once, before the process says where it listens. */
  readonly spawned?: (pid: number) => void
}

/** @param env settings; of the environment of this process, everything else but settings stays */
export async function run(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  { cpuProf, logFile, spawned }: RunOptions = {},
): Promise<Running> {
  const [command, ...words] =
    cpuProf === undefined
      ? [MAIN, ...args] // with the flags of its first line
      : [process.execPath, ...flagsOf(MAIN), '--cpu-prof', `--cpu-prof-dir=${cpuProf}`, MAIN, ...args]
  const startedAt = performance.now()
  const child = spawn(command, words, {
    env: { ...withoutSettings(process.env), ...env },
    stdio: ['ignore', 'pipe', logFile === undefined ? 'inherit' : openSync(logFile, 'a')],
  })
  if (child.pid !== undefined) spawned?.(child.pid)
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const exit = once(child, 'exit')
    child.kill('SIGTERM')
    await exit
  }
  try {
    const ports = await listening(child)
    const pid = child.pid as number
    return {
      ...ports,
      startMs: performance.now() - startedAt,
      cpuMs: () => cpuMsOf(pid),
      rssMb: () => rssMbOf(pid),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** What the first line of a program has Node started with: a profile is of the same server. */
function flagsOf(program: string): string[] {
  return (
    readFileSync(program, 'utf8')
      .split('\n', 1)[0]
      ?.match(/ --\S+/g)
      ?.map((flag) => flag.trim()) ?? []
  )
}

function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const isSetting = (name: string): boolean =>
    name.startsWith('RESTANTE_') || name === 'REDIS_URL' || name === 'DATABASE_URL'
  return Object.fromEntries(Object.entries(env).filter(([name]) => !isSetting(name)))
}

/** Waits for what the process prints once it runs. */
async function listening(child: ChildProcess): Promise<{ port: number; httpPort: number }> {
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })
  const deadline = setTimeout(() => child.kill('SIGKILL'), START_MS_MAX)
  let port: number | undefined
  try {
    for await (const line of lines) {
      port ??= portIn(line, /mqtt:\/\/[^:]+:(\d+)/)
      const httpPort = portIn(line, /ws:\/\/[^:]+:(\d+)/)
      if (port !== undefined && httpPort !== undefined) return { port, httpPort }
    }
  } finally {
    clearTimeout(deadline)
    child.stdout?.resume()
  }
  throw new Error('The server did not start: its own words stand above.')
}

function portIn(line: string, pattern: RegExp): number | undefined {
  const port = line.match(pattern)?.[1]
  return port === undefined ? undefined : Number(port)
}

/** Linux counts in ticks of 10 ms. The name, in brackets, may hold spaces. */
function cpuMsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10
}

/** Resident memory in MB. */
export function rssMbOf(pid: number): number {
  const kb = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Math.round(Number(kb) / 1024)
}
