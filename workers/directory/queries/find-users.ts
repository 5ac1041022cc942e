import { type Kysely, sql } from 'kysely'
import type { Schema } from '../schema.ts'

/** @returns those of these users that exist */
export async function findUsers(db: Kysely<Schema>, users: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ user_id: string }>`
    select user_id from users where user_id = any(${users}::text[])
  `.execute(db)
  return rows.map((row) => row.user_id)
}
