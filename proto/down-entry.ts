/**
 * Reading a mailbox entry without decoding it. An entry is a Down with one item, or with messages of one chat in seq
 * order: its first byte is the kind, and a Message's first fields are its chat and seq. Lanes look no further.
 */

/** Tags of Down's items: field number << 3 | 2. */
export const DOWN_TAG = {
  message: 0x0a,
  accepted: 0x12,
  rejected: 0x1a,
  receipt: 0x22,
  typing: 0x2a,
  response: 0x32,
  gap: 0x3a,
} as const

/** Whether the entry may wait for the next frame: the sender's PUBACK said ✓ already, Accepted only adds the seq. */
export function isPatient(entry: Uint8Array): boolean {
  return entry[0] === DOWN_TAG.accepted
}

export interface MessageSpan {
  /** A view of 10 bytes into the entry. */
  readonly chat: Uint8Array
  readonly firstSeq: number
  readonly lastSeq: number
}

/** @returns what an entry of messages holds; undefined for every other kind of entry */
export function messageSpan(entry: Uint8Array): MessageSpan | undefined {
  const last = messageMark(entry)
  if (last === undefined) return undefined
  const [length, at] = varint(entry, 1)
  const first = messageMark(entry.subarray(0, at + length))
  return { chat: last.chat, firstSeq: first?.seq ?? last.seq, lastSeq: last.seq }
}

/** @returns the number, and where it ends */
function varint(bytes: Uint8Array, start: number): [number, number] {
  let value = 0
  let at = start
  for (let scale = 1; ; scale *= 128) {
    const byte = bytes[at++] ?? 0
    value += (byte & 127) * scale
    if (byte < 128) return [value, at]
  }
}

export interface MessageMark {
  /** A view of 10 bytes into the entry. */
  readonly chat: Uint8Array
  readonly seq: number
}

/** @returns the chat of an entry of messages, and the seq of the last; undefined for every other kind of entry. */
export function messageMark(entry: Uint8Array): MessageMark | undefined {
  let at = 0
  let end = 0
  while (end < entry.length) {
    if (entry[end] !== DOWN_TAG.message) return undefined
    at = end + 1
    let length = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = entry[at++]
      if (byte === undefined) return undefined
      length += (byte & 127) * scale
      if (byte < 128) break
    }
    end = at + length
  }
  if (entry[at] !== 0x0a || entry[at + 1] !== 10 || entry[at + 12] !== 0x10) return undefined
  const chat = entry.subarray(at + 2, at + 12)
  at += 13
  let seq = 0
  let scale = 1
  for (; at < entry.length; at++) {
    const byte = entry[at] as number
    seq += (byte & 127) * scale
    if (byte < 128) return { chat, seq }
    scale *= 128
  }
  return undefined
}
