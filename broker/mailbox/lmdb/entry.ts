import type { Append } from '../store.ts'
import type { Body, Chunk } from './body.ts'
import type { ByteReader, ByteWriter } from './bytes.ts'

const HAS_KEY = 1
const HAS_ONLY = 2
const HAS_EXCEPT = 4
const HAS_EXPIRY = 8
const IS_BRIEF = 16
const IS_FROM_STRANGER = 32
const IS_REFERENCE = 64

/** One entry in memory: what is asked for often, and where its encoding stands. */
export interface Entry {
  readonly position: number
  readonly key: string | undefined
  readonly version: number
  readonly only: string | undefined
  readonly except: string | undefined
  /** Unix ms; 0: never. */
  readonly expiresAtMs: number
  /** It ends by its own time to live, and nobody misses it then. */
  readonly isBrief: boolean
  readonly isFromStranger: boolean
  /** Where its payload is, if it shares that with others. */
  readonly body: Body | undefined
  readonly chunk: Chunk
  /** The encoded entry is chunk.bytes from `start` to `end`; its payload begins at `payloadAt`. */
  readonly start: number
  readonly payloadAt: number
  readonly end: number
}

/**
 * An entry's encoding, the same in the journal and when settled: one byte of flags, then key and version, `only`,
 * `except` and expiry as far as flagged, then the payload behind its length, or the number and length of its body.
 */
export function writeEntry(
  out: ByteWriter,
  chunk: Chunk,
  position: number,
  item: Append,
  expiresAtMs: number,
  body?: Body,
): Entry {
  const { key, only, except, bytes } = item
  const version = item.version ?? 0
  const isBrief = item.ttlMs !== undefined && expiresAtMs !== 0
  const isFromStranger = item.isFromStranger === true
  const start = out.at
  out.byte(
    (key === undefined ? 0 : HAS_KEY) |
      (only === undefined ? 0 : HAS_ONLY) |
      (except === undefined ? 0 : HAS_EXCEPT) |
      (expiresAtMs === 0 ? 0 : HAS_EXPIRY) |
      (isBrief ? IS_BRIEF : 0) |
      (isFromStranger ? IS_FROM_STRANGER : 0) |
      (body === undefined ? 0 : IS_REFERENCE),
  )
  if (key !== undefined) {
    out.text(key)
    out.number(version)
  }
  if (only !== undefined) out.text(only)
  if (except !== undefined) out.text(except)
  if (expiresAtMs !== 0) out.number(expiresAtMs)
  if (body !== undefined) out.number(body.id)
  out.number(bytes.length)
  const payloadAt = out.at
  if (body === undefined) out.raw(bytes)
  chunk.bytes = out.written
  const end = out.at
  return {
    position,
    key,
    version,
    only,
    except,
    expiresAtMs,
    isBrief,
    isFromStranger,
    body,
    chunk,
    start,
    payloadAt,
    end,
  }
}

/** Finds a body by its number; its length is in bytes. */
export type BodyOf = (id: number, length: number) => Body

/** Reads one entry and moves the reader behind it. @throws RangeError if the bytes end too early */
export function readEntry(from: ByteReader, position: number, bodyOf: BodyOf): Entry {
  const start = from.at
  const flags = from.byte()
  const key = flags & HAS_KEY ? from.text() : undefined
  const version = flags & HAS_KEY ? from.number() : 0
  const only = flags & HAS_ONLY ? from.text() : undefined
  const except = flags & HAS_EXCEPT ? from.text() : undefined
  const expiresAtMs = flags & HAS_EXPIRY ? from.number() : 0
  const isBrief = (flags & IS_BRIEF) !== 0
  const isFromStranger = (flags & IS_FROM_STRANGER) !== 0
  const id = flags & IS_REFERENCE ? from.number() : 0
  const length = from.number()
  const body = id > 0 ? bodyOf(id, length) : undefined
  const payloadAt = from.at
  if (body === undefined) from.raw(length)
  const chunk = { bytes: from.bytes }
  const end = from.at
  return {
    position,
    key,
    version,
    only,
    except,
    expiresAtMs,
    isBrief,
    isFromStranger,
    body,
    chunk,
    start,
    payloadAt,
    end,
  }
}

export function payloadLength(entry: Entry): number {
  return entry.body?.length ?? entry.end - entry.payloadAt
}

/** @returns undefined if its body is gone, which only damage can do */
export function payloadOf(entry: Entry): Uint8Array | undefined {
  if (entry.body !== undefined) return entry.body.bytes()
  return entry.chunk.bytes.subarray(entry.payloadAt, entry.end)
}

export function encodingOf(entry: Entry): Buffer {
  return entry.chunk.bytes.subarray(entry.start, entry.end)
}
