import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { mintToken } from '../clients/cli/mint-token.ts'
import { readOrMakeSecret } from '../broker/auth/secret-file.ts'
import { startRedis } from './redis.ts'

export type StoreName = 'lmdb' | 'redis'

export interface ServerOptions {
  readonly store: StoreName
  /** Where the process writes CPU profiles at its end. */
  readonly cpuProf?: string
}

/** A real `restante start` in a process of its own, on free ports, with a fresh data directory. */
export interface Server {
  readonly port: number
  readonly httpPort: number
  readonly pid: number
  token(user: string): Promise<string>
  /** Processor time it has used so far, all its threads. */
  cpuMs(): number
  /** Where its Redis listens, if it has one. */
  readonly redisUrl?: string
}

const MAIN = fileURLToPath(new URL('../clients/cli/main.js', import.meta.url))
const START_MS_MAX = 60_000
const TOKEN_S = 86_400

/** A few clients carry the load of thousands here: what one of them may do would be what is measured. */
const UNLIMITED = { RESTANTE_PUBLISHES_PER_S_MAX: '1000000', RESTANTE_RECIPIENTS_PER_MIN_MAX: '1000000000' }

/** Starts a server, runs `scenario` and stops the server, whatever happens. */
export async function withServer<Result>(
  options: ServerOptions,
  scenario: (server: Server) => Promise<Result>,
): Promise<Result> {
  const data = mkdtempSync(join(tmpdir(), 'restante-bench-'))
  const redis = options.store === 'redis' ? await startRedis(data) : undefined
  const flags = options.cpuProf ? ['--cpu-prof', `--cpu-prof-dir=${options.cpuProf}`] : []
  const args = [...flags, MAIN, 'start', '--port', '0', '--http-port', '0', '--data', join(data, 'restante')]
  const env = { ...process.env, ...UNLIMITED, ...(redis && { REDIS_URL: redis.url }) }
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const ports = await listening(child)
    const secret = await readOrMakeSecret(join(data, 'restante'))
    return await scenario({
      ...ports,
      pid: child.pid as number,
      token: (user) => mintToken(secret, { user, expiresInS: TOKEN_S }),
      cpuMs: () => cpuMsOf(child.pid as number),
      ...(redis && { redisUrl: redis.url }),
    })
  } finally {
    await ended(child)
    await redis?.stop()
    rmSync(data, { recursive: true, force: true })
  }
}

/** Waits for what `restante start` prints. */
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

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill('SIGTERM')
  await exit
}
