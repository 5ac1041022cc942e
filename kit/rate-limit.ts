/** Tokens that refill with time. It may go into debt: what was done can't be undone, but it can be waited for. */
export class TokenBucket {
  readonly #perMs: number
  readonly #burst: number
  #tokens: number
  #atMs: number

  constructor(perSecond: number, burst: number, nowMs: number) {
    this.#perMs = perSecond / 1000
    this.#burst = burst
    this.#tokens = burst
    this.#atMs = nowMs
  }

  #refill(nowMs: number): void {
    this.#tokens = Math.min(this.#burst, this.#tokens + (nowMs - this.#atMs) * this.#perMs)
    this.#atMs = nowMs
  }

  /** Takes tokens, if need be on credit. @returns ms until the debt is paid; 0 if there is none */
  take(nowMs: number, tokens = 1): number {
    this.#refill(nowMs)
    this.#tokens -= tokens
    return this.#debtMs
  }

  /** Gives tokens back: what they were taken for was not done. */
  giveBack(tokens: number): void {
    this.#tokens = Math.min(this.#burst, this.#tokens + tokens)
  }

  /** @returns ms until the debt is paid; 0 if there is none */
  wait(nowMs: number): number {
    this.#refill(nowMs)
    return this.#debtMs
  }

  get #debtMs(): number {
    return this.#tokens >= 0 ? 0 : Math.ceil(-this.#tokens / this.#perMs)
  }

  /** Whether there is a whole token. */
  has(nowMs: number): boolean {
    this.#refill(nowMs)
    return this.#tokens >= 1
  }
}

/** Addresses remembered at once. More: the one that was seen first is forgotten. */
const KEYS_MAX = 10_000

/** One bucket for each key, like an address, made when needed and bounded in number. A rate of 0 limits nothing. */
export class KeyedBuckets {
  readonly #perSecond: number
  readonly #burst: number
  readonly #buckets = new Map<string, TokenBucket>()

  constructor(perSecond: number, burst: number) {
    this.#perSecond = perSecond
    this.#burst = burst
  }

  take(key: string, nowMs: number): void {
    if (this.#perSecond === 0) return
    let bucket = this.#buckets.get(key)
    if (!bucket) {
      const [first] = this.#buckets.keys()
      if (first !== undefined && this.#buckets.size >= KEYS_MAX) this.#buckets.delete(first)
      bucket = new TokenBucket(this.#perSecond, this.#burst, nowMs)
      this.#buckets.set(key, bucket)
    }
    bucket.take(nowMs)
  }

  has(key: string, nowMs: number): boolean {
    return this.#buckets.get(key)?.has(nowMs) ?? true
  }
}
