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
  /**
   * Takes `count` recipients from the sender's allowance.
   * @param atMs the entry's time, Unix ms
   * @returns 0, or after how many seconds to try again; then nothing was taken
   */
  takeRecipients(user: string, count: number, atMs: number): number
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
export type Waits = typeof WAITS

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

/** @returns a refusal unless all these users exist; unknown ones first, for waiting does not help them. */
export function refuseUnknown(facts: Facts, users: Iterable<string>): Refusal | Waits | undefined {
  let isAway = false
  for (const user of users) {
    const exists = facts.exists(user)
    if (exists === false) return refuse('unknown-user')
    isAway ||= exists === undefined
  }
  return isAway ? WAITS : undefined
}

/** @returns a refusal if the sender has reached so many recipients in the last minute that these are too many. */
export function refuseTooMany(step: Step, recipients: number): Refusal | undefined {
  const waitS = step.facts.takeRecipients(step.user, recipients, step.atMs)
  return waitS > 0 ? refuse('rate-limited', waitS) : undefined
}
