import type { Generated } from 'kysely'

/** The tables as the last migration leaves them. Seqs and marks are bigint columns, read as numbers below 2^53. */
export interface Schema {
  users: UserTable
  chats: ChatTable
  members: MemberTable
  partitions: PartitionTable
  schema_migrations: MigrationTable
}

interface UserTable {
  user_id: string
  created_at: Generated<Date>
}

interface ChatTable {
  chat_id: Buffer
  direct: boolean
  name: string
  last_seq: number
  next_number: number
  /** Unix seconds. */
  last_at_s: number
  closed: Generated<boolean>
  /** 0: never. */
  disappear_after_s: Generated<number>
}

/** Members now and before. The primary key is (user_id, chat_id), so that a user's chats are one index scan. */
interface MemberTable {
  user_id: string
  chat_id: Buffer
  number: number
  role: number
  join_seq: number
  /** 0: a member now. */
  leave_seq: number
  delivered: number
  read: number
  last_own_seq: number
  /** As in MemberCopy. */
  client_seqs: Record<string, number>
  /** The chat's last seq when the row was written. */
  as_of_seq: number
}

/** How far each partition's workers had come when something was last written of it: a position of its mailbox. */
interface PartitionTable {
  partition: number
  position: number
}

interface MigrationTable {
  number: number
  name: string
  applied_at: Generated<Date>
}
