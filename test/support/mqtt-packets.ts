/**
 * MQTT 3.1.1 packets as bytes, written from the standard alone: it shares no code with the broker's codec, so that
 * both can't be wrong in the same way. Builders make what they are told, also packets that the standard forbids.
 */
export type Packet =
  | {
      readonly type: 'connack'
      readonly sessionPresent: boolean
      readonly code: number
      readonly size: number
    }
  | PublishPacket
  | { readonly type: 'puback'; readonly packetId: number; readonly size: number }
  | { readonly type: 'pubrec'; readonly packetId: number; readonly size: number }
  | { readonly type: 'pubrel'; readonly packetId: number; readonly size: number }
  | { readonly type: 'pubcomp'; readonly packetId: number; readonly size: number }
  | { readonly type: 'suback'; readonly packetId: number; readonly codes: number[]; readonly size: number }
  | { readonly type: 'unsuback'; readonly packetId: number; readonly size: number }
  | { readonly type: 'pingresp'; readonly size: number }

export interface PublishPacket {
  readonly type: 'publish'
  readonly topic: string
  readonly payload: Uint8Array
  readonly qos: number
  readonly dup: boolean
  readonly retain: boolean
  /** 0 at QoS 0. */
  readonly packetId: number
  /** Bytes of the whole packet on the wire. */
  readonly size: number
}

export type PacketType = Packet['type']
export type PacketOf<Type extends PacketType> = Extract<Packet, { type: Type }>

export interface ConnectFields {
  readonly clientId: string
  readonly clean?: boolean
  readonly keepAliveS?: number
  readonly username?: string
  readonly password?: string
  readonly will?: { topic: string; payload: string; qos?: number; retain?: boolean }
  readonly protocol?: string
  readonly level?: number
  /** Or-ed into the flags byte: 1 is the reserved bit. */
  readonly extraFlags?: number
}

export function connectPacket(fields: ConnectFields): Buffer {
  const { will, username, password } = fields
  let flags = fields.extraFlags ?? 0
  if (fields.clean ?? false) flags |= 2
  if (will) flags |= 4 | ((will.qos ?? 0) << 3) | (will.retain ? 32 : 0)
  if (password !== undefined) flags |= 64
  if (username !== undefined) flags |= 128
  const parts = [
    text(fields.protocol ?? 'MQTT'),
    Buffer.from([fields.level ?? 4, flags]),
    uint16(fields.keepAliveS ?? 60),
    text(fields.clientId),
  ]
  if (will) parts.push(text(will.topic), text(will.payload))
  if (username !== undefined) parts.push(text(username))
  if (password !== undefined) parts.push(text(password))
  return packet(0x10, Buffer.concat(parts))
}

export interface PublishFields {
  readonly topic: string
  readonly payload: Uint8Array | string
  readonly qos?: number
  readonly packetId?: number
  readonly dup?: boolean
  readonly retain?: boolean
}

export function publishPacket(fields: PublishFields): Buffer {
  const qos = fields.qos ?? 1
  const first = 0x30 | (qos << 1) | (fields.dup ? 8 : 0) | (fields.retain ? 1 : 0)
  const id = qos > 0 ? uint16(fields.packetId ?? 1) : Buffer.alloc(0)
  return packet(first, Buffer.concat([text(fields.topic), id, Buffer.from(fields.payload as Uint8Array)]))
}

export function subscribePacket(packetId: number, filters: readonly (readonly [string, number])[]): Buffer {
  const body = filters.map(([filter, qos]) => Buffer.concat([text(filter), Buffer.from([qos])]))
  return packet(0x82, Buffer.concat([uint16(packetId), ...body]))
}

export function unsubscribePacket(packetId: number, filters: readonly string[]): Buffer {
  return packet(0xa2, Buffer.concat([uint16(packetId), ...filters.map(text)]))
}

export const pubackPacket = (packetId: number): Buffer => packet(0x40, uint16(packetId))
export const pubrecPacket = (packetId: number): Buffer => packet(0x50, uint16(packetId))
export const pubrelPacket = (packetId: number): Buffer => packet(0x62, uint16(packetId))
export const pingreqPacket = (): Buffer => packet(0xc0, Buffer.alloc(0))
export const disconnectPacket = (): Buffer => packet(0xe0, Buffer.alloc(0))

/** A packet of any first byte around any body. */
export function packet(first: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from([first]), remainingLength(body.length), body])
}

export function remainingLength(length: number): Buffer {
  const bytes: number[] = []
  let rest = length
  do {
    const digit = rest % 128
    rest = Math.floor(rest / 128)
    bytes.push(rest > 0 ? digit | 128 : digit)
  } while (rest > 0)
  return Buffer.from(bytes)
}

export function text(value: string): Buffer {
  const bytes = Buffer.from(value)
  return Buffer.concat([uint16(bytes.length), bytes])
}

export function uint16(value: number): Buffer {
  return Buffer.from([value >> 8, value & 255])
}

/** Cuts a stream of bytes into packets; throws on anything that a server must not send [MQTT-2.2.2-1]. */
export class PacketReader {
  #rest: Buffer = Buffer.alloc(0)

  read(chunk: Buffer): Packet[] {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    const packets: Packet[] = []
    for (;;) {
      const header = headerOf(this.#rest)
      if (!header || this.#rest.length < header.end) return packets
      packets.push(parse(this.#rest[0] as number, this.#rest.subarray(header.start, header.end), header.end))
      this.#rest = this.#rest.subarray(header.end)
    }
  }
}

function headerOf(bytes: Buffer): { start: number; end: number } | undefined {
  let length = 0
  for (let i = 0; i < 4; i++) {
    const byte = bytes[1 + i]
    if (byte === undefined) return undefined
    length += (byte & 127) * 128 ** i
    if (byte < 128) return { start: 2 + i, end: 2 + i + length }
  }
  throw new Error('remaining length of more than four bytes')
}

const IDENTIFIED: Record<number, 'puback' | 'pubrec' | 'pubrel' | 'pubcomp' | 'unsuback'> = {
  0x40: 'puback',
  0x50: 'pubrec',
  0x62: 'pubrel',
  0x70: 'pubcomp',
  0xb0: 'unsuback',
}

function parse(first: number, body: Buffer, size: number): Packet {
  if (first >> 4 === 3) return parsePublish(first, body, size)
  const identified = IDENTIFIED[first]
  if (identified && body.length === 2) return { type: identified, packetId: body.readUInt16BE(0), size }
  if (first === 0x20 && body.length === 2)
    return { type: 'connack', sessionPresent: body[0] === 1, code: body[1] as number, size }
  if (first === 0x90)
    return { type: 'suback', packetId: body.readUInt16BE(0), codes: [...body.subarray(2)], size }
  if (first === 0xd0 && body.length === 0) return { type: 'pingresp', size }
  throw new Error(`not a packet that a server may send: ${first.toString(16)} ${body.toString('hex')}`)
}

function parsePublish(first: number, body: Buffer, size: number): PublishPacket {
  const qos = (first >> 1) & 3
  const topicEnd = 2 + body.readUInt16BE(0)
  const payloadAt = topicEnd + (qos > 0 ? 2 : 0)
  return {
    type: 'publish',
    topic: body.toString('utf8', 2, topicEnd),
    packetId: qos > 0 ? body.readUInt16BE(topicEnd) : 0,
    payload: new Uint8Array(body.subarray(payloadAt)),
    qos,
    dup: (first & 8) !== 0,
    retain: (first & 1) !== 0,
    size,
  }
}
