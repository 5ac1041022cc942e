import type { Kysely } from 'kysely'
import type { Log } from '../../kit/log.ts'
import { OperationalError } from '../../kit/operational-error.ts'
import { Backoff } from '../../kit/backoff.ts'
import { SampledLog } from '../../kit/sampled-log.ts'
import type { WorkerMetrics } from '../metrics.ts'
import type { Alike, ChatCopy, ChatRow, Directory, PageAsk, PartitionReached } from './directory.ts'
import { failureOf } from './failures.ts'
import { migrate } from './migrate.ts'
import { findUsers } from './queries/find-users.ts'
import { insertUsers } from './queries/insert-users.ts'
import { selectBegun } from './queries/select-begun.ts'
import { selectChatCopies } from './queries/select-chat-copies.ts'
import { selectChatPages } from './queries/select-chat-pages.ts'
import { selectReached } from './queries/select-reached.ts'
import { upsertChats } from './queries/upsert-chats.ts'
import type { Schema } from './schema.ts'

/** Chats wait for facts: a directory that takes longer counts as away. Well below the brokers' patience of 5 s. */
const FACT_DEADLINE_MS = 2_000
const CONFLICT_ATTEMPTS_MAX = 5

/**
 * The directory in PostgreSQL.
 *
 * | state | what it does | left by |
 * | --- | --- | --- |
 * | away | refuses at once; connects and migrates with growing delays | success |
 * | here | asks the database | a connection lost, a deadline missed, a password or a table gone |
 * | closed | refuses | |
 */
export class PgDirectory implements Directory {
  readonly #db: Kysely<Schema>
  readonly #metrics: WorkerMetrics
  readonly #log: Log
  readonly #backoff = new Backoff(100, 5_000)
  readonly #warnings: SampledLog
  #state: 'away' | 'here' | 'closed' = 'away'
  #retry: NodeJS.Timeout | undefined

  /** @param db closed with the directory */
  constructor(db: Kysely<Schema>, metrics: WorkerMetrics, log: Log) {
    this.#db = db
    this.#metrics = metrics
    this.#log = log
    this.#warnings = new SampledLog(log)
    metrics.directoryAway.set(1)
  }

  get isAway(): boolean {
    return this.#state !== 'here'
  }

  /** Connects and migrates, again and again until it succeeds or `close`. Resolves after the first attempt. */
  start(): Promise<void> {
    return this.#connect()
  }

  async close(): Promise<void> {
    this.#state = 'closed'
    clearTimeout(this.#retry)
    await this.#db.destroy()
  }

  async existing(users: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set(await this.#soon(() => findUsers(this.#db, users)))
  }

  async insertUsers(users: readonly string[]): Promise<Alike> {
    const alike = new Map<string, string[]>()
    for (const { user, other } of await this.#soon(() => insertUsers(this.#db, users))) {
      const others = alike.get(user)
      if (others === undefined) alike.set(user, [other])
      else others.push(other)
    }
    for (const [userId, others] of alike)
      this.#warnings.write(this.#log, 'warn', { userId, others }, 'user.differs-in-case-only')
    return alike
  }

  chatPages(asks: readonly PageAsk[]): Promise<ChatRow[][]> {
    return this.#soon(() => selectChatPages(this.#db, asks))
  }

  saveChats(
    copies: readonly ChatCopy[],
    reached: readonly PartitionReached[],
  ): Promise<readonly Uint8Array[]> {
    return this.#ask(() => upsertChats(this.#db, copies, reached))
  }

  begun(
    users: readonly string[],
    without: readonly Uint8Array[],
    max: number,
  ): Promise<ReadonlyMap<string, number>> {
    return this.#soon(() => selectBegun(this.#db, users, without, max))
  }

  reached(partitions: readonly number[]): Promise<ReadonlyMap<number, number>> {
    return this.#soon(() => selectReached(this.#db, partitions))
  }

  chatCopies(
    chats: readonly Uint8Array[],
    membersMax: number,
  ): Promise<{ copies: ChatCopy[]; omitted: Uint8Array[] }> {
    return this.#soon(() => selectChatCopies(this.#db, chats, membersMax))
  }

  async #connect(): Promise<void> {
    try {
      const applied = await migrate(this.#db)
      if (this.#state === 'closed') return
      this.#state = 'here'
      this.#backoff.reset()
      this.#metrics.directoryAway.set(0)
      this.#log.info({ applied }, 'directory.here')
    } catch (error) {
      this.#reconnectLater(error)
    }
  }

  #reconnectLater(error: unknown): void {
    if (this.#state === 'closed') return
    const waitMs = this.#backoff.next()
    this.#log.warn({ err: error, waitMs }, 'directory.away')
    this.#retry = setTimeout(() => void this.#connect(), waitMs)
  }

  /** For facts, which chats wait for. */
  #soon<Answer>(query: () => Promise<Answer>): Promise<Answer> {
    return this.#ask(() => {
      let deadline: NodeJS.Timeout | undefined
      const late = new Promise<never>((_, reject) => {
        deadline = setTimeout(() => reject(new Error('the directory took too long')), FACT_DEADLINE_MS)
      })
      return Promise.race([query(), late]).finally(() => clearTimeout(deadline))
    })
  }

  async #ask<Answer>(query: () => Promise<Answer>): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      if (this.#state !== 'here') throw unavailable()
      try {
        return await query()
      } catch (error) {
        const failure = failureOf(error)
        if (failure === 'conflict' && attempt < CONFLICT_ATTEMPTS_MAX) continue
        this.#metrics.directoryFailed()
        if (failure === 'refused')
          throw new OperationalError('directory-refused', 'The directory refused a statement.', {
            retryable: false,
            cause: error,
          })
        this.#lost(error)
        throw unavailable(error)
      }
    }
  }

  #lost(error: unknown): void {
    if (this.#state !== 'here') return
    this.#state = 'away'
    this.#metrics.directoryAway.set(1)
    this.#reconnectLater(error)
  }
}

function unavailable(cause?: unknown): OperationalError {
  return new OperationalError('directory-unavailable', 'The directory does not answer.', {
    retryable: true,
    cause,
  })
}
