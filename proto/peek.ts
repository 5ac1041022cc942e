/**
 * Which send or question an unreadable frame of a device is: read without decoding it, as far as it can be read, so that
 * its refusal names a number. Every command and question has its number as field 1 of the Up's one item; a Request has it
 * as its own field 1.
 */

/** How the sender knows it: one is set, or nothing could be read. */
export interface Peeked {
  readonly clientSeq?: number
  readonly request?: number
}

const READ = 2
const TYPING = 3
const QUERY = 10
const SET_DISAPPEARING = 12
/** Not an item: the numbers that a send had before. */
const INSTEAD_OF = 11
const NOTHING: Peeked = {}
/** Typing has four bytes; a newer client's may say more. */
const TYPING_BYTES_MAX = 256

/** Of an Up that cannot be decoded, or whose kind this server does not know. */
export function peekUp(up: Uint8Array): Peeked {
  let found = NOTHING
  const reader = new Reader(up, 0, up.length)
  for (let tag = reader.varint(); tag > 0; tag = reader.varint()) {
    const field = Math.floor(tag / 8)
    if (tag % 8 !== 2 || field === INSTEAD_OF) {
      if (!reader.skip(tag % 8)) break
      continue
    }
    const item = reader.item()
    // The last item is the one that counts.
    found = field === READ || field === TYPING ? NOTHING : numbered(field, item.firstField())
  }
  return found
}

/** Whether an Up, at most so long, is typing: what alone goes at QoS 0. */
export function isTyping(up: Uint8Array): boolean {
  if (up.length > TYPING_BYTES_MAX) return false
  let last = 0
  const reader = new Reader(up, 0, up.length)
  for (let tag = reader.varint(); tag > 0; tag = reader.varint()) {
    const field = Math.floor(tag / 8)
    if (tag % 8 === 2 && (field <= QUERY || field === SET_DISAPPEARING)) last = field
    if (!reader.skip(tag % 8)) return false
  }
  return last === TYPING
}

/** Of a Request. @returns 0 if it cannot be read */
export function peekRequest(request: Uint8Array): number {
  return new Reader(request, 0, request.length).firstField()
}

function numbered(field: number, number: number): Peeked {
  if (number === 0) return NOTHING
  return field === QUERY ? { request: number } : { clientSeq: number }
}

/** Protobuf fields from `at` on; it never reads behind `end`, and what it cannot read is 0. */
class Reader {
  readonly #bytes: Uint8Array
  #at: number
  readonly #end: number

  constructor(bytes: Uint8Array, at: number, end: number) {
    this.#bytes = bytes
    this.#at = at
    this.#end = end
  }

  varint(): number {
    let value = 0
    for (let scale = 1; this.#at < this.#end && scale < 2 ** 63; scale *= 128) {
      const byte = this.#bytes[this.#at++] as number
      value += (byte & 127) * scale
      if (byte < 128) return Number.isSafeInteger(value) ? value : 0
    }
    this.#at = this.#end
    return 0
  }

  /** The length-delimited field that stands here, or what there is of it. */
  item(): Reader {
    const length = this.varint()
    const start = this.#at
    this.#at = Math.min(this.#end, start + length)
    return new Reader(this.#bytes, start, this.#at)
  }

  /** @returns false if there is nothing of the kind */
  skip(wireType: number): boolean {
    if (wireType === 0) this.varint()
    else if (wireType === 1) this.#at += 8
    else if (wireType === 2) this.item()
    else if (wireType === 5) this.#at += 4
    else return false
    return true
  }

  /** The varint in field 1, the last if it comes again; 0 if none can be read. */
  firstField(): number {
    let found = 0
    for (let tag = this.varint(); tag > 0; tag = this.varint()) {
      if (tag === 8) found = this.varint()
      else if (!this.skip(tag % 8)) break
    }
    return found
  }
}
