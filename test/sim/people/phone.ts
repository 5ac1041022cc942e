import mqtt from 'mqtt'
import type { Client, Message } from '../../../clients/index.ts'
import type { ClientEvents } from '../../../clients/sdk/client-events.ts'
import { connectOn } from '../../../clients/sdk/connect.ts'
import type { Platform } from '../../../clients/sdk/connection/platform.ts'
import type { Observation } from '../../fault/observation.ts'
import type { Network } from '../world/network.ts'
import { Process, type World } from '../world/world.ts'
import type { ChatToUse, Habits } from './habits.ts'
import { tokenOf } from './server.ts'
import { SimStore } from './sim-store.ts'

/** An app that is frozen again and again may be given something so long before it ends, and not be done with it. */
const UNNOTED_MS = 600_000

export interface PhoneParts {
  readonly world: World
  readonly network: Network
  readonly log: Observation[]
  readonly user: string
  readonly device: string
  readonly habits: Habits
  /** Its app takes so long with each message at most, ms; 0: it is done with it at once. */
  readonly handlesInMs: number
  /** Another one that has the same name, and whose store this one begins with a copy of. */
  readonly twinOf?: Phone
}

/** A device with the SDK in it, as an app uses it; the store outlives the app. */
export class Phone {
  readonly user: string
  readonly device: string
  readonly #parts: PhoneParts
  readonly #store: SimStore
  #lives = 0
  process: Process
  #client: Client | undefined
  #open = 0
  #sends = 0
  readonly #newest = new Map<string, number>()
  /** When the app was given something, by chat and seq. */
  readonly #given = new Map<string, number>()
  readonly #marks = new Map<string, number>()
  readonly #readUpTo = new Map<string, number>()
  /** Texts whose fate nobody has been told, by chat. */
  readonly #unanswered = new Map<string, string>()
  #backup = 0
  /** When it ended with something that it could not note. */
  readonly #endedAtMs: number[] = []
  /** It never starts again. */
  #isOver = false

  constructor(parts: PhoneParts) {
    this.#parts = parts
    this.user = parts.user
    this.device = parts.device
    this.process = parts.world.nobody
    const told = {
      stored: (chat: string, seq: number, text: string) => {
        this.#parts.world.passage.stored(text, this.process)
        this.#note(chat, { what: 'stored', seq })
      },
      accepted: (chat: string, text: string, seq: number) => {
        this.#unanswered.delete(text)
        this.#parts.world.passage.numbered(text, seq)
        this.#note(chat, { what: 'accepted', text, seq })
      },
      refused: (chat: string, text: string) => {
        this.#unanswered.delete(text)
        this.#parts.world.passage.ended(text)
        this.#note(chat, { what: 'rejected', text, code: 'no longer in the outbox' })
      },
      deferred: (chat: string, text: string) => this.#note(chat, { what: 'deferred', text }),
    }
    this.#store = new SimStore(parts.world, told, parts.twinOf && parts.twinOf.#store)
  }

