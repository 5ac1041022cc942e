import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** MQTT packets of one type in one direction: how many, and their bytes by field. */
export interface PacketCount {
  packets: number
  bytes: number
  readonly fields: Record<string, number>
}

/** Keys are packet types, such as PUBLISH. `up` is from the client. */
export interface LinkCount {
  readonly up: Record<string, PacketCount>
  readonly down: Record<string, PacketCount>
}

/** Stands between a client and the server, passes bytes on as they are and counts them by MQTT packet and field. */
export class CountingProxy {
  /** When the last byte passed, by performance.now(). */
  lastByteAt = performance.now()
  readonly #server: Server
  #count: LinkCount = { up: {}, down: {} }

  private constructor(server: Server) {
    this.#server = server
  }

  static async open(port: number): Promise<CountingProxy> {
    const server = createServer({ noDelay: true })
    const proxy = new CountingProxy(server)
    server.on('connection', (client) => proxy.#join(client, port))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return proxy
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** What has passed since the last call. */
  take(): LinkCount {
    const count = this.#count
    this.#count = { up: {}, down: {} }
    return count
  }

  async close(): Promise<void> {
    this.#server.close()
    await once(this.#server, 'close')
  }

  #join(client: Socket, port: number): void {
    const upstream = connect({ port, host: '127.0.0.1', noDelay: true })
    const pass = (from: Socket, to: Socket, direction: 'up' | 'down'): void => {
      const splitter = new PacketSplitter((packet, body) => countPacket(this.#count[direction], packet, body))
      from.on('data', (chunk) => {
        this.lastByteAt = performance.now()
        splitter.take(chunk)
        to.write(chunk)
      })
      from.on('end', () => to.end())
      from.on('error', () => to.destroy())
      from.on('close', () => to.destroy())
    }
    pass(client, upstream, 'up')
    pass(upstream, client, 'down')
  }
}

/** Cuts a byte stream into MQTT packets. */
class PacketSplitter {
  readonly #onPacket: (packet: Buffer, bodyStart: number) => void
  #rest = Buffer.alloc(0)

  constructor(onPacket: (packet: Buffer, bodyStart: number) => void) {
    this.#onPacket = onPacket
  }

  take(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk])
    for (;;) {
      let length = 0
      let body = 1
      while (body < this.#rest.length) {
        const byte = this.#rest[body] as number
        length |= (byte & 127) << (7 * (body - 1))
        body++
        if (byte < 128) break
      }
      if (body < 2 || (this.#rest[body - 1] as number) >= 128 || body + length > this.#rest.length) return
      this.#onPacket(this.#rest.subarray(0, body + length), body)
      this.#rest = this.#rest.subarray(body + length)
    }
  }
}

const TYPES = [
  'RESERVED',
  'CONNECT',
  'CONNACK',
  'PUBLISH',
  'PUBACK',
  'PUBREC',
  'PUBREL',
  'PUBCOMP',
  'SUBSCRIBE',
  'SUBACK',
  'UNSUBSCRIBE',
  'UNSUBACK',
  'PINGREQ',
  'PINGRESP',
  'DISCONNECT',
  'RESERVED',
]

function countPacket(counts: Record<string, PacketCount>, packet: Buffer, bodyStart: number): void {
  const type = TYPES[(packet[0] as number) >> 4] as string
  const count = (counts[type] ??= { packets: 0, bytes: 0, fields: {} })
  count.packets++
  count.bytes += packet.length
  const add = (field: string, bytes: number): void => {
    count.fields[field] = (count.fields[field] ?? 0) + bytes
  }
  add('fixed_header', bodyStart)
  if (type === 'PUBLISH') {
    const topicBytes = packet.readUInt16BE(bodyStart)
    const packetIdBytes = (packet[0] as number) & 6 ? 2 : 0
    add('topic', 2 + topicBytes)
    add('packet_id', packetIdBytes)
    add('payload', packet.length - bodyStart - 2 - topicBytes - packetIdBytes)
  } else if (type === 'CONNECT') {
    add('protocol', 10) // name, level, flags, keep-alive
    let at = bodyStart + 10
    for (const field of ['client_id', 'user_name', 'password']) {
      if (at >= packet.length) break
      const bytes = 2 + packet.readUInt16BE(at)
      add(field, bytes)
      at += bytes
    }
  } else add('body', packet.length - bodyStart)
}
