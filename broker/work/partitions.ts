import { Rounds } from '../../kit/rounds.ts'
import { PARTITIONS } from '../../proto/limits.ts'
import type { Envelope } from '../../proto/server-codec.ts'
import type { PartitionReader } from '../lanes/dispatch.ts'
import type { FeedEntry } from '../mailbox/feed.ts'
import { answerBy } from '../mailbox/answer.ts'
import { partitionMailbox, type MailboxId } from '../mailbox/store.ts'
import type { Neighbours } from '../bus/neighbours.ts'
import { Leases } from './leases.ts'
import { Partition, type PartitionParts } from './partition.ts'
import { Registry } from './registry.ts'
import { UnservedWatch, type Unserved } from './unserved.ts'
import type { WorkLane } from './work-lane.ts'

/** Between two looks at what workers still have, while leases are handed over. */
const DRAIN_LOOK_MS = 10
/** For a last word of a node that stops to the store, however little time it has. */
const GOODBYE_MS = 1_000

export type PartitionsParts = Omit<PartitionParts, 'lost' | 'drained' | 'over'> & {
  readonly node: string
  readonly neighbours: Neighbours
  /** Monotonic ms. */
  readonly uptime: () => number
}

/**
 * Which partitions this node holds, and for which of its workers (G7).
 *
 * A round announces the node with its workers and hears whose the partitions are (see Registry); then each server of the
 * store is asked for what is to be handed back, taken and renewed there (see Leases). Rounds come every `renewMs`, and at
 * once when a worker joins or leaves here or a neighbour says that something changed. Nobody takes a living lease, so
 * nodes that see different workers can't take turns.
 */
export class Partitions implements PartitionReader {
  readonly #parts: PartitionsParts
  readonly #partitionParts: PartitionParts
  readonly #held: (Partition | undefined)[] = Array.from({ length: PARTITIONS })
  readonly #mailboxes = Array.from({ length: PARTITIONS }, (_, number) => partitionMailbox(number))
  readonly #numbers = new Map<MailboxId, number>(this.#mailboxes.map((mailbox, number) => [mailbox, number]))
  /** By server of the store, the partitions at it: as the last look at all of them found it. */
  #byServer = new Map<string, number[]>()
  readonly #serverOf: string[] = []
  #lanes: WorkLane[] = []
  /** Not held any more, with something under way that the store has not decided. */
  readonly #leaving = new Set<Partition>()
  readonly #leases: Leases
  readonly #registry: Registry
  readonly #unserved: UnservedWatch
  /** Since the last line about it. */
  #lost: number[] = []
  readonly #rounds = new Rounds(() => this.#run())
  #isStopping = false
  #timer: NodeJS.Timeout | undefined
  #roundAtMs: number

