import { messageSpan } from '../../proto/down-entry.ts'
import type { Append } from './store.ts'

/** Copies that take so many bytes together are one body and as many references: ADR 0031. */
export const SHARED_BYTES_MIN = 16 * 1024
/** A reference and its part in indexes take about as much. */
const BODY_BYTES_MIN = 64

/**
 * The bytes of a commit's appends that are stored once, for all mailboxes they go to: messages, for nothing else is kept as
 * long and sent to as many.
 */
export function bodiesIn(appends: readonly Append[]): ReadonlySet<Uint8Array> {
  const copies = new Map<Uint8Array, number>()
  let last: Uint8Array | undefined
  let run = 0
  const count = (): void => {
    if (last !== undefined && run > 1) copies.set(last, (copies.get(last) ?? 0) + run)
  }
  for (const append of appends) {
    if (append.bytes !== last) {
      count()
      last = append.bytes
      run = 0
    }
    if (mayShare(append)) run++
  }
  count()
  const bodies = new Set<Uint8Array>()
  for (const [bytes, times] of copies) {
    const isLarge = bytes.length >= BODY_BYTES_MIN && bytes.length * times >= SHARED_BYTES_MIN
    if (isLarge && messageSpan(bytes) !== undefined) bodies.add(bytes)
  }
  return bodies
}

export function mayShare({ mailbox, key, only, ttlMs }: Append): boolean {
  return mailbox.startsWith('u/') && key === undefined && only === undefined && ttlMs === undefined
}
