import { assert } from '../../../kit/assert.ts'
import type { MessageSpan } from '../../../proto/down-entry.ts'
import type { Append, ChatGap, StoredEntry } from '../store.ts'

const KEYED = 1
const ONLY = 2
const EXCEPT = 4
const BRIEF = 8
const STRANGER = 16
const REFERENCE = 32
/** A reference: [chat 10][first seq 5][how many more 1][id 6][hour 3][length 3][number 2]. */
const REFERENCE_BYTES = 30
/** One of format 2 has no number: what it shared stays until its hour goes. */
const UNNUMBERED_BYTES = 28
const NUMBER_AT = 28
/** Entries that may share a body. */
export const SHARERS_MAX = 0xffff
export const ID_BYTES = 6
const FIXED_BYTES = 8

/**
 * An entry as it stands in a mailbox's log; the scripts read it too (lua/box.ts has the layout).
 *
 * @param expiresAtMs 0: never
 * @param reference stands for the entry's bytes, which are elsewhere
 */
export function encodeRecord(entry: Append, expiresAtMs: number, reference?: Uint8Array): Buffer {
  const key = entry.key === undefined ? undefined : Buffer.from(entry.key)
  const only = entry.only === undefined ? undefined : Buffer.from(entry.only)
  const except = entry.except === undefined ? undefined : Buffer.from(entry.except)
  const header =
    FIXED_BYTES +
    (key === undefined ? 0 : 1 + key.length + 8) +
    (only === undefined ? 0 : 1 + only.length) +
    (except === undefined ? 0 : 1 + except.length)
  assert(header < 256, 'key and device names of an entry are at most 255 bytes together')
  const record = Buffer.allocUnsafe(header + (reference ?? entry.bytes).length)
  const isBrief = entry.ttlMs !== undefined && expiresAtMs > 0
  record[0] =
    (key ? KEYED : 0) |
    (only ? ONLY : 0) |
    (except ? EXCEPT : 0) |
    (isBrief ? BRIEF : 0) |
    (entry.isFromStranger === true ? STRANGER : 0) |
    (reference ? REFERENCE : 0)
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
  record.set(reference ?? entry.bytes, at)
  return record
}

/** Where the bytes of an entry are that shares them. */
export interface Reference {
  readonly partition: number
  /** Unix ms / 3,600,000: when they were stored. */
  readonly hour: number
  /** As latin1. */
  readonly id: string
}

/** A reference that has its number still to get: which of the entries it is that share the body. */
export function encodeReference(span: MessageSpan, id: Uint8Array, hour: number, length: number): Uint8Array {
  const reference = Buffer.alloc(REFERENCE_BYTES)
  reference.set(span.chat)
  reference.writeUIntBE(span.firstSeq, 10, 5)
  reference[15] = span.lastSeq - span.firstSeq
  reference.set(id, 16)
  reference.writeUIntBE(hour, 22, 3)
  reference.writeUIntBE(length, 25, 3)
  return reference
}

/** @returns undefined if the record has its bytes itself */
export function referenceIn(record: Uint8Array): Reference | undefined {
  if (((record[0] as number) & REFERENCE) === 0) return undefined
  const at = record.byteOffset + (record[1] as number)
  const reference = Buffer.from(record.buffer, at, UNNUMBERED_BYTES)
  return {
    partition: reference[9] as number,
    hour: reference.readUIntBE(22, 3),
    id: reference.toString('latin1', 16, 16 + ID_BYTES),
  }
}

/** A copy of a reference's record that is the `number`th of those which share the body. */
export function numberedRecord(record: Uint8Array, number: number): Uint8Array {
  const copy = Buffer.from(record)
  copy.writeUInt16BE(number, (record[1] as number) + NUMBER_AT)
  return copy
}

export function isNumbered(record: Uint8Array): boolean {
  const isReference = ((record[0] as number) & REFERENCE) !== 0
  return isReference && record.length >= (record[1] as number) + REFERENCE_BYTES
}

/** @returns what the scripts say of an entry that shared its bytes and has gone: [partition][id][hour 3][number 2] */
export function releaseOf(record: Uint8Array): Uint8Array | undefined {
  if (!isNumbered(record)) return undefined
  const at = record[1] as number
  return Buffer.concat([
    record.subarray(at + 9, at + 10),
    record.subarray(at + 16, at + 25),
    record.subarray(at + NUMBER_AT, at + REFERENCE_BYTES),
  ])
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
