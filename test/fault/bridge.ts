import { decodeDown, encodeUp, type Message } from '../../proto/codec.ts'
import { errorOf } from '../../proto/errors.ts'
import { chatIdOf, type ChatId, type UserId } from '../../proto/ids.ts'
import { chatTopic, userTopic } from '../../proto/topics.ts'
import { publishPacket, type Packet } from '../support/mqtt-packets.ts'
import type { RawClient } from '../support/raw-client.ts'
import type { Random } from '../support/random.ts'
import type { Actor, ChatToUse } from './actor.ts'
import type { Observation } from './observation.ts'

interface Send {
  readonly chat: ChatToUse
  readonly text: string
  readonly clientSeq: number
}
interface Read {
  readonly chat: ChatToUse
  readonly upTo: number
}

/**
 * A device without the SDK, such as one that uses mosquitto: it forgets a message at the PUBACK, for ✓ means stored
 * (G1), and acknowledges what comes as soon as it has written it down. It drops repeats by (chat, seq).
 */
export class Bridge implements Actor {
  readonly user: string
  readonly device: string
  readonly #parts: Pick<BridgeParts, 'dial' | 'token'>
  readonly #log: Observation[]
  readonly #random: Random
  readonly #queue: (Send | Read)[] = []
  readonly #texts = new Map<number, Send>()
  readonly #accepted = new Set<number>()
  readonly #rejected = new Set<number>()
  /** How often each was published. */
  readonly #copies = new Map<number, number>()
  readonly #newest = new Map<string, number>()
  readonly #peers: ReadonlyMap<string, string>
  readonly #rosters = new Map<string, Map<number, string>>()
  #nextClientSeq = Date.now() * 1000
  #raw: RawClient | undefined
  #isClosed = false
  #running: Promise<void> = Promise.resolve()
  #wake: () => void = () => undefined
  repeats = 0

  constructor(parts: BridgeParts) {
    this.user = parts.user
    this.device = parts.device
    this.#parts = parts
    this.#log = parts.log
    this.#random = parts.random
    this.#peers = parts.peers
  }

  static async start(parts: BridgeParts): Promise<Bridge> {
    const bridge = new Bridge(parts)
    await bridge.#connect()
    bridge.run()
    return bridge
  }

  /** Connects, and again whenever the line is lost. */
  run(): void {
    this.#running = this.#run()
  }

