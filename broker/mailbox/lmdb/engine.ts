import { AssertionFailure } from '../../../kit/assert.ts'
import { TrustedClock, type TimeSource } from '../../../kit/clock.ts'
import { OperationalError } from '../../../kit/operational-error.ts'
import type { Advance, MailboxLimits } from '../store.ts'
import { Attachments } from './attachments.ts'
import type { Disk } from './journal/disk.ts'
import { corrupt } from './journal/format.ts'
import { JournalFiles, type JournalSizes } from './journal/journal-files.ts'
import { Journal } from './journal/journal.ts'
import type { Mailbox } from './mailbox.ts'
import type { Parts } from './parts.ts'
import { carryOut, clockNote, clockNoted, settledUpTo, type Tables } from './tables.ts'
import { Transactions } from './journal/transactions.ts'
import { WorkingSet } from './working-set.ts'

/** An acknowledgement that no other transaction takes along waits at most this long. */
const ACKNOWLEDGE_DELAY_MS = 100
/** After a failure the disk is tried again no more often than this. */
const RETRY_DELAY_MS = 200
/** How far the clock has come is noted so often: a start goes on from there. */
const CLOCK_NOTED_MS = 60_000

const SETTLED_AT_ONCE = 256
const DOUBLINGS_MAX = 10
const SETTLED_AT_START = 10_000
// MDB_CORRUPTED, MDB_VERSION_MISMATCH, MDB_INVALID
const LMDB_DAMAGE = new Set<unknown>([-30796, -30794, -30793])

export interface EngineOptions extends JournalSizes {
  readonly directory: string
  readonly limits: MailboxLimits
  /** Mailboxes kept in memory beyond those that are not settled. */
  readonly mailboxesCachedMax: number
  readonly time: TimeSource
  readonly disk: Disk
}

/** What is open of a directory, and what is in memory of it. */
interface Opened {
  readonly tables: Tables
  readonly files: JournalFiles
  readonly parts: Parts
}

/**
 * Carries acts out in transactions: an act changes memory and the journal at once; the journal's record makes the
 * change durable; later, many changes together, it is settled in the tables.
 *
 * `open` → `failed` when a transaction did not come through: what is in memory is forgotten, waiting acts throw.
 * `failed` → `open` when an act comes, the directory opens and all that the journal holds is settled.
 * Either → `closed`.
 */
export class Engine {
  #state: 'open' | 'failed' | 'closed' = 'open'
  readonly #options: EngineOptions
  readonly #attachments: Attachments
  readonly #transactions: Transactions
  readonly #acknowledged = new Set<Mailbox>()
  #opened: Opened
  #timer: NodeJS.Timeout | undefined
  #recovery: Promise<void> | undefined
  #failure: unknown
  /** By the monotonic clock. */
  #failedAtMs = 0
  #clockNotedAtMs: number

  /** @throws OperationalError data-directory-newer, data-directory-corrupt, store-unavailable */
  static async open(options: EngineOptions): Promise<Engine> {
    options.disk.checkFormat(options.directory)
    const attachments = new Attachments()
    return new Engine(options, attachments, await openDirectory(options, attachments))
  }

