import { decodeDown } from '../../proto/codec.ts'
import { PacketReader } from '../support/mqtt-packets.ts'

/** Counts the messages that came to one device again, on all its lines, before any client has looked at them. */
export class WireRepeats {
  count = 0
  readonly #seen = new Set<string>()

  /** One line over TCP or WebSocket. @returns what takes the server's bytes, in any pieces */
  line(scheme: 'mqtt' | 'ws'): (chunk: Buffer) => void {
    const packets = new PacketReader()
    const take = (bytes: Buffer): void => {
      for (const packet of packets.read(bytes)) if (packet.type === 'publish') this.#note(packet.payload)
    }
    if (scheme === 'mqtt') return take
    const messages = new MessageReader()
    return (chunk) => messages.read(chunk).forEach(take)
  }

  #note(payload: Uint8Array): void {
    for (const { chat, seq } of decodeDown(payload).messages) {
      const name = `${Buffer.from(chat ?? []).toString('base64url')} ${seq}`
      if (this.#seen.has(name)) this.count++
      this.#seen.add(name)
    }
  }
}

/** Cuts a WebSocket's bytes from the server, whose frames are not masked, into the payloads of its messages. */
class MessageReader {
  #rest: Buffer = Buffer.alloc(0)
  #isUpgraded = false

  read(chunk: Buffer): Buffer[] {
    this.#rest = Buffer.concat([this.#rest, chunk])
    if (!this.#isUpgraded) {
      const end = this.#rest.indexOf('\r\n\r\n')
      if (end < 0) return []
      this.#isUpgraded = true
      this.#rest = this.#rest.subarray(end + 4)
    }
    const payloads: Buffer[] = []
    for (
      let frame = frameOf(this.#rest);
      frame && frame.end <= this.#rest.length;
      frame = frameOf(this.#rest)
    ) {
      const isControl = ((this.#rest[0] as number) & 8) !== 0
      if (!isControl) payloads.push(this.#rest.subarray(frame.start, frame.end))
      this.#rest = this.#rest.subarray(frame.end)
    }
    return payloads
  }
}

/** Where the first frame's payload stands. Source: RFC 6455, 5.2. */
function frameOf(bytes: Buffer): { start: number; end: number } | undefined {
  const short = (bytes[1] ?? 0) & 127
  const start = short === 126 ? 4 : short === 127 ? 10 : 2
  if (bytes.length < start) return undefined
  const length =
    short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short
  return { start, end: start + length }
}
