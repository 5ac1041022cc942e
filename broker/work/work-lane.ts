import { WORK_TOPIC } from '../../proto/topics.ts'
import { encodeWork, type Batch, type Envelope, type Work } from '../../proto/server-codec.ts'
import type { Connection } from '../listeners/connection.ts'
import type { NodeLimits } from '../config.ts'
import type { NodeMetrics } from '../metrics.ts'
import { publishPacket } from '../lanes/publish-packet.ts'
import type { Due, Turn } from '../../kit/turn.ts'

/** A partition, as far as its worker's lane knows it. */
export interface WorkSource {
  /** Set by the lane alone. */
  isQueued: boolean
  nextBatch(entriesMax: number, bytesMax: number): Batch | undefined
  sent(frame: WorkFrame): void
}

/** One Work frame at the worker. */
export interface WorkFrame {
  /** Batches that no commit has answered yet. */
  outstanding: number
  readonly sentAtMs: number
}

export interface WorkLaneParts {
  readonly turn: Turn
  readonly limits: NodeLimits
  readonly metrics: NodeMetrics
  /** Monotonic ms. */
  readonly uptime: () => number
}

/** Work frames with batches at one worker: it works on one while the broker commits the other. */
const FRAMES_MAX = 2
/** Typing notices that wait for the worker; more are dropped, oldest first. */
const EPHEMERAL_MAX = 1_000

const TOPIC_BYTES = Buffer.from(WORK_TOPIC)

/**
 * One worker's connection: what its partitions have at the end of a turn goes in one frame. Frames are QoS 0 on a
 * connection that keeps order; the commits are the acknowledgement.
 */
export class WorkLane implements Due {
  readonly connection: Connection
  /** As the registry of workers knows it. */
  readonly name: string
  isDue = false
  readonly #parts: WorkLaneParts
  #queue: WorkSource[] = []
  #framesOut = 0
  #refused: { partition: number; epoch: number }[] = []
  #ephemeral: Envelope[] = []
  #isBlocked = false
  #isClosed = false
  #deciding = 0
  #progressAtMs: number

  constructor(connection: Connection, parts: WorkLaneParts) {
    this.connection = connection
    this.name = `${connection.user}/${connection.device}`
    this.#parts = parts
    this.#progressAtMs = parts.uptime()
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  close(): void {
    this.#isClosed = true
    this.#queue = []
  }

  /** The partition has something to send. */
  queue(source: WorkSource): void {
    source.isQueued = true
    this.#queue.push(source)
    this.#parts.turn.add(this)
  }

  /** Tells the worker to forget what it knows of the partition under this epoch. */
  refuse(partition: number, epoch: number): void {
    this.#refused.push({ partition, epoch })
    this.#parts.turn.add(this)
  }

  /** Tells at once what is to be forgotten: in front of the PUBACK of what was decided, by which the worker goes. */
  tellRefused(): void {
    if (this.#isClosed || this.#refused.length === 0) return
    this.#send({ batches: [], refused: this.#refused, ephemeral: [] })
    this.#refused = []
  }

  /** Typing: at most once, with the next frame. */
  ephemeral(envelope: Envelope): void {
    if (this.#ephemeral.length >= EPHEMERAL_MAX) this.#ephemeral.shift()
    this.#ephemeral.push(envelope)
    this.#parts.turn.add(this)
  }

  /** A batch of the frame is answered; it may have been the frame's last. */
  answered(frame: WorkFrame): void {
    if (--frame.outstanding > 0) return
    this.#framesOut--
    this.#parts.turn.add(this)
  }

  /** The worker has published a result; what follows until `decided` is not its fault. */
  deciding(): void {
    this.#deciding++
  }

  decided(): void {
    this.#deciding--
    this.#progressAtMs = this.#parts.uptime()
  }

  /** Begins the wait for a commit anew: time has passed for which the worker is not to blame. */
  forgive(): void {
    this.#progressAtMs = this.#parts.uptime()
  }

  get isDeciding(): boolean {
    return this.#deciding > 0
  }

  /** Whether it has had entries for too long without committing anything. */
  get isStalled(): boolean {
    const waitedMs = this.#parts.uptime() - this.#progressAtMs
    return this.#framesOut > 0 && this.#deciding === 0 && waitedMs >= this.#parts.limits.workerStallMs
  }

  flush(): void {
    if (this.#isClosed || this.#isBlocked) return
    const hasExtras = this.#refused.length > 0 || this.#ephemeral.length > 0
    const batches = this.#framesOut < FRAMES_MAX ? this.#batches() : []
    if (batches.length === 0 && !hasExtras) return
    this.#send({ batches, refused: this.#refused, ephemeral: this.#ephemeral })
    this.#refused = []
    this.#ephemeral = []
    // A partition that had too much for this frame may have a place in the next.
    if (this.#queue.length > 0 && this.#framesOut < FRAMES_MAX) this.#parts.turn.add(this)
  }

  broken(): void {
    this.connection.close('internal')
  }

  #batches(): Batch[] {
    const { workEntriesMax, workBytesMax } = this.#parts.limits
    const frame: WorkFrame = { outstanding: 0, sentAtMs: this.#parts.uptime() }
    const batches: Batch[] = []
    let entries = 0
    let bytes = 0
    // A partition that can't go right now is queued again later, behind those that are here.
    for (
      let rest = this.#queue.length;
      rest > 0 && entries < workEntriesMax && bytes < workBytesMax;
      rest--
    ) {
      const source = this.#queue.shift() as WorkSource
      source.isQueued = false
      const batch = source.nextBatch(workEntriesMax - entries, workBytesMax - bytes)
      if (batch === undefined) continue
      batches.push(batch)
      bytes += bytesOf(batch)
      const count = batch.entries?.length ?? 0
      if (count === 0) continue // states alone: nothing to answer
      entries += count
      frame.outstanding++
      source.sent(frame)
    }
    if (frame.outstanding > 0) {
      if (this.#framesOut === 0) this.#progressAtMs = frame.sentAtMs
      this.#framesOut++
      this.#parts.metrics.workFrame(entries, bytes)
    }
    return batches
  }

  #send(work: Work): void {
    const payload = encodeWork(work)
    const packet = publishPacket(TOPIC_BYTES, 0, false, [{ bytes: payload }], 1, payload.length)
    if (this.connection.write(packet)) return
    this.#isBlocked = true
    this.connection.onceDrained(() => {
      this.#isBlocked = false
      this.#parts.turn.add(this)
    })
  }
}

function bytesOf(batch: Batch): number {
  let bytes = 0
  for (const entry of batch.entries ?? []) bytes += entry.length
  for (const state of batch.states ?? [])
    for (const field of state.fields ?? []) bytes += (field.value?.length ?? 0) + (field.name?.length ?? 0)
  return bytes
}
