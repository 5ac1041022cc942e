import type { ChatId } from '../../../proto/ids.ts'
import type { Chats } from '../chats/chats.ts'
import type { LocalChat } from '../chats/local-chat.ts'
import type { StoreChange, StoredMessage } from '../store/local-store.ts'

/**
 * Takes away the messages whose time is over, of all chats. What the app has not had yet stays until it is done with it:
 * a message that was read on another device is handed out all the same.
 */
export class Disappearing {
  readonly #parts: DisappearingParts
  #timer: ReturnType<typeof setTimeout> | undefined
  #state: 'not yet' | 'waiting' | 'busy' | 'closed' = 'not yet'
  /** When the timer fires, and before when it does not: by performance.now, which does not jump with the phone's clock. */
  #firesAtMs = Number.POSITIVE_INFINITY
  #restUntilMs = 0

  constructor(parts: DisappearingParts) {
    this.#parts = parts
  }

  /** From now on, when the app can hear of it. */
  open(): void {
    if (this.#state !== 'not yet') return
    this.#state = 'waiting'
    this.look()
  }

  /** Which one disappears next? Timers know nothing of a phone that slept, nor of a clock that was set. */
  look(): void {
    clearTimeout(this.#timer)
    this.#firesAtMs = Number.POSITIVE_INFINITY
    let next = Number.POSITIVE_INFINITY
    for (const chat of this.#parts.chats) {
      for (const [seq, endsAtMs] of chat.vanishing.ends())
        if (!chat.isOpen(seq)) next = Math.min(next, endsAtMs)
    }
    this.expect(next)
  }

  /** Whenever a message's time has begun to run, or the app is done with one: with its end, for there may be thousands. */
  expect(endsAtMs: number): void {
    if (this.#state !== 'waiting' || endsAtMs === Number.POSITIVE_INFINITY) return
    const now = performance.now()
    const waitMs = Math.max(endsAtMs - Date.now(), this.#restUntilMs - now, 0)
    const firesAtMs = now + Math.min(waitMs, TIMER_MS_MAX)
    if (firesAtMs >= this.#firesAtMs) return
    this.#firesAtMs = firesAtMs
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#run(), firesAtMs - now)
  }

  close(): void {
    this.#state = 'closed'
    clearTimeout(this.#timer)
  }

  async #run(): Promise<void> {
    this.#state = 'busy'
    // Between two frames: one that folds an act into such a message would put it back. What fails is tried again.
    await this.#parts.betweenFrames(() => this.#takeAway()).catch(() => {})
    this.#restUntilMs = performance.now() + REST_MS
    if (this.#state !== 'busy') return
    this.#state = 'waiting'
    this.look()
  }

  /** First they are gone, then the app hears of it, then it is forgotten: so it hears of each at least once. */
  async #takeAway(): Promise<void> {
    const { chats, stored, write, gone } = this.#parts
    const ended: [LocalChat, seq: number][] = []
    for (const chat of chats) for (const seq of dueOf(chat)) ended.push([chat, seq])
    const changes: StoreChange[] = []
    for (const [{ id }, seq] of ended) {
      const [message] = await stored(id, seq - 1, seq + 1)
      if (message) changes.push({ table: 'messages', put: placeOf(message) })
    }
    if (changes.length > 0) await write(changes)
    for (const [chat, seq] of ended) {
      gone(chat.id, seq)
      chat.vanishing.remove(seq)
    }
    await write([...chats].flatMap((chat) => chat.vanishing.takeChanges()))
  }
}

export interface DisappearingParts {
  readonly chats: Chats
  readonly write: (changes: readonly StoreChange[]) => Promise<void>
  /** What the local store has with `after` < seq < `before`. */
  readonly stored: (chat: ChatId, after: number, before: number) => Promise<readonly StoredMessage[]>
  /** Runs it while no frame is folded into the local store. */
  readonly betweenFrames: (run: () => Promise<void>) => Promise<void>
  /** It is, for good. */
  readonly gone: (chat: ChatId, seq: number) => void
}

function dueOf(chat: LocalChat): number[] {
  const now = Date.now()
  return [...chat.vanishing.ends()].flatMap(([seq, endsAtMs]) =>
    endsAtMs <= now && !chat.isOpen(seq) ? [seq] : [],
  )
}

/** Its place stays, so that what is still done to it is known to be nothing. */
function placeOf({ chat, seq, sender, sentAtMs, isFromHere, briefBefore }: StoredMessage): StoredMessage {
  return {
    chat,
    seq,
    sender,
    sentAtMs,
    isFromHere,
    isGone: true,
    isHidden: true,
    ...(briefBefore && { briefBefore }),
  }
}

/** Those that end within a second go together. */
const REST_MS = 1_000
/** What setTimeout can wait for. */
const TIMER_MS_MAX = 2 ** 31 - 1
