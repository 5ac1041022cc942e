import { type ChatSummary, type DecodedRequest, encodeDown, type Response } from '../../proto/codec.ts'
import type { ErrorName } from '../../proto/errors.ts'
import { isUserId } from '../../proto/ids.ts'
import { CHAT_ID_BYTES, CHAT_PAGE_MAX } from '../../proto/limits.ts'
import type { Posting } from '../chat/posting.ts'
import type { ChatState } from '../chat/state.ts'
import type { ChatRow, PageAsk } from '../directory/directory.ts'
import type { FrameFacts } from './facts.ts'

/** A Request as it came through a user's partition, decoded. */
export interface RequestEntry {
  readonly user: string
  readonly device: string
  readonly isAdmin: boolean
  readonly request: DecodedRequest | undefined
  /** The asker's number for it; 0 if it could not be read. */
  readonly number: number
  /** Where its page stands in the frame's facts; undefined: it needs none. */
  readonly page: number | undefined
  /** After how many seconds to ask again, because the user has asked for too much; otherwise 0. */
  readonly waitS: number
}

/** What this worker knows better than the directory. */
export interface Overlay {
  cached(chat: Uint8Array): ChatState | undefined
  /** Chats whose members, roles or name the directory may not have yet. */
  withNewRoster(): Iterable<ChatState>
}

/** @returns the page that the request asks for, if it is a proper request for one */
export function pageAsked(user: string, request: DecodedRequest): PageAsk | undefined {
  if (request.what !== 'myChats') return undefined
  const after = request.myChats?.after ?? new Uint8Array()
  if (after.length !== 0 && after.length !== CHAT_ID_BYTES) return undefined
  const limit = request.myChats?.limit ?? 0
  return { user, after, limit: limit === 0 ? CHAT_PAGE_MAX : Math.min(limit, CHAT_PAGE_MAX) }
}

/** @returns whom the request makes exist, if the asker may do that */
export function userAdded(isAdmin: boolean, request: DecodedRequest): string | undefined {
  const user = request.what === 'addUser' ? (request.addUser?.user ?? '') : ''
  return isAdmin && isUserId(user) ? user : undefined
}

/** Away directories are worth another try after so long. */
const UNAVAILABLE_RETRY_S = 5

export function answerRequest(entry: RequestEntry, facts: FrameFacts, overlay: Overlay): Posting {
  const { user, device, request, number } = entry
  const answer = request === undefined ? 'malformed' : answerFor(entry, request, facts, overlay)
  if (typeof answer === 'string') {
    const retryAfterS = answer === 'unavailable' ? UNAVAILABLE_RETRY_S : entry.waitS
    return { kind: 'rejected', user, device, code: answer, clientSeq: 0, retryAfterS, request: number }
  }
  return {
    kind: 'answer',
    user,
    device,
    entry: encodeDown({ responses: [{ request: number, ...answer }] }),
  }
}

function answerFor(
  entry: RequestEntry,
  request: DecodedRequest,
  facts: FrameFacts,
  overlay: Overlay,
): Response | ErrorName {
  if (request.what === 'myChats') {
    if (entry.waitS > 0) return 'rate-limited'
    const ask = pageAsked(entry.user, request)
    if (ask === undefined || entry.page === undefined) return 'invalid'
    const rows = facts.pages?.[entry.page]
    return rows === undefined ? 'unavailable' : { chats: chatList(ask, rows, overlay) }
  }
  if (request.what === 'addUser') {
    if (!entry.isAdmin) return 'forbidden'
    if (userAdded(true, request) === undefined) return 'invalid'
    return facts.isCreatedSaved ? { done: {} } : 'unavailable'
  }
  return 'unsupported'
}

/** The directory's page, with what is newer in memory laid over it. */
function chatList(ask: PageAsk, rows: readonly ChatRow[], overlay: Overlay): NonNullable<Response['chats']> {
  const isLast = rows.length < ask.limit
  const lastId = rows.at(-1)?.chat
  const chats = new Map<string, ChatSummary>()
  for (const row of rows) {
    const chat = overlay.cached(row.chat)
    const isNewer = chat !== undefined && chat.lastSeq >= row.lastSeq
    const summary = isNewer ? summaryOfState(chat, ask.user) : summaryOfRow(row)
    if (summary !== undefined) chats.set(Buffer.from(row.chat).toString('latin1'), summary)
  }
  for (const chat of overlay.withNewRoster()) {
    if (chats.has(chat.key) || Buffer.compare(chat.bytes, ask.after) <= 0) continue
    if (!isLast && lastId !== undefined && Buffer.compare(chat.bytes, lastId) > 0) continue
    const summary = summaryOfState(chat, ask.user)
    if (summary !== undefined) chats.set(chat.key, summary)
  }
  const sorted = [...chats].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, summary]) => summary)
  const page = sorted.slice(0, ask.limit)
  const next = sorted.length > page.length ? page.at(-1)?.chat : isLast ? undefined : lastId
  return { chats: page, ...(next && { next }) }
}

function summaryOfRow(row: ChatRow): ChatSummary {
  const { chat, direct, name, lastSeq, lastAtS, myNumber, myDelivered, myRead, members } = row
  const unread = Math.max(0, lastSeq - myRead)
  return {
    chat,
    direct,
    name,
    lastSeq,
    lastAtS,
    myNumber,
    myDelivered,
    myRead,
    unread,
    members: [...members],
  }
}

/** @returns undefined if the user is not a member now */
function summaryOfState(chat: ChatState, user: string): ChatSummary | undefined {
  const me = chat.member(user)
  if (me === undefined) return undefined
  return summaryOfRow({
    ...chat.head,
    chat: chat.bytes,
    myNumber: me.number,
    myDelivered: me.delivered,
    myRead: me.read,
    members: chat.head.direct
      ? chat.members.map(({ number, user: id, role }) => ({ number, user: id, role }))
      : [],
  })
}
