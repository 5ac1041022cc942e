import type { Log } from './log.ts'

/** Exit code after an error that nobody expected: EX_SOFTWARE of sysexits.h. */
const EXIT_CODE = 70

let rejections = 0

/** Rejections in this process that nobody handled. */
export function unhandledRejections(): number {
  return rejections
}

/**
 * The last line, for what no code expects (ADR 0019). A promise that is rejected with nobody there to handle it has ended
 * one piece of work and nothing else: it is logged and counted, and the process goes on. An exception that nobody caught
 * may have left anything half done: the process says so and ends, and its supervisor starts it again. Nothing that was
 * acknowledged is lost by that (G1).
 */
export function guardProcess(log: Log): void {
  process.on('unhandledRejection', (reason) => {
    rejections++
    log.error({ err: reason }, 'process.unhandled-rejection')
  })
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'process.failed')
    process.stderr.write('restante: ended by an error that nobody expected, see process.failed in the log.\n')
    process.exit(EXIT_CODE)
  })
}
