import { type Kysely, sql } from 'kysely'
import type { Schema } from '../schema.ts'

/** Users that exist already are left as they are. */
export async function insertUsers(db: Kysely<Schema>, users: readonly string[]): Promise<void> {
  await sql`
    insert into users (user_id)
    select distinct unnest(${users}::text[])
    on conflict (user_id) do nothing
  `.execute(db)
}
