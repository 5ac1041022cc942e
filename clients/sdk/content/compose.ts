import { isUserId } from '../../../proto/ids.ts'
import { DISAPPEAR_AFTER_S_MAX, TTL_S_MAX } from '../../../proto/limits.ts'
import { refusal, RestanteError } from '../errors.ts'
import {
  ATTACHMENTS_MAX,
  MENTIONS_MAX,
  type Act,
  type Attachment,
  type Contact,
  type GeoLocation,
  type Mention,
  type Said,
} from '../said.ts'
import { isEmoji, isMentionIn, isPlace } from './wire.ts'

/** How a message is carried. */
export interface Carriage {
  /** Wakes nobody, and is unread to nobody. */
  readonly quiet?: boolean
  /** Who has not got it so many seconds after it got its seq never gets it: at most 30 days. */
  readonly ttlS?: number
}

/** A message to be sent. It says something: text, attachments, a location, or a contact. */
export interface Composed extends Carriage {
  readonly text?: string
  /** User ids: all places where the text says `@bob` name bob. Or where exactly. */
  readonly mentions?: readonly (string | Mention)[]
  /** A message of this chat that has its seq, received or sent; or that seq. */
  readonly replyTo?: number | { readonly seq: number | undefined }
  readonly forwarded?: boolean
  readonly attachments?: readonly Attachment[]
  readonly location?: GeoLocation
  readonly contact?: Contact
  /** So many seconds after it was read it is gone from all devices; its sender's count from sending. At most 365 days. */
  readonly disappearAfterS?: number
}

/** What stands beside the text. @throws RestanteError bad-content; RejectedError if nothing stands anywhere */
export function saidOf(composed: Composed): Said {
  const { text = '', forwarded, attachments = [], location, contact, disappearAfterS } = composed
  const mentions = mentionsOf(text, composed.mentions)
  const replyTo = typeof composed.replyTo === 'object' ? (composed.replyTo.seq ?? 0) : composed.replyTo
  if (text === '' && attachments.length === 0 && !location && !contact) throw refusal('invalid')
  if (replyTo !== undefined && !isSeq(replyTo)) throw bad('what it answers has no seq, or none yet')
  if (attachments.length > ATTACHMENTS_MAX) throw bad(`more than ${ATTACHMENTS_MAX} attachments`)
  if (attachments.some(({ url }) => url === '')) throw bad('an attachment has no url')
  if (location && !isPlace(location)) throw bad('the location is none on earth')
  if (contact) checkContact(contact)
  if (disappearAfterS !== undefined) checkSeconds('disappearAfterS', disappearAfterS, DISAPPEAR_AFTER_S_MAX)
  return {
    ...(mentions.length > 0 && { mentions }),
    ...(replyTo !== undefined && { replyTo }),
    ...(forwarded && { forwarded }),
    // Copies: the outbox keeps them longer than the caller may leave them alone.
    ...(attachments.length > 0 && { attachments: attachments.map(copyOf) }),
    ...(location && { location: { ...location } }),
    ...(contact && { contact: { ...contact } }),
    ...(disappearAfterS !== undefined && { disappearAfterS }),
  }
}

/** @throws RestanteError bad-content */
export function carriageOf({ quiet, ttlS }: Carriage): Carriage {
  if (ttlS !== undefined) checkSeconds('ttlS', ttlS, TTL_S_MAX)
  return { ...(quiet && { quiet }), ...(ttlS !== undefined && { ttlS }) }
}

/** @throws RestanteError bad-content */
export function editOf(seq: number, text: string, mentions?: Composed['mentions']): Act {
  if (text === '') throw bad('a message is not edited to nothing: delete it')
  const found = mentionsOf(text, mentions)
  return { kind: 'edit', seq, text, ...(found.length > 0 && { mentions: found }) }
}

/** @param emoji empty: take the reaction back. @throws RestanteError bad-content */
export function reactionOf(seq: number, emoji: string): Act {
  if (emoji !== '' && !isEmoji(emoji)) throw bad(`"${emoji}" is no reaction: one emoji`)
  return { kind: 'reaction', seq, emoji }
}

function mentionsOf(text: string, mentions: Composed['mentions'] = []): Mention[] {
  const found = mentions.flatMap((mention) =>
    typeof mention === 'string' ? mentionsOfUser(text, mention) : [mention],
  )
  const wrong = found.find((mention) => !isMentionIn(mention, text))
  if (wrong) throw bad(`the mention of "${wrong.user}" stands outside of the text, or names no user id`)
  if (found.length > MENTIONS_MAX) throw bad(`more than ${MENTIONS_MAX} mentions`)
  return found.sort((a, b) => a.start - b.start)
}

function mentionsOfUser(text: string, user: string): Mention[] {
  if (!isUserId(user)) throw bad(`"${user}" is not a user id`)
  const name = `@${user}`
  const found: Mention[] = []
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    if (isEndOfName(text, at + name.length)) found.push({ user, start: at, length: name.length })
  }
  if (found.length === 0) throw bad(`the text does not say ${name}`)
  return found
}

/** Whether a user id ends there: `@bobby` names nobody else; a dot that nothing follows ends a sentence. */
function isEndOfName(text: string, at: number): boolean {
  return !/^(?:[A-Za-z0-9_@-]|\.[A-Za-z0-9])/.test(text.slice(at, at + 2))
}

function checkContact({ name, user, phones = [], emails = [] }: Contact): void {
  if (name === '') throw bad('a contact has a name')
  if (user !== undefined && !isUserId(user)) throw bad(`"${user}" is not a user id`)
  if (Math.max(phones.length, emails.length) > ATTACHMENTS_MAX)
    throw bad(`more than ${ATTACHMENTS_MAX} phones or emails`)
}

function copyOf(attachment: Attachment): Attachment {
  return structuredClone(attachment)
}

function checkSeconds(name: string, seconds: number, max: number): void {
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= max) return
  throw bad(`${name} is ${seconds}, not a whole number of seconds from 1 to ${max}`)
}

function isSeq(seq: number): boolean {
  return Number.isSafeInteger(seq) && seq > 0
}

export function bad(why: string): RestanteError {
  return new RestanteError('bad-content', why)
}
