import { type Kysely, sql } from 'kysely'
import { Role } from '../../../proto/codec.ts'
import type { ChatRow, PageAsk } from '../directory.ts'
import type { Schema } from '../schema.ts'

interface Row {
  readonly ask: number
  readonly chat_id: Buffer
  readonly direct: boolean
  readonly name: string
  readonly last_seq: number
  readonly last_at_s: number
  readonly disappear_after_s: number
  readonly number: number
  readonly delivered: number
  readonly read: number
  readonly members: { readonly number: number; readonly user: string; readonly role: number }[] | null
}

/** A page of chats for each ask, in order: one scan of the primary key of members for each. */
export async function selectChatPages(db: Kysely<Schema>, asks: readonly PageAsk[]): Promise<ChatRow[][]> {
  const users = asks.map((ask) => ask.user)
  const afters = asks.map((ask) => Buffer.from(ask.after))
  const limits = asks.map((ask) => ask.limit)
  const { rows } = await sql<Row>`
    select ask.number::integer as ask, chats.chat_id, direct, name, last_seq, last_at_s,
           disappear_after_s,
           mine.number, mine.delivered, mine.read,
           case when direct then (
             select json_agg(json_build_object('number', number, 'user', user_id, 'role', role) order by number)
             from members where members.chat_id = chats.chat_id
           ) end as members
    from unnest(${users}::text[], ${afters}::bytea[], ${limits}::integer[])
           with ordinality as ask (user_id, after, page, number)
    cross join lateral (
      select chat_id, number, delivered, read
      from members
      where members.user_id = ask.user_id and chat_id > ask.after and leave_seq = 0
      order by chat_id
      limit ask.page
    ) as mine
    join chats on chats.chat_id = mine.chat_id
    order by ask.number, chats.chat_id
  `.execute(db)
  const pages = asks.map((): ChatRow[] => [])
  for (const row of rows) pages[row.ask - 1]?.push(chatRow(row))
  return pages
}

function chatRow(row: Row): ChatRow {
  const members = (row.members ?? []).map(({ number, user, role }) => ({
    number,
    user,
    role: role === Role.ROLE_ADMIN ? Role.ROLE_ADMIN : Role.ROLE_MEMBER,
  }))
  return {
    chat: row.chat_id,
    direct: row.direct,
    name: row.name,
    lastSeq: row.last_seq,
    lastAtS: row.last_at_s,
    disappearAfterS: row.disappear_after_s,
    myNumber: row.number,
    myDelivered: row.delivered,
    myRead: row.read,
    members,
  }
}
