import { memoryStore, type LocalStore } from '../../../clients/index.ts'
import type { StoreChange } from '../../../clients/sdk/store/local-store.ts'
import type { Process, World } from '../world/world.ts'

interface Told {
  /** A message is put into it, and not yet durable. */
  stored(chat: string, seq: number, text: string): void
  /** A send has become a message, whether its app hears of that or not. */
  accepted(chat: string, text: string, seq: number): void
  /** A send is not there any more because the server has refused it, whether its app hears of that or not. */
  refused(chat: string, text: string): void
  /** The server did not want it now: it goes to the end of the outbox, under another number. */
  deferred(chat: string, text: string): void
}

interface Waiting {
  readonly chat: string
  readonly text: string
}

/** The flash of one device: what is written is durable after a while, and survives the app. */
export class SimStore {
  readonly #world: World
  readonly #told: Told
  #durable = memoryStore()
  /** All that was ever made durable: a backup is how many of these there were. */
  readonly #written: (readonly StoreChange[])[]
  /** Texts in the outbox, by their numbers. */
  readonly #waiting = new Map<number, Waiting>()
  /** What is or was here, by chat and seq. */
  readonly #texts = new Map<string, string>()
  /** Of that, what the app is done with. */
  readonly #noted = new Set<string>()
  /** Of that, what waits for the app. */
  readonly #forApp = new Map<string, string>()
  /** How much slower than usual. */
  slowness = 1

  /** @param copied of another one */
  constructor(world: World, told: Told, copied?: SimStore) {
    this.#world = world
    this.#told = told
    this.#written = copied === undefined ? [] : [...copied.#written]
    if (copied !== undefined) this.restore(this.#written.length)
  }

  /** What a backup would hold that is made now. */
  get backup(): number {
    return this.#written.length
  }
  /** Texts that are in the outbox. */
  get waiting(): Iterable<Waiting> {
    return this.#waiting.values()
  }

  /** What was to be told to the app, and never was, whatever has become of it here. */
  get ungiven(): readonly string[] {
    return [...this.#forApp].map(([place, text]) => `${place} "${text}"`)
  }

  /** The app was given that. */
  given(chat: string, seq: number, text: string): void {
    const place = `${chat} seq ${seq}`
    if (this.#forApp.get(place) === text) this.#forApp.delete(place)
  }

  /** Whether it is durable here that the app is done with it. */
  hasNoted(chat: string, seq: number): boolean {
    return this.#noted.has(`${chat} seq ${seq}`)
  }

  /** All is as it was when that backup was made. To be called while no app runs. */
  restore(backup: number): void {
    this.#written.length = backup
    this.#waiting.clear()
    this.#forApp.clear()
    this.#noted.clear()
    this.#durable = memoryStore()
    for (const changes of this.#written) {
      this.#note(changes)
      void this.#durable.write(changes)
    }
  }

  /** The store as one life of the app has it. */
  of(process: Process): LocalStore {
    const pause = (what: string): Promise<void> =>
      this.#world.pause(this.slowness * (0.1 + 30 * this.#world.random.next() ** 6), process, what)
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
            this.#told.stored(change.put.chat, change.put.seq, change.put.text ?? '')
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

  #write(changes: readonly StoreChange[]): Promise<void> {
    const { gone, put, texts } = this.#note(changes)
    for (const change of changes) {
      if (change.table !== 'messages' || !('put' in change)) continue
      const { chat, seq, text = '', isFromHere } = change.put
      if (isFromHere && text !== '') this.#told.accepted(chat, text, seq)
    }
    for (const { chat, text } of gone)
      if (put.has(text)) this.#told.deferred(chat, text)
      else if (!texts.has(text)) this.#told.refused(chat, text)
    this.#noteForApp(changes)
    this.#written.push(changes)
    return this.#durable.write(changes)
  }

  /** The app is to be told of what is noted as unhandled; another message may have taken the place of one. */
  #noteForApp(changes: readonly StoreChange[]): void {
    for (const change of changes) {
      if (change.table !== 'messages' || !('put' in change)) continue
      const { chat, seq, text = '', change: ofMembers } = change.put
      const place = `${chat} seq ${seq}`
      // Where the server gives seqs anew, another one has taken its place.
      if (this.#forApp.has(place) && this.#forApp.get(place) !== text) this.#forApp.delete(place)
      if (ofMembers === undefined) this.#texts.set(place, text)
    }
    for (const change of changes) {
      if (change.table !== 'unhandled') continue
      if ('delete' in change) {
        this.#noted.add(`${change.delete[0]} seq ${change.delete[1]}`)
        continue
      }
      const place = `${change.put.chat} seq ${change.put.seq}`
      this.#noted.delete(place)
      const text = this.#texts.get(place)
      if (text !== undefined) this.#forApp.set(place, text)
    }
  }

  /** What leaves the outbox, and is neither a message nor there under another number, was refused. */
  #note(changes: readonly StoreChange[]): { gone: Waiting[]; put: Set<string>; texts: Set<string> } {
    const [gone, put, texts] = [[] as Waiting[], new Set<string>(), new Set<string>()]
    for (const change of changes) {
      if (change.table === 'messages' && 'put' in change) texts.add(change.put.text ?? '')
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
    return { gone, put, texts }
  }
}
