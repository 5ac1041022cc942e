import { OperationalError } from '../../../kit/operational-error.ts'
import { MapDirectory } from '../../unit/workers/map-directory.ts'
import type { Directory } from '../../../workers/directory/directory.ts'
import type { Process, World } from '../world/world.ts'

/** Between two looks of a worker at whether a directory that was away is back. */
const PROBE_MS = 500
/** How long a worker waits for an answer. */
const DEADLINE_MS = 1_500

/** The database: it outlives workers, and may be slow, or away. */
export class SimDirectory {
  readonly #world: World
  readonly #rows = new MapDirectory()
  isAway = false
  slowness = 1

  constructor(world: World) {
    this.#world = world
  }

  /** As one worker sees it. */
  of(process: Process): Directory {
    let isAway = false
    const probe = (): void => {
      if (!this.isAway) isAway = false
      else this.#world.after(PROBE_MS, process, 'looks for the directory', probe)
    }
    const away = (): OperationalError => {
      if (!isAway) {
        isAway = true
        this.#world.after(PROBE_MS, process, 'looks for the directory', probe)
      }
      return new OperationalError('directory-unavailable', 'the simulated directory', { retryable: true })
    }
    const ask = <Result>(act: () => Promise<Result>): Promise<Result> => {
      if (isAway) return Promise.reject(away())
      const { random } = this.#world
      const [thereMs, backMs] = [4 * random.next() * this.slowness, 4 * random.next() * this.slowness]
      return new Promise((resolve, reject) => {
        let isOver = false
        this.#world.after(DEADLINE_MS, process, 'has waited for the directory', () => {
          if (!isOver) reject(away())
          isOver = true
        })
        // What has set out arrives, whether anybody waits for its answer or not.
        this.#world.after(thereMs, this.#world.nobody, 'asks the directory', () => {
          if (this.isAway) return
          const result = act()
          this.#world.after(backMs, process, 'hears of the directory', () => {
            if (!isOver) resolve(result)
            isOver = true
          })
        })
      })
    }
    const rows = this.#rows
    return {
      get isAway() {
        return isAway
      },
      existing: (users) => ask(() => rows.existing(users)),
      insertUsers: (users) => ask(() => rows.insertUsers(users)),
      chatPages: (asks) => ask(() => rows.chatPages(asks)),
      saveChats: (copies, reached) => ask(() => rows.saveChats(structuredClone(copies), reached)),
      reached: (partitions) => ask(() => rows.reached(partitions)),
      begun: async (users, without, max) => ask(() => rows.begun(users, without, max)),
      chatCopies: async (chats, membersMax) =>
        structuredClone(await ask(() => rows.chatCopies(chats, membersMax))),
    }
  }
}
