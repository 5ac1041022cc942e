import { join } from 'node:path'
import type { Log } from '../kit/log.ts'
import { OperationalError } from '../kit/operational-error.ts'
import type { WorkerConfig } from './config.ts'
import { type DatabaseSettings, openDatabase } from './directory/database.ts'
import { EmbeddedDatabase } from './directory/embedded.ts'
import { migrate } from './directory/migrate.ts'
import { WorkerHttp } from './http.ts'
import { type Status, Supervisor } from './loop/supervisor.ts'
import type { TokenSource } from './loop/token.ts'

export interface RunningWorker {
  readonly status: Status
  /** Of the worker's own HTTP listener, if it has one. */
  readonly httpPort: number | undefined
  /** In Prometheus' text format. */
  metrics(): Promise<string>
  /** Finishes what is under way and stops, in the configured time. */
  stop(): Promise<void>
}

/**
 * Starts the worker role. It connects by itself, now and whenever the connection ends; the directory may come later.
 *
 * @throws OperationalError `no-token`, `directory-failed`; or an error of the HTTP listener
 */
export async function startWorker(config: WorkerConfig, log: Log): Promise<RunningWorker> {
  const token = tokenSource(config)
  const embedded =
    config.databaseUrl === undefined
      ? await EmbeddedDatabase.start(join(config.dataDir, 'directory'), log)
      : undefined
  const supervisor = new Supervisor(
    {
      brokerUrl: config.brokerUrl,
      token,
      name: config.name,
      database: databaseOf(config, embedded),
      limits: config.limits,
      logLevel: config.logLevel,
      logScope: log.bindings(),
    },
    log,
  )
  supervisor.start()
  const http = config.httpPort === undefined ? undefined : new WorkerHttp(supervisor)
  const httpPort = await http?.listen(config.httpPort ?? 0, config.host)
  return {
    get status() {
      return supervisor.status
    },
    httpPort,
    metrics: () => supervisor.metrics(),
    stop: async () => {
      await http?.close()
      await supervisor.stop(config.stopMsMax)
      await embedded?.close(config.stopMsMax)
    },
  }
}

/**
 * Brings the directory's schema up to date and ends.
 * @returns the names of the migrations applied
 */
export async function migrateDirectory(config: WorkerConfig, log: Log): Promise<string[]> {
  const embedded =
    config.databaseUrl === undefined
      ? await EmbeddedDatabase.start(join(config.dataDir, 'directory'), log)
      : undefined
  const db = openDatabase(databaseOf(config, embedded), log)
  try {
    return await migrate(db)
  } finally {
    await db.destroy()
    await embedded?.close(config.stopMsMax)
  }
}

function databaseOf(config: WorkerConfig, embedded: EmbeddedDatabase | undefined): DatabaseSettings {
  if (embedded !== undefined) return { url: embedded.url, connectionsMax: 1 }
  return { url: config.databaseUrl?.reveal() ?? '', connectionsMax: config.databaseConnectionsMax }
}

function tokenSource({ token, tokenFile }: WorkerConfig): TokenSource {
  if (token !== undefined) return { kind: 'token', token: token.reveal() }
  if (tokenFile !== undefined) return { kind: 'file', path: tokenFile }
  throw new OperationalError(
    'no-token',
    'A worker needs RESTANTE_WORKER_TOKEN or RESTANTE_WORKER_TOKEN_FILE.',
    {
      retryable: false,
    },
  )
}
