import type { ChatState } from '../chat/state.ts'
import type { Directory } from '../directory/directory.ts'

/** Beyond it nobody begins another, however slowly. To count so many takes the directory some milliseconds. */
export const CHATS_PER_USER_MAX = 20_000

/** Who is about to begin a chat, and what the directory does not know of theirs yet. */
export interface Founders {
  /** By user, chats that they began, of those in `fresh`. */
  readonly users: Map<string, number>
  /** Chats of which the directory may not know that they were begun, or closed. */
  readonly fresh: Uint8Array[]
}

export function noFounders(): Founders {
  return { users: new Map(), fresh: [] }
}

/** Notes what the directory may not have yet. @param chats of this worker with a change of members */
export function noteFresh({ users, fresh }: Founders, chats: Iterable<ChatState>): void {
  if (users.size === 0) return
  for (const chat of chats) {
    const { founder } = chat
    const begun = founder === undefined ? undefined : users.get(founder)
    // Nobody knows any more who began a closed one.
    if (founder !== undefined && begun === undefined) continue
    fresh.push(chat.bytes)
    if (founder !== undefined && begun !== undefined) users.set(founder, begun + 1)
  }
}

/**
 * How many chats each user has begun that somebody is still in. The directory counts them, this worker what it has not
 * told the directory yet. What other workers decide at the same moment is not seen: a user may get beyond the limit by
 * that, once.
 */
export class Begun {
  readonly #directory: Pick<Directory, 'begun'>
  readonly max: number
  /** So many did each user begin here, ever: what has come of it since a count shows by the difference. */
  readonly #here = new Map<string, number>()
  readonly #usersMax: number

  /** @param usersMax beyond it the user who was added first is forgotten */
  constructor(directory: Pick<Directory, 'begun'>, max = CHATS_PER_USER_MAX, usersMax = 100_000) {
    this.#directory = directory
    this.max = max
    this.#usersMax = usersMax
  }

  /** The user has begun another. */
  began(user: string): void {
    const before = this.#here.get(user)
    const [first] = this.#here.keys()
    if (before === undefined && first !== undefined && this.#here.size >= this.#usersMax)
      this.#here.delete(first)
    this.#here.set(user, (before ?? 0) + 1)
  }

  /**
   * @returns how many a user of `founders` has begun, whenever it is asked; undefined: that was not to be found out
   * @throws what the directory throws
   */
  async count({ users, fresh }: Founders): Promise<(user: string) => number | undefined> {
    const names = [...users.keys()]
    const before = new Map(names.map((user) => [user, this.#here.get(user) ?? 0]))
    const known = await this.#directory.begun(names, fresh, this.max)
    return (user) => {
      if (!users.has(user)) return undefined
      const since = Math.max(0, (this.#here.get(user) ?? 0) - (before.get(user) ?? 0))
      return (known.get(user) ?? 0) + (users.get(user) ?? 0) + since
    }
  }
}
