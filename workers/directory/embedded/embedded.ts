import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Backoff } from '../../../kit/backoff.ts'
import { lockDataDirectory, type DirectoryLock } from '../../../kit/directory-lock.ts'
import type { Log } from '../../../kit/log.ts'
import { OperationalError } from '../../../kit/operational-error.ts'
import type { DatabaseSettings } from '../database.ts'
import { EmbeddedThread, type ThreadPatience } from './embedded-thread.ts'

export interface EmbeddedPatience extends ThreadPatience {
  /** After so long without a connection the thread ends: it has half of all the memory. */
  readonly idleMsMax: number
}

const PATIENCE: EmbeddedPatience = { hangMsMax: 20_000, openMsMax: 60_000, idleMsMax: 30_000 }
/** One that is served and those that wait; more are closed at once. */
const CONNECTIONS_MAX = 16
/** Between two attempts to hand a connection on. */
const RETRY_MS = 50
/** PostgreSQL's own name for its socket in a directory: what clients look for. */
const SOCKET_NAME = '.s.PGSQL.5432'
/** The thread's own, beside it. */
const THREAD_SOCKET_NAME = '.s.thread'
/** What fits into a socket's address. */
const SOCKET_PATH_BYTES_MAX = 103

/**
 * The embedded database: PGlite in a thread of its own, behind a socket that only this user can reach. It has one
 * session. The thread runs while somebody is connected, and a while longer; the socket is always there. PGlite does not
 * lock its directory: this does.
 *
 * | state | what it does | left by |
 * | --- | --- | --- |
 * | resting | no thread | a connection: opening |
 * | opening | a thread opens the directory; connections wait | its message: open; its end, also at the deadline: waiting |
 * | open | hands connections on to the thread | none for a while: closing; the thread's end, also when it hangs: resting, but the next opening waits |
 * | waiting | connections wait | its timer: opening |
 * | closing | the thread closes the database; connections wait | its end: resting |
 * | closed | nothing | |
 */
