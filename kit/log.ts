import { pino, type Logger } from 'pino'
import { OperationalError } from './operational-error.ts'

/** JSON lines on stderr. The message is a constant event name; data goes in fields, never payloads or tokens. */
export type Log = Logger

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'

/** @param scope fields of every line: `process`, `component`, ids. */
export function createLog(level: LogLevel, scope: Record<string, unknown> = {}): Log {
  return pino(
    { level, base: scope, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: describe } },
    pino.destination({ dest: 2, sync: true }),
  )
}

/** What was expected says what went wrong, in one sentence; only what was not needs the way to it. */
function describe(error: unknown): unknown {
  if (error instanceof OperationalError) return { code: error.code, message: error.message }
  return error instanceof Error ? pino.stdSerializers.err(error) : error
}
