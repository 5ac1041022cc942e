import { type Kysely, sql } from 'kysely'
import { Role } from '../../../proto/codec.ts'
import type { ChatCopy, MemberCopy } from '../directory.ts'
import type { Schema } from '../schema.ts'

interface Row {
  readonly chat_id: Buffer
  readonly direct: boolean
  readonly name: string
  readonly last_seq: number
  readonly next_number: number
  readonly last_at_s: number
  readonly closed: boolean
  readonly disappear_after_s: number
  /** null: beyond the limit. */
  readonly members: (Omit<MemberCopy, 'role'> & { readonly role: number })[] | null
}

/** As `saveChats` wrote them, in one statement, so that no write comes between a chat and its members. */
export async function selectChatCopies(
  db: Kysely<Schema>,
  chats: readonly Uint8Array[],
  membersMax: number,
): Promise<{ copies: ChatCopy[]; omitted: Uint8Array[] }> {
  const { rows } = await sql<Row>`
    with found as (
      select *, sum(next_number) over (order by chat_id) - next_number as members_before
      from chats
      where chat_id = any(${chats.map((chat) => Buffer.from(chat))}::bytea[])
    )
    select chat_id, direct, name, last_seq, next_number, last_at_s, closed, disappear_after_s,
           case when members_before < ${membersMax}::bigint then (
             select coalesce(json_agg(json_build_object(
               'number', number, 'user', user_id, 'role', role, 'joinSeq', join_seq, 'leaveSeq', leave_seq,
               'delivered', delivered, 'read', read, 'lastOwnSeq', last_own_seq, 'clientSeqs', client_seqs
             ) order by number), '[]')
             from members where members.chat_id = found.chat_id
           ) end as members
    from found
    order by chat_id
  `.execute(db)
  const copies: ChatCopy[] = []
  const omitted: Uint8Array[] = []
  for (const { chat_id: chat, direct, name, last_seq, next_number, members, ...row } of rows)
    if (members === null) omitted.push(chat)
    else
      copies.push({
        chat,
        direct,
        name,
        lastSeq: last_seq,
        nextNumber: next_number,
        lastAtS: row.last_at_s,
        disappearAfterS: row.disappear_after_s,
        closed: row.closed,
        members: members.map((member) => ({
          ...member,
          role: member.role === Role.ROLE_ADMIN ? Role.ROLE_ADMIN : Role.ROLE_MEMBER,
        })),
      })
  return { copies, omitted }
}
