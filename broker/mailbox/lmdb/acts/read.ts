import type { ReadResult, StoredEntry } from '../../store.ts'
import { isExpired } from './append.ts'
import { payloadLength, payloadOf, type Entry } from '../entry.ts'
import type { Mailbox } from '../mailbox.ts'

/**
 * Entries behind a position that have not expired, until there are enough; at least one if there is any. What has
 * expired in front of all others counts as dropped, also before a sweep does it.
 */
export function read(
  mailbox: Mailbox,
  after: number,
  entriesMax: number,
  bytesMax: number,
  nowMs: number,
): ReadResult {
  const { head, floor } = mailbox.numbers
  let { droppedUpTo } = mailbox.numbers
  let isFront = after <= floor
  const entries: StoredEntry[] = []
  let bytes = 0
  for (const entry of mailbox.after(after)) {
    if (isExpired(entry, nowMs)) {
      if (isFront) droppedUpTo = entry.position
      continue
    }
    isFront = false
    const size = payloadLength(entry)
    if (entries.length > 0 && (entries.length >= entriesMax || bytes + size > bytesMax)) {
      return { entries, head, droppedUpTo, readUpTo: entry.position - 1 }
    }
    entries.push(storedEntry(entry))
    bytes += size
  }
  return { entries, head, droppedUpTo, readUpTo: head }
}

function storedEntry(entry: Entry): StoredEntry {
  const { position, only, except } = entry
  const bytes = payloadOf(entry)
  return {
    position,
    bytes,
    ...(only === undefined ? undefined : { only }),
    ...(except === undefined ? undefined : { except }),
  }
}
