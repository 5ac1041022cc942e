import { SignJWT } from 'jose'
import { TokenVerifier, type TokenRules } from '../../broker/auth/token.ts'
import { Broker } from '../../broker/broker.ts'
import { readBrokerConfig, type ConnectionLimits } from '../../broker/config.ts'
import type { Connection } from '../../broker/listeners/connection.ts'
import type { Delivery } from '../../broker/engine/delivery.ts'
import { Between, type Intermediaries } from '../../broker/listeners/intermediaries.ts'
import { listenHttp } from '../../broker/listeners/http.ts'
import { listenTcp } from '../../broker/listeners/tcp.ts'
import type { Tls, TlsParts } from '../../broker/listeners/tls/tls.ts'
import { BrokerMetrics } from '../../broker/metrics.ts'
import type { Publish } from '../../broker/ingest/publish.ts'
import type { AttachResult } from '../../broker/sessions/sessions.ts'
import { TrustedClock } from '../../kit/clock.ts'
import { createLog } from '../../kit/log.ts'
import { Settings } from '../../kit/settings.ts'
import { Turn } from '../../kit/turn.ts'
import type { Topic } from '../../proto/topics.ts'

/** A publish that the broker handed over, and the answer it waits for. */
export interface Taken {
  readonly connection: Connection
  readonly publishes: readonly Publish[]
  readonly texts: string[]
  resolve(): void
  reject(error: Error): void
}

/** What is behind the connections, played by the test: it keeps what it was told and answers as told. */
export class ScriptedDelivery implements Delivery {
  readonly calls: string[] = []
  readonly taken: Taken[] = []
  readonly ephemeral: { connection: Connection; topic: Topic; text: string }[] = []
  readonly attached: Connection[] = []
  readonly pings: Connection[] = []
  /** True: every take is answered at once. */
  takesAtOnce = true
  attaches: (connection: Connection) => AttachResult | Promise<AttachResult> = () => ({
    outcome: 'attached',
    sessionPresent: false,
  })
  grants: (filter: string, qos: 0 | 1 | 2) => 0 | 1 | 128 = (filter, qos) =>
    filter.startsWith('u/') ? (qos === 0 ? 0 : 1) : 128

  async attach(connection: Connection): Promise<AttachResult> {
    this.calls.push(`attach ${connection.user}/${connection.device}`)
    this.attached.push(connection)
    return this.attaches(connection)
  }
  ready(connection: Connection): void {
    this.calls.push(`ready ${connection.user}/${connection.device}`)
  }
  subscribe(_connection: Connection, filter: string, qos: 0 | 1 | 2): 0 | 1 | 128 {
    this.calls.push(`subscribe ${filter} ${qos}`)
    return this.grants(filter, qos)
  }
  unsubscribe(_connection: Connection, filter: string): void {
    this.calls.push(`unsubscribe ${filter}`)
  }
  acknowledge(connection: Connection, packetId: number): void {
    this.calls.push(`acknowledge ${connection.user} ${packetId}`)
  }
  ping(connection: Connection): void {
    this.pings.push(connection)
  }
  release(connection: Connection): void {
    this.calls.push(`release ${connection.user}/${connection.device}`)
  }
  take(connection: Connection, publishes: readonly Publish[]): Promise<void> {
    const texts = publishes.map(({ payload }) => Buffer.from(payload).toString())
    return new Promise((resolve, reject) => {
      this.taken.push({ connection, publishes, texts, resolve, reject })
      if (this.takesAtOnce) resolve()
    })
  }
  takeEphemeral(connection: Connection, topic: Topic, payload: Uint8Array): void {
    this.ephemeral.push({ connection, topic, text: Buffer.from(payload).toString() })
  }
}

export interface BareBroker {
  readonly port: number
  readonly httpPort: number
  /** 0 without TLS. */
  readonly mqttsPort: number
  readonly httpsPort: number
  readonly delivery: ScriptedDelivery
  readonly metrics: BrokerMetrics
  readonly broker: Broker
  stop(): Promise<void>
}

/** Our own key, and no wishes. */
export const TOKEN_RULES: TokenRules = {
  issuer: undefined,
  audience: undefined,
  userClaim: 'sub',
  lifeMsMax: Number.POSITIVE_INFINITY,
  mayLackExpiry: true,
  admins: undefined,
  workers: undefined,
}

const SECRET = new TextEncoder().encode('a secret of the tests, long enough for HS256')

/** The connections of a broker over TCP and WebSocket on free ports, without a store behind them. */
export async function startBareBroker(
  limits: Partial<ConnectionLimits> = {},
  intermediaries: Partial<Intermediaries> = {},
  openTls?: (count: TlsParts['count']) => Promise<Tls>,
): Promise<BareBroker> {
  const delivery = new ScriptedDelivery()
  const tokens = new TokenVerifier(
    { keyOf: async () => SECRET, algorithms: ['HS256'], close: () => undefined },
    TOKEN_RULES,
    new TrustedClock(),
  )
  const metrics = new BrokerMetrics({
    connectionsOpen: () => broker.connections,
    isReady: () => true,
    serversAway: () => 0,
    unserved: () => ({ partitions: 0, ms: 0 }),
  })
  const broker: Broker = await Broker.start({
    node: delivery,
    limits: { ...readBrokerConfig(new Settings({})).connections, ...limits },
    tokens,
    metrics,
    log: createLog('silent'),
    clock: Date.now,
  })
  const anywhere = { port: 0, host: '127.0.0.1' }
  const refused = (): void => metrics.count('broker_connections_dropped_total', 1, 'proxy-header')
  const between = new Between({ proxyProtocolFrom: [], forwardedForFrom: [], ...intermediaries })
  const front = { between, refused, turn: new Turn(() => undefined) }
  const isReady = (): boolean => true
  const tls = await openTls?.((outcome) => metrics.count('broker_tls_handshakes_total', 1, outcome))
  const tcp = await listenTcp(anywhere, front, broker)
  const http = await listenHttp(anywhere, front, isReady, broker)
  const mqtts = tls && (await listenTcp(anywhere, front, broker, tls))
  const https = tls && (await listenHttp(anywhere, front, isReady, broker, tls))
  return {
    port: tcp.port,
    httpPort: http.port,
    mqttsPort: mqtts?.port ?? 0,
    httpsPort: https?.port ?? 0,
    delivery,
    metrics,
    broker,
    stop: async () => {
      for (const listener of [tcp, http, mqtts, https]) listener?.stop()
      tls?.close()
      await broker.closeAll(100)
      await broker.stop()
    },
  }
}

/** A token that the bare broker takes; `claims` go over the usual ones. */
export function bareToken(user: string, claims: Record<string, unknown> = {}): Promise<string> {
  const nowS = Math.floor(Date.now() / 1000)
  return new SignJWT({ sub: user, iat: nowS, exp: nowS + 3600, ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(SECRET)
}
