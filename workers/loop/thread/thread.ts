import { parentPort, workerData } from 'node:worker_threads'
import { assert } from '../../../kit/assert.ts'
import { createLog } from '../../../kit/log.ts'
import { Asking } from '../asking.ts'
import { Begun } from '../begun.ts'
import { Allowance } from '../allowance.ts'
import { DirectoryCopy } from '../copy/copy.ts'
import { openDatabase } from '../../directory/database.ts'
import { PgDirectory } from '../../directory/pg-directory.ts'
import { FactSource } from '../facts.ts'
import { beat } from '../../../kit/heartbeat.ts'
import { KnownUsers } from '../known-users.ts'
import { connecting, Link } from '../link.ts'
import type { FromThread, ThreadData, ToThread } from './thread-messages.ts'
import { WorkLoop } from '../work-loop.ts'
import { WorkerMetrics } from '../../metrics.ts'

/** Between two looks at what the supervisor should know. */
const STATUS_MS = 100

// The thread in which the step runs: wired here, watched by supervisor.ts.
assert(parentPort !== null, 'this file is the entry of a thread')
const port = parentPort
const data = workerData as ThreadData
const { brokerUrl, token, name, database, limits } = data

const stopBeating = beat(data.beats)

const log = createLog(data.logLevel, { ...data.logScope, component: 'worker' })
const metrics = new WorkerMetrics()
const directory = new PgDirectory(openDatabase(database, log), metrics, log)
const facts = new FactSource(
  directory,
  new KnownUsers(limits.knownUsersMax),
  new Allowance(limits),
  limits.groupMembersMax,
  undefined,
  undefined,
  new Asking(limits.unknownUsersPerHourMax),
  new Begun(directory, limits.chatsPerUserMax),
)
const canCopy = (): boolean => !directory.isAway
const loop = new WorkLoop({ facts, metrics, log, cachedFieldsMax: limits.cachedFieldsMax, canCopy })
const copy = new DirectoryCopy(directory, loop, metrics, log)
const link = new Link({ open: connecting(brokerUrl), token, name, loop, copy, canCopy, metrics, log })

// First the directory, so that the first entries find it if it is there.
void directory.start().then(() => link.start())
const status = setInterval(tellStatus, STATUS_MS)

port.on('message', (message: ToThread) => {
  if (message.kind === 'stop') void stop(message.timeoutMs)
  else void tellMetrics()
})

let told = ''
function tellStatus(): void {
  const message = { kind: 'status', isConnected: link.isWorking, isDirectoryAway: directory.isAway } as const
  if (told === JSON.stringify(message)) return
  told = JSON.stringify(message)
  tell(message)
}

async function tellMetrics(): Promise<void> {
  let partitions = 0
  let chats = 0
  let unsaved = 0
  let parked = 0
  let held = 0
  const nowMs = Date.now()
  let oldestAtMs = nowMs
  for (const partition of loop.partitions) {
    partitions++
    chats += partition.chatCount
    unsaved += partition.unsaved.size
    held += partition.parked.spentSize
    parked += partition.parked.size - partition.parked.spentSize
    oldestAtMs = Math.min(oldestAtMs, partition.parked.oldestAtMs ?? oldestAtMs)
  }
  metrics.partitions.set(partitions)
  metrics.chats.set(chats)
  metrics.unsaved.set(unsaved)
  metrics.parked.set(parked)
  metrics.held.set(held)
  metrics.parkedSeconds.set((nowMs - oldestAtMs) / 1000)
  tell({ kind: 'metrics', text: await metrics.registry.metrics() })
}

async function stop(timeoutMs: number): Promise<void> {
  // What is left behind is told by how the thread ends.
  if (!(await link.stop(timeoutMs))) process.exit(1)
  await directory.close().catch((error: unknown) => log.warn({ err: error }, 'directory.close-failed'))
  clearInterval(status)
  stopBeating()
  port.close()
}

function tell(message: FromThread): void {
  port.postMessage(message)
}
