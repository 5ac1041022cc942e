import type { Posting } from '../chat/posting.ts'
import type { ChatRow, PageAsk } from '../directory/directory.ts'
import type { Partition } from './partition.ts'
import { answerPage, type Overlay, type RequestEntry, tooManyPages } from './requests.ts'

/** Users whose pages one query brings, one of each. */
const USERS_PER_QUERY_MAX = 8
/** Pages of one user that wait. More: Rejected `rate-limited`. */
export const PAGES_WAITING_PER_USER_MAX = 16

interface Asked {
  readonly partition: Partition
  readonly entry: RequestEntry
  readonly page: PageAsk
}

/**
 * Pages of chats, which the directory takes long for: asked for beside the work, a few at a time and of each user one, so
 * that nobody's messages wait for them. What is not answered when its partition goes to another worker is not answered at
 * all: who asked asks again.
 *
 * States: idle, asking (one query at a time). Answers wait for the next Fanout.
 */
export class Pages {
  readonly #query: (asks: PageAsk[]) => Promise<ChatRow[][] | undefined>
  readonly #overlay: Overlay
  /** By user, in the order of their turns. */
  readonly #waiting = new Map<string, Asked[]>()
  #answers = new Map<Partition, Posting[]>()
  #isAsking = false

  /** @param query resolves to undefined if the directory is away; never rejects */
  constructor(query: (asks: PageAsk[]) => Promise<ChatRow[][] | undefined>, overlay: Overlay) {
    this.#query = query
    this.#overlay = overlay
  }

  /** Whether something is to be said. */
  get isReady(): boolean {
    return this.#answers.size > 0
  }

  /** @returns what is answered at once: too many of the user's wait */
  ask(partition: Partition, entry: RequestEntry, page: PageAsk): readonly Posting[] {
    const asked = this.#waiting.get(entry.user) ?? []
    if (asked.length >= PAGES_WAITING_PER_USER_MAX) return [tooManyPages(entry, 1)]
    asked.push({ partition, entry, page })
    this.#waiting.set(entry.user, asked)
    return []
  }

  /** @returns resolves when there are answers; undefined: nothing is asked, or a query is under way. Never rejects */
  look(): Promise<void> | undefined {
    if (this.#isAsking || this.#waiting.size === 0) return undefined
    this.#isAsking = true
    const asked = this.#nextTurn()
    return this.#query(asked.map(({ page }) => page)).then((rows) => {
      this.#isAsking = false
      asked.forEach(({ partition, entry, page }, i) => {
        const answers = this.#answers.get(partition) ?? []
        answers.push(answerPage(entry, page, rows?.[i], this.#overlay))
        this.#answers.set(partition, answers)
      })
    })
  }

  /** What is to be said, by partition. From here on it is said. */
  take(): Map<Partition, Posting[]> {
    const answers = this.#answers
    this.#answers = new Map()
    return answers
  }

  /** What was asked under leases that are over is nobody's to answer. */
  forgetAll(): void {
    this.#waiting.clear()
    this.#answers.clear()
  }

  /** The first of each of the next users, who then go to the end of the row. */
  #nextTurn(): Asked[] {
    const turn: Asked[] = []
    for (const [user, [first, ...later]] of [...this.#waiting].slice(0, USERS_PER_QUERY_MAX)) {
      this.#waiting.delete(user)
      if (later.length > 0) this.#waiting.set(user, later)
      if (first !== undefined) turn.push(first)
    }
    return turn
  }
}
