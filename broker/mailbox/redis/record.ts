import { assert } from '../../../kit/assert.ts'
import type { Append, ChatGap, StoredEntry } from '../store.ts'

const KEYED = 1
const ONLY = 2
const EXCEPT = 4
const BRIEF = 8
const STRANGER = 16
const FIXED_BYTES = 8

/**
 * An entry as it stands in a mailbox's log; the scripts read it too (lua/box.ts has the layout).
 *
 * @param expiresAtMs 0: never
 */
export function encodeRecord(entry: Append, expiresAtMs: number): Buffer {
  const key = entry.key === undefined ? undefined : Buffer.from(entry.key)
  const only = entry.only === undefined ? undefined : Buffer.from(entry.only)
  const except = entry.except === undefined ? undefined : Buffer.from(entry.except)
  const header =
    FIXED_BYTES +
    (key === undefined ? 0 : 1 + key.length + 8) +
    (only === undefined ? 0 : 1 + only.length) +
    (except === undefined ? 0 : 1 + except.length)
  assert(header < 256, 'key and device names of an entry are at most 255 bytes together')
  const record = Buffer.allocUnsafe(header + entry.bytes.length)
  const isBrief = entry.ttlMs !== undefined && expiresAtMs > 0
  record[0] =
    (key ? KEYED : 0) |
    (only ? ONLY : 0) |
    (except ? EXCEPT : 0) |
    (isBrief ? BRIEF : 0) |
    (entry.isFromStranger === true ? STRANGER : 0)
  record[1] = header
  record.writeUIntBE(Math.max(0, Math.trunc(expiresAtMs)), 2, 6)
  let at = FIXED_BYTES
  const put = (name: Buffer): void => {
    record[at] = name.length
    at += 1 + name.copy(record, at + 1)
  }
  if (key) {
    put(key)
    at = record.writeDoubleBE(entry.version ?? 0, at)
  }
  if (only) put(only)
  if (except) put(except)
  record.set(entry.bytes, at)
  return record
}

/** @param record keeps its memory: the entry's bytes are a view of it */
export function decodeRecord(position: number, record: Uint8Array): StoredEntry {
  const flags = record[0] as number
  const bytes = record.subarray(record[1])
  if (!(flags & (ONLY | EXCEPT))) return { position, bytes }
  let at = FIXED_BYTES
  if (flags & KEYED) at += 1 + (record[at] as number) + 8
  const take = (): string => {
    const end = at + 1 + (record[at] as number)
    const name = Buffer.from(record.buffer, record.byteOffset + at + 1, end - at - 1).toString()
    at = end
    return name
  }
  return {
    position,
    bytes,
    ...(flags & ONLY ? { only: take() } : {}),
    ...(flags & EXCEPT ? { except: take() } : {}),
  }
}

const GAP_BYTES = 34

/** What `g` of a mailbox's meta holds (lua/tally.ts has the layout). */
export function decodeGaps(packed: Uint8Array): ChatGap[] {
  const view = Buffer.from(packed.buffer, packed.byteOffset, packed.length)
  return Array.from({ length: packed.length / GAP_BYTES }, (_, i) => {
    const at = i * GAP_BYTES
    return {
      chat: Uint8Array.from(view.subarray(at, at + 10)),
      firstSeq: view.readDoubleBE(at + 10),
      lastSeq: view.readDoubleBE(at + 18),
      position: view.readDoubleBE(at + 26),
    }
  })
}
