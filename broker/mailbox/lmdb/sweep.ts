import { isExpired, lastDueBucket, schedule } from './append.ts'
import type { Mailbox } from './mailbox.ts'
import type { Parts } from './parts.ts'
import { dueKey, partsOfDueKey, type Table } from './tables.ts'

/** Looks at mailboxes whose hour has come. @returns how many */
export function sweep(parts: Parts, due: Table, nowMs: number, mailboxesMax: number): number {
  const lastBucket = lastDueBucket(nowMs)
  const mailboxes = new Set(parts.working.unsettledDue(lastBucket, mailboxesMax))
  const range = {
    start: dueKey(0, ''),
    end: dueKey(lastBucket + 1, ''),
    limit: mailboxesMax - mailboxes.size,
  }
  for (const row of range.limit > 0 ? due.getKeys(range) : []) {
    mailboxes.add(parts.working.mailbox(partsOfDueKey(row).mailbox))
    parts.working.removeDue(row)
  }
  for (const mailbox of mailboxes) {
    parts.journal.scheduled(mailbox, 0)
    dropExpired(parts, mailbox, nowMs)
  }
  return mailboxes.size
}

/**
 * Drops the oldest entries as long as they have expired, and has the mailbox looked at again for the next. An entry
 * that expires before older ones do is not seen by readers any more, and goes with them.
 */
function dropExpired(parts: Parts, mailbox: Mailbox, nowMs: number): void {
  let upTo = 0
  let next: number | undefined
  for (const entry of mailbox.after(0)) {
    if (!isExpired(entry, nowMs)) {
      next = entry.expiresAtMs
      break
    }
    upTo = entry.position
  }
  if (upTo > 0) parts.journal.dropped(mailbox, upTo)
  if (next !== undefined && next > 0) schedule(parts, mailbox, next)
}
