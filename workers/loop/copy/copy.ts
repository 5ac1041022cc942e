import type { Log } from '../../../kit/log.ts'
import { OperationalError } from '../../../kit/operational-error.ts'
import type { Partition } from '../partition.ts'
import type { WorkLoop } from '../work-loop.ts'
import type { WorkerMetrics } from '../../metrics.ts'
import { chatIdOf } from '../../../proto/ids.ts'
import { chatKey } from '../../chat/state.ts'
import type { ChatCopy, Directory, PartitionReached } from '../../directory/directory.ts'

/** Between two rounds of marks and last seqs; changes of members, roles and names do not wait. */
const ROUND_MS = 1_000
/** A round is followed by a pause of so many times its length, so that copying never takes the directory over. */
const PAUSE_FACTOR = 4
/** Rows in one write. */
const ROWS_MAX = 1_000

/**
 * Resolves when the broker has answered everything that it was sent until now, or its connection has ended; then this
 * worker has heard which commits were refused, also of brokers of 0.1.0, which tell it just behind the PUBACK.
 */
export type Answered = () => Promise<void>

/** What one write has of one partition. */
interface Part {
  readonly partition: Partition
  /** What was committed when the copies were taken. */
  readonly position: number
  readonly users: readonly string[]
  readonly copies: readonly ChatCopy[]
  readonly done: (isWritten: boolean) => void
}

/**
 * Copies chats to the directory after they were committed, one write at a time. What it has not got to, or what failed,
 * stays in `~dirty` for the next owner of the partition.
 */
export class DirectoryCopy {
  readonly #directory: Directory
  readonly #loop: Pick<WorkLoop, 'partitions' | 'holds'>
  readonly #metrics: WorkerMetrics
  readonly #log: Log
  #writing: Promise<void> | undefined
  /** By the monotonic clock. */
  #nextRoundAtMs = 0
  /** Where the next round begins among the partitions. */
  #first = 0

  constructor(
    directory: Directory,
    loop: Pick<WorkLoop, 'partitions' | 'holds'>,
    metrics: WorkerMetrics,
    log: Log,
  ) {
    this.#directory = directory
    this.#loop = loop
    this.#metrics = metrics
    this.#log = log
  }

  /** Starts a write if one is due: after each PUBACK of a Fanout, and now and then. Cheap if none is. */
  poke(answered: Answered): void {
    if (this.#writing !== undefined || this.#directory.isAway) return
    this.#round(performance.now() >= this.#nextRoundAtMs, answered)
  }

  /** Writes what can be written now, marks included; resolves when it is written or has failed. */
  async flush(answered: Answered): Promise<void> {
    await this.written()
    if (!this.#directory.isAway) this.#round(true, answered)
    await this.written()
  }

  /** Resolves when no write is under way. */
  async written(): Promise<void> {
    await this.#writing
  }

  #round(isDue: boolean, answered: Answered): void {
    const parts: Part[] = []
    let rows = 0
    const partitions = [...this.#loop.partitions]
    for (let i = 0; i < partitions.length && rows < ROWS_MAX; i++) {
      const partition = partitions[(this.#first + i) % partitions.length] as Partition
      const { unsaved, unsettled } = partition
      // While a commit is in flight, memory is ahead of what was decided.
      if (unsettled > 0 || unsaved.size === 0 || !(isDue || unsaved.hasUrgent)) continue
      const users = [...unsaved.users].slice(0, ROWS_MAX - rows)
      const { copies, done } = unsaved.takeCopies(!isDue, ROWS_MAX - rows)
      for (const copy of copies) rows += 1 + copy.members.length
      rows += users.length
      parts.push({ partition, position: partition.position, users, copies, done })
    }
    if (rows === 0) return
    // The others first, the next time.
    this.#first = (this.#first + parts.length) % partitions.length
    const pauseMsMin = rows < ROWS_MAX ? ROUND_MS : 0
    this.#writing = answered()
      .then(() => this.#write(parts, isDue ? pauseMsMin : undefined))
      .catch((error: unknown) => this.#log.error({ err: error }, 'directory.copy-failed'))
      .finally(() => {
        this.#writing = undefined
      })
  }

  /** @param pauseMsMin undefined: the next round is due when it was */
  async #write(parts: readonly Part[], pauseMsMin: number | undefined): Promise<void> {
    const current = parts.filter(({ partition }) => this.#loop.holds(partition))
    const startedAtMs = performance.now()
    const copies = current.flatMap((part) => part.copies)
    const reached = current.map(({ partition, position }) => ({ partition: partition.number, position }))
    const later = new Set<string>()
    const users = current.flatMap((part) => part.users)
    const isWritten =
      (await this.#isCompared(current)) && (await this.#tryWrite(users, copies, reached, later))
    for (const { partition, users: written, copies: own, done } of current) {
      done(isWritten)
      for (const { chat } of own) if (later.has(chatKey(chat))) this.#isOlder(partition, chat)
      if (isWritten) partition.unsaved.savedUsers(written)
    }
    if (isWritten) this.#metrics.copied(copies.length)
    const tookMs = performance.now() - startedAtMs
    if (pauseMsMin !== undefined)
      this.#nextRoundAtMs = performance.now() + Math.max(pauseMsMin, PAUSE_FACTOR * tookMs)
  }

  /**
   * A write says how far a partition has come. Whether its mailboxes are older than the directory must be known before:
   * behind it, what this worker has written would look like what an earlier life has.
   *
   * @returns false if the directory is away
   */
  async #isCompared(parts: readonly Part[]): Promise<boolean> {
    const unknown = parts.filter(({ partition }) => partition.isOlder === undefined)
    if (unknown.length === 0) return true
    try {
      const reached = await this.#directory.reached(unknown.map(({ partition }) => partition.number))
      for (const { partition } of unknown) {
        const isOlder = (reached.get(partition.number) ?? 0) > partition.takenAt
        partition.found(isOlder)
        if (isOlder) this.#log.warn({ partition: partition.number }, 'partition.older-than-directory')
      }
      return true
    } catch {
      return false // the directory logs and counts its own failures
    }
  }

  /** The directory knows what came later in the chat: the mailboxes are older, or the partition is another's by now. */
  #isOlder(partition: Partition, chat: Uint8Array): void {
    if (!this.#loop.holds(partition)) return
    this.#log.warn({ partition: partition.number, chatId: chatIdOf(chat) }, 'directory.knows-more')
    partition.copyRefused(chat)
  }

  /**
   * @param later gets the keys of chats of which the directory has a later copy
   * @returns false if the directory is away
   */
  async #tryWrite(
    users: string[],
    copies: ChatCopy[],
    reached: readonly PartitionReached[],
    later: Set<string>,
  ): Promise<boolean> {
    try {
      if (users.length > 0) await this.#directory.insertUsers(users)
      if (copies.length === 0) return true
      for (const chat of await this.#directory.saveChats(copies, reached)) later.add(chatKey(chat))
      return true
    } catch (error) {
      if (isRetryable(error)) return false
      if (copies.length > 1) return this.#writeSingly(copies, reached, later)
      // It would fail again: better one chat without copy than none with one.
      this.#log.error({ err: error }, 'directory.copy-refused')
      return true
    }
  }

  async #writeSingly(
    copies: readonly ChatCopy[],
    reached: readonly PartitionReached[],
    later: Set<string>,
  ): Promise<boolean> {
    for (const copy of copies) if (!(await this.#tryWrite([], [copy], reached, later))) return false
    return true
  }
}

function isRetryable(error: unknown): boolean {
  return error instanceof OperationalError && error.retryable
}
