import type { Log } from '../../kit/log.ts'
import type { Append, AppendOutcome, Commit, MailboxStore } from '../mailbox/store.ts'
import type { NodeMetrics } from '../metrics.ts'
import { deadLetter } from './dead-letter.ts'
import { Trial } from './trial.ts'
import { PARKED } from './worker-memory.ts'

/** The field of `~parked` in which a worker names what it takes up alone: see workers/loop/waiting/suspects.ts. */
const TRIED_FIELD = '!tried'

/** So often an entry that waits is taken up alone before it is set aside: the first worker may have gone for another reason. */
const PARKED_TRIES_MAX = 2

type Fields = ReadonlyMap<string, Uint8Array>

/** The lease under which they are made. */
export interface Lease {
  readonly number: number
  readonly epoch: number
  readonly cursor: number
  readonly isClosed: boolean
  /** A commit is on its way to the store, and decided. */
  deciding(): void
  settled(): void
  /** Nobody knows what became of it. */
  unsure(): void
  lost(): void
  passTo(position: number): void
}

export interface OwnCommitsParts {
  readonly store: MailboxStore
  readonly metrics: NodeMetrics
  readonly log: Log
  readonly clock: () => number
  readonly dispatch: (items: readonly Append[], outcomes: readonly AppendOutcome[]) => void
  readonly untold: () => void
}

/** What a broker itself commits to a partition: notes of its trial, what is set aside, and what is skipped. */
export class OwnCommits {
  readonly #lease: Lease
  readonly #parts: OwnCommitsParts

  constructor(lease: Lease, parts: OwnCommitsParts) {
    this.#lease = lease
    this.#parts = parts
  }

  /** Notes in the store that something is sent under this lease, before it goes. */
  async count(trial: Trial): Promise<void> {
    if (await this.#commit({ puts: [trial.leaseNote] })) trial.counted()
  }

  /** Notes in the store that the entry goes alone now, before it goes. */
  async note(trial: Trial, position: number): Promise<void> {
    const puts = [trial.noteOf(position), ...(trial.isToCount ? [trial.leaseNote] : [])]
    if (!(await this.#commit({ puts }))) return
    trial.noted(position)
    trial.counted()
  }

  /** The entry brings workers down: it goes to the dead mailbox, its sender is told, and the partition goes on. */
  async setAside(position: number, entry: Uint8Array): Promise<void> {
    const appends = deadLetter(this.#lease.number, entry, this.#parts.clock())
    if (await this.#commit({ upTo: position, puts: [Trial.removal], appends })) this.#wasSetAside(position)
  }

  /**
   * The same for what waits for the directory: workers that took it up alone did not live to say what came of it.
   * @returns what is left of `~parked`
   */
  async setAsideParked(parked: Fields): Promise<Fields> {
    const note = Buffer.from(parked.get(TRIED_FIELD) ?? []).toString()
    const [, field = '', tries] = /^\d+ ([1-9]\d*) (\d+)$/.exec(note) ?? []
    const entry = parked.get(field)
    if (entry === undefined || Number(tries) < PARKED_TRIES_MAX) return parked
    const gone = [field, TRIED_FIELD]
    const appends = deadLetter(this.#lease.number, entry, this.#parts.clock())
    const puts = gone.map((each) => ({ chat: PARKED, field: each }))
    if (await this.#commit({ puts, appends })) this.#wasSetAside(Number(field))
    return new Map([...parked].filter(([name]) => !gone.includes(name)))
  }

  /** The mailbox was made anew: its positions begin elsewhere. */
  async skipTo(position: number): Promise<void> {
    await this.#commit({ upTo: position })
  }

  #wasSetAside(position: number): void {
    this.#parts.metrics.setAside()
    this.#parts.log.error({ partition: this.#lease.number, position }, 'entry.set-aside')
  }

  /** @param commit of state alone unless it says up to where. @returns false if the lease turned out to be lost */
  async #commit(commit: Partial<Pick<Commit, 'upTo' | 'puts' | 'appends'>>): Promise<boolean> {
    const lease = this.#lease
    const { store, dispatch, untold } = this.#parts
    const { number: partition, epoch, cursor: from } = lease
    const { upTo = from, puts = [], appends = [] } = commit
    lease.deciding()
    const outcome = await store
      .commit({ partition, epoch, from, upTo, puts, appends })
      .catch((error) => {
        lease.unsure()
        throw error
      })
      .finally(() => lease.settled())
    if (outcome.outcome === 'refused') {
      lease.lost()
      return false
    }
    dispatch(appends, outcome.appends)
    if (outcome.appends.length < appends.length) untold()
    if (lease.isClosed) return false
    lease.passTo(upTo)
    return true
  }
}
