/**
 * A promise with its handles outside, made only when somebody asks for it. A rejection that nobody awaits is not an
 * unhandled one.
 */
export class Deferred<Value> {
  #outcome: { readonly value: Value } | { readonly error: Error } | undefined
  #promise: Promise<Value> | undefined
  #resolve: ((value: Value) => void) | undefined
  #reject: ((error: Error) => void) | undefined

  get isSettled(): boolean {
    return this.#outcome !== undefined
  }

  get promise(): Promise<Value> {
    if (!this.#promise) {
      this.#promise = new Promise((resolve, reject) => {
        this.#resolve = resolve
        this.#reject = reject
      })
      this.#promise.catch(() => {})
      this.#pass()
    }
    return this.#promise
  }

  /** The first of resolve and reject counts. */
  resolve(value: Value): void {
    this.#outcome ??= { value }
    this.#pass()
  }

  reject(error: Error): void {
    this.#outcome ??= { error }
    this.#pass()
  }

  #pass(): void {
    if (!this.#outcome) return
    if ('value' in this.#outcome) this.#resolve?.(this.#outcome.value)
    else this.#reject?.(this.#outcome.error)
  }
}
