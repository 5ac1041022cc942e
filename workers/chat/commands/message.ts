import type { SendMessage } from '../../../proto/codec.ts'
import { Role } from '../../../proto/codec.ts'
import { directChatId, isDirectChat, isUserId, type UserId } from '../../../proto/ids.ts'
import {
  BODY_BYTES_MAX,
  CONTENT_BYTES_MAX,
  CONTENT_TYPE_CHARS_MAX,
  TEXT_BYTES_MAX,
  TTL_S_MAX,
} from '../../../proto/limits.ts'
import { type Content, postEntry, takeMessageSeq } from '../entries.ts'
import { awaitReceipts } from '../receipts.ts'
import type { ChatState } from '../state.ts'
import {
  type Decision,
  pay,
  type Refusal,
  refuse,
  refuseTooManyChats,
  refuseUnknown,
  type Step,
} from '../step.ts'

/** Where messages disappear, one that nobody has got yet is kept so long at least. */
export const UNDELIVERED_S_MIN = 86_400

const PRINTABLE_ASCII = /^[\x20-\x7e]*$/

/** A text, body or content for the chat. The first message of a direct chat makes the chat. */
export function sendMessage(step: Step, body: SendMessage): Decision {
  const { chat } = step
  const isFirst = !chat.exists
  if (isFirst) {
    const refused = refuseDirectChat(step, body.peer ?? '')
    if (refused !== undefined) return refused
  } else if (chat.member(step.user) === undefined) return refuse('unknown-chat')

  const content = contentOf(body)
  if ('refused' in content) return content
  if ((body.ttlS ?? 0) > TTL_S_MAX) return refuse('invalid')
  const carriage = { isQuiet: body.quiet ?? false, ttlS: body.ttlS || ttlIn(chat) }
  // Behind all that is wrong with the message: else a bad one would ask, at no cost, whether somebody exists.
  const early = isFirst ? (refuseTooManyChats(step) ?? refuseUnknown(step, [body.peer ?? ''])) : undefined
  if (early !== undefined) return early
  const recipients = isFirst ? 1 : chat.members.length - 1
  const refused = pay(step, recipients, bytesOf(content), isFirst ? 1 : 0)
  if (refused !== undefined) return refused

  if (isFirst) {
    step.facts.began(step.user)
    makeDirectChat(chat, step.user, body.peer ?? '')
  }
  const sender = chat.member(step.user)
  if (sender === undefined) return refuse('unknown-chat')
  const seq = takeMessageSeq(step, sender, carriage)
  if (isFirst) content.directMembers = [...chat.audience.users]
  postEntry(step, sender, chat.audience, content, carriage)
  awaitReceipts(step, sender)
  return seq
}

/** Who has not got a message by the time that it would have disappeared never gets it; but a phone may be off for a day. */
function ttlIn({ head: { disappearAfterS } }: ChatState): number {
  return disappearAfterS === 0 ? 0 : Math.min(Math.max(disappearAfterS, UNDELIVERED_S_MIN), TTL_S_MAX)
}

/** The user that must exist for this message to be sent, if any. */
export function usersOfMessage(body: SendMessage, chat: ChatState): readonly string[] {
  return body.peer && !chat.exists && isUserId(body.peer) ? [body.peer] : []
}

/** About: a UTF-16 unit of text takes one byte or more. */
function bytesOf({ text, body, content }: Content): number {
  return (text?.length ?? 0) + (body?.length ?? 0) + (content?.length ?? 0)
}

/** Only the two users whose ids make the chat's id may begin it; to anybody else there is no such chat. */
function refuseDirectChat(step: Step, peer: string): Refusal | undefined {
  const { chat, user } = step
  if (!isDirectChat(chat.id) || !isUserId(peer) || directChatId(user as UserId, peer) !== chat.id)
    return refuse('unknown-chat')
  return peer === user ? refuse('invalid') : undefined
}

function makeDirectChat(chat: ChatState, user: string, peer: string): void {
  chat.setDirect()
  chat.join(user, Role.ROLE_MEMBER, 1)
  chat.join(peer, Role.ROLE_MEMBER, 1)
}

/** Text, or a body, or content, which may have text beside it: for clients that know no content. */
function contentOf({ text, body, contentType, content }: SendMessage): Content | Refusal {
  if (body?.length) return text || content?.length ? refuse('invalid') : bodyOf(body, contentType)
  if (contentType || (!text && !content?.length)) return refuse('invalid')
  if (text && isTextTooLarge(text)) return refuse('too-large')
  if (!content?.length) return { text: text ?? '' }
  if (content.length > CONTENT_BYTES_MAX) return refuse('too-large')
  return text ? { text, content } : { content }
}

function bodyOf(body: Uint8Array, contentType: string | null | undefined): Content | Refusal {
  if (body.length > BODY_BYTES_MAX) return refuse('too-large')
  if (!contentType) return { body }
  if (contentType.length > CONTENT_TYPE_CHARS_MAX || !PRINTABLE_ASCII.test(contentType))
    return refuse('invalid')
  return { body, contentType }
}

/** A UTF-16 unit takes at most 3 bytes of UTF-8, so that short texts need no counting. */
function isTextTooLarge(text: string): boolean {
  return text.length * 3 > TEXT_BYTES_MAX && Buffer.byteLength(text) > TEXT_BYTES_MAX
}
