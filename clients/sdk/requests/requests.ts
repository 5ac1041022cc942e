import type { Response } from '../../../proto/codec.ts'
import { Deferred } from '../deferred.ts'
import { RestanteError, type RejectedError } from '../errors.ts'

/**
 * Questions to the server, each with a number of ours. A question that was on its way when the connection broke is
 * asked again, and so is one that came too soon after others, when the server says: all of them may be answered twice.
 */
export class Requests {
  readonly #open = new Map<number, OpenRequest>()
  #next = 1 + Math.floor(Math.random() * FIRST_REQUEST_MAX)
  #publish: ((ask: Ask, request: number) => void) | undefined

  /** @throws RestanteError timeout after 30 s, connected or not; RejectedError if the server refuses it, for longer than that */
  ask(ask: Ask): Promise<Response> {
    const request = this.#next++
    const answer = new Deferred<Response>()
    const timer = setTimeout(() => {
      this.#take(request)
      answer.reject(new RestanteError('timeout', 'the server gave no answer in time', { retryable: true }))
    }, REQUEST_MS_MAX)
    this.#open.set(request, {
      ask,
      answer,
      timer,
      endsAtMs: performance.now() + REQUEST_MS_MAX,
      again: undefined,
    })
    this.#publish?.(ask, request)
    return answer.promise
  }

  connected(publish: (ask: Ask, request: number) => void): void {
    this.#publish = publish
    for (const [request, { ask }] of this.#open) publish(ask, request)
  }

  disconnected(): void {
    this.#publish = undefined
  }

  /** Whether anything has no answer yet. */
  get isWaiting(): boolean {
    return this.#open.size > 0
  }

  /** Whether this process waits for that answer: one that comes again, or to a process before, is none of ours. */
  isOpen(request: number): boolean {
    return this.#open.has(request)
  }

  answer(request: number, response: Response): void {
    this.#take(request)?.resolve(response)
  }

  refuse(request: number, error: RejectedError): void {
    const open = this.#open.get(request)
    const waitMs = error.entry.name === 'rate-limited' ? error.retryAfterS * 1_000 : 0
    if (open === undefined || waitMs === 0 || performance.now() + waitMs > open.endsAtMs)
      return this.#take(request)?.reject(error)
    clearTimeout(open.again)
    open.again = setTimeout(() => this.#publish?.(open.ask, request), waitMs)
  }

  close(error: Error): void {
    this.disconnected()
    for (const request of this.#open.keys()) this.#take(request)?.reject(error)
  }

  #take(request: number): Deferred<Response> | undefined {
    const open = this.#open.get(request)
    this.#open.delete(request)
    clearTimeout(open?.timer)
    clearTimeout(open?.again)
    return open?.answer
  }
}

/** Where the question goes, and its frame. */
export interface Ask {
  readonly topic: string
  readonly encode: (request: number) => Uint8Array
}

interface OpenRequest {
  readonly ask: Ask
  readonly answer: Deferred<Response>
  readonly timer: ReturnType<typeof setTimeout>
  /** Monotonic. */
  readonly endsAtMs: number
  /** To be asked again, because it was too soon. */
  again: ReturnType<typeof setTimeout> | undefined
}

const REQUEST_MS_MAX = 30_000
/** Numbers begin anywhere, so that a late answer to a process before finds nobody. */
const FIRST_REQUEST_MAX = 2 ** 27
