import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Worker } from 'node:worker_threads'
import { lockDataDirectory, type DirectoryLock } from '../../kit/directory-lock.ts'
import type { Log } from '../../kit/log.ts'
import { OperationalError } from '../../kit/operational-error.ts'
import { Backoff } from '../../kit/backoff.ts'
import { newBeats, watch } from '../../kit/heartbeat.ts'
import { threadEntry } from '../../kit/thread-entry.ts'

export interface EmbeddedData {
  readonly dir: string
  readonly socketPath: string
  /** See heartbeat.ts. */
  readonly beats: SharedArrayBuffer
}

export interface EmbeddedPatience {
  /** A thread that does not get its turn for so long is ended and started anew: PGlite blocks it during a query. */
  readonly hangMsMax: number
  /** One that does not answer for so long after its start, too. */
  readonly openMsMax: number
}

/** The first start makes the database, which takes half a minute on a slow machine. */
const PATIENCE: EmbeddedPatience = { hangMsMax: 20_000, openMsMax: 120_000 }
/** PostgreSQL's own name for its socket in a directory: what clients look for. */
const SOCKET_NAME = '.s.PGSQL.5432'
/** What fits into a socket's address. */
const SOCKET_PATH_BYTES_MAX = 103

/**
 * The embedded database: PGlite in a thread of its own, behind a socket that only this user can reach. It has one
 * session, survives kill -9, and does not flush for power cuts. PGlite does not lock its directory: this does.
 *
 * | state | what it does | left by |
 * | --- | --- | --- |
 * | opening | a thread opens the directory | its message, or its end, also at the deadline |
 * | open | answers on its socket | `close`, or its thread's end, also when that hangs |
 * | waiting | nobody answers | its timer: opening |
 * | closed | nothing | |
 */
export class EmbeddedDatabase {
  readonly #dir: string
  readonly #lock: DirectoryLock
  readonly #socketDir: string
  readonly #patience: EmbeddedPatience
  readonly #log: Log
  readonly #backoff = new Backoff(500, 10_000)
  #thread: Worker | undefined
  #retry: NodeJS.Timeout | undefined
  #isClosed = false

  private constructor(
    dir: string,
    lock: DirectoryLock,
    socketDir: string,
    patience: EmbeddedPatience,
    log: Log,
  ) {
    this.#dir = dir
    this.#lock = lock
    this.#socketDir = socketDir
    this.#patience = patience
    this.#log = log
  }

  /**
   * @param dir made if it is not there; the first start takes some seconds
   * @throws OperationalError `directory-failed` if it cannot be opened; `data-directory-in-use`
   */
  static async start(
    dir: string,
    log: Log,
    patience: Partial<EmbeddedPatience> = {},
  ): Promise<EmbeddedDatabase> {
    let lock: DirectoryLock | undefined
    let socketDir: string | undefined
    try {
      mkdirSync(dir, { recursive: true, mode: 0o700 })
      lock = await lockDataDirectory(dir)
      socketDir = makeSocketDir(dir)
      const database = new EmbeddedDatabase(dir, lock, socketDir, { ...PATIENCE, ...patience }, log)
      await database.#open()
      return database
    } catch (cause) {
      if (socketDir !== undefined) rmSync(socketDir, { recursive: true, force: true })
      await lock?.release()
      if (cause instanceof OperationalError) throw cause
      throw new OperationalError('directory-failed', `Cannot open the embedded database in ${dir}.`, {
        retryable: false,
        cause,
      })
    }
  }

  /** For database.ts, with one connection. */
  get url(): string {
    return `postgresql:///postgres?host=${encodeURIComponent(this.#socketDir)}&user=postgres`
  }

  /** Closes the database properly, or ends its thread after `timeoutMs`. */
  async close(timeoutMs: number): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#retry)
    const thread = this.#thread
    if (thread !== undefined) {
      const ended = new Promise<void>((resolve) => thread.once('exit', () => resolve()))
      thread.postMessage('close')
      const deadline = setTimeout(() => void thread.terminate(), timeoutMs)
      await ended
      clearTimeout(deadline)
    }
    rmSync(this.#socketDir, { recursive: true, force: true })
    await this.#lock.release()
  }

  /** Starts a thread; resolves when it listens. */
  async #open(): Promise<void> {
    const socketPath = join(this.#socketDir, SOCKET_NAME)
    rmSync(socketPath, { force: true })
    const data: EmbeddedData = { dir: this.#dir, socketPath, beats: newBeats() }
    const thread = new Worker(threadEntry('embedded-thread', import.meta.url), { workerData: data })
    this.#thread = thread
    let failure: unknown
    const end = (why: string): void => {
      failure = new Error(why)
      void thread.terminate()
    }
    thread.on('error', (error) => (failure = error))
    const deadline = setTimeout(() => end('its thread does not open it'), this.#patience.openMsMax)
    await new Promise<void>((resolve, reject) => {
      thread.once('message', () => resolve())
      thread.once('exit', (code) => reject(failure ?? new Error(`its thread ended with ${code}`)))
    }).finally(() => clearTimeout(deadline))
    const unwatch = watch(data.beats, this.#patience.hangMsMax, () => end('its thread hangs'))
    thread.once('exit', () => {
      unwatch()
      this.#ended(failure)
    })
  }

  #ended(reason: unknown): void {
    this.#thread = undefined
    if (this.#isClosed) return
    const waitMs = this.#backoff.next()
    this.#log.error({ err: reason, waitMs }, 'directory.embedded-ended')
    this.#retry = setTimeout(() => {
      this.#open().then(
        () => this.#backoff.reset(),
        (error: unknown) => this.#ended(error),
      )
    }, waitMs)
  }
}

/** Beside the database, so that one that was killed leaves nothing elsewhere; if the path is too long, in the system's. */
function makeSocketDir(dir: string): string {
  const beside = `${resolve(dir)}.socket`
  if (Buffer.byteLength(join(beside, SOCKET_NAME)) > SOCKET_PATH_BYTES_MAX)
    return mkdtempSync(join(tmpdir(), 'restante-directory-'))
  mkdirSync(beside, { recursive: true, mode: 0o700 })
  return beside
}
