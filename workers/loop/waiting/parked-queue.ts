import type { DecodedEnvelope } from '../../../proto/server-codec.ts'
import { type Cost, SPENT, WAITS, type Waits } from '../../chat/step.ts'

/** Commands of one device to one chat, in order: an envelope without what needed not wait. */
export interface ParkedEntry {
  /** Its position in the partition's mailbox, when it still stood there. */
  readonly position: number
  readonly key: string
  readonly envelope: DecodedEnvelope
  readonly bytes: number
  /** Of its first command, what its sender could not pay when it was looked at last; undefined: nobody knows. */
  cost?: Partial<Cost> | undefined
}

/**
 * What waits in one chat, in order. What waits for the directory has all later commands of the chat behind it, whoever
 * sends them; what waits for its sender's allowance only those of that sender.
 */
export class ParkedQueue {
  readonly #entries: ParkedEntry[] = []
  /** Of them, how many wait for the directory. */
  #forAll = 0
  readonly #byUser = new Map<string, number>()

  get entries(): readonly ParkedEntry[] {
    return this.#entries
  }

  /** What a new command of the user would wait for behind what is here; undefined: it passes. */
  waitsFor(user: string): Waits | undefined {
    if (this.#forAll > 0) return WAITS
    return this.#byUser.has(user) ? SPENT : undefined
  }

  add(entry: ParkedEntry): void {
    this.#entries.push(entry)
    this.#count(entry, 1)
  }

  /** @param by in its place; undefined: nothing. The entry is in the queue */
  replace(entry: ParkedEntry, by: ParkedEntry | undefined): void {
    const at = this.#entries.findIndex(({ position }) => position === entry.position)
    this.#entries.splice(at, 1, ...(by === undefined ? [] : [by]))
    this.#count(entry, -1)
    if (by !== undefined) this.#count(by, 1)
  }

  #count({ envelope: { user, spent } }: ParkedEntry, by: 1 | -1): void {
    if (!spent) this.#forAll += by
    const count = (this.#byUser.get(user) ?? 0) + by
    if (count === 0) this.#byUser.delete(user)
    else this.#byUser.set(user, count)
  }
}
