import { PARTITIONS } from '../../proto/limits.ts'
import type { Envelope } from '../../proto/server-codec.ts'
import type { PartitionReader } from '../lanes/dispatch.ts'
import type { FeedEntry } from '../mailbox/feed.ts'
import { partitionMailbox, type Detach, type MailboxId, type NodeRecord } from '../mailbox/store.ts'
import type { Neighbours } from '../bus/neighbours.ts'
import { Partition, type PartitionParts } from './partition.ts'
import { shareOut, type Owner } from './share-out.ts'
import type { WorkLane } from './work-lane.ts'

/** The reader's name on every partition's mailbox: the group of all workers. */
const WORKER_READER = 'worker'
/** Between two looks at what workers still have, while leases are handed over. */
const DRAIN_LOOK_MS = 10

export type PartitionsParts = Omit<PartitionParts, 'lost' | 'drained'> & {
  readonly node: string
  readonly neighbours: Neighbours
  /** Monotonic ms. */
  readonly uptime: () => number
}

/**
 * Which partitions this node holds, and for which of its workers (G7).
 *
 * A round announces the node with its workers, shares out the partitions over all workers in the registry, hands back
 * leases that others should have, takes free ones that are ours, and renews the rest; each in one batch. Rounds come
 * every `renewMs`, and at once when a worker joins or leaves here or a neighbour says that something changed. Nobody
 * takes a living lease, so nodes that see different workers can't take turns.
 */
export class Partitions implements PartitionReader {
  readonly #parts: PartitionsParts
  readonly #partitionParts: PartitionParts
  readonly #held: (Partition | undefined)[] = Array.from({ length: PARTITIONS })
  readonly #numbers = new Map<MailboxId, number>()
  #lanes: WorkLane[] = []
  #registry = ''
  #owners: Owner[] = []
  /** There is no worker anywhere, and this is the first of the nodes. */
  #measuresAll = false
  #detaches: Detach[] = []
  /** Since the last line about it. */
  #lost: number[] = []
  #round: Promise<void> | undefined
  #isRoundWanted = false
  #isStopping = false
  #hasFailed = false
  #timer: NodeJS.Timeout | undefined
  #roundAtMs: number