  constructor(parts: PartitionsParts) {
    this.#parts = parts
    this.#partitionParts = {
      ...parts,
      lost: (partition) => this.#lose(partition),
      drained: (partition) => this.#release(partition),
      over: (partition) => this.#over(partition),
    }
    this.#leases = new Leases({
      ...parts,
      wanted: (server) => this.#wanted(server),
      taken: (partition, at) => partition.attached(at),
      notTaken: (partition) => {
        partition.close()
        if (this.#held[partition.number] === partition) this.#held[partition.number] = undefined
      },
      held: (server) => this.#at(server).flatMap((number) => this.#heldHere(number) ?? []),
      lost: (partition) => this.#lose(partition),
      handedBack: () => parts.neighbours.look(),
      inherited: () => parts.untold(),
    })
    this.#registry = new Registry({
      ...parts,
      workers: () => (this.#isStopping ? [] : this.#workers()),
      changedLate: () => this.#follow(),
    })
    this.#unserved = new UnservedWatch({
      ...parts,
      isServed: (number) => this.#held[number]?.isServed === true,
      isOwn: (number) => this.#registry.ownerOf(number)?.node === parts.node,
      measuresAll: () => this.#registry.measuresAll,
    })
    this.#roundAtMs = parts.uptime()
  }

  /** Rejects if the store does not answer the first announcement. */
  async start(): Promise<void> {
    await this.#registry.announce(this.#workers(), this.#parts.limits.storeAnswerMs)
    this.#arm()
  }

  /**
   * Hands all leases over: no further entry goes to a worker, and what is there is waited for, up to `waitMs`, under
   * leases that are renewed. Rejects if the store does not answer.
   */
  async drain(waitMs: number): Promise<void> {
    this.#isStopping = true
    clearTimeout(this.#timer)
    const { uptime, limits } = this.#parts
    const deadline = uptime() + waitMs
    const patienceMs = (): number => Math.max(deadline - uptime(), GOODBYE_MS)
    await answerBy(() => this.#rounds.settled(), patienceMs())
    // Without workers here, the others know whose turn it is as soon as a lease is free.
    await this.#registry.announce([], patienceMs())
    for (const partition of this.#held) partition?.drain()
    const isBusy = (): boolean => this.#leaving.size > 0 || this.#held.some((held) => held !== undefined)
    // A lease that ended meanwhile would have another worker carry out what this one is about to commit.
    let renewedAtMs = Number.NEGATIVE_INFINITY
    while (isBusy() && uptime() < deadline) {
      if (uptime() - renewedAtMs >= limits.renewMs) {
        renewedAtMs = uptime()
        // A node that is not heard of has no leases.
        void this.#registry.look()
        this.#lookAtServers()
      }
      await new Promise((resolve) => setTimeout(resolve, DRAIN_LOOK_MS))
    }
    for (const partition of this.#held) if (partition !== undefined) this.#release(partition)
    await answerBy(() => this.#leases.settled(), patienceMs())
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
    if (!this.#isStopping) void this.#rounds.look()
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

  /** Of this node's share; while there is no worker anywhere, the first node has them all. */
  get unserved(): Unserved {
    return this.#unserved.look()
  }

  /** Typing, to the worker that has the partition, wherever it is; dropped while nobody has it. */
  typing(number: number, envelope: Envelope): void {
    const partition = this.#held[number]
    const owner = this.#registry.ownerOf(number)
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
    if (this.#isStopping) return
    this.#closeStalled()
    this.#loseUnanswered()
    await this.#registry.look()
    this.#follow()
    this.#unserved.tell()
    void this.#measure()
  }

  /** Does what the registry says. */
  #follow(): void {
    this.#drainOthers()
    this.#lookAtServers()
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

  #workers(): string[] {
    return [...new Set(this.#lanes.map((lane) => lane.name))].sort()
  }

  /** The worker's lane here that should have the partition. */
  #laneFor(number: number): WorkLane | undefined {
    const owner = this.#registry.ownerOf(number)
    if (owner?.node !== this.#parts.node) return undefined
    return this.#lanes.findLast((lane) => lane.name === owner.worker)
  }

  #drainOthers(): void {
    for (let number = 0; number < PARTITIONS; number++) {
      const partition = this.#held[number]
      if (partition !== undefined && partition.lane !== this.#laneFor(number)) partition.drain()
    }
  }

  #lookAtServers(): void {
    this.#findServers()
    for (const server of this.#byServer.keys()) this.#leases.look(server)
  }

  /** Mostly they are where they were. */
  #findServers(): void {
    const { store } = this.#parts
    let hasMoved = false
    for (const [number, mailbox] of this.#mailboxes.entries()) {
      const server = store.serverOf(mailbox)
      if (this.#serverOf[number] === server) continue
      this.#serverOf[number] = server
      hasMoved = true
    }
    if (!hasMoved) return
    this.#byServer = new Map()
    for (const [number, server] of this.#serverOf.entries()) {
      const there = this.#byServer.get(server)
      if (there === undefined) this.#byServer.set(server, [number])
      else there.push(number)
    }
  }

  /** The partitions at a server. */
  #at(server: string): readonly number[] {
    return this.#byServer.get(server) ?? []
  }

  #heldHere(number: number): Partition | undefined {
    const partition = this.#held[number]
    return partition?.isAttached === true ? partition : undefined
  }

  /** Partitions at a server that are this node's and that it has not got: from here on they wait for its answer. */
  #wanted(server: string): Partition[] {
    if (this.#isStopping) return []
    return this.#at(server).flatMap((number) => {
      const lane = this.#laneFor(number)
      if (this.#held[number] !== undefined || lane === undefined) return []
      return [(this.#held[number] = new Partition(number, lane, this.#partitionParts))]
    })
  }

  /**
   * What waits in a partition is told by the node that holds it, while there is no worker anywhere by the first node.
   */
  async #measure(): Promise<void> {
    const { store, metrics } = this.#parts
    metrics.leases(this.#held.filter((partition) => partition?.isAttached === true).length)
    let unheld: readonly (number | undefined)[] = Array.from({ length: PARTITIONS }, () => 0)
    if (this.#registry.measuresAll) {
      // The round does not wait for it, and tells that the store is away.
      unheld = await store.counts(this.#mailboxes).catch(() => [])
      if (!this.#registry.measuresAll) return
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
    const { isAttached } = partition
    if (isAttached) this.#leaving.add(partition)
    partition.close()
    if (this.#held[partition.number] !== partition) return
    this.#held[partition.number] = undefined
    if (!isAttached) return
    partition.lane.refuse(partition.number, partition.epoch)
    this.look()
  }

  /**
   * The lease is handed back, unless nobody knows what became of a commit: who takes it next, here or elsewhere, must see
   * that it was not handed over, and have all lanes compare.
   */
  #over(partition: Partition): void {
    this.#leaving.delete(partition)
    if (!partition.isUnsure) this.#leases.handBack(partition.number, partition.epoch)
  }
}
