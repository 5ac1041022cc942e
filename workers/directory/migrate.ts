import { type Kysely, sql } from 'kysely'
import { usersChatsMembers } from './migrations/0001-users-chats-members.ts'
import { partitions } from './migrations/0002-partitions.ts'
import { closedChats } from './migrations/0003-closed-chats.ts'
import { usersByLowerCase } from './migrations/0004-users-by-lower-case.ts'
import { chatsBegun } from './migrations/0005-chats-begun.ts'
import { disappearingMessages } from './migrations/0006-disappearing-messages.ts'
import type { Migration } from './migration.ts'
import type { Schema } from './schema.ts'

const MIGRATIONS: readonly Migration[] = [
  usersChatsMembers,
  partitions,
  closedChats,
  usersByLowerCase,
  chatsBegun,
  disappearingMessages,
]

/** Any number that is ours alone: the lock that migrating processes wait for. */
export const MIGRATION_LOCK = 7_307_478_362

/**
 * Brings the schema up to date. Twenty processes may do it at once: one goes first, the others find nothing to do. A
 * schema that is newer than this program is left alone, for during an upgrade old processes run beside new ones.
 *
 * @returns the names of what was applied
 */
export async function migrate(db: Kysely<Schema>): Promise<string[]> {
  return db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK}::bigint)`.execute(connection)
    try {
      return await applyMissing(connection)
    } finally {
      await sql`select pg_advisory_unlock(${MIGRATION_LOCK}::bigint)`.execute(connection)
    }
  })
}

async function applyMissing(connection: Kysely<Schema>): Promise<string[]> {
  await sql`create table if not exists schema_migrations (
    number integer primary key,
    name text not null,
    applied_at timestamptz not null default now()
  )`.execute(connection)
  const applied = await connection.selectFrom('schema_migrations').select('number').execute()
  const numbers = new Set(applied.map((row) => row.number))
  const missing = MIGRATIONS.filter(({ number }) => !numbers.has(number))
  for (const { number, name, statements } of missing)
    await connection.transaction().execute(async (transaction) => {
      for (const statement of statements) await statement.execute(transaction)
      await transaction.insertInto('schema_migrations').values({ number, name }).execute()
    })
  return missing.map(({ name }) => name)
}
