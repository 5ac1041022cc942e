import type { Log } from '../kit/log.ts'
import type { BrokerConfig } from './config.ts'
import type { FrontParts } from './listeners/front.ts'
import { listenHttp, type Health } from './listeners/http.ts'
import { Between } from './listeners/intermediaries.ts'
import { listenTcp } from './listeners/tcp.ts'
import type { Wire } from './listeners/wire.ts'
import type { BrokerMetrics } from './metrics.ts'

export interface PortsParts {
  readonly config: BrokerConfig
  readonly metrics: BrokerMetrics
  readonly health: Health
  readonly log: Log
  /** Gets every connection; it owns the wire. */
  readonly accept: (wire: Wire) => void
}

/** Where this broker listens. */
export interface Ports {
  readonly tcpPort: number
  readonly httpPort: number
  /** Stops accepting; connections that are open stay. */
  stop(): void
}

/** @throws OperationalError `port-in-use`, `cannot-listen`; nothing listens then */
export async function openPorts({ config, metrics, health, log, accept }: PortsParts): Promise<Ports> {
  const { host, mqttPort, httpPort, intermediaries } = config
  const { connectionsMax } = config.connections
  const front = { between: new Between(intermediaries), refused: refusedBalancer(metrics, log) }
  const tcp = await listenTcp({ port: mqttPort, host }, front, accept)
  try {
    const http = await listenHttp({ port: httpPort, host, connectionsMax }, front, health, accept)
    const stop = (): void => {
      tcp.stop()
      http.stop()
    }
    return { tcpPort: tcp.port, httpPort: http.port, stop }
  } catch (error) {
    tcp.stop()
    throw error
  }
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
