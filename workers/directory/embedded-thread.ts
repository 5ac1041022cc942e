import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'
import type { EmbeddedData } from './embedded.ts'

// PGlite blocks its thread while it works: this is the thread.
const { dir, socketPath } = workerData as EmbeddedData
const db = await PGlite.create(dir)
const server = new PGLiteSocketServer({ db, path: socketPath, maxConnections: 16 })
await server.start()

parentPort?.on('message', () => {
  void (async () => {
    await server.stop()
    await db.close()
    parentPort?.close()
  })()
})
parentPort?.postMessage('listening')
