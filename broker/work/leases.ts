import type { Log } from '../../kit/log.ts'
import { answerBy } from '../mailbox/answer.ts'
import {
  partitionMailbox,
  type Attach,
  type AttachOutcome,
  type Detach,
  type MailboxStore,
} from '../mailbox/store.ts'
import type { NodeLimits } from '../config.ts'
import type { Partition } from './partition.ts'

/** The reader's name on every partition's mailbox: the group of all workers. */
const WORKER_READER = 'worker'

type Attached = Extract<AttachOutcome, { outcome: 'attached' }>

export interface LeasesParts {
  readonly node: string
  readonly store: MailboxStore
  readonly limits: NodeLimits
  readonly log: Log
  /** Monotonic ms. */
  readonly uptime: () => number
  /** Partitions of the server to be taken now; each is waited for until one of the next two is called with it. */
  readonly wanted: (server: string) => readonly Partition[]
  readonly taken: (partition: Partition, at: Attached) => void
  /** Somebody else has the lease, or the store did not answer. */
  readonly notTaken: (partition: Partition) => void
  /** Partitions of the server whose leases this node has. */
  readonly held: (server: string) => readonly Partition[]
  readonly lost: (partition: Partition) => void
  /** A lease was handed back: another node may take it. */
  readonly handedBack: () => void
  /** An owner that did not hand over may have told nobody of its last commits. */
  readonly inherited: () => void
}

/** A lease to be handed back; untold, it ends by itself at `untilMs`. */
interface HandBack extends Detach {
  readonly untilMs: number
}

/** What is asked of one server. */
interface Server {
  handBacks: HandBack[]
  isBusy: boolean
  isWanted: boolean
  hasFailed: boolean
}

/**
 * What this node asks of the store about leases, server by server: one that stands still holds nobody else's leases.
 *
 * A server's round hands leases back, takes those that are wanted and renews the rest. One is under way at a time, and
 * each question in it ends after `storeAnswerMs`; what it did not bring is asked for again by the next.
 */
export class Leases {
  readonly #parts: LeasesParts
  readonly #servers = new Map<string, Server>()

  constructor(parts: LeasesParts) {
    this.#parts = parts
  }

  /** A round now, or right after the one that is under way. */
  look(name: string): void {
    const server = this.#server(name)
    server.isWanted = true
    if (!server.isBusy) void this.#rounds(name, server)
  }

  /** The lease is to be handed back with the next round of its server. */
  handBack(number: number, epoch: number): void {
    const { store, node, limits, uptime } = this.#parts
    const mailbox = partitionMailbox(number)
    const untilMs = uptime() + limits.leaseTtlMs
    this.#server(store.serverOf(mailbox)).handBacks.push({
      mailbox,
      reader: WORKER_READER,
      node,
      epoch,
      untilMs,
    })
  }

  /** Resolves when everything that was handed back is, or can't be. Never rejects. */
  async settled(): Promise<void> {
    await Promise.all([...this.#servers.values()].map((server) => this.#handBackAll(server)))
  }

  #server(name: string): Server {
    let server = this.#servers.get(name)
    if (server === undefined) {
      server = { handBacks: [], isBusy: false, isWanted: false, hasFailed: false }
      this.#servers.set(name, server)
    }
    return server
  }

  async #rounds(name: string, server: Server): Promise<void> {
    server.isBusy = true
    while (server.isWanted) {
      server.isWanted = false
      const outcomes = [
        await this.#handBackAll(server),
        await this.#take(name, server),
        await this.#renew(name, server),
      ]
      if (!outcomes.includes(false)) server.hasFailed = false
    }
    server.isBusy = false
  }

  /** @returns false if the store did not answer */
  async #handBackAll(server: Server): Promise<boolean> {
    const { store, limits, uptime, handedBack } = this.#parts
    const now = uptime()
    const handBacks = server.handBacks.filter(({ untilMs }) => untilMs > now)
    server.handBacks = []
    if (handBacks.length === 0) return true
    try {
      await answerBy(() => store.detach(handBacks), limits.storeAnswerMs)
      handedBack()
      return true
    } catch (error) {
      server.handBacks.push(...handBacks)
      return this.#failed(server, error)
    }
  }

  async #take(name: string, server: Server): Promise<boolean> {
    const { store, node, limits, log, wanted, inherited } = this.#parts
    const partitions = wanted(name)
    if (partitions.length === 0) return true
    const items = partitions.map(
      ({ mailbox }): Attach => ({ mailbox, reader: WORKER_READER, node, ttlMs: limits.leaseTtlMs }),
    )
    try {
      const outcomes = await answerBy(
        () => store.attach(items),
        limits.storeAnswerMs,
        // Nobody waits for these any more. What was attached anew meanwhile has a later epoch.
        (late) => late.forEach((outcome, i) => this.#return(partitions[i] as Partition, outcome)),
      )
      const attached = outcomes.filter(({ outcome }) => outcome === 'attached') as Attached[]
      partitions.forEach((partition, i) => this.#taken(partition, outcomes[i]))
      log.info({ taken: attached.length, wanted: partitions.length }, 'leases.taken')
      if (attached.some(({ previousNode }) => previousNode)) inherited()
      return true
    } catch (error) {
      for (const partition of partitions) this.#parts.notTaken(partition)
      return this.#failed(server, error)
    }
  }

  #taken(partition: Partition, outcome: AttachOutcome | undefined): void {
    if (outcome?.outcome !== 'attached') this.#parts.notTaken(partition)
    else if (partition.isWaiting) this.#parts.taken(partition, outcome)
    else this.#return(partition, outcome)
  }

  /** It is not wanted any more. */
  #return({ number }: Partition, outcome: AttachOutcome): void {
    if (outcome.outcome === 'attached') this.handBack(number, outcome.epoch)
  }

  async #renew(name: string, server: Server): Promise<boolean> {
    const { store, limits, held, lost } = this.#parts
    const partitions = held(name)
    if (partitions.length === 0) return true
    const ttlMs = limits.leaseTtlMs
    const items = partitions.map(({ mailbox, epoch }) => ({ mailbox, reader: WORKER_READER, epoch, ttlMs }))
    try {
      const heads = await answerBy(() => store.renew(items), limits.storeAnswerMs)
      partitions.forEach((partition, i) => {
        const head = heads[i]
        if (head === undefined) lost(partition)
        else partition.renewed(head)
      })
      return true
    } catch (error) {
      for (const partition of partitions) partition.notRenewed()
      return this.#failed(server, error)
    }
  }

  /** One line for as long as it lasts. */
  #failed(server: Server, error: unknown): false {
    if (!server.hasFailed) this.#parts.log.warn({ err: error }, 'leases.store-failed')
    server.hasFailed = true
    return false
  }
}
