import { sql } from 'kysely'
import type { Migration } from '../migration.ts'

export const usersByLowerCase: Migration = {
  number: 4,
  name: 'users-by-lower-case',
  statements: [sql`create index users_by_lower_case on users (lower(user_id))`],
}
