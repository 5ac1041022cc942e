/** A wall clock that was set ahead must have run on for so long until it is believed. */
export const BELIEVED_AFTER_MS = 3_600_000
const MINUTE_MS = 60_000

/** Where a clock takes its time from; tests put their own in its place. */
export interface TimeSource {
  /** Unix ms: may be set by anybody, to anything, at any time. */
  readonly wall: () => number
  /** Ms since some beginning: never goes back, never jumps. */
  readonly uptime: () => number
}

export const SYSTEM_TIME: TimeSource = { wall: () => Date.now(), uptime: () => performance.now() }

/**
 * Time that has really passed, as Unix ms (ADR 0020). It runs with the monotonic clock and never goes back. A wall clock
 * that is ahead is believed when it has been so for an hour, and then as far as it was ahead during all of it: so one
 * that jumps for a while moves nothing, and one that is set right moves it once.
 *
 * What is kept for a time is stamped by `latest` and ends by `now`: a wrong clock may make it stay longer, never shorter.
 */
export class TrustedClock {
  readonly #time: TimeSource
  /** What is to be added to the uptime. */
  #offsetMs: number
  /** What the wall clock was at least, as such an offset, by the minute; the first stands for all of an hour ago. */
  #minutes: { offsetMs: number; readonly sinceMs: number }[] = []

  /** @param seenMs the time of an earlier life of what is kept; undefined: there was none, and the wall clock is right */
  constructor(time: TimeSource = SYSTEM_TIME, seenMs?: number) {
    this.#time = time
    this.#offsetMs = (seenMs ?? time.wall()) - time.uptime()
  }

  /** Unix ms, by which what is kept ends. */
  readonly now = (): number => {
    const uptime = this.#time.uptime()
    this.#look(this.#time.wall() - uptime, uptime)
    return Math.floor(this.#offsetMs + uptime)
  }

  /** Unix ms, from which what is kept now is counted. */
  readonly latest = (): number => Math.max(this.now(), Math.floor(this.#time.wall()))

  /** Unix ms to show people, and to judge what others have dated: the wall clock's, unless that has jumped ahead. */
  readonly shown = (): number => Math.min(this.now(), Math.floor(this.#time.wall()))

  /** Another clock of what is kept here was this far. */
  reached(ms: number): void {
    this.#offsetMs = Math.max(this.#offsetMs, ms - this.#time.uptime())
  }

  #look(offsetMs: number, uptimeMs: number): void {
    const minutes = this.#minutes
    const last = minutes.at(-1)
    if (last !== undefined && uptimeMs - last.sinceMs < MINUTE_MS) {
      if (offsetMs < last.offsetMs) last.offsetMs = offsetMs
      return
    }
    minutes.push({ offsetMs, sinceMs: uptimeMs })
    const hourAgoMs = uptimeMs - BELIEVED_AFTER_MS
    while (minutes[1] !== undefined && minutes[1].sinceMs <= hourAgoMs) minutes.shift()
    if ((minutes[0]?.sinceMs ?? uptimeMs) > hourAgoMs) return
    this.#offsetMs = Math.max(this.#offsetMs, Math.min(...minutes.map((minute) => minute.offsetMs)))
  }
}
