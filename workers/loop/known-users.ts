/** Users that are known to exist: for ever, so that who has been seen once is never asked for again. Bounded. */
export class KnownUsers {
  readonly #users = new Set<string>()
  readonly #usersMax: number

  /** @param usersMax beyond it those are forgotten that were not added or found for longest */
  constructor(usersMax: number) {
    this.#usersMax = usersMax
  }

  has(user: string): boolean {
    return this.#users.has(user)
  }

  add(user: string): void {
    this.#users.delete(user)
    this.#users.add(user)
    if (this.#users.size <= this.#usersMax) return
    for (const oldest of this.#users) {
      this.#users.delete(oldest)
      return
    }
  }
}
