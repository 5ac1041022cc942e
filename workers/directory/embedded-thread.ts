import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { beat } from '../../kit/heartbeat.ts'
import { EmbeddedSessions } from './embedded-sessions.ts'
import type { EmbeddedData } from './embedded.ts'

// PGlite blocks its thread while it works: this is the thread.
const { dir, socketPath, beats } = workerData as EmbeddedData

const stopBeating = beat(beats)
const db = new PGlite(dir)
await db.waitReady
const sessions = new EmbeddedSessions(db)
await sessions.listen(socketPath)

parentPort?.once('message', () => void close())
parentPort?.postMessage('listening')

async function close(): Promise<void> {
  await sessions.stop()
  await db.close()
  stopBeating()
  parentPort?.close()
}
