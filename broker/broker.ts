import { randomUUID } from 'node:crypto'
import type { Cluster, Redis } from 'ioredis'
import type { Log } from '../kit/log.ts'
import { SampledLog } from '../kit/sampled-log.ts'
import { turnClock } from '../kit/turn-clock.ts'
import type { Client } from 'aedes'
import { Admission } from './listeners/admission.ts'
import type { AedesClient, ReceivedPacket } from './engine/aedes-client.ts'
import { TokenExpiry } from './auth/token-expiry.ts'
import type { TokenVerifier } from './auth/token.ts'
import type { ConnectionLimits } from './config.ts'
import { CONNACK, connackPacket } from './listeners/connack.ts'
import { Engine } from './engine/engine.ts'
import { prepareSubscribe } from './engine/hooks/authorize-subscribe.ts'
import type { HookContext } from './engine/hooks/context.ts'
import { aedesHooks, listenToAedes } from './engine/hooks/index.ts'
import { readPackets } from './engine/hooks/received.ts'
import { sourceOf } from './listeners/source.ts'
import type { Wire } from './listeners/wire.ts'
import type { BrokerMetrics } from './metrics.ts'
import type { Delivery } from './engine/delivery.ts'
import { PacketRefused } from './engine/packet-guard.ts'
import { Peers } from './engine/peers.ts'
import type { Reading } from './engine/reading.ts'
import { AedesPersistence } from './engine/aedes-persistence.ts'
import { AedesPersistenceRedis } from './engine/aedes-persistence-redis.ts'

export interface BrokerParts {
  readonly node: Delivery
  readonly limits: ConnectionLimits
  readonly tokens: Pick<TokenVerifier, 'verify'>
  readonly metrics: BrokerMetrics
  readonly log: Log
  /** Unix ms. */
  readonly clock: () => number
  /** Of Aedes' own persistence, which keeps nothing without it. */
  readonly aedesRedis?: Redis | Cluster | undefined
}

/** As so many packets a filter of a SUBSCRIBE or an UNSUBSCRIBE counts. */
const FILTER_PACKETS = 10
/** Between two groups of connections that a stop closes, and how many a group has at least. */
const CLOSE_STEP_MS = 20
const CLOSE_STEP_MIN = 20

/** The connections of this process: our topics in, our lanes out, with Aedes between the socket and the hooks. */
export class Broker {
  readonly #engine: Engine
  readonly #context: HookContext
  readonly #wires = new Set<Wire>()

  private constructor(engine: Engine, context: HookContext) {
    this.#engine = engine
    this.#context = context
  }

  static async start(parts: BrokerParts): Promise<Broker> {
    const { node, limits, metrics, log, aedesRedis } = parts
    const uptime = turnClock()
    const expiry = new TokenExpiry(parts.clock, uptime)
    const admission = new Admission(limits, uptime())
    const peers = new Peers({ node, limits, metrics, expiry, admission, uptime })
    const persistence = new AedesPersistence()
    const mistakes = new SampledLog(log)
    const readings = new WeakMap<Client, Reading>()
    const context = { ...parts, uptime, expiry, admission, peers, persistence, mistakes, readings }
    const engine = new Engine({
      ...aedesHooks(context),
      id: randomUUID(), // trap 6
      persistence: aedesRedis
        ? new AedesPersistenceRedis({
            redis: aedesRedis,
            sessions: persistence,
            isGranted: (client, filter) => peers.of(client as AedesClient)?.filters.has(filter) ?? false,
            log,
          })
        : persistence,
      connectTimeout: limits.connectTimeoutMs,
      // Packets behind a CONNECT wait in here; they came in one chunk with it, for nothing is read meanwhile.
      queueLimit: Number.POSITIVE_INFINITY,
    })
    listenToAedes(engine, context)
    await engine.listen()
    return new Broker(engine, context)
  }

  /** Authenticated connections. */
  get connections(): number {
    return this.#context.admission.connections
  }

