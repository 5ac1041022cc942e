import { PARTITIONS } from '../../proto/limits.ts'
import type { Topic } from '../../proto/topics.ts'
import type { ConnectionLimits } from '../config.ts'
import { Deadline } from '../../kit/deadline.ts'
import type { Wire } from '../listeners/wire.ts'
import type { BrokerMetrics } from '../metrics.ts'
import type { MqttConnection } from '../listeners/mqtt-connection.ts'
import { mailboxOf, type Publish, type PublishTaker } from './publish.ts'
import type { UserShare } from './users.ts'

/** Takes the QoS 1 publishes of one connection and acknowledges each when it is durable (G1). */
export interface Ingest {
  /** In arrival order. Never waits; what it can't store closes the connection. */
  take(topic: Topic, payload: Uint8Array, packetId: number): void
  /** Whether a QoS 0 publish may be handed on. Counts it. */
  mayTakeEphemeral(): boolean
}

export interface IngestParts {
  readonly connection: MqttConnection
  /** Of its user's publishes, together with their other connections. */
  readonly share: Pick<UserShare, 'publishes' | 'publishBytes'>
  readonly wire: Wire
  readonly node: PublishTaker
  readonly limits: ConnectionLimits
  readonly metrics: BrokerMetrics
  /** Monotonic ms. */
  readonly uptime: () => number
}

interface Waiting extends Publish {
  readonly mailbox: string
  readonly packetId: number
  /** The uptime from which the publish rate allows it. */
  readonly dueMs: number
}

/** Publishes of one `take` of the node. */
const GROUP_MAX = 256
/** PUBACKs that wait in a device's socket; it is closed when it reads none of so many. */
const UNREAD_MAX = 100_000
/**
 * Fanout frames of one worker that are being carried out, and their bytes; more wait in its socket. Brokers ask for two
 * at a time, and for more while partitions' commits wait for a server of the store that is slow: one each at most.
 */
