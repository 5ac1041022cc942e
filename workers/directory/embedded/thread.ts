import { parentPort, workerData } from 'node:worker_threads'
import { beat } from '../../../kit/heartbeat.ts'
import type { EmbeddedData } from './embedded-thread.ts'
import { openPGlite } from './open-pglite.ts'
import { EmbeddedSessions } from './sessions.ts'

// PGlite blocks its thread while it works: this is the thread.
const { dir, socketPath, beats } = workerData as EmbeddedData

const stopBeating = beat(beats)
const { db, files } = await openPGlite(dir)
const sessions = new EmbeddedSessions(db, files)
await sessions.listen(socketPath)

parentPort?.once('message', () => void close())
parentPort?.postMessage('listening')

async function close(): Promise<void> {
  await sessions.stop()
  await db.close()
  stopBeating()
  parentPort?.close()
}
