import { type DecodedUp, isCount } from '../../proto/codec.ts'
import type { ErrorName } from '../../proto/errors.ts'
import type { Peeked } from '../../proto/peek.ts'
import { INSTEAD_OF_ENTRIES_MAX } from '../../proto/limits.ts'
import type { Marks } from '../../proto/server-codec.ts'
import { costOfCreate } from './commands/create.ts'
import { markDelivered } from './commands/delivered.ts'
import { COMMANDS, isCommand, SIGNALS, type UpKind } from './entry-kinds.ts'
import { fingerprint } from './fingerprint.ts'
import { lookUp, lookUpClosed, type Repeat } from './idempotency.ts'
import { isAdmin, type Member } from './member.ts'
import type { AcceptedFacts, Posting } from './posting.ts'
import type { ChatState } from './state.ts'
import {
  type Cost,
  type Decision,
  type Facts,
  isUndecided,
  type Refusal,
  refuse,
  type Step,
  WAITS,
  type Waits,
} from './step.ts'

export interface UpContent {
  readonly kind: 'up'
  readonly is: UpKind
  readonly up: DecodedUp
}

/** One entry of a chat, decoded. */
export interface Entry {
  readonly user: string
  readonly device: string
  /** It is the name of a connection, and of no linked device. */
  readonly isTransient: boolean
  /** When the broker took it in, Unix ms. */
  readonly atMs: number
  readonly content: /** `is` says which body it has: asking the frame itself costs a look at all its fields. */
    | UpContent
    | { readonly kind: 'delivered'; readonly marks: Marks }
    /** What cannot be carried out, whatever the chat. */
    | { readonly kind: 'unreadable'; readonly code: ErrorName; readonly of: Peeked }
}

/**
 * The step: applies one entry to its chat, as far as `facts` and the chat's rules allow it. It depends on nothing
 * else, so that a repeat by another worker decides the same.
 *
 * @param chat changed in place; `chat.restore()` takes it back if this throws
 * @returns what is to be delivered, in order; or that it has to wait, and nothing has changed
 */
export function apply(chat: ChatState, facts: Facts, entry: Entry): Posting[] | Waits {
  const { user, device, isTransient, atMs, content } = entry
  const postings: Posting[] = []
  const step: Step = { chat, facts, user, device, isTransient, atMs, postings }
  chat.begin()
  if (content.kind === 'up') return applyUp(step, content) ?? postings
  if (content.kind === 'delivered') markDelivered(step, content.marks)
  else rejectUnread(step, content.code, content.of)
  return postings
}

function applyUp(step: Step, { is, up }: UpContent): Waits | undefined {
  return isCommand(is) ? decide(step, up, is) : signal(step, up, is)
}

function signal<Kind extends keyof typeof SIGNALS>(step: Step, up: DecodedUp, kind: Kind): undefined {
  SIGNALS[kind](step, up[kind] as NonNullable<DecodedUp[Kind]>)
  return undefined
}

/** G4: each clientSeq of a device in a chat is decided once. Of strangers nothing is remembered. */
function decide<Kind extends keyof typeof COMMANDS>(
  step: Step,
  up: DecodedUp,
  kind: Kind,
): Waits | undefined {
  const { chat, user, device, isTransient, postings } = step
  const body = up[kind] as NonNullable<DecodedUp[Kind]>
  const clientSeq = body.clientSeq ?? 0
  if (!isCount(clientSeq) || clientSeq === 0) return rejectUnread(step, 'malformed')

  const print = fingerprint(kind, body)
  const decided = answerOf(step, clientSeq, print)
  if (decided !== undefined) {
    postings.push(decided)
    return undefined
  }

  if (isUndecided(step)) return WAITS
  const { lastSeq, briefLast } = chat.head
  const decision: Decision = acceptedEarlier(step, up, print) ?? COMMANDS[kind].apply(step, body)
  if (typeof decision === 'string') return decision
  const member = chat.ever(user)
  const record = member === undefined ? undefined : chat.touchDevice(member, device, isTransient, clientSeq)
  if (typeof decision === 'number') {
    if (record !== undefined) chat.recordSend(record, clientSeq, decision, print)
    const facts = decision > lastSeq ? factsOf(step, body, member, briefLast) : undefined
    postings.push({ kind: 'accepted', chat, user, device, clientSeq, seq: decision, facts })
    if (chat.members.length === 0 && chat.head.closed === undefined)
      chat.close({ user, device, clientSeq, print })
    return undefined
  }
  if (record !== undefined) record.highestClientSeq = clientSeq
  return reject(step, clientSeq, decision)
}

/** @param briefBefore of the entry that has come of it */
function factsOf(
  { atMs }: Step,
  body: object,
  member: Member | undefined,
  briefBefore: number,
): AcceptedFacts {
  const hasContent = 'content' in body && body.content instanceof Uint8Array && body.content.length > 0
  if (!hasContent) return { atS: 0, fromAdmin: false, briefBefore }
  return { atS: Math.floor(atMs / 1000), fromAdmin: member !== undefined && isAdmin(member), briefBefore }
}

