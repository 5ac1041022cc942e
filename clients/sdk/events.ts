/**
 * Typed events. A listener that throws does not stop the others: its error surfaces as an uncaught one. Nobody can listen
 * before there is a client: until `release`, or the first event that somebody listens to, they wait.
 */
export class Events<EventMap extends object> {
  readonly #listeners = new Map<keyof EventMap, Set<(event: never) => void>>()
  #held: (() => void)[] | undefined = []

  on<Name extends keyof EventMap>(name: Name, listener: (event: EventMap[Name]) => void): void {
    const listeners = this.#listeners.get(name)
    if (listeners) listeners.add(listener)
    else this.#listeners.set(name, new Set([listener]))
  }

  off<Name extends keyof EventMap>(name: Name, listener: (event: EventMap[Name]) => void): void {
    this.#listeners.get(name)?.delete(listener)
  }

  has(name: keyof EventMap): boolean {
    return (this.#listeners.get(name)?.size ?? 0) > 0
  }

  /** What waits is told, and all that comes at once. */
  release(): void {
    const held = this.#held ?? []
    this.#held = undefined
    for (const emit of held) emit()
  }

  emit<Name extends keyof EventMap>(name: Name, event: EventMap[Name]): void {
    if (this.#held && this.has(name)) this.release()
    if (this.#held) {
      this.#held.push(() => this.emit(name, event))
      return
    }
    // A copy: a listener may add and remove listeners.
    const listeners = [...(this.#listeners.get(name) ?? [])]
    for (const listener of listeners) {
      try {
        listener(event as never)
      } catch (error) {
        queueMicrotask(() => {
          throw error
        })
      }
    }
  }
}
