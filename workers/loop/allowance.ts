import type { Cost } from '../chat/step.ts'

/** What one user may cost others. Each of it fills steadily. */
export interface AllowanceLimits {
  readonly recipientsPerMinMax: number
  readonly recipientBytesPerSMax: number
  /** Of the two before, what so many seconds fill may come at once. */
  readonly recipientsBurstS: number
  readonly chatsPerDayMax: number
}

/** Users whom nobody knows yet and who are asked for, of one user in a second. */
const NAMES_PER_S_MAX = 1_000
const DAY_MS = 86_400_000

/** Of each kind, how long it takes to fill again what was taken. */
type FillMs = { -readonly [Kind in keyof Cost]: number }

interface Spent {
  atMs: number
  readonly ms: FillMs
}

/**
 * What each user may cost others: entries and bytes in their mailboxes, names that the directory is asked for, chats that
 * are kept. Counted by entries' own time, in this worker's memory only.
 */
export class Allowance {
  readonly #perS: Cost
  /** For how long each fills until it holds all that may come at once. */
  readonly #burstMs: Cost
  readonly #usersMax: number
  readonly #spent = new Map<string, Spent>()

  /** @param usersMax beyond it the user who was added first starts anew */
  constructor(limits: AllowanceLimits, usersMax = 100_000) {
    this.#perS = {
      recipients: limits.recipientsPerMinMax / 60,
      bytes: limits.recipientBytesPerSMax,
      names: NAMES_PER_S_MAX,
      chats: limits.chatsPerDayMax / (DAY_MS / 1_000),
    }
    const burstMs = limits.recipientsBurstS * 1_000
    this.#burstMs = { recipients: burstMs, bytes: burstMs, names: 1_000, chats: DAY_MS }
    this.#usersMax = usersMax
  }

  /**
   * @param atMs the entry's time
   * @param nowMs this worker's
   * @returns 0, or after how many seconds to try again; then nothing was taken
   */
  take(user: string, cost: Partial<Cost>, atMs: number, nowMs = atMs): number {
    const { ms } = this.#fill(user, atMs, nowMs)
    // Kind by kind, here and below, and not in a loop over their names: each message asks this.
    const taken = this.#msOf(cost)
    const waitS = this.#waitS(ms, taken)
    if (waitS > 0) return waitS
    ms.recipients += taken.recipients
    ms.bytes += taken.bytes
    ms.names += taken.names
    ms.chats += taken.chats
    return 0
  }

  /** @returns what `take` would; takes nothing. @param before what is taken before it */
  waitS(user: string, cost: Partial<Cost>, atMs: number, nowMs = atMs, before?: Partial<Cost>): number {
    const { ms } = this.#fill(user, atMs, nowMs)
    return this.#waitS(before === undefined ? ms : sum(ms, this.#msOf(before)), this.#msOf(cost))
  }

  #waitS(ms: FillMs, taken: FillMs): number {
    const burst = this.#burstMs
    const waitMs = Math.max(
      waitMsOf(ms.recipients, taken.recipients, burst.recipients),
      waitMsOf(ms.bytes, taken.bytes, burst.bytes),
      waitMsOf(ms.names, taken.names, burst.names),
      waitMsOf(ms.chats, taken.chats, burst.chats),
    )
    return Math.ceil(waitMs / 1_000)
  }

  /** How long it takes to fill that again. */
  #msOf({ recipients = 0, bytes = 0, names = 0, chats = 0 }: Partial<Cost>): FillMs {
    const perS = this.#perS
    return {
      recipients: (recipients / perS.recipients) * 1_000,
      bytes: (bytes / perS.bytes) * 1_000,
      names: (names / perS.names) * 1_000,
      chats: (chats / perS.chats) * 1_000,
    }
  }

  #fill(user: string, atMs: number, nowMs: number): Spent {
    const known = this.#spent.get(user)
    if (known === undefined) {
      if (this.#spent.size >= this.#usersMax) this.#forgetFirst()
      const spent = { atMs, ms: { recipients: 0, bytes: 0, names: 0, chats: 0 } }
      this.#spent.set(user, spent)
      return spent
    }
    // Brokers' clocks differ by less than a minute; one that was that far ahead says nothing any more. An entry that has
    // waited for long in its mailbox is no sign of that: what is held is paid for by this worker's clock meanwhile.
    const isFromTheFuture = Math.max(atMs, nowMs) < known.atMs - 60_000
    const passedMs = isFromTheFuture ? Number.POSITIVE_INFINITY : Math.max(0, atMs - known.atMs)
    const { ms } = known
    ms.recipients = Math.max(0, ms.recipients - passedMs)
    ms.bytes = Math.max(0, ms.bytes - passedMs)
    ms.names = Math.max(0, ms.names - passedMs)
    ms.chats = Math.max(0, ms.chats - passedMs)
    known.atMs = isFromTheFuture ? atMs : Math.max(atMs, known.atMs)
    return known
  }

  #forgetFirst(): void {
    for (const user of this.#spent.keys()) {
      this.#spent.delete(user)
      return
    }
  }
}

function sum(one: FillMs, other: FillMs): FillMs {
  return {
    recipients: one.recipients + other.recipients,
    bytes: one.bytes + other.bytes,
    names: one.names + other.names,
    chats: one.chats + other.chats,
  }
}

/** One entry alone may go beyond what may come at once: else a limit below a chat's size would silence the chat. */
function waitMsOf(leftMs: number, takenMs: number, burstMs: number): number {
  const isTooMuch = takenMs > 0 && leftMs > 0 && leftMs + takenMs > burstMs
  return isTooMuch ? Math.min(leftMs, leftMs + takenMs - burstMs) : 0
}