  /**
   * A socket that may become a connection, or asks something by HTTP: it counts as one without CONNACK.
   *
   * @param address undefined: of a reverse proxy, where many clients come from
   * @param isHandshake it has to shake hands for TLS first
   * @returns what to call, once, when it is gone or handed over to `accept`; undefined if there are too many
   */
  admit(address: string | undefined, isHandshake: boolean): (() => void) | undefined {
    const { admission, metrics, uptime } = this.#context
    const source = address === undefined ? undefined : sourceOf(address)
    const limit = admission.request(source, uptime(), isHandshake) ?? admission.open(source)
    if (limit === undefined) return () => admission.close(source, false)
    metrics.count('broker_connections_dropped_total', 1, limit)
    return undefined
  }

  /** Takes over a new connection. */
  accept(wire: Wire): void {
    const { admission, metrics, peers, readings } = this.#context
    metrics.count('broker_connections_accepted_total')
    const limit = admission.open(wire.source)
    if (limit) {
      metrics.count('broker_connections_dropped_total', 1, limit)
      wire.destroy()
      return
    }
    this.#wires.add(wire)
    const client = this.#engine.handle(wire) as AedesClient
    const reading = readPackets(this.#context, client)
    readings.set(client, reading)
    client._parser.prependListener('packet', (packet) => {
      reading.charge(FILTER_PACKETS * filtersIn(packet))
      const refusal = refusalOf(packet)
      if (refusal !== undefined) client.emit('error', new PacketRefused(refusal))
    })
    client._parser.prependListener('error', () => {
      // [MQTT-3.1.2-2]: the parser knows levels 3, 4 and 5, each with its own mistakes, and the hooks refuse all but 4.
      const { cmd, protocolVersion = 4 } = client._parser.packet
      if (cmd === 'connect' && protocolVersion !== 4 && !wire.hasWritten)
        wire.queue(connackPacket(CONNACK.unacceptableProtocol))
    })
    wire.once('close', () => {
      this.#wires.delete(wire)
      peers.leave(client)
    })
  }

  /**
   * Closes all connections, in small groups in random order, so that they don't all reconnect elsewhere in the same
   * instant. Workers go last: they still carry out what the others have sent.
   *
   * @param withinMs the groups are so large that it takes no longer
   */
  async closeAll(withinMs: number): Promise<void> {
    const peers = this.#context.peers.all()
    const workers = peers.filter(({ connection }) => connection.role === 'worker')
    const others = shuffled(peers.filter(({ connection }) => connection.role !== 'worker'))
    const size = Math.max(CLOSE_STEP_MIN, Math.ceil((others.length * CLOSE_STEP_MS) / withinMs))
    for (let i = 0; i < others.length; i += size) {
      if (i > 0) await new Promise((resolve) => setTimeout(resolve, CLOSE_STEP_MS * 2 * Math.random()))
      for (const { connection } of others.slice(i, i + size)) connection.close('stopping')
    }
    for (const { connection } of workers) connection.close('stopping')
    for (const wire of this.#wires) wire.destroy()
  }

  async stop(): Promise<void> {
    this.#context.expiry.stop()
    await new Promise<void>((resolve) => this.#engine.close(resolve))
  }
}

/** What is wrong with a whole packet, before Aedes reads it. */
function refusalOf(packet: ReceivedPacket): string | undefined {
  if (packet.cmd !== 'subscribe' && packet.cmd !== 'unsubscribe') return undefined
  // [MQTT-2.3.1-1]
  if (packet.messageId === 0) return 'packet-id-0'
  return packet.cmd === 'subscribe' && !prepareSubscribe(packet) ? 'malformed-filter' : undefined
}

function filtersIn(packet: ReceivedPacket): number {
  if (packet.cmd === 'subscribe') return packet.subscriptions.length
  return packet.cmd === 'unsubscribe' ? packet.unsubscriptions.length : 0
}

function shuffled<Item>(items: Item[]): Item[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1))
    const item = items[i] as Item
    items[i] = items[j] as Item
    items[j] = item
  }
  return items
}
