import type { Topic } from '../proto/topics.ts'
import type { ConnectionLimits } from './config.ts'
import type { Delivery } from './delivery.ts'
import { Deadline } from './deadline.ts'
import type { Wire } from './listeners/wire.ts'
import type { BrokerMetrics } from './metrics.ts'
import type { MqttConnection } from './mqtt-connection.ts'
import { mailboxOf, type Publish } from './node.ts'

/** Takes the QoS 1 publishes of one connection and acknowledges each when it is durable (G1). */
export interface Ingest {
  /** In arrival order. Never waits; what it can't store closes the connection. */
  take(topic: Topic, payload: Uint8Array, packetId: number): void
}

export interface IngestParts {
  readonly connection: MqttConnection
  readonly wire: Wire
  readonly node: Delivery
  readonly limits: ConnectionLimits
  readonly metrics: BrokerMetrics
}

interface Waiting extends Publish {
  readonly mailbox: string
  readonly packetId: number
}

/** Publishes of one `take` of the node. */
const GROUP_MAX = 256
/** Fanout frames of one worker that are being carried out; more wait in its socket. Brokers ask for two at a time. */
const FANOUTS_MAX = 16

/**
 * A device's publishes: one group is being stored, what arrives meanwhile collects, consecutive publishes to one
 * mailbox make the next group. So the order of arrival is the order in the store, and after a failure nothing of
 * the connection follows, whatever the store.
 *
 * States: idle, storing, failed (for good: the connection is closed and what waits is dropped).
 */
export class DeviceIngest implements Ingest {
  readonly #parts: IngestParts
  readonly #deadline: Deadline
  #waiting: Waiting[] = []
  #waitingBytes = 0
  #state: 'idle' | 'storing' | 'failed' = 'idle'

  constructor(parts: IngestParts) {
    this.#parts = parts
    this.#deadline = new Deadline(parts.limits.publishDeadlineMs, () => this.#fail('publish-deadline'))
  }

  take(topic: Topic, payload: Uint8Array, packetId: number): void {
    if (this.#state === 'failed') return
    const mailbox = mailboxOf(this.#parts.connection, topic)
    this.#waiting.push({ topic, payload, packetId, mailbox })
    this.#waitingBytes += payload.length
    const { limits, wire } = this.#parts
    if (
      this.#waiting.length >= limits.publishesWaitingMax ||
      this.#waitingBytes >= limits.publishBytesWaitingMax
    )
      wire.hold('backlog')
    if (this.#state === 'storing') return
    this.#state = 'storing'
    // One microtask later, so that the publishes of one chunk share the first group.
    queueMicrotask(() => void this.#storeAll())
  }

  async #storeAll(): Promise<void> {
    while (this.#waiting.length > 0 && this.#state === 'storing') {
      const group = this.#nextGroup()
      const startedMs = performance.now()
      this.#deadline.begin()
      try {
        await this.#parts.node.take(this.#parts.connection, group)
      } catch (error) {
        this.#parts.connection.log.warn({ err: error, publishes: group.length }, 'publish.failed')
        return this.#fail('publish-failed')
      }
      if (this.#isFailed()) return
      acknowledge(this.#parts, group)
      this.#parts.metrics.publishStored((performance.now() - startedMs) / 1000)
      this.#letRead()
    }
    this.#deadline.end()
    if (!this.#isFailed()) this.#state = 'idle'
  }

  /** A method, because the state changes while `take` is awaited. */
  #isFailed(): boolean {
    return this.#state === 'failed'
  }

  /** The longest run of publishes to one mailbox from the front. */
  #nextGroup(): Waiting[] {
    const mailbox = (this.#waiting[0] as Waiting).mailbox
    let count = 1
    while (count < GROUP_MAX && this.#waiting[count]?.mailbox === mailbox) count++
    const group = count === this.#waiting.length ? this.#waiting : this.#waiting.splice(0, count)
    if (group === this.#waiting) this.#waiting = []
    for (const { payload } of group) this.#waitingBytes -= payload.length
    return group
  }

  #letRead(): void {
    const { limits, wire } = this.#parts
    if (
      this.#waiting.length <= limits.publishesWaitingMax / 2 &&
      this.#waitingBytes <= limits.publishBytesWaitingMax / 2
    )
      wire.release('backlog')
  }

  #fail(reason: string): void {
    this.#state = 'failed'
    this.#waiting = []
    this.#deadline.end()
    this.#parts.connection.close(reason)
  }
}

/**
 * A worker's Fanout frames: each is a decision of its own about partitions that no other frame in flight touches, so
 * they are carried out side by side; PUBACKs leave in the order of arrival [MQTT-4.6.0-2].
 */
export class WorkerIngest implements Ingest {
  readonly #parts: IngestParts
  readonly #deadline: Deadline
  #inOrder: Promise<void> = Promise.resolve()
  #inFlight = 0
  #isFailed = false

  constructor(parts: IngestParts) {
    this.#parts = parts
    this.#deadline = new Deadline(parts.limits.publishDeadlineMs, () => this.#fail('publish-deadline'))
  }

  take(topic: Topic, payload: Uint8Array, packetId: number): void {
    if (this.#isFailed) return
    if (this.#inFlight++ === 0) this.#deadline.begin()
    if (this.#inFlight >= FANOUTS_MAX) this.#parts.wire.hold('backlog')
    const taken = this.#parts.node.take(this.#parts.connection, [{ topic, payload }])
    this.#inOrder = Promise.all([taken, this.#inOrder]).then(
      () => this.#taken(packetId),
      (error: unknown) => {
        if (!this.#isFailed) this.#parts.connection.log.warn({ err: error }, 'fanout.failed')
        this.#fail('publish-failed')
      },
    )
  }

  #taken(packetId: number): void {
    if (this.#isFailed) return
    if (--this.#inFlight === 0) this.#deadline.end()
    else this.#deadline.begin()
    if (this.#inFlight < FANOUTS_MAX) this.#parts.wire.release('backlog')
    acknowledge(this.#parts, [{ packetId }])
  }

  #fail(reason: string): void {
    this.#isFailed = true
    this.#deadline.end()
    this.#parts.connection.close(reason)
  }
}

/** Writes the PUBACKs of publishes that are durable, in one piece. */
function acknowledge({ connection, metrics }: IngestParts, group: readonly { packetId: number }[]): void {
  const packets = new Uint8Array(group.length * 4)
  let at = 0
  for (const { packetId } of group) {
    packets[at++] = 0x40
    packets[at++] = 2
    packets[at++] = packetId >> 8
    packets[at++] = packetId & 255
  }
  connection.write(packets)
  metrics.count('broker_publishes_acknowledged_total', group.length)
}