export class EmbeddedDatabase {
  readonly #dir: string
  readonly #lock: DirectoryLock
  readonly #socketDir: string
  readonly #patience: EmbeddedPatience
  readonly #log: Log
  readonly #server = createServer((socket) => void this.#accept(socket))
  readonly #sockets = new Set<Socket>()
  readonly #backoff = new Backoff(500, 10_000)
  readonly #closed = new AbortController()
  /** When the next opening may begin: the last thread's end, and a pause if that was a failure. */
  #free: Promise<unknown> = Promise.resolve()
  #opening: Promise<void> | undefined
  #thread: EmbeddedThread | undefined
  #idle: NodeJS.Timeout | undefined

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
    this.#server.maxConnections = CONNECTIONS_MAX
  }

  /**
   * Resolves when connections are taken. The database is opened for the first, or by `open`.
   *
   * @param dir made if it is not there, and the database in it
   * @throws OperationalError `directory-failed`; `data-directory-in-use`
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
      await database.#listen()
      return database
    } catch (cause) {
      if (socketDir !== undefined) rmSync(socketDir, { recursive: true, force: true })
      await lock?.release()
      throw cause instanceof OperationalError ? cause : openFailure(dir, cause)
    }
  }

  /** For database.ts. Whoever waits for the opening waits as long as it may take. */
  get settings(): DatabaseSettings {
    const url = `postgresql:///postgres?host=${encodeURIComponent(this.#socketDir)}&user=postgres`
    return { url, connectionsMax: 1, connectMsMax: this.#patience.openMsMax }
  }

  /**
   * Opens the database, if it is not open.
   * @throws OperationalError `directory-failed`; the next who connects makes it try again
   */
  async open(): Promise<void> {
    await this.#open().catch((cause: unknown) => Promise.reject(openFailure(this.#dir, cause)))
  }

  /**
   * Closes the database properly, or ends its thread after `timeoutMs`.
   * @returns whether it was closed properly
   */
  async close(timeoutMs: number): Promise<boolean> {
    this.#closed.abort()
    clearTimeout(this.#idle)
    this.#server.close()
    for (const socket of this.#sockets) socket.destroy()
    const isProper = (await this.#thread?.close(timeoutMs)) ?? true
    await this.#opening?.catch(() => undefined)
    rmSync(this.#socketDir, { recursive: true, force: true })
    await this.#lock.release()
    return isProper
  }

  async #listen(): Promise<void> {
    const path = join(this.#socketDir, SOCKET_NAME)
    rmSync(path, { force: true })
    this.#server.listen(path)
    await once(this.#server, 'listening')
  }

  async #accept(client: Socket): Promise<void> {
    this.#sockets.add(client)
    clearTimeout(this.#idle)
    // Who reads or writes finds out too.
    client.on('error', () => undefined)
    client.once('close', () => {
      this.#sockets.delete(client)
      this.#restLater()
    })
    while (!this.#closed.signal.aborted) {
      const thread = await this.#connect()
      if (client.destroyed) thread?.destroy()
      else if (thread !== undefined) passOn(client, thread)
      else continue
      return
    }
  }

  /** @returns a connection to the thread; undefined if there is no thread to be had now */
  async #connect(): Promise<Socket | undefined> {
    try {
      await this.#open()
      const thread = connect(this.#threadSocketPath)
      await once(thread, 'connect')
      return thread
    } catch {
      // A thread that has ended is heard of a moment later.
      await wait(RETRY_MS)
      return undefined
    }
  }

  /** One attempt, which all share who come meanwhile. */
  #open(): Promise<void> {
    return (this.#opening ??= this.#attempt())
  }

  async #attempt(): Promise<void> {
    try {
      await this.#free
      this.#closed.signal.throwIfAborted()
      rmSync(this.#threadSocketPath, { force: true })
      const place = { dir: this.#dir, socketPath: this.#threadSocketPath }
      this.#opened(await EmbeddedThread.open(place, this.#patience, this.#closed.signal))
    } catch (error) {
      this.#opening = undefined
      this.#pause(error)
      throw error
    }
  }

  #opened(thread: EmbeddedThread): void {
    const opening = this.#opening
    this.#backoff.reset()
    this.#thread = thread
    this.#free = thread.ended
    void thread.ended.then((reason) => {
      this.#thread = undefined
      if (this.#opening === opening) this.#opening = undefined
      if (reason !== undefined) this.#pause(reason)
    })
    this.#restLater()
  }

  /** The next opening waits. */
  #pause(reason: unknown): void {
    if (this.#closed.signal.aborted) return
    const waitMs = this.#backoff.next()
    this.#log.error({ err: reason, waitMs }, 'directory.embedded-ended')
    this.#free = wait(waitMs, undefined, { signal: this.#closed.signal }).catch(() => undefined)
  }

  #restLater(): void {
    clearTimeout(this.#idle)
    if (this.#sockets.size > 0 || this.#thread === undefined || this.#closed.signal.aborted) return
    this.#idle = setTimeout(() => this.#rest(), this.#patience.idleMsMax).unref()
  }

  #rest(): void {
    this.#opening = undefined
    void this.#thread?.close(this.#patience.hangMsMax)
  }

  get #threadSocketPath(): string {
    return join(this.#socketDir, THREAD_SOCKET_NAME)
  }
}

/** Each hears of the other's end; what the thread has answered arrives before. */
function passOn(client: Socket, thread: Socket): void {
  thread.on('error', () => undefined)
  thread.once('close', () => client.destroySoon())
  client.once('close', () => thread.destroy())
  client.pipe(thread).pipe(client)
}

function openFailure(dir: string, cause: unknown): OperationalError {
  return new OperationalError('directory-failed', `Cannot open the embedded database in ${dir}.`, {
    retryable: false,
    cause,
  })
}

/** Beside the database, so that one that was killed leaves nothing elsewhere; if the path is too long, in the system's. */
function makeSocketDir(dir: string): string {
  const beside = `${resolve(dir)}.socket`
  if (Buffer.byteLength(join(beside, SOCKET_NAME)) > SOCKET_PATH_BYTES_MAX)
    return mkdtempSync(join(tmpdir(), 'restante-directory-'))
  mkdirSync(beside, { recursive: true, mode: 0o700 })
  return beside
}
