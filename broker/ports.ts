import type { Log } from '../kit/log.ts'
import type { BrokerConfig } from './config.ts'
import type { FrontParts } from './listeners/front.ts'
import { listenHttp, type HttpDoor } from './listeners/http.ts'
import { Between } from './listeners/intermediaries.ts'
import { listenOperations } from './listeners/operations.ts'
import type { Listener } from './listeners/listener.ts'
import { listenTcp } from './listeners/tcp.ts'
import type { BrokerMetrics } from './metrics.ts'

export interface PortsParts {
  readonly config: BrokerConfig
  readonly metrics: BrokerMetrics
  readonly isReady: () => boolean
  readonly log: Log
  /** Gets every connection; it owns the wire. */
  readonly door: HttpDoor
}

/** Where this broker listens. */
export interface Ports {
  readonly tcpPort: number
  readonly httpPort: number
  readonly operationsPort: number
  /** Stops accepting; connections that are open stay. */
  stop(): void
}

/** @throws OperationalError `port-in-use`, `cannot-listen`; nothing listens then */
export async function openPorts({ config, metrics, isReady, log, door }: PortsParts): Promise<Ports> {
  const { host, mqttPort, httpPort, operationsHost, operationsPort, intermediaries } = config
  const front = { between: new Between(intermediaries), refused: refusedBalancer(metrics, log) }
  const open: Listener[] = []
  const stop = (): void => open.forEach((listener) => listener.stop())
  const listen = async (listening: Promise<Listener>): Promise<number> => {
    const listener = await listening
    open.push(listener)
    return listener.port
  }
  try {
    const tcpPort = await listen(listenTcp({ port: mqttPort, host }, front, (wire) => door.accept(wire)))
    const at = { port: operationsPort, host: operationsHost }
    return {
      tcpPort,
      httpPort: await listen(listenHttp({ port: httpPort, host }, front, isReady, door)),
      operationsPort: await listen(listenOperations(at, () => metrics.text())),
      stop,
    }
  } catch (error) {
    stop()
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