  async #connect(): Promise<void> {
    const raw = await this.#parts.dial()
    raw.onPacket = (packet) => this.#take(raw, packet)
    raw.onClosed = () => this.#wake()
    const password = await this.#parts.token()
    const connack = await raw.connect({
      clientId: `${this.user}/${this.device}`,
      username: this.user,
      password,
    })
    if (connack.code !== 0) throw new Error(`CONNACK ${connack.code}`)
    await raw.subscribe(userTopic(this.user as UserId))
    this.#raw = raw
  }

  async #run(): Promise<void> {
    while (!this.#isClosed) {
      try {
        if (!this.isConnected) await this.#connect()
        const next = this.#queue[0]
        if (next) await this.#publish(next)
        else await new Promise<void>((resolve) => (this.#wake = resolve))
      } catch {
        this.#raw?.cut()
        await new Promise((resolve) => setTimeout(resolve, this.#random.between(10, 400)))
      }
    }
  }

  async #publish(next: Send | Read): Promise<void> {
    const raw = this.#raw as RawClient
    if ('text' in next) this.#copies.set(next.clientSeq, (this.#copies.get(next.clientSeq) ?? 0) + 1)
    const packetId = raw.nextPacketId()
    raw.send(
      publishPacket({ topic: chatTopic(next.chat.id as ChatId), payload: this.#frameOf(next), packetId }),
    )
    await raw.take('puback', 20_000, (puback) => puback.packetId === packetId)
    if ('text' in next) this.#note(next.chat.id, { what: 'acknowledged', text: next.text })
    this.#queue.shift()
  }

  #frameOf(next: Send | Read): Uint8Array {
    if (!('text' in next)) return encodeUp({ read: { upTo: next.upTo } })
    const { clientSeq, text } = next
    const peer = next.chat.peerOf?.(this.user)
    return encodeUp({ message: { clientSeq, text, ...(peer !== undefined && { peer }) } })
  }

  #take(raw: RawClient, packet: Packet): boolean {
    if (packet.type !== 'publish') return false
    if (packet.topic !== userTopic(this.user as UserId)) throw new Error(`${this.user} got ${packet.topic}`)
    const down = decodeDown(packet.payload)
    for (const message of down.messages) this.#arrived(message)
    for (const { clientSeq, seq, more } of down.accepted) {
      this.#lookForOthers(Number(clientSeq), more ?? 0)
      for (let i = 0; i <= (more ?? 0); i++) {
        const send = this.#texts.get(Number(clientSeq) + i)
        this.#accepted.add(Number(clientSeq) + i)
        if (send) this.#note(send.chat.id, { what: 'accepted', text: send.text, seq: Number(seq) + i })
      }
    }
    for (const { clientSeq, code } of down.rejected) {
      // What a broker that stood still stores after all may come so late that its repeat is accepted and forgotten.
      if (errorOf(Number(code))?.name === 'stale-client-seq' && this.#accepted.has(Number(clientSeq)))
        continue
      this.#rejected.add(Number(clientSeq))
      const send = this.#texts.get(Number(clientSeq))
      // It says what became of one copy, and a device as simple as this one does not ask after the others.
      if (send && errorOf(Number(code))?.name === 'internal' && this.#copies.get(send.clientSeq) !== 1)
        this.#note(send.chat.id, { what: 'forgotten', text: send.text })
      else if (send) this.#note(send.chat.id, { what: 'rejected', text: send.text, code: String(code) })
    }
    for (const { chat, delivered, read } of down.receipts) {
      if (delivered) this.#note(chatIdOf(chat as Uint8Array), { what: 'delivered', upTo: delivered })
      if (read) this.#note(chatIdOf(chat as Uint8Array), { what: 'read', upTo: read })
    }
    if (packet.qos === 1) raw.puback(packet)
    return true
  }

  /** All that one answer speaks of is of one chat. */
  #lookForOthers(first: number, more: number): void {
    const sends = Array.from({ length: more + 1 }, (_, i) => this.#texts.get(first + i))
    const known = sends.filter((send) => send !== undefined)
    if (new Set(known.map(({ chat }) => chat.id)).size > 1)
      this.#note('', { what: 'mixed', texts: known.map(({ text }) => text) })
  }

  #arrived(message: Message): void {
    const chat = chatIdOf(message.chat as Uint8Array)
    const seq = Number(message.seq)
    if (seq <= (this.#newest.get(chat) ?? 0)) {
      this.repeats++
      return
    }
    this.#newest.set(chat, seq)
    const roster = this.#rosters.get(chat) ?? new Map<number, string>()
    this.#rosters.set(chat, roster)
    const { created, added, removed, left } = message.change ?? {}
    for (const { number, user } of [
      ...(created?.members ?? []),
      ...(added?.roster?.members ?? []),
      ...(added?.members ?? []),
    ])
      roster.set(Number(number ?? 0), user as string)
    const sender = this.#nameOf(chat, message.sender ?? 0)
    if (message.change == null) {
      this.#note(chat, { what: 'arrived', seq, sender, text: message.text ?? '' })
      return
    }
    const joined = [...(created?.members ?? []), ...(added?.members ?? [])].map(({ user }) => user as string)
    const gone = removed?.members?.map((number) => this.#nameOf(chat, number)) ?? (left ? [sender] : [])
    this.#note(chat, { what: 'changed', seq, by: sender, joined, left: gone })
  }

  /** Who has that number. A bridge is its user's only device: in a direct chat all that comes is from the peer. */
  #nameOf(chat: string, number: number): string {
    return this.#peers.get(chat) ?? this.#rosters.get(chat)?.get(number) ?? `#${number}`
  }

  #note(chat: string, seen: Seen): void {
    this.#log.push({ user: this.user, device: this.device, chat, ...seen } as Observation)
  }

  send(chat: ChatToUse, text: string): void {
    if (!chat.peerOf && !this.#newest.has(chat.id)) return
    const send = { chat, text, clientSeq: ++this.#nextClientSeq }
    this.#texts.set(send.clientSeq, send)
    this.#note(chat.id, { what: 'sent', text })
    this.#queue.push(send)
    this.#wake()
  }

  markRead(chat: ChatToUse): void {
    const upTo = this.#newest.get(chat.id)
    if (upTo === undefined) return
    this.#note(chat.id, { what: 'marked-read', upTo })
    this.#queue.push({ chat, upTo })
    this.#wake()
  }

  /** Its next numbers are some that it gave last, if all of its sends have their answers and none can come again. */
  restoreNumbers(count: number): void {
    const last = this.#nextClientSeq
    const first = last - count
    if (this.#queue.length > 0 || !this.#texts.has(first + 1)) return
    for (const clientSeq of this.#texts.keys())
      if (!this.#accepted.has(clientSeq) && !this.#rejected.has(clientSeq)) return
    for (let clientSeq = first + 1; clientSeq <= last; clientSeq++)
      if (this.#copies.get(clientSeq) !== 1) return
    for (let clientSeq = first + 1; clientSeq <= last; clientSeq++) {
      this.#copies.delete(clientSeq)
      this.#texts.delete(clientSeq)
      this.#accepted.delete(clientSeq)
      this.#rejected.delete(clientSeq)
    }
    this.#nextClientSeq = first
  }

  cut(): void {
    this.#raw?.cut()
    this.#wake()
  }
  async restart(): Promise<void> {
    this.cut()
  }

  get waiting(): number {
    return this.#queue.length
  }
  get isConnected(): boolean {
    return this.#raw !== undefined && !this.#raw.isClosed
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.cut()
    await this.#running
  }
}

type Seen = Observation extends infer One
  ? One extends Observation
    ? Omit<One, 'user' | 'device' | 'chat'>
    : never
  : never

export interface BridgeParts {
  readonly user: string
  readonly device: string
  /** Opens a line to some broker. */
  readonly dial: () => Promise<RawClient>
  readonly token: () => Promise<string>
  readonly log: Observation[]
  readonly random: Random
  /** The other user of each of its direct chats. */
  readonly peers: ReadonlyMap<string, string>
}
