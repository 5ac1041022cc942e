import type { MailboxStore } from '../../../broker/mailbox/store.ts'
import { NODE_LIMITS, type NodeLimits } from '../../../broker/config.ts'
import { Node } from '../../../broker/node.ts'
import { encodeUp, type Up } from '../../../proto/codec.ts'
import { chatIdOf } from '../../../proto/ids.ts'
import {
  decodeEnvelope,
  encodeFanout,
  type Batch,
  type Commit,
  type DecodedEnvelope,
  type DecodedWork,
  type Fanout,
} from '../../../proto/server-codec.ts'
import type { Topic } from '../../../proto/topics.ts'
import { until } from '../../support/deadline.ts'
import { CHAT, cleanUp, log, TestBus, TestConnection, TestMetrics } from './delivery-support.ts'

/** Short times, so that leases, rounds and stalls can be waited for. */
const QUICK: Partial<NodeLimits> = { leaseTtlMs: 2_000, renewMs: 40, workerStallMs: 60_000, patientMs: 1 }

export interface TestNode {
  readonly id: string
  readonly node: Node
  readonly store: MailboxStore
  readonly metrics: TestMetrics
  /** A device that has connected, and whose lane is open. */
  device(user: string, device?: string): Promise<TestConnection>
  worker(name?: string): TestWorker
}

interface NodeOptions {
  id?: string
  bus?: TestBus
  limits?: Partial<NodeLimits>
  clock?: () => number
}

export async function startNode(store: MailboxStore, options: NodeOptions = {}): Promise<TestNode> {
  const { id = 'a', bus = new TestBus(), limits = {}, clock } = options
  const metrics = new TestMetrics()
  const node = new Node({
    id,
    store,
    bus: bus.end(),
    limits: { ...NODE_LIMITS, ...QUICK, ...limits },
    log,
    metrics: metrics.metrics,
    ...(clock && { clock }),
  })
  await node.start()
  cleanUp(() => node.stop())
  return {
    id,
    node,
    store,
    metrics,
    device: (user, device) => connect(node, new TestConnection(user, device)),
    worker: (name = 'w1') => new TestWorker(node, name),
  }
}

/** Attaches a connection and opens its lane; it is released when it is closed. */
export async function connect(node: Node, connection: TestConnection): Promise<TestConnection> {
  connection.onClose = () => node.release(connection)
  const attached = await node.attach(connection)
  if (attached.outcome !== 'attached') throw new Error(`attach: ${attached.outcome}`)
  node.ready(connection)
  return connection
}

export const chatTopicOf = (chat: Uint8Array): Topic => ({ kind: 'chat', chat: chatIdOf(chat) })

/** A message of a device, as it would publish it. Resolves when the device would get its PUBACK. */
export function publish(
  node: Node,
  connection: TestConnection,
  clientSeq: number,
  chat: Uint8Array = CHAT,
): Promise<void> {
  const up: Up = { message: { clientSeq, text: `m${clientSeq}` } }
  return node.take(connection, [{ topic: chatTopicOf(chat), payload: encodeUp(up) }])
}

/** The chat of partition `n`. */
export function chatIn(partition: number): Uint8Array {
  return Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, partition])
}

export interface Received {
  readonly partition: number
  readonly epoch: number
  readonly position: number
  readonly envelope: DecodedEnvelope
  readonly bytes: Uint8Array
}

/** A worker that does what the test says with each batch. */
export class TestWorker {
  readonly connection: TestConnection
  readonly #node: Node
  #seen = 0

  constructor(node: Node, name: string) {
    this.#node = node
    this.connection = new TestConnection('worker', name, { role: 'worker', transient: true })
    this.connection.onClose = () => node.release(this.connection)
    node.subscribe(this.connection, 'g/#', 0)
  }

  get works(): DecodedWork[] {
    return this.connection.works
  }

  get batches(): Batch[] {
    return this.works.flatMap(({ batches }) => batches)
  }

  get received(): Received[] {
    return this.batches.flatMap((batch) => receivedIn(batch))
  }

  /** The clientSeqs that came, in order of arrival, repeats included. */
  get clientSeqs(): number[] {
    return this.received.flatMap(({ envelope }) => clientSeqOf(envelope) ?? [])
  }

  leave(): void {
    this.connection.close('gone')
  }

  publish(fanout: Fanout): Promise<void> {
    return this.#node.take(this.connection, [{ topic: { kind: 'fanout' }, payload: encodeFanout(fanout) }])
  }

  /** Waits for entries and gives them back. */
  async entries(count: number): Promise<Received[]> {
    await until(
      () => this.received.length >= count,
      3_000,
      () => `${this.received.length} of ${count} entries`,
      1,
    )
    return this.received
  }

  /** Waits for the next batch with entries that nobody took yet. */
  async nextBatch(): Promise<Batch> {
    const withEntries = (): Batch[] => this.batches.filter((batch) => (batch.entries ?? []).length > 0)
    await until(() => withEntries().length > this.#seen, 3_000, 'a batch', 1)
    return withEntries()[this.#seen++] as Batch
  }

  /** Commits a batch whole, with whatever else the commit shall say. */
  async commit(batch: Batch, more: Partial<Commit> = {}): Promise<void> {
    const { partition = 0, epoch = 0, from = 0, entries } = batch
    const upTo = (from ?? 0) + (entries ?? []).length
    await this.publish({ commits: [{ partition, epoch, from, upTo, ...more }] })
  }

  /** Commits whatever comes, with what `act` makes of it. Until the test is over. */
  carryOut(act: (batch: Batch) => Partial<Commit> = () => ({})): void {
    let isOver = false
    cleanUp(() => {
      isOver = true
    })
    void (async () => {
      while (!isOver) {
        const batch = await this.nextBatch().catch(() => undefined)
        if (batch !== undefined && !isOver) await this.commit(batch, act(batch)).catch(() => undefined)
      }
    })()
  }
}

export function receivedIn(batch: Batch): Received[] {
  return (batch.entries ?? []).map((bytes, i) => ({
    partition: batch.partition ?? 0,
    epoch: batch.epoch ?? 0,
    position: (batch.from ?? 0) + 1 + i,
    envelope: decodeEnvelope(bytes),
    bytes,
  }))
}

export function clientSeqOf({ up }: DecodedEnvelope): number | undefined {
  if (up == null) return undefined
  return /m(\d+)/.exec(Buffer.from(up).toString('latin1'))?.[1] === undefined
    ? undefined
    : Number(/m(\d+)/.exec(Buffer.from(up).toString('latin1'))?.[1])
}
