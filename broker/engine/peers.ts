import type { Client } from 'aedes'
import type { Admission } from '../listeners/admission.ts'
import type { TokenExpiry } from '../auth/token-expiry.ts'
import type { ConnectionLimits } from '../config.ts'
import { DeviceIngest, WorkerIngest } from '../ingest/ingest.ts'
import type { Wire } from '../listeners/wire.ts'
import type { BrokerMetrics } from '../metrics.ts'
import type { MqttConnection } from '../listeners/mqtt-connection.ts'
import type { Delivery } from './delivery.ts'
import type { Peer } from './peer.ts'
import { type UserShare, Users } from '../ingest/users.ts'

export interface PeersParts {
  readonly node: Delivery
  readonly limits: ConnectionLimits
  readonly expiry: TokenExpiry
  readonly admission: Admission
  readonly metrics: BrokerMetrics
  /** Monotonic ms. */
  readonly uptime: () => number
}

/**
 * The authenticated clients of this node. Keyed on Aedes' client object: while a client moves to a new socket, two
 * of one id live side by side, and the end of the old one must not touch the new one (trap: takeover).
 */
export class Peers {
  readonly #parts: PeersParts
  readonly #byClient = new Map<Client, Peer>()
  readonly #byId = new Map<string, Peer>()
  readonly #users: Users<MqttConnection>

  constructor(parts: PeersParts) {
    this.#parts = parts
    this.#users = new Users(parts.limits, parts.uptime)
  }

  /**
   * A client has a good token. `join` follows, or `turnAway`.
   * @returns undefined if its user has too many connections; then nothing follows
   */
  enter(client: Client, { user, role, transient }: MqttConnection): UserShare | undefined {
    const share = this.#users.enter(user, role === 'worker' || this.#byId.has(client.id))
    if (share !== undefined) return share
    const gone = this.#users.takePlace(user, transient)
    if (gone === undefined) return undefined
    gone.close('gave-place')
    return this.#users.enter(user, true)
  }

  /** A client that had entered is not let in after all. */
  turnAway({ user }: MqttConnection): void {
    this.#users.leave(user)
  }

  /** A client is about to get its CONNACK; an older one of the same id is closed [MQTT-3.1.4-2]. */
  join(client: Client, connection: MqttConnection, share: UserShare, expiresAtMs: number | undefined): void {
    const { admission, expiry } = this.#parts
    const wire = client.conn as Wire
    const parts = { ...this.#parts, connection, wire, share }
    const unwatch = expiresAtMs === undefined ? undefined : expiry.watch(connection, expiresAtMs)
    const peer: Peer = {
      wire,
      connection,
      ingest: connection.role === 'worker' ? new WorkerIngest(parts) : new DeviceIngest(parts),
      share,
      filters: new Set(),
      lookedAtMs: Number.NEGATIVE_INFINITY,
      leave: () => unwatch?.(),
    }
    this.#byId.get(client.id)?.connection.close('taken-over')
    this.#byId.set(client.id, peer)
    this.#byClient.set(client, peer)
    if (connection.transient && connection.role !== 'worker') this.#users.joined(connection.user, connection)
    admission.authenticated(wire.source)
  }

  of(client: Client): Peer | undefined {
    return this.#byClient.get(client)
  }

  /** The client's socket is gone. */
  leave(client: Client): void {
    const peer = this.#byClient.get(client)
    this.#parts.admission.close((client.conn as Wire).source, peer !== undefined)
    if (!peer) return
    this.#byClient.delete(client)
    if (this.#byId.get(client.id) === peer) this.#byId.delete(client.id)
    peer.leave()
    this.#users.leave(peer.connection.user, peer.connection)
    this.#parts.node.release(peer.connection)
    const reason = peer.connection.closeReason
    this.#parts.metrics.count('broker_connections_closed_total', 1, reason)
    peer.connection.log.debug({ reason }, 'connection.closed')
  }

  all(): Peer[] {
    return [...this.#byClient.values()]
  }
}
