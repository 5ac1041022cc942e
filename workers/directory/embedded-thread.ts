import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'
import { beat } from '../heartbeat.ts'
import type { EmbeddedData } from './embedded.ts'

// PGlite blocks its thread while it works: this is the thread.
const { dir, socketPath, beats } = workerData as EmbeddedData

/** A connection that ends is followed by the next before its socket is gone. */
const CONNECTIONS_MAX = 16

/** A mistake in SQL is an answer. What throws is the end of the database; the socket server would answer nobody any more. */
class FailStopPGlite extends PGlite {
  override async execProtocolRawStream(...args: Parameters<PGlite['execProtocolRawStream']>): Promise<void> {
    try {
      await super.execProtocolRawStream(...args)
    } catch (error) {
      // Uncaught, it ends the thread, and a new one opens the directory.
      setImmediate(() => {
        throw error
      })
      throw error
    }
  }
}

const stopBeating = beat(beats)
const db = new FailStopPGlite(dir)
await db.waitReady
const server = new PGLiteSocketServer({ db, path: socketPath, maxConnections: CONNECTIONS_MAX })
await server.start()

parentPort?.once('message', () => void close())
parentPort?.postMessage('listening')

async function close(): Promise<void> {
  await server.stop()
  await db.close()
  stopBeating()
  parentPort?.close()
}
