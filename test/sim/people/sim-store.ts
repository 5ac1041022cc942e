import { memoryStore, type LocalStore } from '../../../clients/index.ts'
import type { Process, World } from '../world/world.ts'

/** The flash of one device: what is written is durable after a while, and survives the app. */
export class SimStore {
  readonly #world: World
  readonly #durable = memoryStore()
  /** Told of each message that is put into it, before that is durable. */
  readonly #put: (chat: string, seq: number) => void

  constructor(world: World, put: (chat: string, seq: number) => void) {
    this.#world = world
    this.#put = put
  }

  /** The store as one life of the app has it. */
  of(process: Process): LocalStore {
    const pause = (what: string): Promise<void> =>
      this.#world.pause(0.1 + 30 * this.#world.random.next() ** 6, process, what)
    return {
      open: async () => {
        await pause('opens its store')
        return structuredClone(await this.#durable.open())
      },
      messages: async (...range) => {
        await pause('reads its store')
        return structuredClone(await this.#durable.messages(...range))
      },
      write: async (changes) => {
        for (const change of changes)
          if (change.table === 'messages' && 'put' in change) this.#put(change.put.chat, change.put.seq)
        const whole = structuredClone(changes)
        const forget = process.onceDead(() => {
          if (this.#world.random.chance(0.5)) void this.#durable.write(whole)
        })
        await pause(`writes ${whole.length} things to its store`)
        forget()
        await this.#durable.write(whole)
      },
      close: () => Promise.resolve(),
    }
  }
}
