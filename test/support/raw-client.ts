import { connect as connectTcp } from 'node:net'
import type { Duplex } from 'node:stream'
import { until, within } from './deadline.ts'
import {
  connectPacket,
  disconnectPacket,
  pingreqPacket,
  publishPacket,
  pubackPacket,
  subscribePacket,
  unsubscribePacket,
  PacketReader,
  type ConnectFields,
  type Packet,
  type PacketOf,
  type PacketType,
  type PublishFields,
  type PublishPacket,
} from './mqtt-packets.ts'

const DEADLINE_MS = 5_000

export interface RawClientOptions {
  readonly port: number
  readonly host?: string
}

/**
 * A client at packet level: sends exactly what it is told, answers nothing by itself unless `acksByItself` is set,
 * and keeps everything that arrived. `expect` takes packets in the order of arrival and fails on a different one.
 */
export class RawClient {
  readonly #stream: Duplex
  readonly #reader = new PacketReader()
  readonly #waiting: Packet[] = []
  #wake: (() => void)[] = []
  #closed = false
  #broken: Error | undefined
  /** Every packet that ever arrived, taken or not. */
  readonly received: Packet[] = []
  /** Looks at each packet first; those that it returns true for are neither kept nor waited for. */
  onPacket: ((packet: Packet) => boolean) | undefined
  /** Called when the connection has ended, whoever ended it. */
  onClosed: (() => void) | undefined
  /** PUBACKs each QoS 1 publish as soon as it arrives. */
  acksByItself = false
  #nextPacketId = 0

