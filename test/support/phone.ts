import { decodeDown, encodeRequest, encodeUp, type Down, type Request, type Up } from '../../proto/codec.ts'
import { errorOf } from '../../proto/errors.ts'
import { chatIdOf, directChatId, groupChatId, type ChatId, type UserId } from '../../proto/ids.ts'
import { chatTopic, REQUEST_TOPIC, userTopic } from '../../proto/topics.ts'
import { Hopeless, until } from './deadline.ts'
import type { ConnectFields, PublishPacket } from './mqtt-packets.ts'
import { RawClient } from './raw-client.ts'
import type { Server } from './server.ts'

const DEADLINE_MS = 8_000

type Kind = keyof Down & ('messages' | 'accepted' | 'rejected' | 'receipts' | 'typing' | 'responses' | 'gaps')
/** A decoded item: what was not sent reads as zero, empty or false. */
export type Item<K extends Kind> = Solid<NonNullable<Down[K]>[number]>
type Solid<Value> = Value extends Uint8Array
  ? Value
  : Value extends readonly (infer Element)[]
    ? Solid<Element>[]
    : Value extends object
      ? { readonly [Field in keyof Value]-?: Solid<NonNullable<Value[Field]>> }
      : Value

export interface PhoneOptions extends Partial<ConnectFields> {
  /** Publish-acknowledge everything that comes; default true. */
  readonly acks?: boolean
  /** SUBSCRIBE at this QoS; false: don't. Default 1. */
  readonly subscribes?: false | 0 | 1
  readonly token?: string
  readonly port?: number
  readonly iat?: number
}

let lastClientSeq = Date.now()

/** A device that speaks our frames over raw packets: no queue, no retry, no order of its own. */
export class Phone {
  readonly raw: RawClient
  readonly user: UserId
  readonly device: string
  readonly sessionPresent: boolean
  #read = 0
  readonly #items: { kind: Kind; item: unknown }[] = []

  private constructor(raw: RawClient, user: string, device: string, sessionPresent: boolean) {
    this.raw = raw
    this.user = user as UserId
    this.device = device
    this.sessionPresent = sessionPresent
  }

  /** @param id `<user>/<device>` */
  static async connect(server: Server, id: string, options: PhoneOptions = {}): Promise<Phone> {
    const [user, device] = id.split('/') as [string, string]
    const claims = { user, ...(options.iat !== undefined && { iat: options.iat }) }
    const raw = await RawClient.open({ port: options.port ?? server.port })
    raw.acksByItself = options.acks ?? true
    const connack = await raw.connect({
      clientId: id,
      username: user,
      password: options.token ?? (await server.token(claims)),
      ...options,
    })
    if (connack.code !== 0) throw new Error(`CONNACK ${connack.code}`)
    const phone = new Phone(raw, user, device, connack.sessionPresent)
    if (options.subscribes !== false) await raw.subscribe(userTopic(phone.user), options.subscribes ?? 1)
    return phone
  }

  /** A number that no phone of this run has used. */
  static nextClientSeq(): number {
    return ++lastClientSeq
  }

  direct(peer: string): ChatId {
    return directChatId(this.user, peer as UserId)
  }

  /** Publishes at QoS 1 and waits for the PUBACK. */
  async up(chat: ChatId, up: Up): Promise<void> {
    await this.raw.publish({ topic: chatTopic(chat), payload: encodeUp(up) })
  }

  /** Sends text and waits for ✓. @returns its clientSeq */
  async text(chat: ChatId, text: string, more: { peer?: string; clientSeq?: number } = {}): Promise<number> {
    const clientSeq = more.clientSeq ?? Phone.nextClientSeq()
    await this.up(chat, { message: { ...more, clientSeq, text } })
    return clientSeq
  }

  /** A direct message: text to the chat with `peer`, whose id it carries. @returns its seq */
  async tell(peer: string, text: string): Promise<number> {
    return this.accepted(await this.text(this.direct(peer), text, { peer }))
  }

  /** Direct messages, one after the other at ✓; only the last one's answer is waited for. @returns its seq */
  async tellAll(peer: string, texts: readonly string[]): Promise<number> {
    let last = 0
    for (const text of texts) last = await this.text(this.direct(peer), text, { peer })
    return this.accepted(last)
  }

