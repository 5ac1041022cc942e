import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import type { PGlite } from '@electric-sql/pglite'
import type { FlushingFiles } from './flushing-files.ts'
import { messagesOf } from './messages.ts'

/** PostgreSQL has a process of its own for checkpoints, and PGlite has none: without one the log grows for ever. */
const LOG_BYTES_MAX = 16 * 1024 * 1024
const CHECKPOINT = query('checkpoint')
const CHECKPOINTED = Buffer.from('CHECKPOINT\0')

/**
 * Undoes whatever a client left behind, wherever it was cut off. The first `rollback` is for what would be committed by
 * Sync: statements whose client died before it said so. After a mistake everything up to Sync is skipped: hence a second.
 */
const RESET = Buffer.concat([
  query('rollback'),
  Buffer.from('S\0\0\0\x04'),
  query('rollback'),
  query('discard all'),
])
const DISCARDED = Buffer.from('DISCARD ALL\0')
/** ReadyForQuery, outside of a transaction. */
const IDLE = Buffer.from('Z\0\0\0\x05I')

/**
 * PGlite's socket. PGlite has one session, and whatever state a client leaves it in belongs to nobody: so clients have
 * it one after another.
 *
 * | state of a connection | what it does | left by |
 * | --- | --- | --- |
 * | waiting | nothing is read from it | the connection before it is done |
 * | served | its messages reach PGlite, and the answers it; no message does before the last answer was taken | its end, or what is not a message |
 * | done | the session is put in order for the next | |
 *
 * A mistake in SQL is an answer. What PGlite throws is its end: nobody catches it, which ends the thread.
 */
export class EmbeddedSessions {
  readonly #db: PGlite
  readonly #files: FlushingFiles
  readonly #server = createServer((socket) => this.#accept(socket))
  readonly #sockets = new Set<Socket>()
  /** Settles when the session is free for who comes next. */
  #free: Promise<void> = Promise.resolve()

  constructor(db: PGlite, files: FlushingFiles) {
    this.#db = db
    this.#files = files
  }

  async listen(path: string): Promise<void> {
    this.#server.listen(path)
    await once(this.#server, 'listening')
  }

  /** Closes all connections. Then nobody uses PGlite any more. */
  async stop(): Promise<void> {
    this.#server.close()
    for (const socket of this.#sockets) socket.destroy()
    await this.#free
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket)
    socket.once('close', () => this.#sockets.delete(socket))
    // Who reads or writes finds out too.
    socket.on('error', () => undefined)
    this.#free = this.#free.then(() => this.#serve(socket))
  }

  async #serve(socket: Socket): Promise<void> {
    if (socket.destroyed) return
    for await (const messages of messagesOf(socket)) {
      const answer = await this.#ask(messages)
      if (answer.length > 0 && !(await isTaken(socket, answer))) break
      if (this.#files.logBytes > LOG_BYTES_MAX && isIdle(answer)) await this.#checkpoint()
    }
    socket.destroySoon()
    const answer = await this.#ask(RESET)
    if (!answer.includes(DISCARDED) || !isIdle(answer))
      throw new Error('the session of the embedded database cannot be put in order')
  }

  async #checkpoint(): Promise<void> {
    const answer = await this.#ask(CHECKPOINT)
    if (!answer.includes(CHECKPOINTED)) throw new Error('the embedded database makes no checkpoint')
    this.#files.logBytes = 0
  }

  async #ask(messages: Uint8Array): Promise<Buffer> {
    const parts: Buffer[] = []
    // A view of PGlite's memory: it changes.
    await this.#db.execProtocolRawStream(messages, { onRawData: (bytes) => parts.push(Buffer.from(bytes)) })
    return Buffer.concat(parts)
  }
}

/** Whether the answer is whole and leaves no transaction open. */
function isIdle(answer: Buffer): boolean {
  return answer.subarray(-IDLE.length).equals(IDLE)
}

/** @returns whether it was, as soon as that is known */
function isTaken(socket: Socket, answer: Buffer): Promise<boolean> {
  return new Promise((resolve) => socket.write(answer, (error) => resolve(error == null)))
}

function query(sql: string): Buffer {
  const header = Buffer.from('Q\0\0\0\0')
  header.writeUInt32BE(4 + sql.length + 1, 1)
  return Buffer.concat([header, Buffer.from(`${sql}\0`)])
}
