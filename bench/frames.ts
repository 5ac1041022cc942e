/**
 * Up frames written and Down frames read by hand, straight in the socket's buffers: a load generator that decodes into
 * objects would measure itself. Only what a tick needs; everything else is skipped by its length.
 */
export interface DownVisitor {
  /** Text of a message lies at chunk[textStart … textEnd); both are 0 if it has none. */
  message(seq: number, chunk: Buffer, textStart: number, textEnd: number): void
  /** Sends clientSeq … clientSeq + more became seq … seq + more. */
  accepted(clientSeq: number, seq: number, more: number): void
  rejected(clientSeq: number, code: number): void
  /** All others have everything up to this seq; 0 in a receipt that says something else. */
  delivered(upTo: number): void
}

/**
 * Makes Ups with a text message of ASCII bytes in one scratch buffer.
 *
 * @returns a view of the scratch buffer, valid until the next call
 */
export function textUp(clientSeq: number, text: Uint8Array, peer: Uint8Array | undefined): Uint8Array {
  const length =
    1 +
    varintBytes(clientSeq) +
    1 +
    varintBytes(text.length) +
    text.length +
    (peer ? 1 + varintBytes(peer.length) + peer.length : 0)
  const out = scratch
  let at = 0
  out[at++] = 0x0a // Up.message
  at = writeVarint(out, at, length)
  out[at++] = 0x08 // client_seq
  at = writeVarint(out, at, clientSeq)
  out[at++] = 0x12 // text
  at = writeVarint(out, at, text.length)
  out.set(text, at)
  at += text.length
  if (peer) {
    out[at++] = 0x2a // peer
    at = writeVarint(out, at, peer.length)
    out.set(peer, at)
    at += peer.length
  }
  return out.subarray(0, at)
}

const scratch = new Uint8Array(128 * 1024)

/** Walks over a Down's items in the order in which they stand in the frame. */
export function readDown(chunk: Buffer, start: number, end: number, visitor: DownVisitor): void {
  cursor.at = start
  while (cursor.at < end) {
    const tag = chunk[cursor.at++] as number
    const itemEnd = readVarint(chunk) + cursor.at
    readItem(tag, chunk, itemEnd, visitor)
    cursor.at = itemEnd
  }
}

function readItem(tag: number, chunk: Buffer, end: number, visitor: DownVisitor): void {
  let textStart = 0
  let textEnd = 0
  // The first four varint fields of the item, by number.
  let one = 0
  let two = 0
  let three = 0
  while (cursor.at < end) {
    const field = readVarint(chunk)
    switch (field & 7) {
      case 0: {
        const value = readVarint(chunk)
        if (field >> 3 === 1) one = value
        else if (field >> 3 === 2) two = value
        else if (field >> 3 === 3) three = value
        break
      }
      case 1:
        cursor.at += 8
        break
      case 5:
        cursor.at += 4
        break
      default: {
        const length = readVarint(chunk)
        if (tag === 0x0a && field >> 3 === 5) {
          textStart = cursor.at
          textEnd = cursor.at + length
        }
        cursor.at += length
      }
    }
  }
  if (tag === 0x0a) visitor.message(two, chunk, textStart, textEnd)
  else if (tag === 0x12) visitor.accepted(one, two, three)
  else if (tag === 0x1a) visitor.rejected(one, two)
  else if (tag === 0x22) visitor.delivered(two)
}

// One reader at a time: a module-wide cursor spares an object per number.
const cursor = { at: 0 }

function readVarint(chunk: Buffer): number {
  let byte = chunk[cursor.at++] as number
  if (byte < 128) return byte
  let value = byte & 127
  let scale = 128
  do {
    byte = chunk[cursor.at++] as number
    value += (byte & 127) * scale
    scale *= 128
  } while (byte >= 128)
  return value
}

function writeVarint(out: Uint8Array, at: number, value: number): number {
  while (value > 127) {
    out[at++] = (value % 128) | 128
    value = Math.floor(value / 128)
  }
  out[at++] = value
  return at
}

function varintBytes(value: number): number {
  let bytes = 1
  for (; value > 127; value = Math.floor(value / 128)) bytes++
  return bytes
}
