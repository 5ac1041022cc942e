import { connect, type Socket } from 'node:net'
import { once } from 'node:events'

/** Who hears of what comes, from the first byte: a backlog's first frame may share a chunk with the CONNACK. */
export interface MqttListener {
  /** The payload lies at chunk[start … end), valid only during the call. */
  publish(chunk: Buffer, start: number, end: number): void
  puback(packetId: number): void
  /** The connection has ended, and nobody here asked for it. */
  closed(reason: string): void
}

/** @returns a socket that is connected, by whatever it takes */
export type Dial = (port: number) => Promise<Socket>

const dialPlain: Dial = async (port) => {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await once(socket, 'connect')
  return socket
}

/**
 * The least MQTT 3.1.1 client that can carry load: CONNECT, PUBLISH and PUBACK at QoS 1 on one raw socket. It parses
 * in place and writes once per received chunk, so that a load generator made of it is not the bottleneck. It
 * acknowledges every PUBLISH after its listener's `publish` returned.
 */
export class MqttSocket {
  /** Incoming PUBLISH packets. */
  publishes = 0
  readonly #socket: Socket
  readonly #name: string
  readonly #listener: MqttListener
  #isClosing = false
  #rest: Buffer | undefined
  #out = Buffer.allocUnsafe(SLAB_BYTES)
  #outStart = 0
  #outEnd = 0
  #reading = false
  #packetId = 0
  #pong: (() => void) | undefined
  #connack: ((code: number) => void) | undefined

  private constructor(socket: Socket, name: string, listener: MqttListener) {
    this.#socket = socket
    this.#name = name
    this.#listener = listener
    socket.on('data', (chunk) => this.#take(chunk))
    socket.on('error', (error) => this.#closed(error.message))
    socket.on('close', () => {
      this.#connack?.(-1)
      this.#closed('closed')
    })
  }

  /** Logs in with a durable session. @throws if the server refuses, with its CONNACK code (-1: it closed). */
  static async open(
    port: number,
    login: { clientId: string; user: string; token: string },
    listener: MqttListener,
    dial: Dial = dialPlain,
  ): Promise<MqttSocket> {
    const socket = await dial(port)
    const client = new MqttSocket(socket, login.clientId, listener)
    const answer = new Promise<number>((resolve) => {
      client.#connack = resolve
    })
    socket.write(connectPacket(login))
    const code = await answer
    client.#connack = undefined
    if (code !== 0) throw new Error(`${login.clientId} was refused with CONNACK ${code}`)
    return client
  }

  /** QoS 1. `payload` is copied before this returns. @returns the packet id that its PUBACK will carry */
  publish(topic: Uint8Array, payload: Uint8Array): number {
    const room = topic.length + payload.length + HEADER_BYTES_MAX
    if (this.#outEnd + room > this.#out.length) this.#newSlab(room)
    const out = this.#out
    let at = this.#outEnd
    out[at++] = 0x32
    for (let rest = 2 + topic.length + 2 + payload.length; ; ) {
      const byte = rest & 127
      rest >>= 7
      out[at++] = rest > 0 ? byte | 128 : byte
      if (rest === 0) break
    }
    out[at++] = topic.length >> 8
    out[at++] = topic.length & 255
    out.set(topic, at)
    at += topic.length
    this.#packetId = (this.#packetId % 65_535) + 1
    out[at++] = this.#packetId >> 8
    out[at++] = this.#packetId & 255
    out.set(payload, at)
    this.#outEnd = at + payload.length
    if (!this.#reading) this.flush()
    return this.#packetId
  }

  /** Sends what has collected; called by itself after each received chunk. */
  flush(): void {
    if (this.#isClosing || this.#outEnd === this.#outStart) return
    this.#socket.write(this.#out.subarray(this.#outStart, this.#outEnd))
    this.#outStart = this.#outEnd
  }

  /** PINGREQ; resolves with its answer, or when the connection has ended. */
  async ping(): Promise<void> {
    if (this.#socket.destroyed) return
    const answered = new Promise<void>((resolve) => {
      this.#pong = resolve
      this.#socket.once('close', () => resolve())
    })
    this.#socket.write(Buffer.from([0xc0, 0]))
    await answered
  }

  /** Stops reading from the socket, as a device in a tunnel does. */
  cut(): void {
    this.#socket.destroy()
  }

  async close(): Promise<void> {
    this.#isClosing = true
    if (this.#socket.destroyed) return
    this.#socket.end(Buffer.from([0xe0, 0]))
    await once(this.#socket, 'close')
  }

  #closed(reason: string): void {
    if (!this.#isClosing) this.#listener.closed(`${this.#name}: ${reason}`)
  }

  #newSlab(room: number): void {
    this.flush()
    this.#out = Buffer.allocUnsafe(Math.max(SLAB_BYTES, room))
    this.#outStart = this.#outEnd = 0
  }

  #take(chunk: Buffer): void {
    const data = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk
    this.#reading = true
    let at = 0
    while (at + 2 <= data.length) {
      let length = 0
      let body = at + 1
      let shift = 0
      let byte = 128
      while (byte & 128 && body < data.length) {
        byte = data[body++] as number
        length |= (byte & 127) << shift
        shift += 7
      }
      if (byte & 128 || body + length > data.length) break
      this.#packet(data, data[at] as number, body, body + length)
      at = body + length
    }
    this.#rest = at < data.length ? data.subarray(at) : undefined
    this.#reading = false
    this.flush()
  }

  #packet(data: Buffer, first: number, start: number, end: number): void {
    switch (first >> 4) {
      case 2:
        this.#connack?.(data[start + 1] as number)
        return
      case 3: {
        this.publishes++
        let at = start + 2 + data.readUInt16BE(start)
        if ((first & 6) === 0) return this.#listener.publish(data, at, end)
        const packetId = data.readUInt16BE(at)
        at += 2
        this.#listener.publish(data, at, end)
        this.#puback(packetId)
        return
      }
      case 4:
        this.#listener.puback(data.readUInt16BE(start))
        return
      case 13:
        this.#pong?.()
        return
      default:
        throw new Error(`${this.#name} got a packet of type ${first >> 4}`)
    }
  }

  #puback(packetId: number): void {
    if (this.#outEnd + 4 > this.#out.length) this.#newSlab(4)
    const out = this.#out
    out[this.#outEnd++] = 0x40
    out[this.#outEnd++] = 2
    out[this.#outEnd++] = packetId >> 8
    out[this.#outEnd++] = packetId & 255
  }
}

const SLAB_BYTES = 64 * 1024
const HEADER_BYTES_MAX = 9
const KEEP_ALIVE_S = 240

function connectPacket(login: { clientId: string; user: string; token: string }): Buffer {
  const field = (text: string): Buffer => {
    const bytes = Buffer.from(text)
    return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes])
  }
  const body = Buffer.concat([
    field('MQTT'),
    Buffer.from([4, 0b1100_0000, KEEP_ALIVE_S >> 8, KEEP_ALIVE_S & 255]), // level 4; user name, password, clean = 0
    field(login.clientId),
    field(login.user),
    field(login.token),
  ])
  const length = body.length < 128 ? [body.length] : [(body.length & 127) | 128, body.length >> 7]
  return Buffer.concat([Buffer.from([0x10, ...length]), body])
}
