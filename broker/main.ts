import { randomUUID } from 'node:crypto'
import { TrustedClock } from '../kit/clock.ts'
import type { Log } from '../kit/log.ts'
import { openKeySource } from './auth/key-source.ts'
import { TokenVerifier } from './auth/token.ts'
import { Broker } from './broker.ts'
import type { BrokerConfig } from './config.ts'
import { BrokerMetrics } from './metrics.ts'
import { Node } from './node.ts'
import { openPorts, type Ports } from './ports.ts'
import { Readiness } from './mailbox/readiness.ts'
import { openStores, type Stores } from './stores.ts'

export interface RunningBroker {
  readonly tcpPort: number
  readonly httpPort: number
  readonly operationsPort: number
  readonly mqttsPort: number | undefined
  readonly httpsPort: number | undefined
  readonly node: Node
  readonly metrics: BrokerMetrics
  /** Clients are sent here only while this says so too: whoever runs a worker beside the broker. */
  readyOnlyIf(isReady: () => boolean): void
  /**
   * Stops in order: nothing is accepted, leases are handed over, connections end.
   * @param withinMs what is not done by then is left behind
   * @returns whether everything was done
   */
  stop(withinMs: number): Promise<boolean>
}

/** Of the time that a stop may take: what work may use up to be committed, and what the goodbyes may be spread over. */
const DRAIN_SHARE = 0.3
const CLOSE_SHARE = 0.3

/**
 * Starts a broker: stores, node, connections, listeners, in this order.
 *
 * @throws OperationalError `port-in-use`, `data-directory-in-use`, `store-unavailable`, `bad-key` and the like, each
 *         with a sentence for the operator; nothing is left running then
 */
export async function startBroker(config: BrokerConfig, { log }: { log: Log }): Promise<RunningBroker> {
  const undo: (() => Promise<void> | void)[] = []
  try {
    return await start(config, log, undo)
  } catch (error) {
    for (const act of undo.toReversed()) await act()
    throw error
  }
}

async function start(
  config: BrokerConfig,
  log: Log,
  undo: (() => Promise<void> | void)[],
): Promise<RunningBroker> {
  const id = randomUUID()
  // A reset before there is a node has nothing to ask for again.
  let node: Node | undefined
  let ports: Ports | undefined
  const reattach = (): void => {
    log.warn('store.reset')
    node?.reattach().catch((error: unknown) => log.error({ err: error }, 'store.reattach-failed'))
  }
  let isReadyToo = (): boolean => true
  const isReady = (): boolean => readiness.isReady && isReadyToo()
  const metrics: BrokerMetrics = new BrokerMetrics({
    connectionsOpen: () => broker.connections,
    isReady,
    serversAway: () => readiness.serversAway,
    certificate: () => ports?.tls,
    unserved: () => node?.unserved ?? { partitions: 0, ms: 0 },
  })
  const stores = await openStores({
    config,
    node: id,
    log,
    onReset: reattach,
    metrics,
    onSettled: () => node?.untold(),
  })
  undo.push(() => stores.close())
  const keys = await openKeySource(config.keys)
  undo.push(() => keys.close())
  const readiness = new Readiness(stores.store, log, () => node?.unserved.ownMs ?? 0)
  const clock = new TrustedClock()
  const { store, bus } = stores
  const { shown } = clock
  node = new Node({ id, store, bus, limits: config.node, log, metrics, clock: shown })
  const tokens = new TokenVerifier(keys, config.tokens, clock)
  const broker: Broker = await Broker.start({
    node,
    limits: config.connections,
    tokens,
    metrics,
    log,
    clock: shown,
    aedesRedis: stores.aedesRedis,
  })
  undo.push(() => broker.stop())
  await node.start()
  undo.push(() => node.stop())
  await readiness.start()
  undo.push(() => readiness.stop())
  ports = await openPorts({ config, metrics, isReady, log, door: broker })
  const { tcpPort, httpPort, mqttsPort, httpsPort, operationsPort } = ports
  log.info({ node: id, tcpPort, httpPort, mqttsPort, httpsPort }, 'broker.started')
  const parts = { log, stores, keys, readiness, node, broker, ports }
  let stopped: Promise<boolean> | undefined
  return {
    tcpPort,
    httpPort,
    operationsPort,
    mqttsPort,
    httpsPort,
    node,
    metrics,
    readyOnlyIf: (condition) => (isReadyToo = condition),
    stop: (withinMs) => (stopped ??= stopWithin(parts, withinMs)),
  }
}

interface StopParts {
  readonly log: Log
  readonly stores: Stores
  readonly keys: { close(): void }
  readonly readiness: Readiness
  readonly node: Node
  readonly broker: Broker
  readonly ports: Ports
}

/** What hangs is left behind when the time is up: the stores are made for processes that end without a word. */
async function stopWithin(parts: StopParts, withinMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), withinMs)
  })
  const outcome = await Promise.race([stopInOrder(parts, withinMs), late])
  clearTimeout(timer)
  if (outcome === 'late') parts.log.error({ withinMs }, 'broker.stop-cut-short')
  else parts.log.info('broker.stopped')
  return outcome === 'done'
}

/** @returns `failed` if a step did: what it had to do is left behind */
async function stopInOrder(parts: StopParts, withinMs: number): Promise<'done' | 'failed'> {
  const { log, stores, keys, readiness, node, broker, ports } = parts
  const steps: readonly (() => Promise<void> | void)[] = [
    () => readiness.stop(),
    () => ports.stop(),
    () => node.drain(withinMs * DRAIN_SHARE),
    () => broker.closeAll(withinMs * CLOSE_SHARE),
    () => broker.stop(),
    () => node.stop(),
    () => keys.close(),
    () => stores.close(),
  ]
  let outcome: 'done' | 'failed' = 'done'
  for (const step of steps) {
    try {
      await step()
    } catch (error) {
      outcome = 'failed'
      log.warn({ err: error }, 'broker.stop-step-failed')
    }
  }
  return outcome
}
