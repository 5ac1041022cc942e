import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Log } from '../../kit/log.ts'
import type { Schema } from './schema.ts'

export interface DatabaseSettings {
  /** `postgresql:` address, as pg reads it. */
  readonly url: string
  /** Connections held; 1 for the embedded database, which has one session. */
  readonly connectionsMax: number
  /** How long a connection may take; longer for the embedded database, which may have to be opened for it. */
  readonly connectMsMax?: number
}

const CONNECT_MS_MAX = 3_000
/** No query of ours is expected to take longer. */
const QUERY_TIMEOUT_MS = 10_000
const IDLE_TIMEOUT_MS = 30_000

/** bigint and numeric columns as numbers: ours stay below 2^53. */
const BIGINT_OID = 20

/**
 * A pool of connections, opened when they are first needed. Close it with `destroy`.
 *
 * @param queryTimeoutMs after it a query fails, and its connection is closed
 */
export function openDatabase(
  { url, connectionsMax, connectMsMax = CONNECT_MS_MAX }: DatabaseSettings,
  log: Log,
  queryTimeoutMs = QUERY_TIMEOUT_MS,
): Kysely<Schema> {
  const pool = new pg.Pool({
    connectionString: url,
    max: connectionsMax,
    connectionTimeoutMillis: connectMsMax,
    query_timeout: queryTimeoutMs,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
    keepAlive: true,
    application_name: 'restante-worker',
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === BIGINT_OID ? Number : (pg.types.getTypeParser(oid, format) as (text: string) => unknown),
    },
  })
  // Connections end when the database does; the next query finds out by itself. Without listeners, on the pool for
  // idle ones and on each for those in use, that would be an uncaught error.
  const ended = (error: Error): void => log.debug({ err: error }, 'directory.connection-ended')
  pool.on('error', ended)
  pool.on('connect', (client) => client.on('error', ended))
  // pg gives a query up and keeps its connection, on which the server may still carry it out: to wait for a lock and
  // keep it, for example. A pool does not take back a client that is ending.
  pool.on('release', (_error, client) => {
    if ('readyForQuery' in client && client.readyForQuery === false) client.end().catch(ended)
  })
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
}
