import type { Wire } from './listeners/wire.ts'
import type { Ingest } from './ingest.ts'
import type { MqttConnection } from './mqtt-connection.ts'
import type { TokenBucket } from './rate-limit.ts'

/** An authenticated client: what the hooks need to know about it. */
export interface Peer {
  readonly wire: Wire
  readonly connection: MqttConnection
  readonly ingest: Ingest
  /** Publishes per second; undefined for workers. */
  readonly pace: TokenBucket | undefined
  /** Filters it is subscribed to. */
  readonly filters: Set<string>
  /** Ends what was started for it. */
  readonly leave: () => void
}
