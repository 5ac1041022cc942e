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
const KINDS = ['recipients', 'bytes', 'names', 'chats'] as const

interface Spent {
  atMs: number
  /** By kind of cost, how long it takes to fill again what was taken. */
  readonly ms: Record<(typeof KINDS)[number], number>
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

  /** @returns 0, or after how many seconds to try again; then nothing was taken */
  take(user: string, cost: Partial<Cost>, atMs: number): number {
    const { ms } = this.#fill(user, atMs)
    const waitS = this.#waitS(ms, cost)
    if (waitS === 0) for (const kind of KINDS) ms[kind] += this.#msOf(kind, cost)
    return waitS
  }

  /** @returns what `take` would; takes nothing */
  waitS(user: string, cost: Partial<Cost>, atMs: number): number {
    return this.#waitS(this.#fill(user, atMs).ms, cost)
  }

  #waitS(ms: Spent['ms'], cost: Partial<Cost>): number {
    let waitMs = 0
    for (const kind of KINDS) {
      const costMs = this.#msOf(kind, cost)
      const leftMs = ms[kind]
      // One entry alone may go beyond: else a limit below a chat's size would silence the chat.
      if (costMs > 0 && leftMs > 0 && leftMs + costMs > this.#burstMs[kind])
        waitMs = Math.max(waitMs, Math.min(leftMs, leftMs + costMs - this.#burstMs[kind]))
    }
    return Math.ceil(waitMs / 1_000)
  }

  /** How long it takes to fill that again. */
  #msOf(kind: (typeof KINDS)[number], cost: Partial<Cost>): number {
    return ((cost[kind] ?? 0) / this.#perS[kind]) * 1_000
  }

  #fill(user: string, atMs: number): Spent {
    const known = this.#spent.get(user)
    if (known === undefined) {
      if (this.#spent.size >= this.#usersMax) this.#forgetFirst()
      const spent = { atMs, ms: { recipients: 0, bytes: 0, names: 0, chats: 0 } }
      this.#spent.set(user, spent)
      return spent
    }
    // Brokers' clocks differ by less than a minute; one that was that far ahead says nothing any more.
    const isFromTheFuture = atMs < known.atMs - 60_000
    const passedMs = isFromTheFuture ? Number.POSITIVE_INFINITY : Math.max(0, atMs - known.atMs)
    for (const kind of KINDS) known.ms[kind] = Math.max(0, known.ms[kind] - passedMs)
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
