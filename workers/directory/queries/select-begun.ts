import { type Kysely, sql } from 'kysely'
import type { Schema } from '../schema.ts'

/**
 * Who began a chat is its member of number 0. Of a closed one there are no members. What does not count is looked up by
 * itself, for that may be many.
 *
 * @param max counted up to
 */
export async function selectBegun(
  db: Kysely<Schema>,
  users: readonly string[],
  without: readonly Uint8Array[],
  max: number,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ user_id: string; begun: number }>`
    select given.user_id, (
      select count(*) from (
        select 1 from members
        where members.user_id = given.user_id and members.number = 0
        limit ${max + without.length}::bigint
      ) as counted
    ) - (
      select count(*) from members
      where members.user_id = given.user_id and members.number = 0
        and members.chat_id = any(${without.map((chat) => Buffer.from(chat))}::bytea[])
    ) as begun
    from unnest(${users}::text[]) as given (user_id)
  `.execute(db)
  return new Map(rows.filter(({ begun }) => begun > 0).map((row) => [row.user_id, Number(row.begun)]))
}
