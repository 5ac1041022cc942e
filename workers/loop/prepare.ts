import { decodeRequest, isChatField } from '../../proto/codec.ts'
import { isUserId } from '../../proto/ids.ts'
import { peekRequest } from '../../proto/peek.ts'
import { decodeEnvelope, type DecodedEnvelope } from '../../proto/server-codec.ts'
import { costBefore, type Entry, usersNamed } from '../chat/apply.ts'
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
      noteNeeds(chat, entries, partition, source, needs, 'new')
      return { kind: 'chat', chat, entries, envelope }
    }
    case 'request':
      return { kind: 'request', entry: prepareRequest(envelope, source, needs) }
    case 'connected':
      if (!source.isKnown(envelope.user)) needs.linked.add(envelope.user)
      return { kind: 'connected', user: envelope.user }
    default:
      return BROKEN
  }
}

/**
 * Notes in `needs` what applying these entries to the chat will have to know.
 * @param entriesAre `parked`: whom they name has been paid for when they were new
 */
export function noteNeeds(
  chat: ChatState,
  entries: readonly Entry[],
  partition: Partition,
  source: FactSource,
  needs: Needs,
  entriesAre: 'new' | 'parked',
): void {
  const [first] = entries
  if (entriesAre === 'new' && !chat.exists && first !== undefined && isBeyond(first, source)) return
  if (!partition.isUnreadable(chat)) {
    if (!chat.exists || partition.isDoubtful(chat)) needs.doubtful.set(chat.key, chat.bytes)
    else if (partition.isOlder === undefined) needs.loaded.push({ partition: partition.number, chat })
  }
  for (const { user, atMs, content } of entries) {
    if (!chat.exists && begins(content)) needs.founders.users.set(user, 0)
    const names = content.kind === 'up' ? toAskFor(usersNamed(chat, content), source) : NOBODY
    if (names.length === 0) continue
    const isPaid = entriesAre === 'parked' || source.take(user, { names: names.length }, atMs) === 0
    if (isPaid) for (const name of names) needs.named.add(name)
    else needs.overspent.add(user)
  }
}

const NOBODY: readonly string[] = []

/** Whether its sender cannot pay it in any case: it is held, and asked about beside the work, when nobody waits for that. */
function isBeyond(entry: Entry, source: FactSource): boolean {
  const cost = costBefore(entry)
  return cost !== undefined && source.waitS(entry.user, cost) > 0
}

/** Whether it would make a chat that is not there yet. */
function begins(content: Entry['content']): boolean {
  if (content.kind !== 'up') return false
  return content.is === 'create' || (content.is === 'message' && Boolean(content.up.message?.peer))
}

function toAskFor(users: readonly string[], source: FactSource): readonly string[] {
  // More than a chat may have are refused, whoever they are: others' questions need the room.
  if (users.length > source.membersMax && new Set(users).size > source.membersMax) return NOBODY
  return users.filter((user) => isUserId(user) && !source.isKnown(user))
}

function marksContent(envelope: DecodedEnvelope): Entry['content'] {
  return { kind: 'delivered', marks: envelope.delivered ?? {} }
}

function prepareRequest(envelope: DecodedEnvelope, source: FactSource, needs: Needs): RequestEntry {
  const { user, device, admin, atMs } = envelope
  const asker = { user, device, isAdmin: admin, atMs }
  const bytes = envelope.request ?? new Uint8Array()
  try {
    const request = decodeRequest(bytes)
    const added = userAdded(admin, request)
    if (added !== undefined) needs.added.add(added)
    return { ...asker, request, number: request.request, page: pageAsked(user, request) }
  } catch {
    return { ...asker, request: undefined, number: peekRequest(bytes), page: undefined }
  }
}
