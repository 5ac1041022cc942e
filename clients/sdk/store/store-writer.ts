import { RestanteError } from '../errors.ts'
import type { LocalStore, StoreChange } from './local-store.ts'

/**
 * Puts changes into the local store in the order they come. While one write is in flight the next changes collect and
 * go in one: a busy device pays for few flushes, an idle one waits for nobody.
 */
export class StoreWriter {
  readonly #store: LocalStore
  readonly #onFailure: (error: RestanteError) => void
  #changes: StoreChange[] = []
  #next: Promise<void> | undefined
  #current: Promise<void> = Promise.resolve()

  /** @param onFailure called once: a store that failed is not written again */
  constructor(store: LocalStore, onFailure: (error: RestanteError) => void) {
    this.#store = store
    this.#onFailure = onFailure
  }

  /** Resolves when the changes, and all before them, are durable; nobody has to wait for it. @throws RestanteError */
  write(changes: readonly StoreChange[]): Promise<void> {
    this.#changes.push(...changes)
    if (!this.#next) {
      this.#next = this.#writeNext(this.#current)
      this.#next.catch(() => {})
    }
    return this.#next
  }

  /** When all that was given so far is durable. */
  flushed(): Promise<void> {
    return this.#next ?? this.#current
  }

  async #writeNext(before: Promise<void>): Promise<void> {
    await before
    const changes = this.#changes
    this.#changes = []
    this.#current = this.#next as Promise<void>
    this.#next = undefined
    try {
      await this.#store.write(changes)
    } catch (cause) {
      const text = 'the local store cannot be written'
      const error =
        cause instanceof RestanteError ? cause : new RestanteError('store-failed', text, { cause })
      this.#onFailure(error)
      throw error
    }
  }
}