const FANOUTS_MAX = 2 * PARTITIONS
const FANOUT_BYTES_MAX = 64 * 1024 * 1024

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
  #unread = 0

  constructor(parts: IngestParts) {
    this.#parts = parts
    this.#deadline = new Deadline(parts.limits.publishDeadlineMs, () => this.#fail('publish-deadline'))
  }

  take(topic: Topic, payload: Uint8Array, packetId: number): void {
    if (this.#state === 'failed') return
    const { limits, wire, uptime } = this.#parts
    const nowMs = uptime()
    const aheadMs = this.#pay(nowMs, payload.length)
    if (aheadMs > limits.publishDeadlineMs) {
      this.#giveBack(1, payload.length)
      return this.#fail('publish-rate')
    }
    const mailbox = mailboxOf(topic)
    this.#waiting.push({ topic, payload, packetId, mailbox, dueMs: nowMs + aheadMs })
    this.#waitingBytes += payload.length
    if (aheadMs > 0 || this.#fullness() >= 1) wire.hold('backlog')
    if (this.#state === 'storing') return
    this.#state = 'storing'
    // One microtask later, so that the publishes of one chunk share the first group.
    queueMicrotask(() => void this.#storeAll().catch((error: unknown) => this.#broken(error)))
  }

  mayTakeEphemeral(): boolean {
    return this.#parts.share.publishes.take(this.#parts.uptime()) === 0
  }

  /** @returns ms until the user's rates allow it */
  #pay(nowMs: number, bytes: number): number {
    const { publishes, publishBytes } = this.#parts.share
    return Math.max(publishes.take(nowMs), publishBytes.take(nowMs, bytes))
  }

  /** What is not stored costs nobody anything: the user's other connections do not pay for it. */
  #giveBack(publishes: number, bytes: number): void {
    this.#parts.share.publishes.giveBack(publishes)
    this.#parts.share.publishBytes.giveBack(bytes)
  }

  async #storeAll(): Promise<void> {
    while (this.#waiting.length > 0 && this.#state === 'storing') {
      await this.#untilDue()
      // Meanwhile a publish that was too far ahead may have ended the connection, and what waited with it.
      if (this.#isFailed()) return
      const group = this.#nextGroup()
      const startedMs = performance.now()
      this.#deadline.begin()
      try {
        await this.#parts.node.take(this.#parts.connection, group)
      } catch (error) {
        // Of a client that has left, what waited is given up: nothing to worry about.
        const level = this.#parts.connection.isClosed ? 'debug' : 'warn'
        this.#parts.connection.log[level]({ err: error, publishes: group.length }, 'publish.failed')
        return this.#fail('publish-failed')
      }
      if (this.#isFailed()) return
      if (!acknowledge(this.#parts, group)) this.#countUnread(group.length)
      this.#parts.metrics.publishStored((performance.now() - startedMs) / 1000)
      this.#letRead()
    }
    this.#deadline.end()
    if (!this.#isFailed()) this.#state = 'idle'
  }

  /** A method, because the state changes while something is awaited. */
  #isFailed(): boolean {
    return this.#state === 'failed'
  }

  /** Reading on costs memory for each PUBACK, but not reading could stop a client that writes before it reads. */
  #countUnread(pubacks: number): void {
    if (this.#unread === 0)
      this.#parts.connection.onceDrained(() => {
        this.#unread = 0
      })
    this.#unread += pubacks
    if (this.#unread > UNREAD_MAX) this.#fail('not-reading')
  }

  /** What is above the publish rate waits. */
  async #untilDue(): Promise<void> {
    const { dueMs } = this.#waiting[0] as Waiting
    const waitMs = dueMs - this.#parts.uptime()
    if (waitMs <= 0) return
    this.#deadline.end()
    await new Promise((resolve) => setTimeout(resolve, waitMs).unref())
  }

  /** The longest run of publishes to one mailbox from the front, as far as they are due. */
  #nextGroup(): Waiting[] {
    const { mailbox } = this.#waiting[0] as Waiting
    const nowMs = this.#parts.uptime()
    const fits = (one: Waiting | undefined): boolean =>
      one !== undefined && one.mailbox === mailbox && one.dueMs <= nowMs
    let count = 1
    while (count < GROUP_MAX && fits(this.#waiting[count])) count++
    const group = count === this.#waiting.length ? this.#waiting : this.#waiting.splice(0, count)
    if (group === this.#waiting) this.#waiting = []
    for (const { payload } of group) this.#waitingBytes -= payload.length
    return group
  }

  #letRead(): void {
    const last = this.#waiting.at(-1)
    const isInDebt = last !== undefined && last.dueMs > this.#parts.uptime()
    if (!isInDebt && this.#fullness() <= 0.5) this.#parts.wire.release('backlog')
  }

  /** What waits, as a share of the limits. */
  #fullness(): number {
    const { publishesWaitingMax, publishBytesWaitingMax } = this.#parts.limits
    return Math.max(this.#waiting.length / publishesWaitingMax, this.#waitingBytes / publishBytesWaitingMax)
  }

  /** A mistake of ours ends this connection, and nothing else. */
  #broken(error: unknown): void {
    this.#parts.connection.log.error({ err: error }, 'publish.broken')
    this.#fail('internal')
  }

  #fail(reason: string): void {
    this.#state = 'failed'
    this.#giveBack(this.#waiting.length, this.#waitingBytes)
    this.#waiting = []
    this.#waitingBytes = 0
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
  /** Without PUBACK. */
  #inFlight = 0
  #undecided = 0
  #undecidedBytes = 0
  #isFailed = false

  constructor(parts: IngestParts) {
    this.#parts = parts
    this.#deadline = new Deadline(parts.limits.publishDeadlineMs, () => this.#fail('publish-deadline'))
  }

  take(topic: Topic, payload: Uint8Array, packetId: number): void {
    if (this.#isFailed) return
    if (this.#inFlight++ === 0) this.#deadline.begin()
    this.#undecided++
    this.#undecidedBytes += payload.length
    if (this.#isFull) this.#parts.wire.hold('backlog')
    const taken = this.#parts.node.take(this.#parts.connection, [{ topic, payload }]).then(() => {
      this.#undecided--
      this.#undecidedBytes -= payload.length
      if (!this.#isFull) this.#parts.wire.release('backlog')
    })
    this.#inOrder = Promise.all([taken, this.#inOrder])
      .then(() => this.#taken(packetId))
      .catch((error: unknown) => {
        if (!this.#isFailed) this.#parts.connection.log.warn({ err: error }, 'fanout.failed')
        this.#fail('publish-failed')
      })
  }

  mayTakeEphemeral(): boolean {
    return true
  }

  get #isFull(): boolean {
    return this.#undecided >= FANOUTS_MAX || this.#undecidedBytes >= FANOUT_BYTES_MAX
  }

  #taken(packetId: number): void {
    if (this.#isFailed) return
    if (--this.#inFlight === 0) this.#deadline.end()
    else this.#deadline.begin()
    acknowledge(this.#parts, [{ packetId }])
  }

  #fail(reason: string): void {
    this.#isFailed = true
    this.#deadline.end()
    this.#parts.connection.close(reason)
  }
}

/** Writes the PUBACKs of publishes that are durable, in one piece. @returns false if the socket is full */
function acknowledge({ connection, metrics }: IngestParts, group: readonly { packetId: number }[]): boolean {
  const packets = new Uint8Array(group.length * 4)
  let at = 0
  for (const { packetId } of group) {
    packets[at++] = 0x40
    packets[at++] = 2
    packets[at++] = packetId >> 8
    packets[at++] = packetId & 255
  }
  metrics.count('broker_publishes_acknowledged_total', group.length)
  return connection.write(packets)
}
