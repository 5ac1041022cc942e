import type { Log } from '../kit/log.ts'
import type { Topic } from '../proto/topics.ts'
import type { Bus } from './bus.ts'
import type { Connection } from './connection.ts'
import type { MailboxStore } from './mailbox/store.ts'
import type { NodeLimits } from './node-limits.ts'
import type { NodeMetrics } from './node-metrics.ts'

export interface NodeParts {
  /** Random for each process: names this node in the store and on the bus. */
  readonly id: string
  readonly store: MailboxStore
  readonly bus: Bus
  readonly limits: NodeLimits
  readonly log: Log
  readonly metrics: NodeMetrics
  /** Unix ms. */
  readonly clock?: () => number
}

export type AttachResult =
  | { readonly outcome: 'attached'; readonly sessionPresent: boolean }
  | { readonly outcome: 'too-many-devices' | 'removed' | 'registered' | 'unavailable' }

export interface Publish {
  readonly topic: Topic
  readonly payload: Uint8Array
}

/** This process as the connections see it: mailboxes in, lanes and work out. */
export class Node {
  readonly #parts: NodeParts

  constructor(parts: NodeParts) {
    this.#parts = parts
  }

  /** Announces the node, then takes leases and sweeps in the background. Rejects if the store does not answer. */
  async start(): Promise<void> {}

  /** Releases leases and devices and withdraws. Connections are closed by the caller, before. */
  async stop(): Promise<void> {}

  /** Before CONNACK. A device is registered and an older connection of it is closed; workers have nothing to attach. */
  async attach(connection: Connection): Promise<AttachResult> {
    void connection
    return { outcome: 'unavailable' }
  }

  /** CONNACK is on the wire: the lane of a durable session starts to send. */
  ready(connection: Connection): void {
    void connection
  }

  /** One filter of a SUBSCRIBE. @returns its SUBACK code. What follows is sent after the caller's SUBACK. */
  subscribe(connection: Connection, filter: string, qos: 0 | 1 | 2): 0 | 1 | 128 {
    void connection
    void filter
    void qos
    return 128
  }

  /** Pauses the lane; a worker leaves the group. */
  unsubscribe(connection: Connection, filter: string): void {
    void connection
    void filter
  }

  /** A PUBACK from the client. Unknown packet ids are ignored. */
  acknowledge(connection: Connection, packetId: number): void {
    void connection
    void packetId
  }

  /** The connection is gone. Idempotent; also for one whose attach failed or never came. */
  release(connection: Connection): void {
    void connection
  }

  /**
   * QoS 1 publishes of one connection to one mailbox (see mailboxOf), in arrival order. Resolves when all are
   * durable; rejects if any is not: then none of them may be PUBACKed, and the connection must take no more.
   */
  async take(connection: Connection, publishes: readonly Publish[]): Promise<void> {
    void connection
    void publishes
    void this.#parts
  }

  /** A QoS 0 publish: typing, or a worker's ephemeral Fanout. Never waits; dropped if there is nobody for it. */
  takeEphemeral(connection: Connection, topic: Topic, payload: Uint8Array): void {
    void connection
    void topic
    void payload
  }
}

/** Where a publish goes: publishes with the same answer, one behind the other, may go in one `take`. */
export function mailboxOf(connection: Connection, topic: Topic): string {
  switch (topic.kind) {
    case 'chat':
      return `p/chat`
    case 'request':
    case 'fanout':
    case 'user':
    case 'work':
      return topic.kind + connection.user
  }
}
