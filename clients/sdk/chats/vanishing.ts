import type { ChatId } from '../../../proto/ids.ts'
import type { StoreChange, StoredVanishing } from '../store/local-store.ts'

/**
 * Messages of one chat that are to disappear: each so long after this user has read it, on any device; an own one so long
 * after it was sent. All by this device's clock.
 */
export class Vanishing {
  readonly #chat: ChatId
  readonly #begun: (endsAtMs: number) => void
  /** Those that nobody here has read: seconds. */
  readonly #unread = new Map<number, number>()
  /** The others, whose time runs. */
  readonly #running = new Map<number, Running>()
  #changes: StoreChange[] = []

  /** @param begun called when the time of one has begun to run, with its end: Unix ms */
  constructor(chat: ChatId, begun: (endsAtMs: number) => void = () => {}) {
    this.#chat = chat
    this.#begun = begun
  }

  /** As the store has it: before anything else. */
  load({ seq, afterS, endsAtMs }: StoredVanishing): void {
    if (endsAtMs === undefined) this.#unread.set(seq, afterS)
    else this.#running.set(seq, { afterS, endsAtMs })
  }

  /** Nobody has read it yet. */
  add(seq: number, afterS: number): void {
    this.#unread.set(seq, afterS)
    this.#changes.push({ table: 'vanishing', put: { chat: this.#chat, seq, afterS } })
  }

  /** This user has read everything up to there. */
  read(upTo: number): void {
    for (const seq of this.#unread.keys()) if (seq <= upTo) this.start(seq, Date.now())
  }

  /** It was read, or sent, then: its time runs. @param fromMs a server's clock may be ahead of this one: never later than now */
  start(seq: number, fromMs: number): void {
    const afterS = this.#unread.get(seq)
    if (afterS === undefined) return
    this.#unread.delete(seq)
    const endsAtMs = Math.min(fromMs, Date.now()) + afterS * 1_000
    this.#run(seq, { afterS, endsAtMs })
    this.#begun(endsAtMs)
  }

  /** @returns when it disappears, Unix ms; undefined: nobody has read it, or never */
  endOf(seq: number): number | undefined {
    return this.#running.get(seq)?.endsAtMs
  }

  /** Those whose time runs, by seq, and its end. A clock that was ahead, and is no longer, makes none stay: it has its time once more. */
  *ends(): IterableIterator<readonly [seq: number, endsAtMs: number]> {
    const now = Date.now()
    for (const [seq, { afterS, endsAtMs }] of this.#running) {
      const latestMs = now + afterS * 1_000
      if (endsAtMs > latestMs) this.#run(seq, { afterS, endsAtMs: latestMs })
      yield [seq, Math.min(endsAtMs, latestMs)]
    }
  }

  /** It has disappeared, or another message has taken its place. */
  remove(seq: number): void {
    if (!this.#unread.delete(seq) && !this.#running.delete(seq)) return
    this.#changes.push({ table: 'vanishing', delete: [this.#chat, seq] })
  }

  /**
   * The server lost what stands behind it. Here it stays for as long as it was to, until another message takes its place;
   * what was unread nobody can say of any more that they have read it.
   */
  startOver(lastSeq: number): void {
    for (const seq of this.#unread.keys()) if (seq > lastSeq) this.start(seq, Date.now())
  }

  /** What of it is to be stored, since the last time. */
  takeChanges(): StoreChange[] {
    const changes = this.#changes
    this.#changes = []
    return changes
  }

  #run(seq: number, running: Running): void {
    this.#running.set(seq, running)
    this.#changes.push({ table: 'vanishing', put: { chat: this.#chat, seq, ...running } })
  }
}

interface Running {
  readonly afterS: number
  /** Unix ms. */
  readonly endsAtMs: number
}