  constructor(parts: PartitionsParts) {
    this.#parts = parts
    this.#partitionParts = {
      ...parts,
      lost: (partition) => this.#lose(partition),
      drained: (partition) => this.#release(partition),
    }
    this.#roundAtMs = parts.uptime()
    for (let number = 0; number < PARTITIONS; number++) this.#numbers.set(partitionMailbox(number), number)
  }

  /** Rejects if the store does not answer the first announcement. */
  async start(): Promise<void> {
    await this.#announce()
    this.#arm()
  }

  /**
   * Hands all leases over: no further entry goes to a worker, and what is there is waited for, up to `waitMs`. Rejects
   * if the store does not answer.
   */
  async drain(waitMs: number): Promise<void> {
    this.#isStopping = true
    clearTimeout(this.#timer)
    await this.#round
    // Without workers here, the others know whose turn it is as soon as a lease is free.
    await this.#announce()
    for (const partition of this.#held) partition?.drain()
    const deadline = this.#parts.uptime() + waitMs
    while (this.#held.some((partition) => partition !== undefined) && this.#parts.uptime() < deadline) {
      await this.#detach()
      await new Promise((resolve) => setTimeout(resolve, DRAIN_LOOK_MS))
    }
    for (const partition of this.#held) if (partition !== undefined) this.#release(partition)
    await this.#detach()
  }

  join(lane: WorkLane): void {
    this.#lanes.push(lane)
    this.#parts.neighbours.look()
    this.look()
  }

  leave(lane: WorkLane): void {
    if (!this.#lanes.includes(lane)) return
    lane.close()
    this.#lanes = this.#lanes.filter((other) => other !== lane)
    for (const partition of this.#held) if (partition?.lane === lane) this.#release(partition)
    this.#parts.neighbours.look()
    this.look()
  }

  /** A round now, or right after the one that is under way. */
  look(): void {
    if (this.#isStopping) return
    this.#isRoundWanted = true
    if (this.#round !== undefined) return
    this.#round = this.#run().finally(() => {
      this.#round = undefined
      if (this.#isRoundWanted) this.look()
    })
  }

  /** The store has lost its memory: all leases are asked for again. */
  reattach(): void {
    for (const partition of this.#held) if (partition !== undefined) this.#lose(partition)
  }

  tell(mailbox: MailboxId, entry: FeedEntry): void {
    const number = this.#numbers.get(mailbox)
    if (number !== undefined) this.#held[number]?.tell(entry)
  }

  held(number: number): Partition | undefined {
    return this.#held[number]
  }

  /** Typing, to the worker that has the partition, wherever it is; dropped while nobody has it. */
  typing(number: number, envelope: Envelope): void {
    const partition = this.#held[number]
    const owner = this.#owners[number]
    if (partition !== undefined) partition.lane.ephemeral(envelope)
    else if (owner !== undefined && owner.node !== this.#parts.node)
      this.#parts.neighbours.typing(owner.node, envelope)
  }

  /** Typing from another node: if the lease has moved on, it is dropped. */
  typingHere(number: number, envelope: Envelope): void {
    this.#held[number]?.lane.ephemeral(envelope)
  }

  #arm(): void {
    this.#timer = setTimeout(() => {
      this.look()
      this.#arm()
    }, this.#parts.limits.renewMs).unref()
  }

  async #run(): Promise<void> {
    this.#isRoundWanted = false
    this.#closeStalled()
    this.#loseUnanswered()
    try {
      await this.#announce()
      await this.#rebalance()
      await this.#renew()
      this.#hasFailed = false
    } catch (error) {
      if (!this.#hasFailed) this.#parts.log.warn({ err: error }, 'leases.store-failed')
      this.#hasFailed = true
    }
    void this.#measure()
  }

  #closeStalled(): void {
    const now = this.#parts.uptime()
    const lateMs = now - this.#roundAtMs - this.#parts.limits.renewMs
    this.#roundAtMs = now
    for (const lane of this.#lanes) {
      // If it is this process that stood still, what the workers sent meanwhile is not read yet.
      if (lateMs > this.#parts.limits.renewMs) lane.forgive()
      if (!lane.isStalled) continue
      this.#parts.metrics.workerStalled()
      this.#parts.log.error({ worker: lane.name }, 'worker.stalled')
      lane.connection.close('stalled')
      this.leave(lane)
    }
  }

  /** A worker that goes on but left a batch without an answer does not know it: another lease sends it again. */
  #loseUnanswered(): void {
    const { uptime, limits } = this.#parts
    const beforeMs = uptime() - 2 * limits.workerStallMs
    for (const partition of this.#held) {
      if (partition?.isUnanswered(beforeMs) && !partition.lane.isDeciding) this.#lose(partition)
    }
  }

  async #announce(): Promise<void> {
    const { store, node, limits, neighbours } = this.#parts
    const names = [...new Set(this.#lanes.map((lane) => lane.name))].sort()
    const nodes = await store.announce(node, this.#isStopping ? [] : names, limits.leaseTtlMs)
    neighbours.nodes = nodes.map((record) => record.node)
    this.#share(nodes)
  }

  #share(nodes: readonly NodeRecord[]): void {
    const registry = JSON.stringify(nodes)
    if (registry === this.#registry) return
    this.#registry = registry
    this.#owners = shareOut(nodes)
    this.#measuresAll = this.#owners.length === 0 && nodes[0]?.node === this.#parts.node
  }

  /** The worker's lane here that should have the partition. */
  #laneFor(number: number): WorkLane | undefined {
    const owner = this.#owners[number]
    if (owner?.node !== this.#parts.node) return undefined
    return this.#lanes.findLast((lane) => lane.name === owner.worker)
  }

  async #rebalance(): Promise<void> {
    const wanted: Partition[] = []
    for (let number = 0; number < PARTITIONS; number++) {
      const lane = this.#laneFor(number)
      const partition = this.#held[number]
      if (partition !== undefined && partition.lane !== lane) partition.drain()
      // Draining may have released it at once.
      if (this.#held[number] === undefined && lane !== undefined && !this.#isStopping) {
        const taken = new Partition(number, lane, this.#partitionParts)
        this.#held[number] = taken
        wanted.push(taken)
      }
    }
    await this.#detach()
    await this.#attach(wanted)
  }

  async #detach(): Promise<void> {
    const detaches = this.#detaches
    if (detaches.length === 0) return
    this.#detaches = []
    await this.#parts.store.detach(detaches)
    this.#parts.neighbours.look()
  }

  async #attach(wanted: readonly Partition[]): Promise<void> {
    if (wanted.length === 0) return
    const { store, node, limits, log } = this.#parts
    const leave = (partition: Partition): void => {
      partition.close()
      if (this.#held[partition.number] === partition) this.#held[partition.number] = undefined
    }
    try {
      const ttlMs = limits.leaseTtlMs
      const outcomes = await store.attach(
        wanted.map(({ mailbox }) => ({ mailbox, reader: WORKER_READER, node, ttlMs })),
      )
      let taken = 0
      let isHeir = false
      wanted.forEach((partition, i) => {
        const outcome = outcomes[i]
        if (outcome?.outcome !== 'attached') return leave(partition)
        taken++
        if (outcome.previousNode) isHeir = true
        if (this.#held[partition.number] === partition) partition.attached(outcome)
        else this.#detaches.push(this.#detachOf(partition, outcome.epoch))
      })
      log.info({ taken, wanted: wanted.length }, 'leases.taken')
      // The last commits of an owner that did not hand over are done by now, but it may have told nobody.
      if (isHeir) this.#parts.untold()
    } catch (error) {
      for (const partition of wanted) leave(partition)
      throw error
    }
  }

  async #renew(): Promise<void> {
    const held = this.#held.filter((partition) => partition?.isAttached === true) as Partition[]
    if (held.length === 0) return
    const ttlMs = this.#parts.limits.leaseTtlMs
    const heads = await this.#parts.store.renew(
      held.map(({ mailbox, epoch }) => ({ mailbox, reader: WORKER_READER, epoch, ttlMs })),
    )
    held.forEach((partition, i) => {
      const head = heads[i]
      if (head === undefined) this.#lose(partition)
      else partition.headIs(head)
    })
  }

  /**
   * What waits in a partition is told by the node that holds it, while there is no worker anywhere by the first node.
   */
  async #measure(): Promise<void> {
    const { store, metrics } = this.#parts
    metrics.leases(this.#held.filter((partition) => partition?.isAttached === true).length)
    let unheld: readonly (number | undefined)[] = Array.from({ length: PARTITIONS }, () => 0)
    if (this.#measuresAll) {
      // The round does not wait for it, and tells that the store is away.
      unheld = await store.counts([...this.#numbers.keys()]).catch(() => [])
      if (!this.#measuresAll) return
    }
    for (let number = 0; number < PARTITIONS; number++) {
      const partition = this.#held[number]
      const lag = partition?.isAttached === true ? partition.lag : unheld[number]
      if (lag !== undefined) metrics.partitionLag(number, lag)
    }
  }

  /** The lease is gone or useless: the worker forgets it, and a new one is asked for at once. */
  #lose(partition: Partition): void {
    if (this.#held[partition.number] !== partition) return
    this.#logLost(partition.number)
    this.#release(partition)
    this.look()
  }

  /** One line for all that are lost together: a Redis that was started anew takes every lease. */
  #logLost(partition: number): void {
    this.#lost.push(partition)
    if (this.#lost.length > 1) return
    queueMicrotask(() => {
      this.#parts.log.warn({ partitions: this.#lost }, 'leases.lost')
      this.#lost = []
    })
  }

  #release(partition: Partition): void {
    const wasAttached = partition.isAttached
    partition.close()
    if (this.#held[partition.number] !== partition) return
    this.#held[partition.number] = undefined
    if (!wasAttached) return
    partition.lane.refuse(partition.number, partition.epoch)
    // What became of its last commit is not known: who takes it next, here or elsewhere, must see that it was not
    // handed over, and have all lanes compare.
    if (!partition.isUnsure) this.#detaches.push(this.#detachOf(partition, partition.epoch))
    this.look()
  }

  #detachOf({ mailbox }: Partition, epoch: number): Detach {
    return { mailbox, reader: WORKER_READER, node: this.#parts.node, epoch }
  }
}
