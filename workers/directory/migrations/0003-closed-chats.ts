import { sql } from 'kysely'
import type { Migration } from '../migration.ts'

export const closedChats: Migration = {
  number: 3,
  name: 'closed-chats',
  statements: [sql`alter table chats add column closed boolean not null default false`],
}
