import { sql } from 'kysely'
import type { Migration } from '../migration.ts'

export const disappearingMessages: Migration = {
  number: 6,
  name: 'disappearing-messages',
  statements: [sql`alter table chats add column disappear_after_s integer not null default 0`],
}
