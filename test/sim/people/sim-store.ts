import { memoryStore, type LocalStore } from '../../../clients/index.ts'
import type { StoreChange } from '../../../clients/sdk/store/local-store.ts'
import type { Process, World } from '../world/world.ts'

interface Told {
  /** A message is put into it, and not yet durable. */
  stored(chat: string, seq: number): void
  /** A send has become a message, whether its app hears of that or not. */
  accepted(chat: string, text: string, seq: number): void
  /** A send is not there any more because the server has refused it, whether its app hears of that or not. */
  refused(chat: string, text: string): void
  /** The server did not want it now: it goes to the end of the outbox, under another number. */
  deferred(chat: string, text: string): void
}

/** The flash of one device: what is written is durable after a while, and survives the app. */
export class SimStore {
  readonly #world: World
  readonly #durable = memoryStore()
  readonly #told: Told
  /** Texts in the outbox, by their numbers. */
  readonly #waiting = new Map<number, { readonly chat: string; readonly text: string }>()

  constructor(world: World, told: Told) {
    this.#world = world
    this.#told = told
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
          if (change.table === 'messages' && 'put' in change)
            this.#told.stored(change.put.chat, change.put.seq)
        const whole = structuredClone(changes)
        const forget = process.onceDead(() => {
          if (this.#world.random.chance(0.5)) void this.#write(whole)
        })
        await pause(`writes ${whole.length} things to its store`)
        forget()
        await this.#write(whole)
      },
      close: () => Promise.resolve(),
    }
  }

  /** What leaves the outbox, and is neither a message nor there under another number, was refused. */
  #write(changes: readonly StoreChange[]): Promise<void> {
    const texts = new Set<string>()
    const put = new Set<string>()
    const gone: { chat: string; text: string }[] = []
    for (const change of changes) {
      if (change.table === 'messages' && 'put' in change) {
        const { chat, seq, text = '', isFromHere } = change.put
        texts.add(text)
        if (isFromHere && text !== '') this.#told.accepted(chat, text, seq)
      }
      if (change.table !== 'outbox') continue
      if ('delete' in change) {
        const item = this.#waiting.get(change.delete)
        if (item !== undefined) gone.push(item)
        this.#waiting.delete(change.delete)
      } else if (change.put.command.kind === 'text') {
        const { chat, command, clientSeq } = change.put
        put.add(command.text)
        this.#waiting.set(clientSeq, { chat, text: command.text })
      }
    }
    for (const { chat, text } of gone)
      if (put.has(text)) this.#told.deferred(chat, text)
      else if (!texts.has(text)) this.#told.refused(chat, text)
    return this.#durable.write(changes)
  }
}
