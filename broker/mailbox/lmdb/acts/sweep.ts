import { isExpired, lastDueBucket, schedule } from './append.ts'
import type { Mailbox } from '../mailbox.ts'
import type { Parts } from '../parts.ts'
import { dueKey, partsOfDueKey, type Table } from '../tables.ts'

/** Looks at mailboxes whose hour has come. @returns how many, one that came up twice counted twice */
export function sweep(parts: Parts, due: Table, mailboxesMax: number): number {
  const lastBucket = lastDueBucket(parts.clock.now())
  const unsettled = [...parts.working.unsettledDue(lastBucket, mailboxesMax)]
  const limit = mailboxesMax - unsettled.length
  const range = { start: dueKey(0, ''), end: dueKey(lastBucket + 1, ''), limit }
  const rows = limit > 0 ? [...due.getKeys(range)] : []
  for (const row of rows) parts.working.removeDue(row)
  const settled = rows.map((row) => parts.working.mailbox(partsOfDueKey(row).mailbox))
  for (const mailbox of new Set([...unsettled, ...settled])) {
    parts.journal.scheduled(mailbox, 0)
    dropExpired(parts, mailbox)
  }
  return unsettled.length + rows.length
}

/**
 * Drops the oldest entries as long as they have expired, and has the mailbox looked at again for the next. A brief one
 * that expires before older ones do is not seen by readers any more, and goes with them. Brief ones behind the last that
 * somebody would miss leave no gap.
 */
export function dropExpired(parts: Parts, mailbox: Mailbox): void {
  const nowMs = parts.clock.now()
  let upTo = 0
  let brief: number[] = []
  let next: number | undefined
  for (const entry of mailbox.after(0)) {
    if (!isExpired(entry, nowMs)) {
      next = entry.expiresAtMs
      break
    }
    if (entry.isBrief) brief.push(entry.position)
    else {
      upTo = entry.position
      brief = []
    }
  }
  if (upTo > 0) parts.journal.dropped(mailbox, upTo)
  for (const position of brief) parts.journal.discarded(mailbox, position)
  if (next !== undefined && next > 0) schedule(parts, mailbox, next)
}
