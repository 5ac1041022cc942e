import { createServer, type Server, type Socket } from 'node:net'
import {
  generate,
  parser as createParser,
  type IConnectPacket,
  type IPublishPacket,
  type ISubscribePacket,
  type Packet,
} from 'mqtt-packet'
import {
  decodeRequest,
  decodeUp,
  encodeDown,
  type DecodedRequest,
  type DecodedUp,
  type Down,
} from '../../../../proto/codec.ts'
import { chatBytesOf, type ChatId, type UserId } from '../../../../proto/ids.ts'
import { parseTopic, userTopic } from '../../../../proto/topics.ts'
import { connect, type Client, type LocalStore } from '../../../../clients/index.ts'
import type { ConnectOptions } from '../../../../clients/sdk/connect.ts'
import { until } from '../../../support/deadline.ts'

/** A server that does what a test tells it: one connection at a time, packets as they are. */
export class ScriptedServer {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #socket: Socket | undefined
  #packetId = 0
  /** Every packet that came, over all connections. */
  readonly packets: Packet[] = []
  readonly connects: IConnectPacket[] = []
  readonly ups: { chat: ChatId; up: DecodedUp }[] = []
  readonly requests: DecodedRequest[] = []
  readonly pubacks: number[] = []
  connackCode = 0
  sessionPresent = true
  /** What goes out right behind CONNACK. */
  onConnack: () => void = () => {}
  /** Whether publishes are acknowledged at once. */
  isAcknowledging = true
  isAnsweringPings = true
  /** Whether new connections are closed at once. */
  isRefusing = false
  /** Answers "my chats" by itself with these pages; with none it does not. */
  chatPages: NonNullable<NonNullable<Down['responses']>[number]['chats']>[] = [{}]

  private constructor(server: Server) {
    this.#server = server
    server.on('connection', (socket) => this.#accept(socket))
  }

  static async start(): Promise<ScriptedServer> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return new ScriptedServer(server)
  }

  get url(): string {
    const address = this.#server.address()
    if (address === null || typeof address === 'string') throw new Error('not listening')
    return `mqtt://127.0.0.1:${address.port}`
  }

  get isConnected(): boolean {
    return this.#socket !== undefined && !this.#socket.destroyed
  }

  /** Sends a Down at QoS 1. @returns its packet id */
  down(down: Down): number {
    return this.bytes(encodeDown(down))
  }

  /** Sends bytes that need not be a frame. */
  bytes(payload: Uint8Array): number {
    const messageId = (this.#packetId = (this.#packetId % 65_535) + 1)
    this.#publish(payload, { qos: 1, messageId })
    return messageId
  }

  ephemeral(down: Down): void {
    this.ephemeralBytes(encodeDown(down))
  }

  ephemeralBytes(payload: Uint8Array): void {
    this.#publish(payload, { qos: 0 })
  }

  /** Sends a Down and waits for its PUBACK. */
  async delivered(down: Down): Promise<void> {
    const packetId = this.down(down)
    await until(() => this.pubacks.includes(packetId), 2_000, `PUBACK ${packetId}`)
  }

  get topic(): string {
    return userTopic('alice' as UserId)
  }

  /** The n-th Up, counted from 0. */
  async up(n: number): Promise<DecodedUp> {
    return until(() => this.ups[n]?.up, 2_000, `Up ${n}; there are ${this.ups.length}`)
  }

  acknowledge(packet: { messageId?: number }): void {
    this.#write({ cmd: 'puback', messageId: packet.messageId as number })
  }

  get publishes(): IPublishPacket[] {
    return this.packets.filter((packet): packet is IPublishPacket => packet.cmd === 'publish')
  }

  cut(): void {
    this.#socket?.destroy()
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #publish(payload: Uint8Array, more: { qos: 0 } | { qos: 1; messageId: number }): void {
    const fixed = { cmd: 'publish', topic: this.topic, dup: false, retain: false } as const
    this.#write({ ...fixed, payload: Buffer.from(payload), ...more })
  }

  #write(packet: Packet): void {
    this.#socket?.write(generate(packet))
  }

  #accept(socket: Socket): void {
    if (this.isRefusing) {
      socket.destroy()
      return
    }
    this.#sockets.add(socket.setNoDelay(true))
    this.#socket = socket
    const parser = createParser({ protocolVersion: 4 })
    parser.on('packet', (packet) => this.#take(packet))
    socket.on('data', (chunk) => parser.parse(chunk))
    socket.on('error', () => {})
  }

  #take(packet: Packet): void {
    this.packets.push(packet)
    if (packet.cmd === 'connect') {
      this.connects.push(packet)
      this.#write({ cmd: 'connack', returnCode: this.connackCode, sessionPresent: this.sessionPresent })
      if (this.connackCode !== 0) this.#socket?.end()
      else this.onConnack()
    } else if (packet.cmd === 'puback') this.pubacks.push(packet.messageId as number)
    else if (packet.cmd === 'pingreq' && this.isAnsweringPings) this.#write({ cmd: 'pingresp' })
    else if (packet.cmd === 'subscribe') this.#subscribed(packet)
    else if (packet.cmd === 'publish') this.#published(packet)
  }

  #subscribed({ messageId, subscriptions }: ISubscribePacket): void {
    const granted = subscriptions.map(({ qos }) => qos)
    this.#write({ cmd: 'suback', messageId: messageId as number, granted })
  }

  #published(packet: IPublishPacket): void {
    if (packet.qos === 1 && this.isAcknowledging) this.acknowledge(packet)
    const topic = parseTopic(packet.topic)
    if (topic?.kind === 'chat') this.ups.push({ chat: topic.chat, up: decodeUp(packet.payload as Buffer) })
    if (topic?.kind !== 'request') return
    const request = decodeRequest(packet.payload as Buffer)
    this.requests.push(request)
    if (!request.myChats) return
    const page = this.chatPages[request.myChats.after?.length ? 1 : 0]
    if (!page) return
    this.down({ responses: [{ request: request.request, chats: page }] })
  }
}

export function tokenFor(user: string, claims: object = {}): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'none' })}.${part({ sub: user, ...claims })}.`
}

/** alice/phone, connected fast and again fast. */
export function connectAlice(
  server: ScriptedServer,
  options: Partial<ConnectOptions> & { store?: LocalStore } = {},
): Promise<Client> {
  return connect({ url: server.url, token: tokenFor('alice'), device: 'phone', backoff: () => 5, ...options })
}

/** A text message of member `sender`. */
export function text(
  chat: ChatId,
  seq: number,
  words: string,
  sender = 1,
): NonNullable<Down['messages']>[number] {
  return { chat: chatBytesOf(chat), seq, sender, sentAtS: 1_700_000_000, text: words }
}

/** The first message of the direct chat of bob (member 0, who sent it) and alice. */
export function firstText(chat: ChatId, words: string): NonNullable<Down['messages']>[number] {
  return { ...text(chat, 1, words, 0), directMembers: ['bob', 'alice'] }
}
