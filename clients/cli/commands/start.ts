import { Command } from 'commander'
import { readOrMakeSecret } from '../../../broker/auth/secret-file.ts'
import { readBrokerConfig, type BrokerConfig } from '../../../broker/config.ts'
import { startBroker, type RunningBroker } from '../../../broker/main.ts'
import { OperationalError } from '../../../kit/operational-error.ts'
import { guardProcess } from '../../../kit/last-line.ts'
import { createLog, type Log } from '../../../kit/log.ts'
import { Secret, Settings } from '../../../kit/settings.ts'
import { readWorkerConfig, type WorkerConfig } from '../../../workers/config.ts'
import { startWorker, type RunningWorker } from '../../../workers/main.ts'
import { clientHost } from '../address.ts'
import { Failure } from '../failure.ts'
import { greeting } from '../greeting.ts'
import { mintToken } from '../mint-token.ts'
import { endWith, untilStopped } from '../io/signals.ts'

interface StartOptions {
  readonly port?: string
  readonly httpPort?: string
  readonly data?: string
}

/** Between two looks at whether the worker answers, and between two words about that it doesn't. */
const WORKER_LOOK_MS = 20
const WORKER_LATE_MS = 10_000
/** Of the time that a stop may take; the broker has the rest. */
const WORKER_STOP_SHARE = 0.5
/** The worker's own token; nobody but this process has it. */
const WORKER_TOKEN_S = 10 * 31_536_000

export function startCommand(): Command {
  return new Command('start')
    .description('run a whole server: a broker and a worker with embedded stores')
    .option('--port <n>', 'MQTT port; 0: any free one (default: 1883)')
    .option('--http-port <n>', 'port of WebSocket and health; 0: any free one (default: 8080)')
    .option('--data <directory>', 'where everything is stored (default: ./restante-data)')
    .addHelpText(
      'after',
      `
REDIS_URL and DATABASE_URL replace the embedded stores, each on its own; docs/operating.md has all settings.

Examples:
  npx restante start
  npx restante start --port 1884 --http-port 8081 --data /var/lib/restante
`,
    )
    .action(start)
}

async function start(options: StartOptions): Promise<void> {
  const settings = new Settings({
    RESTANTE_LOG_LEVEL: 'warn', // a terminal shows what needs attention; services set what they like
    ...process.env,
    ...(options.port !== undefined && { RESTANTE_MQTT_PORT: options.port }),
    ...(options.httpPort !== undefined && { RESTANTE_HTTP_PORT: options.httpPort }),
    ...(options.data !== undefined && { RESTANTE_DATA_DIR: options.data }),
  })
  const brokerConfig = readBrokerConfig(settings)
  const workerConfig = readWorkerConfig(settings)
  settings.finish()
  const log = createLog(brokerConfig.logLevel)
  guardProcess(log)
  const broker = await startBroker(brokerConfig, { log: log.child({ process: 'broker' }) }).catch(withAdvice)
  let worker: RunningWorker | undefined
  broker.readyOnlyIf(() => worker?.status.isConnected === true)
  const stop = async (): Promise<boolean> => {
    const endMs = performance.now() + brokerConfig.stopMsMax
    // The worker first: what it has begun is committed, and the broker keeps the rest.
    const isWorkerDone = (await worker?.stop(brokerConfig.stopMsMax * WORKER_STOP_SHARE)) ?? true
    const isBrokerDone = await broker.stop(Math.max(0, endMs - performance.now()))
    return isWorkerDone && isBrokerDone
  }
  try {
    const config = await besideBroker(workerConfig, brokerConfig, broker)
    worker = await startWorker(config, log.child({ process: 'worker' }))
    const running = worker
    broker.metrics.include(() => running.metrics())
    const stopped = untilStopped()
    await connected(worker, stopped, log)
    if (worker.status.isConnected) console.log(greeting(brokerConfig, workerConfig, broker))
    await stopped
  } catch (error) {
    await stop()
    throw error
  }
  endWith(await stop())
}

function withAdvice(error: unknown): never {
  if (error instanceof OperationalError && error.code === 'port-in-use') {
    throw new Failure(`${error.message} Choose others with --port, --http-port and RESTANTE_OPERATIONS_PORT.`)
  }
  throw error
}

/** The worker as any other, but connected over loopback and with a token made for it. */
async function besideBroker(
  config: WorkerConfig,
  broker: BrokerConfig,
  running: RunningBroker,
): Promise<WorkerConfig> {
  const brokerUrl = `mqtt://${clientHost(broker.plainHost)}:${running.tcpPort}`
  if (config.token !== undefined || config.tokenFile !== undefined || broker.keys.kind !== 'secret-file') {
    return { ...config, brokerUrl }
  }
  const secret = await readOrMakeSecret(broker.dataDir)
  const token = await mintToken(secret, {
    user: 'restante-worker',
    role: 'worker',
    expiresInS: WORKER_TOKEN_S,
  })
  return { ...config, brokerUrl, token: new Secret(token) }
}

/** Resolves when the worker answers, or `stopped` does. A worker that does not come is not fatal: its log says why. */
async function connected(worker: RunningWorker, stopped: Promise<void>, log: Log): Promise<void> {
  let isStopped = false
  void stopped.then(() => (isStopped = true))
  const late = setInterval(() => log.error('start.no-worker'), WORKER_LATE_MS)
  while (!worker.status.isConnected && !isStopped)
    await new Promise((resolve) => setTimeout(resolve, WORKER_LOOK_MS))
  clearInterval(late)
}
