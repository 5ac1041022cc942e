import type { ErrorName } from '../../proto/errors.ts'
import type { Posting } from './posting.ts'
import type { ChatState } from './state.ts'

/** What the step may ask about the world. Gathered before, so that the step itself waits for nothing. */
export interface Facts {
  /** Whether the user exists; undefined while the directory is away and nobody knows. */
  exists(user: string): boolean | undefined
  /** Whether the store may have lost the chat, or what is new in it: the directory, which would know, is away. */
  mayBeLost(chat: ChatState): boolean
  /** Members of one group. */
  readonly membersMax: number
  /** How many chats the user has begun that somebody is in; undefined while the directory is away and nobody knows. */
  begunBy(user: string): number | undefined
  /** Of those, one user's. */
  readonly chatsMax: number
  /** The user has begun one more. */
  began(user: string): void
  /** Whether the names of a sender were not asked for, because they have named too many that nobody knows. */
  hasNamedTooMany(user: string): boolean
  /** Seconds until a sender who named too many who do not exist may name anybody; 0: now. */
  waitToName(user: string, atMs: number): number
  /** A sender has been told that somebody does not exist. */
  toldUnknown(user: string, atMs: number): void
  /**
   * Takes from the sender's allowance what an entry costs others.
   * @param atMs the entry's time, Unix ms
   * @returns 0, or after how many seconds to try again; then nothing was taken
   */
  take(user: string, cost: Partial<Cost>, atMs: number): number
  /** @returns what `take` would; takes nothing */
  waitS(user: string, cost: Partial<Cost>, atMs: number): number
}

/** What a user costs others. */
export interface Cost {
  /** Mailboxes that get something. What costs a worker as much as many of those counts as so many. */
  readonly recipients: number
  /** Bytes in all of those together. */
  readonly bytes: number
  /** Users whom the directory is asked for. */
  readonly names: number
  /** Begun. */
  readonly chats: number
}

/** One entry being applied to its chat. */
export interface Step {
  readonly chat: ChatState
  readonly facts: Facts
  readonly user: string
  readonly device: string
  readonly isTransient: boolean
  /** When the broker took the entry in, Unix ms. */
  readonly atMs: number
  /** What is to be delivered, in order. */
  readonly postings: Posting[]
}

export interface Refusal {
  readonly refused: ErrorName
  readonly retryAfterS: number
}

/** Nothing can be decided yet: the directory, which would know, is away. The chat is as it was. */
export const WAITS = 'waits'
/** Nothing is decided yet: its sender has cost others so much of late that they come first. The chat is as it was. */
export const SPENT = 'spent'
export type Waits = typeof WAITS | typeof SPENT

/** What became of a send or command: the seq of its entry (the chat's last if it changed nothing), or a refusal. */
export type Decision = number | Refusal | Waits

export function refuse(code: ErrorName, retryAfterS = 0): Refusal {
  return { refused: code, retryAfterS }
}

/**
 * Whether nobody knows if the chat is a new one, or who is in it by now: decided all the same, its seqs could be given
 * twice, or somebody get it who was removed.
 */
export function isUndecided({ chat, facts }: Step): boolean {
  return facts.mayBeLost(chat)
}

/**
 * To be asked last of all that may be wrong with a command: who gets another refusal must not learn from it who exists.
 *
 * @returns a refusal unless all these users exist; unknown ones first, for waiting does not help them
 */
export function refuseUnknown(
  { facts, user: sender, atMs }: Step,
  users: Iterable<string>,
): Refusal | Waits | undefined {
  const names = [...users]
  const waitS = names.length === 0 ? 0 : facts.waitToName(sender, atMs)
  if (waitS > 0) return refuse('rate-limited', waitS)
  let isAway = false
  for (const user of names) {
    const exists = facts.exists(user)
    if (exists === false) {
      facts.toldUnknown(sender, atMs)
      return refuse('unknown-user')
    }
    isAway ||= exists === undefined
  }
  if (!isAway) return undefined
  return facts.hasNamedTooMany(sender) ? refuse('rate-limited', NAMES_RETRY_S) : WAITS
}

const NAMES_RETRY_S = 1

/** Of who begins a chat: that they have begun as many as they may, or that nobody knows it. */
export function refuseTooManyChats({ facts, user }: Step): Refusal | typeof WAITS | undefined {
  const begun = facts.begunBy(user)
  if (begun === undefined) return WAITS
  return begun < facts.chatsMax ? undefined : refuse('too-many-chats')
}

/**
 * To be asked before anything of a command is decided, for what waits or is refused costs nobody anything.
 *
 * @param bytes of the entry, about, in each recipient's mailbox
 * @param chats that it begins
 * @returns that it waits, if the sender has cost others so much of late that this is too much; a refusal if they have
 *   begun so many chats: those come back within a day, too late to be waited for
 */
export function pay(
  step: Step,
  recipients: number,
  bytes: number,
  chats = 0,
): Refusal | typeof SPENT | undefined {
  const { facts, user, atMs } = step
  const waitS = chats === 0 ? 0 : facts.waitS(user, { chats }, atMs)
  if (waitS > 0) return refuse('rate-limited', waitS)
  return facts.take(user, costOf(recipients, bytes, chats), atMs) > 0 ? SPENT : undefined
}

/** @param bytes of the entry, about, in each recipient's mailbox */
export function costOf(recipients: number, bytes: number, chats: number): Partial<Cost> {
  return { recipients, bytes: recipients * (ENTRY_BYTES + bytes), chats }
}

/** The same of what has no number, and cannot wait: it is refused. */
export function refuseTooMuch({ facts, user, atMs }: Step, recipients: number): Refusal | undefined {
  const waitS = facts.take(user, { recipients, bytes: recipients * ENTRY_BYTES }, atMs)
  return waitS > 0 ? refuse('rate-limited', waitS) : undefined
}

/** Of an entry beside its content, and of a name in one, about. */
const ENTRY_BYTES = 50
const NAME_BYTES = 8

/** Bytes that users take up in an entry that names them, about. */
export function bytesOfUsers(users: Iterable<string>): number {
  let bytes = 0
  for (const user of users) bytes += NAME_BYTES + user.length
  return bytes
}
