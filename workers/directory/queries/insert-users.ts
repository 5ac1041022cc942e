import { type Kysely, sql } from 'kysely'
import type { Schema } from '../schema.ts'

/**
 * Users that exist already are left as they are.
 * @returns each new one with each other, old or as new, whose id differs from it in case only
 */
export async function insertUsers(
  db: Kysely<Schema>,
  users: readonly string[],
): Promise<{ readonly user: string; readonly other: string }[]> {
  // What is written is not seen by the rest of its statement, so new ones are compared with each other on their own.
  const { rows } = await sql<{ user: string; other: string }>`
    with written as (
      insert into users (user_id)
      select distinct unnest(${users}::text[])
      on conflict (user_id) do nothing
      returning user_id
    )
    select written.user_id as user, others.user_id as other
    from written join users as others on lower(others.user_id) = lower(written.user_id)
    where others.user_id <> written.user_id
    union all
    select written.user_id, others.user_id
    from written join written as others on lower(others.user_id) = lower(written.user_id)
    where others.user_id <> written.user_id
    order by 1, 2
  `.execute(db)
  return rows
}