  get #name(): string {
    return `${this.user}/${this.device}${this.#parts.twinOf ? '-twin' : ''}`
  }
  get flash(): { slowness: number } {
    return this.#store
  }
  get isConnected(): boolean {
    return !this.process.isDead && (this.#client?.isConnected ?? false)
  }
  get waiting(): number {
    return this.#open + (this.#client?.waiting.length ?? 0)
  }

  start(): void {
    if (this.#isOver) return
    const { world } = this.#parts
    const process = new Process(`${this.#name}-${++this.#lives}`, world)
    process.clockAheadMs = this.process.clockAheadMs
    this.process = process
    this.#client = undefined
    this.#open = 0
    world.after(0, process, 'starts', () => {
      this.#run(process).catch((error: unknown) => {
        // An app whose first connection fails tries again.
        world.note(`${process.name} gives up: ${(error as Error).message}`)
        process.end()
        world.after(1_000, world.nobody, `starts ${this.#name} again`, () => {
          if (this.process === process) this.start()
        })
      })
    })
  }

  /** The app is ended by its machine; it is started again by whoever did it. */
  kill(): void {
    this.#endedAtMs.push(this.#parts.world.nowMs)
    this.process.kill()
  }

  /** Somebody does one more thing with it, and then it is gone. */
  doLast(what: 'ask' | 'send'): void {
    if (what === 'ask') this.ask()
    else this.#parts.habits.write(this)
  }

  /** Now and then while it is used; the last one is what can be restored. */
  #keepBackups(): void {
    const { world, habits } = this.#parts
    world.after(world.random.between(10_000, 200_000), this.process, 'is backed up', () => {
      this.#backup = this.#store.backup
      if (world.nowMs < habits.untilMs) this.#keepBackups()
    })
  }

  /** Its user has it in hand. */
  live(): void {
    this.#parts.habits.live(this.process, this)
    this.#keepBackups()
  }

  /** The app is ended, and what it has kept is as it was at its last backup, or nothing is left. */
  restore(which: 'backup' | 'nothing'): void {
    this.kill()
    this.#store.restore(which === 'backup' ? this.#backup : 0)
    this.#backup = this.#store.backup
    for (const [text, chat] of this.#unanswered) this.#forgotten(chat, text)
    // These go out once more, long after others: nobody may know any more what became of them.
    for (const { chat, text } of this.#store.waiting) this.#forgotten(chat, text)
    this.#unanswered.clear()
    for (const known of [this.#newest, this.#given, this.#marks, this.#readUpTo]) known.clear()
    this.#note('', { what: 'restored' })
  }

  /** Another one begins to do as this one does, under the same name. */
  twin(): Phone {
    this.#note('', { what: 'torn' })
    return new Phone({ ...this.#parts, twinOf: this })
  }

  /** The other one is no more. What it got this one lacks. */
  endTwin(twin: Phone): void {
    twin.kill()
    twin.#isOver = true
    for (const [text, chat] of twin.#unanswered) this.#forgotten(chat, text)
    this.#note('', { what: 'restored' })
  }

  #forgotten(chat: string, text: string): void {
    this.#parts.world.passage.ended(text)
    this.#note(chat, { what: 'forgotten', text })
  }

  async #run(process: Process): Promise<void> {
    const { network, habits } = this.#parts
    const platform: Platform = {
      open: (_url, options) =>
        new mqtt.MqttClient((() => network.dial(process)) as () => never, { ...options, protocolVersion: 4 }),
      onWake: () => () => {},
    }
    const client = await connectOn(platform, {
      url: 'mqtt://simulated',
      token: () => tokenOf(this.user, 'device', Math.floor(Date.now() / 1000) - 60),
      device: this.device,
      store: this.#store.of(process),
      keepaliveS: habits.keepaliveS,
      offline: true,
    })
    this.#client = client
    if (this.#parts.handlesInMs > 0) void this.#readSlowly(client, process)
    else {
      client.on('message', (message) => this.#arrived(message))
      client.on('change', (change) => this.#changed(change))
    }
    client.on('receipt', ({ chatId, kind, upTo }) => {
      if (kind === 'delivered') this.#parts.world.passage.delivered(chatId, upTo)
      if (kind === 'own-read' || this.#isForgotten(`${kind} ${chatId}`, upTo)) return
      this.#note(chatId, { what: kind, upTo })
    })
    client.on('gap', (gap) => {
      const { chatId = '' } = gap
      if (chatId !== '' && 'firstSeq' in gap)
        this.#note(chatId, { what: 'gap', firstSeq: gap.firstSeq, lastSeq: gap.lastSeq })
      else this.#note('', { what: 'gap' })
    })
    // What an app shows again it says again that it was read.
    for (const [chat, upTo] of this.#readUpTo)
      void client
        .chat(chat)
        .markRead(upTo)
        .catch(() => undefined)
    this.live()
  }

  /** It is done with a message when it asks for the next one. */
  async #readSlowly(client: Client, process: Process): Promise<void> {
    const { world, handlesInMs } = this.#parts
    for await (const message of client.messages({ withChanges: true })) {
      const { chatId, seq, sender, change } = message
      if (change === undefined) this.#arrived(message)
      else this.#changed({ chatId, seq, sender, change })
      await world.pause(handlesInMs * world.random.next() ** 2, process, 'is done with a message')
    }
  }

  #arrived({ chatId, seq, sender, text }: Message): void {
    this.#store.given(chatId, seq, text ?? '')
    if (text !== undefined && this.#isGiven(chatId, seq))
      this.#note(chatId, { what: 'arrived', seq, sender, text })
  }

  #changed({ chatId, seq, sender, change }: Changed): void {
    const joined = change.kind === 'created' || change.kind === 'added' ? [...change.members] : []
    const left = change.kind === 'removed' ? change.members : change.kind === 'left' ? [sender] : []
    if (this.#isGiven(chatId, seq)) this.#note(chatId, { what: 'changed', seq, by: sender, joined, left })
  }

  /** Whether that is to be told: not if it comes again because the app was killed before it could note it. */
  #isGiven(chat: string, seq: number): boolean {
    const key = `${chat} ${seq}`
    const beforeMs = this.#given.get(key)
    this.#newest.set(chat, Math.max(this.#newest.get(chat) ?? 0, seq))
    this.#given.set(key, this.#parts.world.nowMs)
    if (beforeMs === undefined || this.#store.hasNoted(chat, seq)) return true
    const endedAtMs = this.#endedAtMs.find((ms) => ms >= beforeMs) ?? Infinity
    return endedAtMs - beforeMs > UNNOTED_MS
  }

  /** A mark below one that an app had which was killed before it could note it. */
  #isForgotten(key: string, upTo: number): boolean {
    const before = this.#marks.get(key) ?? 0
    if (upTo < before && this.#endedAtMs.length > 0) return true
    this.#marks.set(key, upTo)
    return false
  }

  #note(chat: string, seen: Seen): void {
    this.#parts.world.note(`${this.#name} ${chat} ${JSON.stringify(seen)}`)
    this.#parts.log.push({ user: this.user, device: this.device, chat, ...seen } as Observation)
  }

  knows(chat: string): boolean {
    return this.#newest.has(chat)
  }

  send(chat: ChatToUse): void {
    const client = this.#client
    // An app knows a group when it was told of it.
    if (!client || (chat.peerOf === undefined && !this.knows(chat.id))) return
    const text = `${this.#name} ${++this.#sends}`
    const target = chat.peerOf ? client.direct(chat.peerOf(this.user)) : client.chat(chat.id)
    this.#note(chat.id, { what: 'sent', text })
    if (chat.peerOf) this.#parts.world.passage.sent(text, chat.id, this.process)
    this.#unanswered.set(text, chat.id)
    this.#open++
    const life = this.#lives
    void this.#follow(chat.id, text, target.send({ text })).finally(() => {
      if (life === this.#lives) this.#open--
    })
  }

  async #follow(
    chat: string,
    text: string,
    sending: ReturnType<ReturnType<Client['chat']>['send']>,
  ): Promise<void> {
    try {
      const sent = await sending
      this.#note(chat, { what: 'acknowledged', text })
      await sent.accepted
    } catch (error) {
      // An app that ended does not hear of it; its outbox goes on in the next one.
      const { code, message } = error as { code?: string; message: string }
      if (code === 'closed') return
      this.#unanswered.delete(text)
      this.#note(chat, { what: 'rejected', text, code: message })
    }
  }

  markRead(chat: ChatToUse): void {
    const upTo = this.#newest.get(chat.id)
    if (upTo === undefined || !this.#client) return
    this.#readUpTo.set(chat.id, upTo)
    this.#note(chat.id, { what: 'marked-read', upTo })
    void this.#client
      .chat(chat.id)
      .markRead(upTo)
      .catch(() => undefined)
  }

  /** Makes a group; who is in it is told by its first entry. */
  async createGroup(name: string, members: readonly string[], made: (id: string) => void): Promise<void> {
    const group = await this.#client?.createGroup({ name, members })
    if (group) made(group.id)
  }

  changeMembers(chat: ChatToUse, change: 'add' | 'remove', user: string): void {
    const group = this.#client?.chat(chat.id)
    // Refused, or not heard of because the app ended: the chat's own entries tell what came of it.
    if (group?.kind === 'group') void group[change](user).catch(() => undefined)
  }

  setRole(chat: ChatToUse, user: string, role: 'admin' | 'member'): void {
    const group = this.#client?.chat(chat.id)
    if (group?.kind === 'group') void group.setRole(user, role).catch(() => undefined)
  }

  /** A question whose answer nobody waits for. */
  ask(): void {
    void this.#client?.devices().catch(() => undefined)
  }

  /** Resolves when the server says that it is done. */
  async removeDevice(name: string): Promise<void> {
    if (this.#client === undefined) throw new Error('the app is not open')
    await this.#client.removeDevice(name)
  }

  /** What its store has for the app, and the app was never given. */
  get ungiven(): readonly string[] {
    return this.#store.ungiven
  }

  /** How many messages of the chat the app shows as unread; undefined: it does not know the chat. */
  unread(chat: ChatToUse): number | undefined {
    return this.#newest.has(chat.id) ? this.#client?.chat(chat.id).unread : undefined
  }

  /** The app ends in order, until somebody starts it. */
  async close(): Promise<void> {
    const { process } = this
    // What it is not done with comes again.
    this.#endedAtMs.push(this.#parts.world.nowMs)
    await this.#client?.close({ drainMs: 0 })
    // So does what it was given while it closed.
    this.#endedAtMs.push(this.#parts.world.nowMs)
    process.end()
  }

  /** The same, and it is soon started again. */
  async reopen(): Promise<void> {
    const { world } = this.#parts
    await this.close()
    const { process } = this
    world.after(world.random.between(0, 20_000), world.nobody, `opens ${this.#name} again`, () => {
      if (process === this.process) this.start()
    })
  }
}

type Changed = Pick<ClientEvents['change'], 'chatId' | 'seq' | 'sender' | 'change'>

type Seen = Observation extends infer One
  ? One extends Observation
    ? Omit<One, 'user' | 'device' | 'chat'>
    : never
  : never
