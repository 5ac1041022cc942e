import type { Log } from '../../kit/log.ts'
import { Rounds } from '../../kit/rounds.ts'
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
/** Between two lines about a server that does not answer. */
const TOLD_MS = 60_000

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
  /** Leases that end or begin. */
  readonly moves: Rounds
  /** Leases that go on. */
  readonly renewals: Rounds
  toldAtMs: number
}

/**
 * What this node asks of the store about leases, server by server: one that stands still holds nobody else's leases.
 *
 * Leases that are handed back and taken, and those that are renewed, do not wait for each other; nor does one that is
 * taken for another: its server may have to reach the others first, to finish what the last owner has left. Each question
 * ends after `storeAnswerMs`; what it did not bring is asked for again by the next round.
 */
export class Leases {
  readonly #parts: LeasesParts
  readonly #servers = new Map<string, Server>()

  constructor(parts: LeasesParts) {
    this.#parts = parts
  }

  /** A round now, or right after the one that is under way. */
  look(name: string): void {
    const { moves, renewals } = this.#server(name)
    void moves.look()
    void renewals.look()
  }

  /** The lease is handed back as soon as its server takes it. */
  handBack(number: number, epoch: number): void {
    const { store, node, limits, uptime } = this.#parts
    const mailbox = partitionMailbox(number)
    const untilMs = uptime() + limits.leaseTtlMs
    const server = this.#server(store.serverOf(mailbox))
    server.handBacks.push({ mailbox, reader: WORKER_READER, node, epoch, untilMs })
    void server.moves.look()
  }

  /** Resolves when everything that was handed back is, or can't be. Never rejects. */
  async settled(): Promise<void> {
    await Promise.all([...this.#servers.values()].map(({ moves }) => moves.look()))
  }

  #server(name: string): Server {
    let server = this.#servers.get(name)
    if (server === undefined) {
      const made: Server = {
        handBacks: [],
        moves: new Rounds(() => this.#move(name, made)),
        renewals: new Rounds(() => this.#renew(name, made)),
        toldAtMs: Number.NEGATIVE_INFINITY,
      }
      server = made
      this.#servers.set(name, server)
    }
    return server
  }

  async #move(name: string, server: Server): Promise<void> {
    await this.#handBackAll(server)
    this.#take(name, server)
  }

  async #handBackAll(server: Server): Promise<void> {
    const { store, limits, uptime, handedBack } = this.#parts
    const now = uptime()
    const handBacks = server.handBacks.filter(({ untilMs }) => untilMs > now)
    server.handBacks = []
    if (handBacks.length === 0) return
    try {
      await answerBy(() => store.detach(handBacks), limits.storeAnswerMs)
      handedBack()
    } catch (error) {
      server.handBacks.push(...handBacks)
      this.#failed(server, error)
    }
  }

  /** Each is settled by itself. */
  #take(name: string, server: Server): void {
    const partitions = this.#parts.wanted(name)
    if (partitions.length === 0) return
    void Promise.all(partitions.map((partition) => this.#takeOne(partition, server))).then((outcomes) => {
      const taken = outcomes.filter(Boolean).length
      this.#parts.log.info({ taken, wanted: partitions.length }, 'leases.taken')
    })
  }

  /** @returns whether this node has the lease. Never rejects */
  async #takeOne(partition: Partition, server: Server): Promise<boolean> {
    const { store, node, limits, notTaken, taken } = this.#parts
    const item: Attach = { mailbox: partition.mailbox, reader: WORKER_READER, node, ttlMs: limits.leaseTtlMs }
    try {
      const [outcome] = await answerBy(
        () => store.attach([item]),
        limits.storeAnswerMs,
        // Nobody waits for it any more. If it was attached anew meanwhile, that has a later epoch.
        ([late]) => {
          if (this.#inherit(late)) this.handBack(partition.number, late.epoch)
        },
      )
      if (!this.#inherit(outcome)) notTaken(partition)
      else if (partition.isWaiting) taken(partition, outcome)
      // It is not wanted any more.
      else this.handBack(partition.number, outcome.epoch)
      return outcome?.outcome === 'attached'
    } catch (error) {
      notTaken(partition)
      this.#failed(server, error)
      return false
    }
  }

  /** What is taken from somebody who did not hand it over has to be looked after, also if it is not kept. */
  #inherit(outcome: AttachOutcome | undefined): outcome is Attached {
    if (outcome?.outcome !== 'attached') return false
    if (outcome.previousNode) this.#parts.inherited()
    return true
  }

  async #renew(name: string, server: Server): Promise<void> {
    const { store, limits, held, lost } = this.#parts
    const partitions = held(name)
    if (partitions.length === 0) return
    const ttlMs = limits.leaseTtlMs
    const items = partitions.map(({ mailbox, epoch }) => ({ mailbox, reader: WORKER_READER, epoch, ttlMs }))
    try {
      const heads = await answerBy(() => store.renew(items), limits.storeAnswerMs)
      partitions.forEach((partition, i) => {
        const head = heads[i]
        if (head === undefined) lost(partition)
        else partition.renewed(head)
      })
    } catch (error) {
      for (const partition of partitions) partition.notRenewed()
      this.#failed(server, error)
    }
  }

  #failed(server: Server, error: unknown): void {
    const now = this.#parts.uptime()
    if (now - server.toldAtMs < TOLD_MS) return
    server.toldAtMs = now
    this.#parts.log.warn({ err: error }, 'leases.store-failed')
  }
}
