import { connect, memoryStore, type Client, type LocalStore, type Message } from '../../clients/index.ts'
import { until } from '../support/deadline.ts'
import { FaultProxy } from '../support/fault-proxy.ts'
import type { Random } from '../support/random.ts'
import type { Actor, ChatToUse } from './actor.ts'
import type { Observation } from './observation.ts'
import type { Topology } from './topology.ts'
import { WireRepeats } from './wire-repeats.ts'

/** A device with the real SDK in it, as an app uses it; the store outlives the app. */
export class App implements Actor {
  readonly user: string
  readonly device: string
  readonly #topology: Topology
  readonly #log: Observation[]
  readonly #random: Random
  readonly #proxy: FaultProxy
  readonly #scheme: 'mqtt' | 'ws'
  readonly #store: LocalStore
  /** By clientSeq: an app that is started again hears what became of the sends of the one before. */
  readonly #texts = new Map<number, string>()
  readonly #newest = new Map<string, number>()
  #client: Client | undefined
  #busy: Promise<void> = Promise.resolve()
  #open = 0
  readonly #repeats = new WireRepeats()

  private constructor(parts: Parts, proxy: FaultProxy) {
    this.user = parts.user
    this.device = parts.device
    this.#topology = parts.topology
    this.#log = parts.log
    this.#random = parts.random
    this.#scheme = parts.scheme
    this.#proxy = proxy
    proxy.watch = () => this.#repeats.line(parts.scheme)
    this.#store = noting(memoryStore(), (chat, seq) => this.#note(chat, { what: 'stored', seq }))
  }

  static async start(parts: Parts): Promise<App> {
    const endpoint = parts.random.pick(parts.topology.endpoints)
    const proxy = await FaultProxy.start({ port: parts.scheme === 'ws' ? endpoint.httpPort : endpoint.port })
    const app = new App(parts, proxy)
    await app.#start()
    return app
  }

  async #start(): Promise<void> {
    const path = this.#scheme === 'ws' ? '/mqtt' : ''
    const client = await connect({
      url: `${this.#scheme}://127.0.0.1:${this.#proxy.port}${path}`,
      token: () => this.#topology.token(this.user),
      device: this.device,
      store: this.#store,
      offline: this.#client !== undefined,
      backoff: () => this.#random.between(10, 400),
    })
    this.#client = client
    client.on('message', (message) => {
      if (message.text !== undefined) this.#arrived(message)
    })
    client.on('change', ({ chatId, seq, sender, change }) => {
      this.#saw(chatId, seq)
      const joined = change.kind === 'created' || change.kind === 'added' ? [...change.members] : []
      const left = change.kind === 'removed' ? change.members : change.kind === 'left' ? [sender] : []
      this.#note(chatId, { what: 'changed', seq, by: sender, joined, left })
    })
    client.on('receipt', ({ chatId, kind, upTo }) => {
      if (kind !== 'own-read') this.#note(chatId, { what: kind, upTo })
    })
    client.on('rejected', ({ chatId, clientSeq, error }) => {
      const text = this.#texts.get(clientSeq)
      if (text !== undefined) this.#note(chatId, { what: 'rejected', text, code: error.message })
    })
    client.on('gap', () => this.#note('', { what: 'gap' }))
    client.on('setback', ({ chatId, firstSeq }) => this.#note(chatId, { what: 'set-back', firstSeq }))
  }

  #arrived({ chatId, seq, sender, text }: Message): void {
    this.#saw(chatId, seq)
    this.#note(chatId, { what: 'arrived', seq, sender, text: text as string })
  }

