import type { Log } from '../kit/log.ts'
import { OperationalError } from '../kit/operational-error.ts'
import type { WorkerConfig } from './config.ts'
import { openPlace } from './directory/place.ts'
import { WorkerHttp } from './http.ts'
import { type Status, Supervisor } from './loop/thread/supervisor.ts'
import type { TokenSource } from './loop/token.ts'

export interface RunningWorker {
  readonly status: Status
  /** Of the worker's own HTTP listener, if it has one. */
  readonly httpPort: number | undefined
  /** In Prometheus' text format. */
  metrics(): Promise<string>
  /**
   * Finishes what is under way and stops.
   * @param withinMs what is under way after that is left behind
   * @returns whether nothing was
   */
  stop(withinMs: number): Promise<boolean>
}

/** Of the time that a stop may take: what work may use up to be committed. The rest is for the embedded database. */
const FINISH_SHARE = 0.7

/**
 * Starts the worker role. It connects by itself, now and whenever the connection ends; the directory may come later,
 * unless it is the embedded one.
 *
 * @throws OperationalError `no-token`, `directory-failed`; or an error of the HTTP listener
 */
export async function startWorker(config: WorkerConfig, log: Log): Promise<RunningWorker> {
  const token = tokenSource(config)
  const { database, embedded } = await openPlace(config, log)
  const { brokerUrl, name, limits, logLevel } = config
  const supervisor = new Supervisor(
    { brokerUrl, token, name, database, limits, logLevel, logScope: log.bindings() },
    log,
  )
  const http = config.httpPort === undefined ? undefined : new WorkerHttp(supervisor)
  const stop = async (withinMs: number): Promise<boolean> => {
    const endMs = performance.now() + withinMs
    await http?.close()
    const isFinished = await supervisor.stop(withinMs * FINISH_SHARE)
    const isClosed = (await embedded?.close(Math.max(0, endMs - performance.now()))) ?? true
    return isFinished && isClosed
  }
  try {
    // The thread loads while the database is opened.
    supervisor.start()
    await embedded?.open()
    const httpPort = await http?.listen(config.httpPort ?? 0, config.operationsHost)
    return {
      get status() {
        return supervisor.status
      },
      httpPort,
      metrics: () => supervisor.metrics(),
      stop,
    }
  } catch (error) {
    await stop(0)
    throw error
  }
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
