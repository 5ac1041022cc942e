import type { Log } from './log.ts'

/** Lines of one event in a second; of more there is a count, a second later. */
export const LINES_PER_S_MAX = 10
const WINDOW_MS = 1_000

interface Window {
  lines: number
  leftOut: number
}

/** Lines about clients' mistakes: whoever makes many fills no disk with them. Events come from a closed set. */
export class SampledLog {
  readonly #log: Log
  readonly #windows = new Map<string, Window>()

  /** @param log says how many lines of an event were left out */
  constructor(log: Log) {
    this.#log = log
  }

  /** @param log whose line it is */
  write(log: Log, level: 'debug' | 'info' | 'warn', fields: object, event: string): void {
    if (!log.isLevelEnabled(level)) return
    const window = this.#windows.get(event) ?? this.#begin(event)
    if (window.lines < LINES_PER_S_MAX) {
      window.lines++
      log[level](fields, event)
    } else window.leftOut++
  }

  #begin(event: string): Window {
    const window = { lines: 0, leftOut: 0 }
    this.#windows.set(event, window)
    setTimeout(() => {
      this.#windows.delete(event)
      if (window.leftOut > 0) this.#log.warn({ event, lines: window.leftOut }, 'log.left-out')
    }, WINDOW_MS).unref()
    return window
  }
}
