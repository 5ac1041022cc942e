import { decodeRequest, isChatField } from '../../proto/codec.ts'
import { isUserId } from '../../proto/ids.ts'
import { peekRequest } from '../../proto/peek.ts'
import { decodeEnvelope, type DecodedEnvelope } from '../../proto/server-codec.ts'
import { type Entry, usersNamed } from '../chat/apply.ts'
import type { ChatState } from '../chat/state.ts'
import type { FactSource, Needs } from './facts.ts'
import { entriesOf, entryOf } from './waiting/parked.ts'
import type { Partition } from './partition.ts'
import { pageAsked, type RequestEntry, userAdded } from './requests.ts'

/** An entry of a partition, decoded and with its chat at hand: ready to be applied once the facts are there. */
export type Prepared =
  /** What one device sent to a chat at once, in order; or delivered marks. */
  | {
      readonly kind: 'chat'
      readonly chat: ChatState
      readonly entries: readonly Entry[]
      readonly envelope: DecodedEnvelope
    }
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
      const entries =
        envelope.what === 'up' ? entriesOf(envelope) : [entryOf(envelope, marksContent(envelope))]
      noteNeeds(chat, entries, partition, source, needs)
      return { kind: 'chat', chat, entries, envelope }
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

/** Notes in `needs` what applying these entries to the chat will have to know. */
export function noteNeeds(
  chat: ChatState,
  entries: readonly Entry[],
  partition: Partition,
  source: FactSource,
  needs: Needs,
): void {
  if (!partition.isUnreadable(chat)) {
    if (!chat.exists || partition.isDoubtful(chat)) needs.doubtful.set(chat.key, chat.bytes)
    else if (partition.isOlder === undefined) needs.loaded.push({ partition: partition.number, chat })
  }
  for (const { content } of entries)
    if (content.kind === 'up') noteNamed(usersNamed(chat, content), source, needs)
}

function noteNamed(users: readonly string[], source: FactSource, needs: Needs): void {
  // More than a chat may have are refused, whoever they are: others' questions need the room.
  if (users.length > source.membersMax && new Set(users).size > source.membersMax) return
  for (const user of users) if (isUserId(user) && !source.isKnown(user)) needs.named.add(user)
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
