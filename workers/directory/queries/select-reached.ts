import { type Kysely, sql } from 'kysely'
import type { Schema } from '../schema.ts'

/** @returns positions by partition, of those that are known */
export async function selectReached(
  db: Kysely<Schema>,
  partitions: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const { rows } = await sql<{ partition: number; position: number }>`
    select partition, position from partitions where partition = any(${partitions}::integer[])
  `.execute(db)
  return new Map(rows.map(({ partition, position }) => [partition, position]))
}
