import type { Client } from 'aedes'
import type { Log } from '../../../kit/log.ts'
import type { SampledLog } from '../../../kit/sampled-log.ts'
import type { Admission } from '../../listeners/admission.ts'
import type { TokenExpiry } from '../../auth/token-expiry.ts'
import type { TokenVerifier } from '../../auth/token.ts'
import type { ConnectionLimits } from '../../config.ts'
import type { ConnackCode } from '../../listeners/connack.ts'
import type { BrokerMetrics } from '../../metrics.ts'
import type { Delivery } from '../delivery.ts'
import type { Peers } from '../peers.ts'
import type { Reading } from '../reading.ts'
import type { AedesPersistence } from '../aedes-persistence.ts'
import type { Wire } from '../../listeners/wire.ts'

/** What the hooks work with. */
export interface HookContext {
  readonly node: Delivery
  readonly limits: ConnectionLimits
  readonly tokens: Pick<TokenVerifier, 'verify'>
  readonly expiry: TokenExpiry
  readonly admission: Admission
  readonly peers: Peers
  readonly persistence: AedesPersistence
  readonly metrics: BrokerMetrics
  readonly log: Log
  /** For what clients do wrong. */
  readonly mistakes: SampledLog
  /** How fast a client is read. */
  readonly readings: WeakMap<Client, Reading>
  /** Monotonic ms: durations must not depend on a clock that is set. */
  readonly uptime: () => number
}

/** Every connection of this broker's Aedes is a wire. */
export function wireOf(client: Client): Wire {
  return client.conn as Wire
}

/** Why a CONNECT is refused. `code` is CONNACK's. */
export interface ConnectRefusal {
  readonly code: ConnackCode
  readonly reason: string
}

/** The error that ends a connection through Aedes; `reason` goes to logs and metrics. */
export class ClientRefused extends Error {
  override readonly name = 'ClientRefused'
  readonly reason: string
  /** What Aedes puts in CONNACK, if the client has not had one. */
  readonly returnCode: ConnackCode | undefined

  constructor(reason: string, returnCode?: ConnackCode) {
    super(reason)
    this.reason = reason
    this.returnCode = returnCode
  }
}
