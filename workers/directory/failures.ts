/**
 * What can pass by itself. Everything else is a mistake of ours that would fail again.
 * https://www.postgresql.org/docs/15/errcodes-appendix.html
 */
const PASSING_CLASSES = [
  '08', // connection exception
  '53', // insufficient resources: too many connections, disk full
  '57', // operator intervention: shutdown, crash, cannot connect now, query cancelled
  '58', // system error: input or output
] as const

/** Lost against another transaction: worth another try at once. */
const CONFLICTS = new Set([
  '40001', // serialization failure
  '40P01', // deadlock detected
  '55P03', // lock not available
])

/** A database that restarts as a read-only standby refuses writes so. */
const READ_ONLY = '25006'

export type Failure = 'conflict' | 'away' | 'refused'

/** @param error whatever a query rejected with */
export function failureOf(error: unknown): Failure {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  // Errors of sockets, of the pool and of its timeouts carry no SQLSTATE.
  if (typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code)) return 'away'
  if (CONFLICTS.has(code)) return 'conflict'
  return code === READ_ONLY || PASSING_CLASSES.some((prefix) => code.startsWith(prefix)) ? 'away' : 'refused'
}