  constructor(stream: Duplex) {
    this.#stream = stream
    stream.on('data', (chunk: Buffer) => this.#take(chunk))
    // The end of what the server says is how a WebSocket's stream tells that it was closed.
    for (const event of ['end', 'close'])
      stream.on(event, () => {
        this.#closed = true
        this.#wakeUp()
        this.onClosed?.()
      })
    // A reset is one way in which a server closes; tests ask for `closed`, not for how.
    stream.on('error', () => undefined)
  }

  static async open(options: RawClientOptions): Promise<RawClient> {
    const socket = connectTcp({ port: options.port, host: options.host ?? '127.0.0.1', noDelay: true })
    await within(
      new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject)),
      DEADLINE_MS,
      () => 'TCP connection',
    )
    return new RawClient(socket)
  }

  /** Opens, sends CONNECT and expects CONNACK 0. */
  static async connected(options: RawClientOptions & ConnectFields): Promise<RawClient> {
    const client = await RawClient.open(options)
    const connack = await client.connect(options)
    if (connack.code !== 0) throw new Error(`CONNACK ${connack.code}`)
    return client
  }

  #take(chunk: Buffer): void {
    try {
      for (const packet of this.#reader.read(chunk)) {
        if (this.onPacket?.(packet)) continue
        this.received.push(packet)
        this.#waiting.push(packet)
        if (this.acksByItself && packet.type === 'publish' && packet.qos === 1)
          this.send(pubackPacket(packet.packetId))
      }
    } catch (error) {
      this.#broken = error as Error
    }
    this.#wakeUp()
  }

  #wakeUp(): void {
    const wake = this.#wake
    this.#wake = []
    for (const resolve of wake) resolve()
  }

  send(...bytes: Uint8Array[]): void {
    if (!this.#closed && this.#stream.writable) this.#stream.write(Buffer.concat(bytes))
  }

  /** Says that nothing more will come, and goes on listening. */
  end(): void {
    this.#stream.end()
  }

  nextPacketId(): number {
    this.#nextPacketId = (this.#nextPacketId % 65_535) + 1
    return this.#nextPacketId
  }

  async connect(fields: ConnectFields): Promise<PacketOf<'connack'>> {
    this.send(connectPacket(fields))
    return this.expect('connack')
  }

  /** @returns the codes of the SUBACK. */
  async subscribe(filter: string, qos = 1): Promise<number[]> {
    const packetId = this.nextPacketId()
    this.send(subscribePacket(packetId, [[filter, qos]]))
    const suback = await this.take('suback')
    if (suback.packetId !== packetId) throw new Error('SUBACK of another packet id [MQTT-3.8.4-2]')
    return suback.codes
  }

  async unsubscribe(filter: string): Promise<void> {
    const packetId = this.nextPacketId()
    this.send(unsubscribePacket(packetId, [filter]))
    await this.take('unsuback')
  }

  /** Sends a PUBLISH and, at QoS 1, waits for its PUBACK. @returns the packet id */
  async publish(fields: PublishFields): Promise<number> {
    const packetId = fields.packetId ?? this.nextPacketId()
    this.send(publishPacket({ ...fields, packetId }))
    if ((fields.qos ?? 1) === 1) {
      const puback = await this.take('puback')
      if (puback.packetId !== packetId) throw new Error('PUBACK of another packet id [MQTT-2.3.1-6]')
    }
    return packetId
  }

  puback(packet: PublishPacket | number): void {
    this.send(pubackPacket(typeof packet === 'number' ? packet : packet.packetId))
  }

  /** The next packet must be of this type. */
  async expect<Type extends PacketType>(type: Type, deadlineMs = DEADLINE_MS): Promise<PacketOf<Type>> {
    await this.#arrival(() => this.#waiting.length > 0, deadlineMs, type)
    const packet = this.#waiting.shift() as Packet
    if (packet.type !== type) throw new Error(`expected ${type}, got ${show(packet)}`)
    return packet as PacketOf<Type>
  }

  /** The first packet of this type (and shape) among those not yet taken, leaving the others. */
  async take<Type extends PacketType>(
    type: Type,
    deadlineMs = DEADLINE_MS,
    matches: (packet: PacketOf<Type>) => boolean = () => true,
  ): Promise<PacketOf<Type>> {
    const find = (): number =>
      this.#waiting.findIndex((packet) => packet.type === type && matches(packet as PacketOf<Type>))
    await this.#arrival(() => find() >= 0, deadlineMs, type)
    return this.#waiting.splice(find(), 1)[0] as PacketOf<Type>
  }

  async #arrival(isThere: () => boolean, deadlineMs: number, what: string): Promise<void> {
    const end = Date.now() + deadlineMs
    while (!isThere()) {
      if (this.#broken) throw this.#broken
      if (this.#closed) throw new Error(`closed while waiting for ${what}; ${this.#summary()}`)
      await within(
        new Promise<void>((resolve) => this.#wake.push(resolve)),
        Math.max(1, end - Date.now()),
        () => `no ${what}; ${this.#summary()}`,
      )
    }
  }

  /** PINGREQ to PINGRESP: what was sent before has been read by then. @returns what arrived and was not taken */
  async roundTrip(): Promise<readonly Packet[]> {
    this.send(pingreqPacket())
    await this.take('pingresp')
    return this.#waiting
  }

  /** The server must close the connection, and may send nothing of these types before. */
  async expectClosed(deadlineMs = DEADLINE_MS, ...unwanted: PacketType[]): Promise<void> {
    await until(
      () => this.#closed,
      deadlineMs,
      () => `still open; ${this.#summary()}`,
    )
    const wrong = this.#waiting.find((packet) => unwanted.includes(packet.type))
    if (wrong) throw new Error(`closed, but sent ${show(wrong)}`)
  }

  get isClosed(): boolean {
    return this.#closed
  }

  /** What arrived and was not taken yet. */
  get untaken(): readonly Packet[] {
    return this.#waiting
  }

  /** Stops or goes on reading from the socket: a frozen reader. */
  pause(): void {
    this.#stream.pause()
  }
  resume(): void {
    this.#stream.resume()
  }

  /** DISCONNECT and close. */
  async disconnect(): Promise<void> {
    this.send(disconnectPacket())
    this.#stream.end()
    await until(() => this.#closed, DEADLINE_MS, 'close after DISCONNECT')
  }

  /** The line is cut: no DISCONNECT. */
  cut(): void {
    this.#stream.destroy()
    this.#closed = true
  }

  #summary(): string {
    return `${this.received.length} packets so far, untaken: ${this.#waiting.map(show).join(', ') || 'none'}`
  }
}

function show(packet: Packet): string {
  if (packet.type !== 'publish') return JSON.stringify(packet)
  return `publish ${packet.topic} qos ${packet.qos} id ${packet.packetId} ${Buffer.from(packet.payload).toString('hex').slice(0, 200)}`
}
