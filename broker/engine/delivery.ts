import type { Topic } from '../../proto/topics.ts'
import type { PublishTaker } from '../ingest/publish.ts'
import type { Connection } from '../listeners/connection.ts'
import type { AttachResult } from '../sessions/sessions.ts'

/** What the engine's connections need of the node. */
export interface Delivery extends PublishTaker {
  /** Before CONNACK. A device is registered and an older connection of it is closed; a worker has nothing to attach. */
  attach(connection: Connection): Promise<AttachResult>
  /** CONNACK is on the wire: the lane of a durable session starts to send. */
  ready(connection: Connection): void
  /** One filter of a SUBSCRIBE. @returns its SUBACK code */
  subscribe(connection: Connection, filter: string, qos: 0 | 1 | 2): 0 | 1 | 128
  /** Pauses the lane; a worker leaves the group. */
  unsubscribe(connection: Connection, filter: string): void
  /** A PUBACK from the client. Unknown packet ids are ignored. */
  acknowledge(connection: Connection, packetId: number): void
  /** A PINGREQ: an idle lane looks whether something came that nobody told it of. */
  ping(connection: Connection): void
  /** The connection is gone. Idempotent; also for one whose attach failed or never came. */
  release(connection: Connection): void
  /** A QoS 0 publish: typing, or a worker's ephemeral Fanout. Never waits; dropped if there is nobody for it. */
  takeEphemeral(connection: Connection, topic: Topic, payload: Uint8Array): void
}
