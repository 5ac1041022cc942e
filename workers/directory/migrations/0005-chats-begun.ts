import { sql } from 'kysely'
import type { Migration } from '../migration.ts'

export const chatsBegun: Migration = {
  number: 5,
  name: 'chats-begun',
  statements: [sql`create index members_who_began on members (user_id) where number = 0`],
}
