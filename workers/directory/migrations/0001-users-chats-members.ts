import { sql } from 'kysely'
import type { Migration } from '../migration.ts'

export const usersChatsMembers: Migration = {
  number: 1,
  name: 'users-chats-members',
  statements: [
    sql`create table users (
      user_id text collate "C" primary key,
      created_at timestamptz not null default now()
    )`,
    sql`create table chats (
      chat_id bytea primary key,
      direct boolean not null,
      name text not null,
      last_seq bigint not null,
      next_number integer not null,
      last_at_s bigint not null
    )`,
    sql`create table members (
      user_id text collate "C" not null,
      chat_id bytea not null,
      number integer not null,
      role smallint not null,
      join_seq bigint not null,
      leave_seq bigint not null,
      delivered bigint not null,
      read bigint not null,
      last_own_seq bigint not null,
      client_seqs jsonb not null,
      as_of_seq bigint not null,
      primary key (user_id, chat_id)
    )`,
    sql`create index members_by_chat on members (chat_id, number)`,
  ],
}
