import { type DecodedUp, isCount } from '../../proto/codec.ts'
import type { ErrorName } from '../../proto/errors.ts'
import type { Marks } from '../../proto/server-codec.ts'
import { markDelivered } from './delivered.ts'
import { COMMANDS, isCommand, SIGNALS, type UpKind } from './entry-kinds.ts'
import { lookUp, recordSend } from './idempotency.ts'
import type { Posting } from './posting.ts'
import type { ChatState } from './state.ts'
import { type Decision, type Facts, type Refusal, refuseUndecided, type Step } from './step.ts'

export interface UpContent {
  readonly kind: 'up'
  readonly is: UpKind
  readonly up: DecodedUp
}

/** One entry of a chat, decoded. */
export interface Entry {
  readonly user: string
  readonly device: string
  /** When the broker took it in, Unix ms. */
  readonly atMs: number
  readonly content: /** `is` says which body it has: asking the frame itself costs a look at all its fields. */
    | UpContent
    | { readonly kind: 'delivered'; readonly marks: Marks }
    /** What cannot be carried out, whatever the chat: clientSeq is 0 if it could not be read. */
    | { readonly kind: 'unreadable'; readonly code: ErrorName; readonly clientSeq: number }
}

/**
 * The step: applies one entry to its chat, as far as `facts` and the chat's rules allow it. It depends on nothing
 * else, so that a repeat by another worker decides the same.
 *
 * @param chat changed in place; `chat.restore()` takes it back if this throws
 * @returns what is to be delivered, in order
 */
export function apply(chat: ChatState, facts: Facts, entry: Entry): Posting[] {
  const { user, device, atMs, content } = entry
  const postings: Posting[] = []
  const step: Step = { chat, facts, user, device, atMs, postings }
  chat.begin()
  if (content.kind === 'up') applyUp(step, content)
  else if (content.kind === 'delivered') markDelivered(step, content.marks)
  else if (content.clientSeq > 0) reject(step, content.clientSeq, { refused: content.code, retryAfterS: 0 })
  else rejectUnread(step, content.code)
  return postings
}

function applyUp(step: Step, { is, up }: UpContent): void {
  if (isCommand(is)) decide(step, up, is)
  else signal(step, up, is)
}

function signal<Kind extends keyof typeof SIGNALS>(step: Step, up: DecodedUp, kind: Kind): void {
  SIGNALS[kind](step, up[kind] as NonNullable<DecodedUp[Kind]>)
}

/** G4: each clientSeq of a device in a chat is decided once. Of strangers nothing is remembered. */
function decide<Kind extends keyof typeof COMMANDS>(step: Step, up: DecodedUp, kind: Kind): void {
  const { chat, user, device, postings } = step
  const body = up[kind] as NonNullable<DecodedUp[Kind]>
  const clientSeq = body.clientSeq ?? 0
  if (!isCount(clientSeq) || clientSeq === 0) return rejectUnread(step, 'malformed')

  const sender = chat.ever(user)
  const repeat = lookUp(sender?.devices.get(device), sender?.forgottenClientSeq ?? 0, clientSeq)
  if (repeat.outcome === 'stale')
    return reject(step, clientSeq, { refused: 'stale-client-seq', retryAfterS: 0 })
  if (repeat.outcome === 'known') {
    postings.push({ kind: 'accepted', chat, user, device, clientSeq, seq: repeat.seq })
    return
  }

  const decision: Decision = refuseUndecided(step) ?? COMMANDS[kind].apply(step, body)
  const member = chat.ever(user)
  const record = member === undefined ? undefined : chat.touchDevice(member, device)
  if (typeof decision === 'number') {
    if (record !== undefined) recordSend(record, clientSeq, decision)
    postings.push({ kind: 'accepted', chat, user, device, clientSeq, seq: decision })
  } else {
    if (record !== undefined) record.highestClientSeq = clientSeq
    reject(step, clientSeq, decision)
  }
}

function reject(
  { user, device, postings }: Step,
  clientSeq: number,
  { refused, retryAfterS }: Refusal,
): void {
  postings.push({ kind: 'rejected', user, device, code: refused, clientSeq, retryAfterS })
}

function rejectUnread({ chat, user, device, postings }: Step, code: ErrorName): void {
  postings.push({ kind: 'rejected', user, device, code, clientSeq: 0, retryAfterS: 0, chat: chat.bytes })
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
