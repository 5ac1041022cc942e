import { decodeRequest, decodeUp, isChatField } from '../../proto/codec.ts'
import { isUserId } from '../../proto/ids.ts'
import { UP_BYTES_MAX } from '../../proto/limits.ts'
import { peekRequest, peekUp } from '../../proto/peek.ts'
import { decodeEnvelope, type DecodedEnvelope } from '../../proto/server-codec.ts'
import { type Entry, usersNamed } from '../chat/apply.ts'
import type { ChatState } from '../chat/state.ts'
import type { FactSource, Needs } from './facts.ts'
import type { Partition } from './partition.ts'
import { pageAsked, type RequestEntry, userAdded } from './requests.ts'

/** An entry of a partition, decoded and with its chat at hand: ready to be applied once the facts are there. */
export type Prepared =
  /** What one device sent to a chat at once, in order; or delivered marks. */
  | { readonly kind: 'chat'; readonly chat: ChatState; readonly entries: readonly Entry[] }
  | { readonly kind: 'request'; readonly entry: RequestEntry }
  | { readonly kind: 'connected'; readonly user: string }
  /** Not what a broker writes: it is counted and passed. */
  | { readonly kind: 'broken' }

const BROKEN: Prepared = { kind: 'broken' }

/** Decodes an Envelope, and notes in `needs` what applying it will have to know. @throws what `Partition.chat` throws */
export function prepare(bytes: Uint8Array, partition: Partition, source: FactSource, needs: Needs): Prepared {
  let envelope: DecodedEnvelope
  try {
    envelope = decodeEnvelope(bytes)
  } catch {
    return BROKEN
  }
  switch (envelope.what) {
    case 'up':
    case 'delivered': {
      if (!isChatField(envelope.chat)) return BROKEN
      const chat = partition.chat(envelope.chat)
      if (!partition.isUnreadable(chat)) {
        if (!chat.exists || partition.isDoubtful(chat)) needs.doubtful.set(chat.key, chat.bytes)
        else if (partition.isOlder === undefined) needs.loaded.push({ partition: partition.number, chat })
      }
      const contents = envelope.what === 'up' ? upContents(envelope) : [marksContent(envelope)]
      for (const content of contents)
        if (content.kind === 'up') noteNamed(usersNamed(chat, content), source, needs)
      return { kind: 'chat', chat, entries: contents.map((content) => entryOf(envelope, content)) }
    }
    case 'request':
      return { kind: 'request', entry: prepareRequest(envelope, needs) }
    case 'connected':
      if (!source.isKnown(envelope.user)) needs.linked.add(envelope.user)
      return { kind: 'connected', user: envelope.user }
    default:
      return BROKEN
  }
}

function noteNamed(users: readonly string[], source: FactSource, needs: Needs): void {
  // More than a chat may have are refused, whoever they are: others' questions need the room.
  if (users.length > source.membersMax && new Set(users).size > source.membersMax) return
  for (const user of users) if (isUserId(user) && !source.isKnown(user)) needs.named.add(user)
}

function entryOf(envelope: DecodedEnvelope, content: Entry['content']): Entry {
  const { user, device, transient: isTransient, atMs } = envelope
  return { user, device, isTransient, atMs, content }
}

function upContents({ up, moreUps }: DecodedEnvelope): Entry['content'][] {
  const first = upContent(up)
  return moreUps.length === 0 ? [first] : [first, ...moreUps.map(upContent)]
}

/** @param bytes an Up as a device sent it */
export function upContent(bytes: Uint8Array | null | undefined): Entry['content'] {
  const up = bytes ?? new Uint8Array()
  if (up.length > UP_BYTES_MAX) return { kind: 'unreadable', code: 'too-large', of: peekUp(up) }
  try {
    const decoded = decodeUp(up)
    const kind = decoded.body
    if (kind !== undefined) return { kind: 'up', is: kind, up: decoded }
    return { kind: 'unreadable', code: 'unsupported', of: peekUp(up) }
  } catch {
    return { kind: 'unreadable', code: 'malformed', of: peekUp(up) }
  }
}

function marksContent(envelope: DecodedEnvelope): Entry['content'] {
  return { kind: 'delivered', marks: envelope.delivered ?? {} }
}

function prepareRequest(envelope: DecodedEnvelope, needs: Needs): RequestEntry {
  const { user, device, admin } = envelope
  const asker = { user, device, isAdmin: admin }
  const bytes = envelope.request ?? new Uint8Array()
  try {
    const request = decodeRequest(bytes)
    const added = userAdded(admin, request)
    if (added !== undefined) needs.added.add(added)
    const page = pageAsked(user, request)
    const readable = { ...asker, request, number: request.request }
    if (page === undefined) return { ...readable, page: undefined }
    needs.pages.push(page)
    return { ...readable, page: needs.pages.length - 1 }
  } catch {
    return { ...asker, request: undefined, number: peekRequest(bytes), page: undefined }
  }
}
