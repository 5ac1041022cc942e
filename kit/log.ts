import { pino, type Logger } from 'pino'

/** JSON lines on stderr. The message is a constant event name; data goes in fields, never payloads or tokens. */
export type Log = Logger

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'

/** @param scope fields of every line: `process`, `component`, ids. */
export function createLog(level: LogLevel, scope: Record<string, unknown> = {}): Log {
  return pino(
    { level, base: scope, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  )
}
