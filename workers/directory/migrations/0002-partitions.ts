import { sql } from 'kysely'
import type { Migration } from '../migration.ts'

export const partitions: Migration = {
  number: 2,
  name: 'partitions',
  statements: [
    sql`create table partitions (
      partition integer primary key,
      position bigint not null
    )`,
  ],
}
