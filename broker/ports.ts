import { randomBytes } from 'node:crypto'
import type { Log } from '../kit/log.ts'
import { Turn } from '../kit/turn.ts'
import { readOrMakeSecret, readSecret } from './auth/secret-file.ts'
import type { BrokerConfig, TlsConfig } from './config.ts'
import type { FrontParts } from './listeners/front.ts'
import { listenHttp } from './listeners/http.ts'
import { Between } from './listeners/intermediaries.ts'
import { listenOperations } from './listeners/operations.ts'
import type { Door, Listener } from './listeners/listener.ts'
import { listenTcp } from './listeners/tcp.ts'
import { TicketKeys } from './listeners/tls/ticket-keys.ts'
import { Tls } from './listeners/tls/tls.ts'
import type { BrokerMetrics } from './metrics.ts'

export interface PortsParts {
  readonly config: BrokerConfig
  readonly metrics: BrokerMetrics
  readonly isReady: () => boolean
  readonly log: Log
  readonly door: Door
}

/** Where this broker listens. */
export interface Ports {
  readonly tcpPort: number
  readonly httpPort: number
  readonly operationsPort: number
  /** With TLS; undefined without certificates. */
  readonly mqttsPort: number | undefined
  readonly httpsPort: number | undefined
  readonly tls: Pick<Tls, 'expiresAtMs' | 'isStale'> | undefined
  /** Stops accepting; connections that are open stay. */
  stop(): void
}

/**
 * Opens all ports.
 *
 * @throws OperationalError `bad-certificate`, `port-in-use`, `cannot-listen`, each with a sentence; nothing listens then
 */
export async function openPorts({ config, metrics, isReady, log, door }: PortsParts): Promise<Ports> {
  const { host, plainHost, mqttPort, httpPort, operationsHost, operationsPort } = config
  const turn = new Turn((error) => log.error({ err: error }, 'flush.failed'))
  const front = { between: new Between(config.intermediaries), refused: refusedBalancer(metrics, log), turn }
  const tls = config.tls && (await openTls(config, config.tls, metrics, log))
  const open: Listener[] = []
  const stop = (): void => {
    for (const listener of open) listener.stop()
    tls?.close()
  }
  const listen = async (listening: Promise<Listener>): Promise<number> => {
    const listener = await listening
    open.push(listener)
    return listener.port
  }
  const mqtt = (port: number, at: string | undefined, secure?: Tls): Promise<number> =>
    listen(listenTcp({ port, host: at }, front, door, secure))
  const http = (port: number, at: string | undefined, secure?: Tls): Promise<number> =>
    listen(listenHttp({ port, host: at }, front, isReady, door, secure))
  try {
    return {
      tcpPort: await mqtt(mqttPort, plainHost),
      httpPort: await http(httpPort, plainHost),
      mqttsPort: config.tls && (await mqtt(config.tls.mqttsPort, host, tls)),
      httpsPort: config.tls && (await http(config.tls.httpsPort, host, tls)),
      operationsPort: await listen(
        listenOperations({ port: operationsPort, host: operationsHost }, () => metrics.text()),
      ),
      tls,
      stop,
    }
  } catch (error) {
    stop()
    throw error
  }
}

async function openTls(
  config: BrokerConfig,
  settings: TlsConfig,
  metrics: BrokerMetrics,
  log: Log,
): Promise<Tls> {
  const tickets = new TicketKeys(await ticketSecret(config, settings), Date.now)
  const handshakeMsMax = config.connections.connectTimeoutMs
  const count = (outcome: string): void => metrics.count('broker_tls_handshakes_total', 1, outcome)
  return Tls.open({ settings, tickets, handshakeMsMax, count, log })
}

/** Brokers of one deployment have it in common; by chance, only this process takes its tickets. */
async function ticketSecret({ keys }: BrokerConfig, { ticketSecretFile }: TlsConfig): Promise<Uint8Array> {
  if (ticketSecretFile !== undefined) return readSecret(ticketSecretFile)
  return keys.kind === 'secret-file' ? readOrMakeSecret(keys.dataDir) : randomBytes(32)
}

/** Between two words about a balancer that does not do what the settings say of it: it comes again and again. */
const REFUSED_LOG_MS = 60_000

function refusedBalancer(metrics: BrokerMetrics, log: Log): FrontParts['refused'] {
  let saidAtMs = Number.NEGATIVE_INFINITY
  return (address) => {
    metrics.count('broker_connections_dropped_total', 1, 'proxy-header')
    if (performance.now() - saidAtMs < REFUSED_LOG_MS) return
    saidAtMs = performance.now()
    log.warn({ address }, 'connection.no-proxy-header')
  }
}
