import type { Wire } from '../listeners/wire.ts'
import type { Ingest } from '../ingest/ingest.ts'
import type { MqttConnection } from '../listeners/mqtt-connection.ts'
import type { UserShare } from '../ingest/users.ts'

/** An authenticated client: what the hooks need to know about it. */
export interface Peer {
  readonly wire: Wire
  readonly connection: MqttConnection
  readonly ingest: Ingest
  /** What its user's connections share. */
  readonly share: UserShare
  /** Filters it is subscribed to. */
  readonly filters: Set<string>
  /** When a PINGREQ last made its lane look at the store, in uptime. */
  lookedAtMs: number
  /** Ends what was started for it. */
  readonly leave: () => void
}
