import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readOrMakeSecret } from '../broker/auth/secret-file.ts'
import { mintToken } from '../clients/cli/mint-token.ts'
import type { Dial } from './mqtt-socket.ts'
import { run } from './process.ts'
import { startRedis, type BenchRedis } from './redis.ts'

export type StoreName = 'lmdb' | 'redis'

export interface ServerOptions {
  readonly store: StoreName
  /** Where the process writes CPU profiles at its end. */
  readonly cpuProf?: string
  /** Settings instead of those that take the limits of one user away. */
  readonly settings?: Readonly<Record<string, string>>
  /** Its log goes to a file beside its data. */
  readonly logsToFile?: true
}

/** A real `restante start` in a process of its own, on free ports, with a fresh data directory. */
export interface Server {
  readonly port: number
  readonly httpPort: number
  /** How clients connect to `port`, if not by TCP alone. */
  readonly dial?: Dial
  /** All that it writes to the disk is in there, its Redis and its log, too. */
  readonly directory: string
  token(user: string, role?: 'admin'): Promise<string>
  /** Processor time it has used so far, all its threads. */
  cpuMs(): number
  /** Resident memory in MB, with its Redis'. */
  rssMb(): number
  /** Its Redis, if it has one. */
  readonly redis?: BenchRedis
}

const TOKEN_S = 86_400

/** A few clients carry the load of thousands here: what one of them may do would be what is measured. */
export const UNLIMITED = {
  RESTANTE_PACKETS_PER_S_MAX: '10000000',
  RESTANTE_PUBLISHES_PER_S_MAX: '1000000',
  RESTANTE_PUBLISH_BYTES_PER_S_MAX: '1000000000',
  RESTANTE_RECIPIENTS_PER_MIN_MAX: '1000000000',
  RESTANTE_RECIPIENT_BYTES_PER_S_MAX: '1000000000000',
  RESTANTE_CHATS_PER_DAY_MAX: '1000000000',
}

/** Starts a server, runs `scenario` and stops the server, whatever happens. */
export async function withServer<Result>(
  options: ServerOptions,
  scenario: (server: Server) => Promise<Result>,
): Promise<Result> {
  const directory = mkdtempSync(join(tmpdir(), 'restante-bench-'))
  const data = join(directory, 'restante')
  const stops: (() => Promise<void>)[] = []
  try {
    const redis = options.store === 'redis' ? await startRedis(directory) : undefined
    if (redis) stops.push(() => redis.stop())
    const args = ['start', '--port', '0', '--http-port', '0', '--data', data]
    const settings = { ...(options.settings ?? UNLIMITED), ...(redis && { REDIS_URL: redis.url }) }
    const logFile = options.logsToFile && join(directory, 'server.log')
    const running = await run(args, settings, { cpuProf: options.cpuProf, logFile })
    stops.push(() => running.stop())
    const secret = await readOrMakeSecret(data)
    return await scenario({
      port: running.port,
      httpPort: running.httpPort,
      directory,
      token: (user, role) => mintToken(secret, { user, expiresInS: TOKEN_S, ...(role && { role }) }),
      cpuMs: () => running.cpuMs(),
      rssMb: () => running.rssMb() + (redis?.rssMb() ?? 0),
      ...(redis && { redis }),
    })
  } finally {
    for (const stop of stops.toReversed()) await stop()
    rmSync(directory, { recursive: true, force: true })
  }
}
