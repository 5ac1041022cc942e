import { parseTopic, type Topic } from '../../proto/topics.ts'
import type { Role } from '../listeners/connection.ts'
import { refusalOf, typeOf, type PacketType } from './packet-guard.ts'

/** A PUBLISH of a client, at QoS 0 or 1. */
export interface ReceivedPublish {
  /** Undefined: it is none of ours. */
  readonly topic: Topic | undefined
  /** A view of what came in. */
  readonly payload: Uint8Array
  readonly qos: 0 | 1
  /** As it stands there; 0 at QoS 0. */
  readonly packetId: number
}

/** What is done with the packets of a client, one after the other. */
export interface PacketTaker {
  /** Asked once before each packet: if not now, what has come is kept until `read` is called anew. */
  mayRead(): boolean
  /** Undefined until the client is authenticated. */
  role(): Role | undefined
  /** Nothing more of this client is read. */
  readonly isGone: boolean
  publish(packet: ReceivedPublish): void
  acknowledge(packetId: number): void
  /** Any other packet, whole. */
  other(type: PacketType, packet: Buffer): void
  /** What no client of ours sends; nothing that is behind it may be read. */
  refuse(reason: string): void
  /** At the end of a `read` in which there were some: so many were PUBLISH, and PUBACK. */
  wasRead(publishes: number, pubacks: number): void
}

/** A fixed header has at least so many bytes, and its length at most so many. */
const HEADER_BYTES_MIN = 2
const LENGTH_BYTES_MAX = 4
/** Pieces that wait for the rest of a packet are joined when they are more than this, and shorter than that. */
const PIECES_MAX = 64
const PIECE_BYTES_MIN = 256
const NOTHING = new Uint8Array()

/**
 * Cuts what a client sends into packets, and reads the two that nearly all of them are, PUBLISH and PUBACK: a general
 * parser takes longer for them than everything else that is done with a message in here. A packet is refused from its
 * fixed header, before the rest of it is kept.
 */
export class PacketReader {
  readonly #to: PacketTaker
  /** What is not read yet, from `#at` in the first piece on, and how much that is. */
  #pieces: Buffer[] = []
  #at = 0
  #bytes = 0
  /** Before so many are there, there is nothing to do. */
  #needed = HEADER_BYTES_MIN
  #isFirst = true
  #mayReadThis = false
  #isReading = false
  #publishes = 0
  #pubacks = 0
  /** Of the last PUBLISH: the next has mostly the same, and is not read anew then. */
  #topicBytes = NOTHING
  #topic: Topic | undefined

  constructor(to: PacketTaker) {
    this.#to = to
  }

  /** Reads on, as far as there are whole packets and they may be read. It may be called by what is done with one of them. */
  read(bytes: Buffer): void {
    if (bytes.length > 0) this.#pieces.push(bytes)
    this.#bytes += bytes.length
    if (this.#isReading) return
    this.#isReading = true
    try {
      let isMore = true
      while (isMore && this.#bytes >= this.#needed) isMore = this.#next()
    } finally {
      this.#isReading = false
    }
    // A byte that came alone costs hundreds of them.
    if (this.#pieces.length > PIECES_MAX + this.#bytes / PIECE_BYTES_MIN) this.#joined()
    if (this.#publishes + this.#pubacks === 0) return
    this.#to.wasRead(this.#publishes, this.#pubacks)
    this.#publishes = this.#pubacks = 0
  }

  /** @returns false if there is no next packet, or it has to wait */
  #next(): boolean {
    if (this.#to.isGone) return false
    this.#mayReadThis ||= this.#to.mayRead()
    if (!this.#mayReadThis) return false
    const bytes = this.#joined()
    const start = this.#at
    const first = bytes[start] as number
    let at = start + 1
    let length = 0
    for (let scale = 1, isLast = false; !isLast; scale *= 128) {
      if (at === bytes.length) return this.#waitFor(at + 1 - start)
      const byte = bytes[at++] as number
      length += (byte & 127) * scale
      isLast = byte < 128
      if (!isLast && at - start > LENGTH_BYTES_MAX) return this.#refuse('protocol-error')
    }
    const refusal = refusalOf(first, length, this.#isFirst, this.#to)
    if (refusal !== undefined) return this.#refuse(refusal)
    const end = at + length
    if (end > bytes.length) return this.#waitFor(end - start)
    this.#passTo(end)
    return this.#take(bytes, first, start, at, end)
  }

  /** All that is not read yet, from `#at` on, in one piece. */
  #joined(): Buffer {
    if (this.#pieces.length > 1) {
      this.#pieces[0] = (this.#pieces[0] as Buffer).subarray(this.#at)
      this.#pieces = [Buffer.concat(this.#pieces, this.#bytes)]
      this.#at = 0
    }
    return this.#pieces[0] as Buffer
  }

  #waitFor(bytes: number): false {
    this.#needed = bytes
    return false
  }

  #refuse(reason: string): false {
    this.#to.refuse(reason)
    return this.#waitFor(Number.POSITIVE_INFINITY)
  }

  #passTo(end: number): void {
    this.#bytes -= end - this.#at
    this.#at = end
    this.#needed = HEADER_BYTES_MIN
    this.#isFirst = this.#mayReadThis = false
    if (this.#bytes > 0) return
    this.#pieces = []
    this.#at = 0
  }

  /** @param at where the packet's fixed header ends */
  #take(bytes: Buffer, first: number, start: number, at: number, end: number): boolean {
    const type = typeOf(first)
    if (type === 'publish') return this.#publish(bytes, (first & 6) === 0 ? 0 : 1, at, end)
    if (type === 'puback') {
      this.#pubacks++
      this.#to.acknowledge(bytes.readUInt16BE(at))
    } else if (type !== undefined) this.#to.other(type, bytes.subarray(start, end))
    return true
  }

  #publish(bytes: Buffer, qos: 0 | 1, at: number, end: number): boolean {
    this.#publishes++
    const topicEnd = at + 2 + bytes.readUInt16BE(at)
    const payloadAt = topicEnd + 2 * qos
    if (payloadAt > end) return this.#refuse('malformed-publish')
    this.#to.publish({
      topic: this.#topicAt(bytes, at + 2, topicEnd),
      payload: bytes.subarray(payloadAt, end),
      qos,
      packetId: qos === 0 ? 0 : bytes.readUInt16BE(topicEnd),
    })
    return true
  }

  #topicAt(bytes: Buffer, start: number, end: number): Topic | undefined {
    if (isAt(this.#topicBytes, bytes, start, end)) return this.#topic
    // Not a view: that would keep the whole chunk.
    this.#topicBytes = Uint8Array.from(bytes.subarray(start, end))
    this.#topic = parseTopic(bytes.toString('utf8', start, end))
    return this.#topic
  }
}

function isAt(known: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (known.length !== end - start) return false
  for (let i = 0; i < known.length; i++) if (bytes[start + i] !== known[i]) return false
  return true
}
