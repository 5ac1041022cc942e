import { Worker } from 'node:worker_threads'
import { newBeats, watch } from '../../../kit/heartbeat.ts'
import { threadEntry } from '../../../kit/thread-entry.ts'

export interface EmbeddedData {
  readonly dir: string
  readonly socketPath: string
  /** See heartbeat.ts. */
  readonly beats: SharedArrayBuffer
}

export interface ThreadPatience {
  /** A thread that does not get its turn for so long is ended: PGlite blocks it during a query. */
  readonly hangMsMax: number
  /** One that does not answer for so long after its start, too. */
  readonly openMsMax: number
}

/** JavaScript's memory; PostgreSQL's own stands beside it. One that needs more ends. */
const HEAP_MB_MAX = 256

/** The thread that has the embedded database open, as seen from outside. */
export class EmbeddedThread {
  readonly #thread: Worker
  #failure: unknown
  /** Resolves at its end, with the reason if it was no proper one. */
  readonly ended: Promise<unknown>

  private constructor(data: EmbeddedData) {
    this.#thread = new Worker(threadEntry('thread', import.meta.url), {
      workerData: data,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB_MAX },
    })
    this.#thread.on('error', (error) => (this.#failure ??= error))
    this.ended = new Promise((resolve) =>
      this.#thread.once('exit', (code) =>
        resolve(this.#failure ?? (code === 0 ? undefined : new Error(`its thread ended with ${code}`))),
      ),
    )
  }

  /** @returns it, when it listens on `socketPath`; rejects if it does not come to that in time */
  static async open(
    place: Omit<EmbeddedData, 'beats'>,
    { openMsMax, hangMsMax }: ThreadPatience,
    signal: AbortSignal,
  ): Promise<EmbeddedThread> {
    const beats = newBeats()
    const opening = new EmbeddedThread({ ...place, beats })
    const abort = (): void => opening.#end('it was closed while it was opened')
    signal.addEventListener('abort', abort)
    const deadline = setTimeout(() => opening.#end('its thread does not open it'), openMsMax)
    await new Promise<void>((resolve, reject) => {
      opening.#thread.once('message', () => resolve())
      void opening.ended.then((reason) => reject(reason ?? new Error('its thread ended')))
    }).finally(() => {
      clearTimeout(deadline)
      signal.removeEventListener('abort', abort)
    })
    const unwatch = watch(beats, hangMsMax, () => opening.#end('its thread hangs'))
    void opening.ended.then(unwatch)
    return opening
  }

  /**
   * Closes the database properly, or ends the thread after `timeoutMs`.
   * @returns whether it was closed properly
   */
  async close(timeoutMs: number): Promise<boolean> {
    this.#thread.postMessage('close')
    const deadline = setTimeout(() => this.#end('its thread does not close it'), timeoutMs)
    const reason = await this.ended
    clearTimeout(deadline)
    return reason === undefined
  }

  #end(why: string): void {
    this.#failure ??= new Error(why)
    void this.#thread.terminate()
  }
}
