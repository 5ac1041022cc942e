import { isChatField, type ChatDetail, type ChatSummary, type Response } from '../../../proto/codec.ts'
import { chatIdOf, type UserId } from '../../../proto/ids.ts'
import type { Chats } from '../chats/chats.ts'
import type { FrameStep } from './frame-step.ts'
import type { LocalChat } from '../chats/local-chat.ts'
import type { Requests } from '../requests/requests.ts'
import { completeRoster, rosterOfDetail, withToldDisappearing } from '../chats/roster.ts'

interface ResponseParts {
  readonly chats: Chats
  readonly requests: Requests
  readonly user: UserId
  /** The server does not have the read mark that it had. */
  readonly readAgain: (chat: LocalChat) => void
}

/** Answers of the server that say something about chats. */
export function foldResponse(step: FrameStep, response: Response, parts: ResponseParts): void {
  const request = response.request ?? 0
  if (!parts.requests.isOpen(request)) return
  for (const summary of response.chats?.chats ?? []) {
    if (isChatField(summary.chat)) foldSummary(step, parts.chats.get(chatIdOf(summary.chat)), summary)
  }
  if (isChatField(response.chat?.chat)) {
    foldDetail(step, parts.chats.get(chatIdOf(response.chat.chat)), response.chat, parts)
  }
  step.effects.push(() => parts.requests.answer(request, response))
}

/** From the directory, which may be a little behind: marks only rise by it, and a name that is known may be newer. */
function foldSummary(step: FrameStep, chat: LocalChat, summary: ChatSummary): void {
  const { lastSeq: ownSeq, roster } = chat
  const lastSeq = summary.lastSeq ?? 0
  chat.noteSeq(lastSeq)
  noteOwnRead(chat, summary.myRead ?? 0)
  step.touched.add(chat)
  // A device that has nothing of the chat: the list says how many at most, the chat itself how many.
  if (chat.sequence.upTo === undefined && ownSeq === 0 && lastSeq > chat.ownRead) {
    chat.unread.told(lastSeq - chat.ownRead, lastSeq)
    step.doubt(chat)
  }
  const members = summary.members ?? []
  if (members.length > 0) chat.roster = completeRoster(roster, summary.name ?? '', members)
  else if (lastSeq >= ownSeq || roster.name === '') chat.roster = { ...roster, name: summary.name ?? '' }
  // Of a chat that this device has nothing of; what comes behind it says what changes.
  if (ownSeq === 0)
    chat.roster = withToldDisappearing(chat.roster, { seq: lastSeq, afterS: summary.disappearAfterS ?? 0 })
  step.rosters.add(chat)
}

/**
 * From the chat itself, and in order with its messages: whatever of it has not come by now will not come. A chat that
 * is shorter than what this device has of it was lost on the server, and begins anew there.
 */
function foldDetail(step: FrameStep, chat: LocalChat, detail: ChatDetail, parts: ResponseParts): void {
  const lastSeq = detail.lastSeq ?? 0
  const { upTo } = chat.sequence
  if (upTo !== undefined && lastSeq < upTo) step.setBack(chat, lastSeq)
  else if (upTo !== undefined) {
    chat.noteBrief(lastSeq + 1, detail.briefLast ?? 0)
    step.settleUpTo(chat, lastSeq)
  }
  step.touched.add(chat)
  chat.noteSeq(lastSeq)
  // What the server has lost names nobody: only those whom it has named since.
  const before = chat.doubt ? { ...chat.roster, members: [] } : chat.roster
  const roster = rosterOfDetail(before, detail)
  chat.roster = lastSeq < chat.ownAdditionSeq ? { ...roster, isComplete: false } : roster
  step.rosters.add(chat)
  const own = detail.members?.find((member) => member.user === parts.user)
  // It has lost the mark with its mailboxes, or was asked before it had it.
  if (own && (own.read ?? 0) < chat.ownReadSent) {
    chat.ownReadSent = own.read ?? 0
    step.effects.push(() => parts.readAgain(chat))
  }
  noteOwnRead(chat, own?.read ?? 0)
  // A mark of this device that is on its way counts already.
  if (typeof detail.unread === 'number' && own?.read === chat.ownRead)
    chat.unread.told(detail.unread, lastSeq)
  // What it counts behind an earlier mark leaves that open.
  chat.doubt = chat.unread.isGuess ? 'this' : undefined
}

function noteOwnRead(chat: LocalChat, upTo: number): void {
  chat.setOwnRead(upTo)
  chat.ownReadSent = Math.max(chat.ownReadSent, upTo)
}
