import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { OperationalError } from '../../kit/operational-error.ts'
import { threadEntry } from '../thread-entry.ts'

export interface EmbeddedData {
  readonly dir: string
  readonly socketPath: string
}

/** PostgreSQL's own name for its socket in a directory: what clients look for. */
const SOCKET_NAME = '.s.PGSQL.5432'

/**
 * The embedded database: PGlite in a thread of its own, behind a socket that only this user can reach. It has one
 * session, survives kill -9, and does not flush for power cuts. It does not lock its directory: the caller does.
 */
export class EmbeddedDatabase {
  readonly #thread: Worker
  readonly #socketDir: string

  private constructor(thread: Worker, socketDir: string) {
    this.#thread = thread
    this.#socketDir = socketDir
  }

  /**
   * @param dir made if it is not there; the first start takes some seconds
   * @throws OperationalError `directory-failed` if it cannot be opened
   */
  static async start(dir: string): Promise<EmbeddedDatabase> {
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    const socketDir = mkdtempSync(join(tmpdir(), 'restante-directory-'))
    const data: EmbeddedData = { dir, socketPath: join(socketDir, SOCKET_NAME) }
    const thread = new Worker(threadEntry('embedded-thread', import.meta.url), { workerData: data })
    try {
      await new Promise<void>((resolve, reject) => {
        thread.once('message', resolve)
        thread.once('error', reject)
        thread.once('exit', (code) => reject(new Error(`its thread ended with ${code}`)))
      })
    } catch (cause) {
      rmSync(socketDir, { recursive: true, force: true })
      throw new OperationalError('directory-failed', `Cannot open the embedded database in ${dir}.`, {
        retryable: false,
        cause,
      })
    }
    thread.removeAllListeners('exit')
    return new EmbeddedDatabase(thread, socketDir)
  }

  /** For database.ts, with one connection. */
  get url(): string {
    return `postgresql:///postgres?host=${encodeURIComponent(this.#socketDir)}&user=postgres`
  }

  /** Calls back if the database ends by itself. */
  onFailure(callback: (error: Error) => void): void {
    this.#thread.once('error', callback)
  }

  /** Closes the database properly, or ends its thread after `timeoutMs`. */
  async close(timeoutMs: number): Promise<void> {
    const ended = new Promise<void>((resolve) => this.#thread.once('exit', () => resolve()))
    this.#thread.postMessage('close')
    const deadline = setTimeout(() => void this.#thread.terminate(), timeoutMs)
    await ended
    clearTimeout(deadline)
    rmSync(this.#socketDir, { recursive: true, force: true })
  }
}
