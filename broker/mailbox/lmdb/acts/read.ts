import type { ReadResult, StoredEntry } from '../../store.ts'
import { isExpired } from './append.ts'
import { payloadLength, payloadOf, type Entry } from '../entry.ts'
import type { Mailbox } from '../mailbox.ts'

/**
 * Entries behind a position that have not expired, until there are enough; at least one if there is any. What is too old
 * in front of all others counts as dropped, also before a sweep does it; behind others it stands until they are gone.
 */
export function read(
  mailbox: Mailbox,
  after: number,
  entriesMax: number,
  bytesMax: number,
  nowMs: number,
): ReadResult {
  const { head } = mailbox.numbers
  let { droppedUpTo } = mailbox.numbers
  const gaps = [...mailbox.gaps.values()].toSorted((a, b) => a.position - b.position)
  let isFront = true
  const entries: StoredEntry[] = []
  let bytes = 0
  for (const entry of mailbox.after(after)) {
    if (isExpired(entry, nowMs) && (isFront || entry.isBrief)) {
      if (!entry.isBrief) droppedUpTo = Math.max(droppedUpTo, entry.position)
      continue
    }
    isFront = false
    const size = payloadLength(entry)
    if (entries.length > 0 && (entries.length >= entriesMax || bytes + size > bytesMax)) {
      return { entries, head, droppedUpTo, readUpTo: entry.position - 1, gaps }
    }
    const payload = payloadOf(entry)
    if (payload === undefined) {
      // Its body is gone: who has not passed it has a gap.
      droppedUpTo = Math.max(droppedUpTo, entry.position)
      continue
    }
    entries.push(storedEntry(entry, payload))
    bytes += size
  }
  return { entries, head, droppedUpTo, readUpTo: head, gaps }
}

function storedEntry({ position, only, except }: Entry, bytes: Uint8Array): StoredEntry {
  return {
    position,
    bytes,
    ...(only === undefined ? undefined : { only }),
    ...(except === undefined ? undefined : { except }),
  }
}
