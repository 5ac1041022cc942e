import type { Append, AppendOutcome } from '../../store.ts'
import { mayShare } from '../../shared-bodies.ts'
import type { Body } from '../body.ts'
import type { Entry } from '../entry.ts'
import type { Mailbox } from '../mailbox.ts'
import type { Parts } from '../parts.ts'
import { makeRoom } from './room.ts'

const SUPERSEDED: AppendOutcome = { outcome: 'superseded' }
const FULL: AppendOutcome = { outcome: 'full' }

const HOUR_MS = 3_600_000

/** The first whole hour by which an entry has expired: mailboxes are looked at by the hour. */
function dueBucket(expiresAtMs: number): number {
  return Math.floor(expiresAtMs / HOUR_MS) + 1
}

/** The last bucket that is due. */
export function lastDueBucket(nowMs: number): number {
  return Math.floor(nowMs / HOUR_MS)
}

const NO_BODIES: ReadonlySet<Uint8Array> = new Set()

/**
 * Appends in order; after one that found its partition full, so are all later ones of that mailbox.
 * @param shared bytes that are written once, as a body
 */
export function append(parts: Parts, items: readonly Append[], shared = NO_BODIES): AppendOutcome[] {
  const nowMs = parts.clock.now()
  const outcomes: AppendOutcome[] = []
  let full: Set<Mailbox> | undefined
  let mailbox: Mailbox | undefined
  const bodies = new Map<Uint8Array, Body | undefined>()
  /** Written with the first append that is stored. */
  const bodyOf = (item: Append): Body | undefined => {
    if (!shared.has(item.bytes) || !mayShare(item)) return undefined
    if (!bodies.has(item.bytes)) bodies.set(item.bytes, parts.journal.body(item.bytes))
    return bodies.get(item.bytes)
  }
  for (const item of items) {
    if (mailbox?.id !== item.mailbox) mailbox = parts.working.mailbox(item.mailbox)
    const outcome = full?.has(mailbox) ? FULL : appendOne(parts, mailbox, item, nowMs, bodyOf)
    if (outcome === FULL) (full ??= new Set()).add(mailbox)
    outcomes.push(outcome)
  }
  return outcomes
}

function appendOne(
  parts: Parts,
  mailbox: Mailbox,
  item: Append,
  nowMs: number,
  bodyOf: (item: Append) => Body | undefined,
): AppendOutcome {
  if (isForNobody(parts, mailbox, item)) return SUPERSEDED
  if (item.key !== undefined) {
    const held = mailbox.keyed(item.key)
    if (held !== undefined && held.version >= (item.version ?? 0) && !isExpired(held, nowMs))
      return SUPERSEDED
  }
  if (isPartition(mailbox) && isPartitionFull(parts, mailbox, item)) return FULL
  const expiresAtMs = expiryOf(parts, mailbox, item)
  const { position } = parts.journal.append(mailbox, item, expiresAtMs, bodyOf(item))
  dropBeyondCap(parts, mailbox)
  if (expiresAtMs > 0) schedule(parts, mailbox, expiresAtMs)
  return { outcome: 'stored', position, nodes: parts.attachments.nodes(mailbox.id) }
}

/** For one device that is not registered, or for all but the only reader. */
function isForNobody({ attachments }: Parts, { id, readers }: Mailbox, { only, except }: Append): boolean {
  if (only !== undefined) return !readers.has(only)
  return except !== undefined && readers.size === 1 && readers.has(except) && !attachments.hasTransient(id)
}

export function isExpired(entry: Entry, nowMs: number): boolean {
  return entry.expiresAtMs > 0 && entry.expiresAtMs <= nowMs
}

/** Has the mailbox looked at by the time an entry has expired, if it is not to be looked at before. */
export function schedule(parts: Parts, mailbox: Mailbox, expiresAtMs: number): void {
  const bucket = dueBucket(expiresAtMs)
  const current = mailbox.numbers.dueBucket
  if (current === 0 || bucket < current) parts.journal.scheduled(mailbox, bucket)
}

function isPartition(mailbox: Mailbox): boolean {
  return mailbox.id.startsWith('p/')
}

function isPartitionFull({ limits }: Parts, { numbers }: Mailbox, item: Append): boolean {
  return (
    numbers.entries >= limits.partitionEntriesMax ||
    numbers.bytes + item.bytes.length > limits.partitionBytesMax
  )
}

/** Unix ms; 0 for never. Entries of partitions never expire (G2); dead ones wait for the operator. */
function expiryOf({ limits, clock }: Parts, mailbox: Mailbox, item: Append): number {
  if (isPartition(mailbox)) return 0
  if (item.ttlMs !== undefined) return clock.latest() + Math.ceil(item.ttlMs)
  return mailbox.id.startsWith('u/') ? clock.latest() + limits.retentionMs : 0
}

/** A user's mailbox makes room, the dead one drops its oldest; the newest always stays. */
function dropBeyondCap(parts: Parts, mailbox: Mailbox): void {
  if (isPartition(mailbox)) return
  if (mailbox.id.startsWith('u/')) return makeRoom(parts, mailbox)
  while (mailbox.numbers.entries > 1 && mailbox.numbers.entries > parts.limits.deadEntriesMax) {
    const oldest = mailbox.oldest()
    if (oldest === undefined) return
    parts.journal.dropped(mailbox, oldest.position)
  }
}
