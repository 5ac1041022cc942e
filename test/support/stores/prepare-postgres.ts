import { hasPostgres, PostgresServer } from './postgres-server.ts'

/**
 * Once per run, before any test of a project whose servers need PostgreSQL: one for all of them, where each makes a
 * database of its own. DATABASE_URL names it, or one that is there already.
 */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env['DATABASE_URL'] !== undefined || !hasPostgres()) return undefined
  const postgres = await PostgresServer.start()
  process.env['DATABASE_URL'] = postgres.url
  return () => postgres.dispose()
}
