import { Worker } from 'node:worker_threads'
import type { Log } from '../../../kit/log.ts'
import { Backoff } from '../../../kit/backoff.ts'
import { newBeats, watch } from '../../../kit/heartbeat.ts'
import { threadEntry } from '../../../kit/thread-entry.ts'
import type { FromThread, ThreadData, ToThread } from './thread-messages.ts'

/** Of the time that a stop may take: what the thread is given. If it takes longer, it is ended. */
const THREAD_SHARE = 0.9
const METRICS_TIMEOUT_MS = 2_000

export interface Status {
  /** A broker may send Work. */
  readonly isConnected: boolean
  readonly isDirectoryAway: boolean
}

const UNKNOWN: Status = { isConnected: false, isDirectoryAway: true }

/**
 * Runs the step in a thread, watches its heartbeat, and starts a new one when it hangs or ends, also for lack of memory. The broker gives its
 * partitions to others meanwhile, and an entry that brings thread after thread down is set aside there.
 */
export class Supervisor {
  readonly #data: Omit<ThreadData, 'beats'>
  readonly #log: Log
  readonly #entry: URL
  readonly #backoff = new Backoff(100, 5_000)
  #thread: Worker | undefined
  #unwatch: (() => void) | undefined
  #retry: NodeJS.Timeout | undefined
  #status: Status = UNKNOWN
  #isStopping = false
  #metricsAsked: ((text: string) => void)[] = []

  /** @param entry what the thread starts with; tests put another in its place */
  constructor(data: Omit<ThreadData, 'beats'>, log: Log, entry = threadEntry('thread', import.meta.url)) {
    this.#data = data
    this.#log = log
    this.#entry = entry
  }

  get status(): Status {
    return this.#status
  }

  start(): void {
    const beats = newBeats()
    const workerData: ThreadData = { ...this.#data, beats }
    const resourceLimits = { maxOldGenerationSizeMb: this.#data.limits.heapMbMax }
    const thread = new Worker(this.#entry, { workerData, resourceLimits })
    this.#thread = thread
    thread.on('message', (message: FromThread) => this.#hear(message))
    thread.on('error', (error) => this.#log.error({ err: error }, 'worker.thread-failed'))
    thread.on('exit', (code) => this.#exited(code))
    this.#unwatch = watch(beats, this.#data.limits.hangMsMax, () => {
      this.#log.error('worker.thread-hangs')
      void thread.terminate()
    })
  }

  /** @returns the thread's metrics in Prometheus' text format; nothing while it does not answer */
  metrics(): Promise<string> {
    if (this.#thread === undefined) return Promise.resolve('')
    return new Promise((resolve) => {
      const deadline = setTimeout(() => resolve(''), METRICS_TIMEOUT_MS)
      this.#metricsAsked.push((text) => {
        clearTimeout(deadline)
        resolve(text)
      })
      this.#tell({ kind: 'metrics' })
    })
  }

  /**
   * Lets the thread finish what is under way and ends it, after `timeoutMs` in any case.
   * @returns whether it finished
   */
  async stop(timeoutMs: number): Promise<boolean> {
    this.#isStopping = true
    clearTimeout(this.#retry)
    const thread = this.#thread
    if (thread === undefined) return true
    const ended = new Promise<number>((resolve) => thread.once('exit', resolve))
    this.#tell({ kind: 'stop', timeoutMs: timeoutMs * THREAD_SHARE })
    const deadline = setTimeout(() => void thread.terminate(), timeoutMs)
    const code = await ended
    clearTimeout(deadline)
    return code === 0
  }

  #tell(message: ToThread): void {
    this.#thread?.postMessage(message)
  }

  #hear(message: FromThread): void {
    if (message.kind === 'status') {
      this.#status = message
      if (message.isConnected) this.#backoff.reset()
      return
    }
    const asked = this.#metricsAsked
    this.#metricsAsked = []
    for (const answer of asked) answer(message.text)
  }

  #exited(code: number): void {
    this.#thread = undefined
    this.#status = UNKNOWN
    this.#unwatch?.()
    if (this.#isStopping) return
    const waitMs = this.#backoff.next()
    this.#log.error({ code, waitMs }, 'worker.thread-ended')
    this.#retry = setTimeout(() => this.start(), waitMs)
  }
}