/**
 * What is said of a number that was decided before, whatever has become of the chat, and whatever waits in it.
 * @returns undefined if it is a new one, or none
 */
export function answerRepeat(chat: ChatState, entry: Entry): Posting | undefined {
  const { content } = entry
  if (content.kind !== 'up' || !isCommand(content.is)) return undefined
  const body = content.up[content.is] ?? {}
  const clientSeq = body.clientSeq ?? 0
  if (!isCount(clientSeq) || clientSeq === 0) return undefined
  return answerOf({ ...entry, chat }, clientSeq, fingerprint(content.is, body))
}

/**
 * Nothing becomes of this number any more, nor of those below it that have not been decided: so that no copy of it does
 * either (G4). Of strangers nothing is remembered.
 */
export function passOver(
  chat: ChatState,
  { user, device, isTransient }: Pick<Entry, 'user' | 'device' | 'isTransient'>,
  clientSeq: number,
): void {
  const member = chat.ever(user)
  if (member === undefined || !isCount(clientSeq)) return
  if (clientSeq <= (member.devices.get(device)?.highestClientSeq ?? 0)) return
  chat.begin()
  const record = chat.touchDevice(member, device, isTransient, clientSeq)
  record.highestClientSeq = Math.max(record.highestClientSeq, clientSeq)
}

type Sender = Pick<Step, 'chat' | 'user' | 'device' | 'isTransient'>

function answerOf(
  { chat, user, device, isTransient }: Sender,
  clientSeq: number,
  print: number,
): Posting | undefined {
  const repeat = whatBecameOf({ chat, user, device, isTransient }, clientSeq, print)
  if (repeat.outcome === 'new') return undefined
  if (repeat.outcome === 'known')
    return { kind: 'accepted', chat, user, device, clientSeq, seq: repeat.seq, facts: undefined }
  const code = repeat.outcome === 'stale' ? 'stale-client-seq' : 'client-seq-reused'
  return { kind: 'rejected', user, device, code, clientSeq, retryAfterS: 0 }
}

function whatBecameOf({ chat, user, device, isTransient }: Sender, clientSeq: number, print: number): Repeat {
  const { closed } = chat.head
  if (closed) return lookUpClosed(closed, chat.lastSeq, { user, device, clientSeq, print })
  const sender = chat.ever(user)
  const forgotten = isTransient ? 0 : (sender?.forgottenClientSeq ?? 0)
  return lookUp(sender?.devices.get(device), forgotten, clientSeq, print)
}

/**
 * @returns the seq of this very command, if it was accepted under a number that it had before; a refusal if nobody knows
 *   any more: carried out anew, it could be there twice
 */
function acceptedEarlier(
  sender: Sender,
  { insteadOf }: DecodedUp,
  print: number,
): number | Refusal | undefined {
  if (insteadOf.length === 0) return undefined
  let isForgotten = false
  for (const clientSeq of insteadOf.slice(-INSTEAD_OF_ENTRIES_MAX)) {
    const earlier = whatBecameOf(sender, clientSeq, print)
    if (earlier.outcome === 'known') return earlier.seq
    isForgotten ||= earlier.outcome === 'stale'
  }
  return isForgotten ? refuse('stale-client-seq') : undefined
}

function reject(
  { user, device, postings }: Step,
  clientSeq: number,
  { refused, retryAfterS }: Refusal,
): undefined {
  postings.push({ kind: 'rejected', user, device, code: refused, clientSeq, retryAfterS })
}

/** Names the number as far as it could be read; without one, the chat. */
function rejectUnread(
  { chat, user, device, postings }: Step,
  code: ErrorName,
  { clientSeq = 0, request }: Peeked = {},
): undefined {
  const refusal = { kind: 'rejected', user, device, code, clientSeq, retryAfterS: 0 } as const
  if (request !== undefined) postings.push({ ...refusal, request })
  else postings.push(clientSeq > 0 ? refusal : { ...refusal, chat: chat.bytes })
}

/** What an entry costs, about, if that is known before anything else of it: of one that makes a group. */
export function costBefore({ content }: Entry): Partial<Cost> | undefined {
  if (content.kind !== 'up' || content.is !== 'create') return undefined
  return costOfCreate(content.up.create ?? {})
}

/** The user ids in an entry that must exist for it to be carried out. */
export function usersNamed(chat: ChatState, { is, up }: UpContent): readonly string[] {
  return isCommand(is) ? usersOf(chat, up, is) : []
}

function usersOf<Kind extends keyof typeof COMMANDS>(
  chat: ChatState,
  up: DecodedUp,
  kind: Kind,
): readonly string[] {
  const { users } = COMMANDS[kind]
  return users === undefined ? [] : users(up[kind] as NonNullable<DecodedUp[Kind]>, chat)
}
