/**
 * A statement that fails for what is in it would fail again. All else can pass by itself or by an operator's hand:
 * a connection lost, a full disk, a password or a right withdrawn, tables that are gone until they are made again.
 * https://www.postgresql.org/docs/15/errcodes-appendix.html
 */
const REFUSED_CLASSES = [
  '21', // cardinality violation
  '22', // data exception
  '23', // integrity constraint violation
  '54', // program limit exceeded
] as const

/** Lost against another transaction: worth another try at once. */
const CONFLICTS = new Set([
  '40001', // serialization failure
  '40P01', // deadlock detected
  '55P03', // lock not available
])

export type Failure = 'conflict' | 'away' | 'refused'

/** @param error whatever a query rejected with */
export function failureOf(error: unknown): Failure {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  // Errors of sockets, of the pool and of its timeouts carry no SQLSTATE.
  if (typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code)) return 'away'
  if (CONFLICTS.has(code)) return 'conflict'
  return REFUSED_CLASSES.some((prefix) => code.startsWith(prefix)) ? 'refused' : 'away'
}
