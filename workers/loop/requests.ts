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
  /** The page of chats that it asks for; undefined: none. */
  readonly page: PageAsk | undefined
  /** When the broker took it in, Unix ms. */
  readonly atMs: number
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

/** Of a request that needs no page. */
export function answerRequest(entry: RequestEntry, facts: FrameFacts): Posting {
  const { request } = entry
  return answered(entry, request === undefined ? 'malformed' : answerFor(entry, request, facts))
}

/** @param rows of the directory; undefined: it is away */
export function answerPage(
  entry: RequestEntry,
  page: PageAsk,
  rows: readonly ChatRow[] | undefined,
  overlay: Overlay,
): Posting {
  return answered(entry, rows === undefined ? 'unavailable' : { chats: chatList(page, rows, overlay) })
}

/** Too many pages of the asker wait already, or they cost others too much. @param waitS seconds until to ask again */
export function tooManyPages(entry: RequestEntry, waitS: number): Posting {
  return answered(entry, 'rate-limited', waitS)
}

function answered(
  { user, device, number }: RequestEntry,
  answer: Response | ErrorName,
  waitS = answer === 'unavailable' ? UNAVAILABLE_RETRY_S : 0,
): Posting {
  if (typeof answer === 'string') {
    return { kind: 'rejected', user, device, code: answer, clientSeq: 0, retryAfterS: waitS, request: number }
  }
  return {
    kind: 'answer',
    user,
    device,
    entry: encodeDown({ responses: [{ request: number, ...answer }] }),
  }
}

function answerFor(entry: RequestEntry, request: DecodedRequest, facts: FrameFacts): Response | ErrorName {
  if (request.what === 'myChats') return 'invalid'
  if (request.what === 'addUser') {
    if (!entry.isAdmin) return 'forbidden'
    const user = userAdded(true, request)
    if (user === undefined) return 'invalid'
    return facts.isCreatedSaved ? { done: { alike: [...facts.alike(user)] } } : 'unavailable'
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
  const { chat, direct, name, lastSeq, lastAtS, disappearAfterS, myNumber, myDelivered, myRead, members } =
    row
  const unread = Math.max(0, lastSeq - myRead)
  return {
    chat,
    direct,
    name,
    lastSeq,
    lastAtS,
    disappearAfterS,
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
