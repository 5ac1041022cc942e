import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { ChatCopy, MemberCopy, PartitionReached } from '../directory.ts'
import type { Schema } from '../schema.ts'

/**
 * Chats, members and partitions in one statement, so all or none. An older copy never replaces a newer one, and of two of
 * the same last seq the marks are the higher ones. Of a closed chat the members go. No chat and no partition may come twice.
 *
 * @returns the chats of which there is a newer copy
 */
export async function upsertChats(
  db: Kysely<Schema>,
  copies: readonly ChatCopy[],
  reached: readonly PartitionReached[],
): Promise<readonly Uint8Array[]> {
  // In one order everywhere, so that two writers never wait for each other in a circle.
  const chats = [...copies].sort((a, b) => Buffer.compare(a.chat, b.chat))
  const ids = chats.map((chat) => Buffer.from(chat.chat))
  const members = chats.flatMap((chat, i) =>
    chat.members
      .map((member) => ({ ...member, chat: ids[i] as Buffer, asOfSeq: chat.lastSeq }))
      .sort((a, b) => a.number - b.number),
  )
  const { rows } = await sql<{ chat_id: Buffer }>`
    with written as (
      insert into chats (chat_id, direct, name, last_seq, next_number, last_at_s, closed, disappear_after_s)
      select * from unnest(
        ${ids}::bytea[],
        ${chats.map((chat) => chat.direct)}::boolean[],
        ${chats.map((chat) => chat.name)}::text[],
        ${chats.map((chat) => chat.lastSeq)}::bigint[],
        ${chats.map((chat) => chat.nextNumber)}::integer[],
        ${chats.map((chat) => chat.lastAtS)}::bigint[],
        ${chats.map((chat) => chat.closed)}::boolean[],
        ${chats.map((chat) => chat.disappearAfterS)}::integer[]
      )
      on conflict (chat_id) do update set
        direct = excluded.direct, name = excluded.name, last_seq = excluded.last_seq,
        next_number = excluded.next_number, last_at_s = excluded.last_at_s, closed = excluded.closed,
        disappear_after_s = excluded.disappear_after_s
      where chats.last_seq <= excluded.last_seq
      returning chat_id, closed
    ),
    gone as (
      delete from members where chat_id in (select chat_id from written where closed)
    ),
    reached as (
      ${reachedRows(reached)}
    ),
    joined as (
      ${memberRows(members)}
    )
    select chat_id from unnest(${ids}::bytea[]) as given (chat_id)
    where chat_id not in (select chat_id from written)
  `.execute(db)
  return rows.map((row) => row.chat_id)
}

type MemberRow = MemberCopy & { readonly chat: Buffer; readonly asOfSeq: number }

/** Of chats that were `written`: an older copy must not bring a member of a closed chat back. */
function memberRows(members: readonly MemberRow[]): RawBuilder<unknown> {
  return sql`
    insert into members (
      user_id, chat_id, number, role, join_seq, leave_seq,
      delivered, read, last_own_seq, client_seqs, as_of_seq
    )
    select given.* from unnest(
      ${members.map((member) => member.user)}::text[],
      ${members.map((member) => member.chat)}::bytea[],
      ${members.map((member) => member.number)}::integer[],
      ${members.map((member) => member.role)}::smallint[],
      ${members.map((member) => member.joinSeq)}::bigint[],
      ${members.map((member) => member.leaveSeq)}::bigint[],
      ${members.map((member) => member.delivered)}::bigint[],
      ${members.map((member) => member.read)}::bigint[],
      ${members.map((member) => member.lastOwnSeq)}::bigint[],
      ${members.map((member) => JSON.stringify(member.clientSeqs))}::jsonb[],
      ${members.map((member) => member.asOfSeq)}::bigint[]
    ) as given (
      user_id, chat_id, number, role, join_seq, leave_seq,
      delivered, read, last_own_seq, client_seqs, as_of_seq
    )
    join written on written.chat_id = given.chat_id
    on conflict (user_id, chat_id) do update set
      number = excluded.number, role = excluded.role,
      join_seq = excluded.join_seq, leave_seq = excluded.leave_seq,
      delivered = greatest(members.delivered, excluded.delivered),
      read = greatest(members.read, excluded.read),
      last_own_seq = excluded.last_own_seq, client_seqs = excluded.client_seqs,
      as_of_seq = excluded.as_of_seq
    where members.as_of_seq <= excluded.as_of_seq
  `
}

/** Written in one order everywhere too. */
function reachedRows(reached: readonly PartitionReached[]): RawBuilder<unknown> {
  return sql`
    insert into partitions (partition, position)
    select * from unnest(
      ${reached.map(({ partition }) => partition)}::integer[],
      ${reached.map(({ position }) => position)}::bigint[]
    ) as given (partition, position)
    order by partition
    on conflict (partition) do update set position = greatest(partitions.position, excluded.position)
  `
}