  #saw(chat: string, seq: number): void {
    this.#newest.set(chat, Math.max(this.#newest.get(chat) ?? 0, seq))
  }

  #note(chat: string, seen: Seen): void {
    this.#log.push({ user: this.user, device: this.device, chat, ...seen } as Observation)
  }

  /** @returns the group's id. The users exist, but whoever numbers their first entries may not know it yet. */
  async createGroup(name: string, members: readonly string[]): Promise<string> {
    const group = await until(
      () => (this.#client as Client).createGroup({ name, members }),
      10_000,
      () => `the group ${name}`,
      50,
    )
    this.#saw(group.id, 1)
    return group.id
  }

  async changeMembers(chat: ChatToUse, change: 'add' | 'remove', user: string): Promise<void> {
    if (!this.#client || this.#isAway) return
    const group = this.#client.chat(chat.id)
    // Refused, or not heard of because the app ended: the chat's own entries tell what came of it.
    if (group.kind === 'group') await group[change](user).catch(() => undefined)
  }

  send(chat: ChatToUse, text: string): void {
    const client = this.#client
    // An app knows a group when it was told of it.
    if (!client || this.#isAway || (!chat.peerOf && !this.#newest.has(chat.id))) return
    const target = chat.peerOf ? client.direct(chat.peerOf(this.user)) : client.chat(chat.id)
    this.#note(chat.id, { what: 'sent', text })
    this.#open++
    void this.#follow(chat.id, text, target.send({ text })).finally(() => this.#open--)
  }

  async #follow(
    chat: string,
    text: string,
    sending: ReturnType<ReturnType<Client['chat']>['send']>,
  ): Promise<void> {
    try {
      const sent = await sending
      this.#texts.set(sent.clientSeq, text)
      this.#note(chat, { what: 'acknowledged', text })
      this.#note(chat, { what: 'accepted', text, seq: await sent.accepted })
    } catch (error) {
      // An app that ended does not hear of it; its outbox goes on in the next one.
      const { code, name } = error as { code?: string; name: string }
      if (code !== 'closed') this.#note(chat, { what: 'rejected', text, code: String(code ?? name) })
    }
  }

  markRead(chat: ChatToUse): void {
    const upTo = this.#newest.get(chat.id)
    if (upTo === undefined || !this.#client || this.#isAway) return
    this.#note(chat.id, { what: 'marked-read', upTo })
    this.#client
      .chat(chat.id)
      .markRead(upTo)
      .catch(() => undefined)
  }

  cut(): void {
    this.#proxy.cut()
  }

  #isAway = false

  restart(): Promise<void> {
    this.#busy = this.#busy.then(async () => {
      if (this.#isAway) return
      this.#isAway = true
      await this.#client?.close({ drainMs: 0 })
      this.#note('', { what: 'restarted' })
      await new Promise((resolve) => setTimeout(resolve, this.#random.between(0, 600)))
      await this.#start()
      this.#isAway = false
    })
    return this.#busy
  }

  get repeats(): number {
    return this.#repeats.count
  }
  get waiting(): number {
    return this.#open + (this.#client?.waiting.length ?? 0)
  }
  get isConnected(): boolean {
    return !this.#isAway && (this.#client?.isConnected ?? false)
  }

  async close(): Promise<void> {
    await this.#busy
    await this.#client?.close({ drainMs: 0 })
    await this.#proxy.stop()
  }
}

/** The same store; tells of each message that is put into it, before that is durable and so before any PUBACK. */
function noting(store: LocalStore, put: (chat: string, seq: number) => void): LocalStore {
  return {
    open: () => store.open(),
    messages: (...args) => store.messages(...args),
    close: () => store.close(),
    write: (changes) => {
      for (const change of changes)
        if (change.table === 'messages' && 'put' in change) put(change.put.chat, change.put.seq)
      return store.write(changes)
    },
  }
}

type Seen = Observation extends infer One
  ? One extends Observation
    ? Omit<One, 'user' | 'device' | 'chat'>
    : never
  : never

export interface Parts {
  readonly user: string
  readonly device: string
  readonly topology: Topology
  readonly log: Observation[]
  readonly random: Random
  readonly scheme: 'mqtt' | 'ws'
}