  private constructor(options: EngineOptions, attachments: Attachments, opened: Opened) {
    this.#options = options
    this.#attachments = attachments
    this.#opened = opened
    this.#clockNotedAtMs = options.time.uptime()
    this.#transactions = new Transactions({
      prepare: () => this.#prepare(),
      commit: () => this.#commit(),
      settle: () => this.#settle(),
      failed: (error) => this.#failed(error),
    })
  }

  /** Runs when memory and disk agree, and resolves at once. */
  read<Result>(act: (parts: Parts, tables: Tables) => Result): Promise<Result> {
    return this.#whenOpen(() => this.#transactions.read(() => act(this.#opened.parts, this.#opened.tables)))
  }

  /** Runs when memory and disk agree, and resolves when what it has changed is durable. */
  write<Result>(act: (parts: Parts, tables: Tables) => Result): Promise<Result> {
    return this.#whenOpen(() => this.#transactions.write(() => act(this.#opened.parts, this.#opened.tables)))
  }

  /**
   * Notes what readers have acknowledged, for the next transaction.
   * @returns per item false if the reader has a newer owner or is gone
   */
  acknowledge(items: readonly Advance[]): boolean[] {
    if (this.#state !== 'open') throw unavailable()
    const results = items.map(({ mailbox: id, reader: name, epoch, position }) => {
      const mailbox = this.#opened.parts.working.mailbox(id)
      const reader = mailbox.readers.get(name)
      if (reader === undefined || reader.epoch > epoch) return false
      const known = mailbox.acknowledged.get(name) ?? reader.cursor
      if (position > known) {
        mailbox.acknowledged.set(name, position)
        this.#acknowledged.add(mailbox)
      }
      return true
    })
    if (this.#acknowledged.size > 0) this.#timer ??= setTimeout(() => this.#flush(), ACKNOWLEDGE_DELAY_MS)
    return results
  }

  async close(): Promise<void> {
    if (this.#state === 'closed') return
    clearTimeout(this.#timer)
    if (this.#state === 'open') await this.write(() => undefined).catch(() => undefined)
    this.#state = 'closed'
    await this.#recovery?.catch(() => undefined)
    await this.#transactions.settled()
    await closeDirectory(this.#opened)
  }

  #flush(): void {
    this.#timer = undefined
    if (this.#acknowledged.size > 0) this.write(() => undefined).catch(() => undefined)
  }

  #prepare(): void {
    const { journal, working } = this.#opened.parts
    for (const mailbox of this.#acknowledged) {
      for (const [reader, position] of mailbox.acknowledged) {
        journal.advance(mailbox, reader, Math.min(position, mailbox.head))
      }
      mailbox.acknowledged.clear()
    }
    this.#acknowledged.clear()
    working.evict()
  }

  #commit(): Promise<void> | undefined {
    const { parts, files } = this.#opened
    if (!parts.journal.hasChanges) return undefined
    return files.write(parts.journal.seal(), parts.working.transaction++)
  }

  #settle(): Promise<unknown> | undefined {
    const { parts, files } = this.#opened
    const upTo = files.settleUpTo
    const uptimeMs = parts.uptime()
    const isClockDue = uptimeMs - this.#clockNotedAtMs >= CLOCK_NOTED_MS
    if (upTo === 0 && !parts.working.hasDueRemoved && !isClockDue) return undefined
    this.#clockNotedAtMs = uptimeMs
    // Everybody waits for this: little at a time, but twice as much for every file that the journal is too long.
    const thingsMax = SETTLED_AT_ONCE * 2 ** Math.min(files.segmentsBeyond, DOUBLINGS_MAX)
    return settle(this.#opened, upTo, thingsMax)
  }

  /** @returns what acts are rejected with */
  #failed(error: unknown): unknown {
    if (this.#state === 'open') this.#state = 'failed'
    this.#failedAtMs = this.#options.time.uptime()
    this.#acknowledged.clear()
    this.#failure = isOurs(error) ? error : unavailable(error)
    return this.#failure
  }

  #whenOpen<Result>(act: () => Promise<Result>): Promise<Result> {
    if (this.#state === 'open') return act()
    return this.#recover().then(act)
  }

  #recover(): Promise<void> {
    if (this.#state === 'closed') return Promise.reject(unavailable())
    if (this.#options.time.uptime() < this.#failedAtMs + RETRY_DELAY_MS) return Promise.reject(this.#failure)
    this.#recovery ??= this.#reopen().finally(() => {
      this.#recovery = undefined
    })
    return this.#recovery
  }

  /** From the beginning, as after a crash: lmdb, for one, may refuse all writes after a failed one. */
  async #reopen(): Promise<void> {
    try {
      await closeDirectory(this.#opened)
      this.#opened = await openDirectory(this.#options, this.#attachments, this.#opened.parts.clock)
    } catch (error) {
      throw this.#failed(error)
    }
    if (this.#state === 'closed') throw unavailable()
    this.#state = 'open'
    this.#transactions.restart()
  }
}

/**
 * Opens a directory and settles what an earlier life has left in its journal.
 * @param running the clock of this life, if it is not its first opening
 */
async function openDirectory(
  options: EngineOptions,
  attachments: Attachments,
  running?: TrustedClock,
): Promise<Opened> {
  const { directory, limits, time, disk } = options
  let opened: Opened | undefined
  try {
    const tables = disk.openTables(directory)
    const working = new WorkingSet(tables, options.mailboxesCachedMax)
    const journal = new Journal(working)
    const files = new JournalFiles(directory, options, disk)
    const clock = running ?? new TrustedClock(time, clockNoted(tables))
    const parts = { working, journal, attachments, limits, clock, uptime: time.uptime }
    opened = { tables, files, parts }
    let last = settledUpTo(tables)
    for (const record of files.records(last)) {
      journal.replay(record)
      last = record.transaction
    }
    // One number is left out: a record that was broken when it was read here can never come back for another.
    working.transaction = last + 2
    while ((await settle(opened, last + 1, SETTLED_AT_START)) <= last);
    await files.reset()
    disk.syncDirectory(directory)
    return opened
  } catch (error) {
    if (opened !== undefined) await closeDirectory(opened)
    throw isDamage(error) ? corrupt(directory, (error as Error).message, error) : unavailable(error)
  }
}

/** What is there is not what was written: a journal that cannot be read, tables of which lmdb says so. */
function isDamage(error: unknown): boolean {
  return error instanceof RangeError || LMDB_DAMAGE.has((error as { code?: unknown }).code)
}

async function closeDirectory({ tables, files }: Opened): Promise<void> {
  await files.close()
  await tables.root.close()
}

/** @returns the transaction up to which everything is settled now */
async function settle({ tables, files, parts }: Opened, upTo: number, thingsMax: number): Promise<number> {
  const settled = parts.working.settle(upTo, thingsMax)
  await carryOut(tables, [...settled.writes, clockNote(tables, parts.clock.now())])
  files.release(settled.settledUpTo)
  return settled.settledUpTo
}

/** Errors that say already what a caller needs. */
function isOurs(error: unknown): boolean {
  return error instanceof AssertionFailure || error instanceof OperationalError
}

function unavailable(cause?: unknown): OperationalError {
  const why = cause instanceof Error ? `: ${cause.message}` : ''
  return new OperationalError('store-unavailable', `the mailbox store does not take writes${why}`, {
    retryable: true,
    cause,
  })
}
