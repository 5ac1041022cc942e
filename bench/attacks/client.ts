import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { generate, type Packet, parser } from 'mqtt-packet'
import { decodeDown, type DecodedDown } from '../../proto/codec.ts'

/** Whom an attack is made on, and as whom. */
export interface Target {
  readonly port: number
  readonly httpPort: number
  readonly user: string
  readonly token: string
}

/** An attacker has an address of its own: what is counted by address is not shared with the bystanders. */
const ADDRESS = '127.0.0.2'
const RECONNECT_MS = 100

export function openSocket(port: number): Socket {
  const socket = connect({ port, host: '127.0.0.1', localAddress: ADDRESS, noDelay: true })
  socket.on('error', () => {}) // 'close' follows
  return socket
}

/** Writes, and resolves when the socket takes more, or is gone. */
export async function write(socket: Socket, bytes: Uint8Array): Promise<void> {
  if (socket.destroyed || socket.write(bytes)) return
  await new Promise<void>((resolve) => {
    const done = (): void => {
      socket.off('drain', done)
      socket.off('close', done)
      resolve()
    }
    socket.on('drain', done)
    socket.on('close', done)
  })
}

/** A client that keeps to MQTT 3.1.1 and to nothing else. Once closed it connects again. */
export class Attacker {
  readonly #target: Target
  readonly #name: string
  readonly #clean: boolean
  #socket: Socket | undefined
  #packetId = 0
  /** Publishes without PUBACK on this connection. */
  #unacknowledged = 0
  #moved: (() => void)[] = []
  onDown: (down: DecodedDown) => void = () => {}

  private constructor(target: Target, name: string, clean: boolean) {
    this.#target = target
    this.#name = name
    this.#clean = clean
  }

  /** Resolves when connected. */
  static async open(target: Target, name = 'attack', clean = false): Promise<Attacker> {
    const client = new Attacker(target, name, clean)
    await client.#connected()
    return client
  }

  /** QoS 1; resolves when it is written, which is when fewer than `window` wait for PUBACK. */
  async publish(topic: string, payload: Uint8Array, window: number): Promise<void> {
    while (this.#unacknowledged >= window) await new Promise<void>((resolve) => this.#moved.push(resolve))
    const socket = await this.#connected()
    this.#unacknowledged++
    const packet = { cmd: 'publish', qos: 1, dup: false, retain: false, topic } as const
    await write(socket, generate({ ...packet, messageId: this.nextId(), payload: Buffer.from(payload) }))
  }

  /** Bytes as they are. */
  async send(bytes: Uint8Array): Promise<void> {
    await write(await this.#connected(), bytes)
  }

  nextId(): number {
    this.#packetId = (this.#packetId % 65_535) + 1
    return this.#packetId
  }

  async #connected(): Promise<Socket> {
    while (this.#socket === undefined) {
      const socket = openSocket(this.#target.port)
      const rest = await this.#login(socket)
      if (rest !== undefined) this.#use(socket, rest)
      else await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS))
    }
    return this.#socket
  }

  /** @returns what came behind CONNACK; undefined if that refused, or never came */
  async #login(socket: Socket): Promise<Buffer | undefined> {
    const { user, token } = this.#target
    const session = { clean: this.#clean, keepalive: 600, clientId: `${user}/${this.#name}` }
    const login = { username: user, password: Buffer.from(token) }
    const protocol = { protocolId: 'MQTT', protocolVersion: 4 } as const
    socket.write(generate({ cmd: 'connect', ...protocol, ...session, ...login }))
    const answer = await Promise.race([once(socket, 'data'), once(socket, 'close')])
    const [bytes] = answer as [Buffer | boolean]
    if (Buffer.isBuffer(bytes) && bytes[0] === 0x20 && bytes[3] === 0) return bytes.subarray(4)
    socket.destroy()
    return undefined
  }

  #use(socket: Socket, rest: Buffer): void {
    const reader = parser({ protocolVersion: 4 })
    reader.on('packet', (packet: Packet) => this.#take(socket, packet))
    socket.on('data', (chunk: Buffer) => reader.parse(chunk))
    socket.on('close', () => {
      this.#socket = undefined
      this.#move(this.#unacknowledged)
    })
    this.#socket = socket
    reader.parse(rest)
  }

  #take(socket: Socket, packet: Packet): void {
    if (packet.cmd === 'puback') this.#move(1)
    if (packet.cmd !== 'publish') return
    if (packet.qos === 1) socket.write(generate({ cmd: 'puback', messageId: packet.messageId ?? 0 }))
    this.onDown(decodeDown(packet.payload as Buffer))
  }

  #move(by: number): void {
    this.#unacknowledged -= by
    const moved = this.#moved
    this.#moved = []
    for (const resolve of moved) resolve()
  }
}
