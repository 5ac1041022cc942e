import { OperationalError } from '../../../kit/operational-error.ts'
import type { Advance, MailboxLimits } from '../store.ts'
import { Attachments } from './attachments.ts'
import { checkFormat, corrupt, syncDirectory } from './format.ts'
import { Journal } from './journal.ts'
import type { Mailbox } from './mailbox.ts'
import type { Parts } from './parts.ts'
import { openTables, transactionOfKey, type Tables, type Write } from './tables.ts'
import { Transactions } from './transactions.ts'
import { WorkingSet, type WorkingSetSizes } from './working-set.ts'

/** An acknowledgement that no other transaction takes along waits at most this long. */
const ACKNOWLEDGE_DELAY_MS = 100
/** After a failure the disk is tried again no more often than this. */
const RETRY_DELAY_MS = 200
const PROBE_KEY = Buffer.from('probe')
const PROBE_BYTES = 64 * 1024

export interface EngineOptions extends WorkingSetSizes {
  readonly directory: string
  readonly limits: MailboxLimits
  /** Unix ms. */
  readonly clock: () => number
}

/**
 * Carries acts out in transactions.
 *
 * `open` → `failed` when a transaction did not come through: what is in memory is forgotten, waiting acts throw.
 * `failed` → `open` when an act or a check comes, the directory opens, and a trial write is durable.
 * Either → `closed`.
 */
export class Engine {
  #state: 'open' | 'failed' | 'closed' = 'open'
  readonly #options: EngineOptions
  readonly #attachments = new Attachments()
  readonly #transactions: Transactions
  readonly #acknowledged = new Set<Mailbox>()
  #tables: Tables
  #parts: Parts
  #timer: NodeJS.Timeout | undefined
  #recovery: Promise<void> | undefined
  #failure: unknown
  #failedAtMs = 0

  /** @throws OperationalError data-directory-newer, data-directory-corrupt */
  constructor(options: EngineOptions) {
    this.#options = options
    checkFormat(options.directory)
    this.#tables = this.#openTables()
    this.#parts = this.#replay()
    this.#transactions = new Transactions({
      prepare: () => this.#prepare(),
      commit: () => this.#commit(),
      failed: (error) => this.#failed(error),
    })
    syncDirectory(options.directory)
  }

  /** Runs when memory and disk agree, and resolves at once. */
  read<Result>(act: (parts: Parts, tables: Tables) => Result): Promise<Result> {
    return this.#whenOpen(() => this.#transactions.read(() => act(this.#parts, this.#tables)))
  }

  /** Runs when memory and disk agree, and resolves when what it has changed is durable. */
  write<Result>(act: (parts: Parts, tables: Tables) => Result): Promise<Result> {
    return this.#whenOpen(() => this.#transactions.write(() => act(this.#parts, this.#tables)))
  }

  /**
   * Notes what readers have acknowledged, for the next transaction.
   * @returns per item false if the reader has a newer owner or is gone
   */
  acknowledge(items: readonly Advance[]): boolean[] {
    if (this.#state !== 'open') throw this.#unavailable()
    const results = items.map(({ mailbox: id, reader: name, epoch, position }) => {
      const mailbox = this.#parts.working.mailbox(id)
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
    await this.#tables.root.close()
  }

  #flush(): void {
    this.#timer = undefined
    if (this.#acknowledged.size > 0) this.write(() => undefined).catch(() => undefined)
  }

  #prepare(): void {
    const { journal, working } = this.#parts
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
    const { journal, working } = this.#parts
    if (!journal.hasChanges) return undefined
    const { record, writes } = journal.seal()
    working.compose(record, writes)
    return this.#carryOut(writes)
  }

  async #carryOut(writes: readonly Write[]): Promise<void> {
    try {
      await this.#tables.root.batch(() => {
        for (const { table, key, value } of writes) {
          if (value === undefined) void table.remove(key)
          else void table.put(key, value)
        }
      })
    } catch (error) {
      throw this.#unavailable(await causeOf(error))
    }
  }

  #failed(error: unknown): void {
    if (this.#state === 'open') this.#state = 'failed'
    this.#failure = error
    this.#failedAtMs = this.#options.clock()
    this.#acknowledged.clear()
  }

  #whenOpen<Result>(act: () => Promise<Result>): Promise<Result> {
    if (this.#state === 'open') return act()
    return this.#recover().then(act)
  }

  #recover(): Promise<void> {
    if (this.#state === 'closed' || this.#options.clock() < this.#failedAtMs + RETRY_DELAY_MS) {
      return Promise.reject(this.#unavailable(this.#failure))
    }
    this.#recovery ??= this.#reopen().finally(() => {
      this.#recovery = undefined
    })
    return this.#recovery
  }

  /** lmdb may refuse everything after a failed write of its meta page, until it is opened again. */
  async #reopen(): Promise<void> {
    try {
      await this.#tables.root.close()
      this.#tables = this.#openTables()
      this.#parts = this.#replay()
      await this.#tables.root.put(PROBE_KEY, Buffer.alloc(PROBE_BYTES))
      await this.#tables.root.remove(PROBE_KEY)
    } catch (error) {
      this.#failed(await causeOf(error))
      throw this.#unavailable(this.#failure)
    }
    if (this.#state === 'closed') throw this.#unavailable()
    this.#state = 'open'
    this.#transactions.restart()
  }

  #openTables(): Tables {
    try {
      return openTables(this.#options.directory)
    } catch (error) {
      throw corrupt(this.#options.directory, 'it does not open', error)
    }
  }

  /** Brings memory to where the last durable transaction left it. */
  #replay(): Parts {
    const tables = this.#tables
    const working = new WorkingSet(tables, this.#options)
    const journal = new Journal(working, tables)
    try {
      let pieces: Buffer[] = []
      let transaction = 0
      const replayOne = (): void => {
        if (pieces.length === 0) return
        const record = Buffer.concat(pieces)
        journal.replay(record, transaction)
        working.recorded({ transaction, bytes: record.length, pieces: pieces.length })
        pieces = []
      }
      for (const { key, value } of tables.journal.getRange({})) {
        if (transactionOfKey(key) !== transaction) replayOne()
        transaction = transactionOfKey(key)
        pieces.push(value)
      }
      replayOne()
    } catch (error) {
      throw corrupt(this.#options.directory, 'its journal cannot be read', error)
    }
    const { limits, clock } = this.#options
    return { working, journal, attachments: this.#attachments, limits, clock }
  }

  #unavailable(cause?: unknown): OperationalError {
    return new OperationalError('store-unavailable', 'the mailbox store does not take writes', {
      retryable: true,
      cause,
    })
  }
}

/** lmdb rejects with an error that says little and holds a promise of the one that says more. */
async function causeOf(error: unknown): Promise<unknown> {
  const detail = (error as { commitError?: Promise<unknown> } | undefined)?.commitError
  return detail === undefined
    ? error
    : detail.then(
        () => error,
        (cause: unknown) => cause,
      )
}
