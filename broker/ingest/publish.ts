import { partitionOfChat } from '../../proto/ids.ts'
import type { Topic } from '../../proto/topics.ts'
import type { Connection } from '../listeners/connection.ts'
import { partitionMailbox } from '../mailbox/store.ts'

/** A publish of an authenticated connection, on a topic that its role may publish on. */
export interface Publish {
  readonly topic: Topic
  readonly payload: Uint8Array
}

/** Who stores publishes: the node. */
export interface PublishTaker {
  /**
   * QoS 1 publishes of one connection to one mailbox (see mailboxOf), in arrival order. Resolves when all are
   * durable; rejects if any is not: then none of them may be PUBACKed, and the connection must take no more.
   */
  take(connection: Connection, publishes: readonly Publish[]): Promise<void>
}

/** Where a publish goes: publishes with the same answer, one behind the other, may go in one `take`. */
export function mailboxOf(topic: Topic): string {
  return topic.kind === 'chat' ? partitionMailbox(partitionOfChat(topic.chat)) : topic.kind
}