  async createGroup(name: string, members: readonly string[]): Promise<ChatId> {
    const chat = groupChatId(crypto.getRandomValues(new Uint8Array(10)))
    const clientSeq = Phone.nextClientSeq()
    await this.up(chat, { create: { clientSeq, name, members: [...members] } })
    await this.accepted(clientSeq)
    return chat
  }

  async request(request: Request): Promise<Item<'responses'>> {
    await this.raw.publish({ topic: REQUEST_TOPIC, payload: encodeRequest(request) })
    return this.response(request.request as number)
  }

  /** The next item of this kind that matches and was not taken yet; what stands before it stays. */
  async next<K extends Kind>(kind: K, matches: (item: Item<K>) => boolean = () => true): Promise<Item<K>> {
    return until(
      () => {
        const at = this.items().findIndex((one) => one.kind === kind && matches(one.item as Item<K>))
        if (at < 0 && this.raw.isClosed)
          throw new Hopeless(`${this.user}/${this.device} was closed while waiting for ${kind}`)
        return at >= 0 && (this.#items.splice(at, 1)[0]?.item as Item<K>)
      },
      DEADLINE_MS,
      () => `${kind} at ${this.user}/${this.device}; untaken: ${JSON.stringify(this.#items)}`,
      2,
    )
  }

  /** The next message (text, body or change) of any chat, or of this one. */
  async message(chat?: ChatId): Promise<Item<'messages'>> {
    return this.next('messages', (item) => chat === undefined || chatIdOf(item.chat) === chat)
  }

  /** @returns the seq that this clientSeq got. */
  async accepted(clientSeq: number): Promise<number> {
    const covers = (item: { clientSeq: number; more: number }): boolean =>
      item.clientSeq <= clientSeq && clientSeq <= item.clientSeq + item.more
    return until(
      () => {
        for (let at = 0; at < this.items().length; )
          if (this.#items[at]?.kind === 'accepted')
            this.#acceptances.push(this.#items.splice(at, 1)[0]?.item as Item<'accepted'>)
          else at++
        const found = this.#acceptances.find(covers)
        if (found) return found.seq + clientSeq - found.clientSeq
        const refusal = this.#items.find(
          ({ kind, item }) => kind === 'rejected' && (item as Item<'rejected'>).clientSeq === clientSeq,
        )
        if (refusal) throw new Hopeless(`rejected: ${JSON.stringify(refusal.item)}`)
        if (this.raw.isClosed)
          throw new Hopeless(`${this.user}/${this.device} was closed while waiting for Accepted`)
        return undefined
      },
      DEADLINE_MS,
      () =>
        `Accepted of ${clientSeq} at ${this.user}/${this.device}; untaken: ${JSON.stringify(this.#items)}`,
      2,
    )
  }
  readonly #acceptances: Item<'accepted'>[] = []

  /** @returns the catalogue's name of the code that this clientSeq was refused with. */
  async rejected(clientSeq: number): Promise<string | undefined> {
    const item = await this.next('rejected', (one) => one.clientSeq === clientSeq)
    return errorOf(item.code)?.name
  }

  async response(request: number): Promise<Item<'responses'>> {
    return this.next('responses', (item) => item.request === request)
  }

  /** Waits until a receipt of this kind reaches `upTo`. @returns all marks on the way there */
  async receipt(kind: 'delivered' | 'read' | 'ownRead', chat: ChatId, upTo: number): Promise<number[]> {
    const marks: number[] = []
    while ((marks.at(-1) ?? 0) < upTo) {
      const item = await this.next('receipts', (one) => chatIdOf(one.chat) === chat && one[kind] > 0)
      marks.push(item[kind])
    }
    return marks
  }

  /** What has arrived and was not taken. */
  items(): readonly { kind: Kind; item: unknown }[] {
    for (; this.#read < this.raw.received.length; this.#read++) {
      const packet = this.raw.received[this.#read]
      if (packet?.type !== 'publish') continue
      if (packet.topic !== userTopic(this.user)) throw new Error(`G5: ${this.user} got ${packet.topic}`)
      const down = decodeDown(packet.payload)
      for (const kind of [
        'messages',
        'accepted',
        'rejected',
        'receipts',
        'typing',
        'responses',
        'gaps',
      ] as const)
        for (const item of down[kind]) this.#items.push({ kind, item })
    }
    return this.#items
  }

  /** All frames that came, taken or not. */
  frames(): PublishPacket[] {
    return this.raw.received.filter((packet) => packet.type === 'publish')
  }

  async disconnect(): Promise<void> {
    await this.raw.disconnect()
  }
}
