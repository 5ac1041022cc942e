import type { Attach, AttachOutcome, Bar } from '../../store.ts'
import type { Mailbox, Reader } from '../mailbox.ts'
import type { Parts } from '../parts.ts'
import { dropExpired } from './sweep.ts'

export function attach(parts: Parts, item: Attach): AttachOutcome {
  const mailbox = parts.working.mailbox(item.mailbox)
  if (item.mailbox.startsWith('p/')) return attachLease(parts, mailbox, item)
  const refusal = refusalOf(mailbox, item)
  if (refusal !== undefined) return { outcome: refusal }
  return item.transient === true ? attachTransient(parts, mailbox, item) : attachDevice(parts, mailbox, item)
}

/** What keeps every device out: durable or transient, registered or not. */
function refusalOf(mailbox: Mailbox, { reader, tokenIssuedAtMs }: Attach) {
  const bar = barOf(mailbox, tokenIssuedAtMs)
  if (bar !== undefined) return bar
  // Its own removal holds also when the name is taken again: the old token is the old phone's.
  const removedAtMs =
    mailbox.removed.get(reader) ?? (mailbox.readers.has(reader) ? 0 : mailbox.numbers.notBeforeMs)
  return removedAtMs > 0 && (tokenIssuedAtMs ?? 0) <= removedAtMs ? 'removed' : undefined
}

export function barOf({ barred }: Mailbox, tokenIssuedAtMs = 0): 'locked' | 'token-ended' | undefined {
  if (barred.isLocked) return 'locked'
  return barred.tokensUpToMs > 0 && tokenIssuedAtMs <= barred.tokensUpToMs ? 'token-ended' : undefined
}

function attachTransient(parts: Parts, mailbox: Mailbox, item: Attach): AttachOutcome {
  if (mailbox.readers.has(item.reader)) return { outcome: 'registered' }
  parts.attachments.attachTransient(mailbox.id, item.reader, item.node, parts.clock.shown())
  const { head, droppedUpTo } = mailbox.numbers
  return { outcome: 'attached', epoch: 0, cursor: head, head, droppedUpTo, isNew: false, takeovers: 0 }
}

function attachDevice(parts: Parts, mailbox: Mailbox, item: Attach): AttachOutcome {
  const known = mailbox.readers.get(item.reader)
  if (known === undefined && mailbox.readers.size >= parts.limits.devicesPerUserMax)
    return { outcome: 'too-many-devices' }
  // Before any sweep comes: this reader is to see the gap.
  dropExpired(parts, mailbox)
  return register(parts, mailbox, item, known)
}

function attachLease(parts: Parts, mailbox: Mailbox, item: Attach): AttachOutcome {
  const nowMs = parts.uptime()
  const lease = parts.attachments.lease(mailbox.id)
  if (lease !== undefined && lease.node !== item.node && lease.untilMs > nowMs) {
    return { outcome: 'leased', node: lease.node }
  }
  const outcome = register(parts, mailbox, item, mailbox.readers.get(item.reader))
  const { epoch } = outcome
  parts.attachments.setLease(mailbox.id, { node: item.node, epoch, untilMs: nowMs + item.ttlMs })
  return outcome
}

/** A new epoch for the reader, who is registered by it if not known. */
function register(parts: Parts, mailbox: Mailbox, item: Attach, known: Reader | undefined) {
  const { numbers } = mailbox
  const { head, droppedUpTo } = numbers
  const cursor = known?.cursor ?? firstCursor(mailbox)
  const reader = {
    cursor,
    epoch: numbers.epoch + 1,
    linkedAtMs: known?.linkedAtMs ?? parts.clock.shown(),
    takeovers: head > cursor ? (known?.takeovers ?? 0) + 1 : 1,
  }
  parts.journal.attached(mailbox, item.reader, reader)
  const { epoch, takeovers } = reader
  const previousNode = parts.attachments.attach(mailbox.id, item.reader, { node: item.node, epoch })
  return {
    outcome: 'attached' as const,
    epoch,
    cursor,
    head,
    droppedUpTo,
    takeovers,
    isNew: known === undefined,
    ...(previousNode === undefined ? {} : { previousNode }),
  }
}

/** The first reader of a mailbox starts at its oldest entry, later ones at the head. */
function firstCursor(mailbox: Mailbox): number {
  return mailbox.readers.size > 0 ? mailbox.head : mailbox.numbers.floor
}

/** @returns the node the device was attached to ("" if none), or undefined if there is no such device */
export function removeDevice(
  parts: Parts,
  mailbox: Mailbox,
  device: string,
  atMs: number,
): string | undefined {
  if (!mailbox.readers.has(device)) return undefined
  const node = parts.attachments.node(mailbox.id, device) ?? ''
  parts.journal.deviceRemoved(mailbox, device, atMs)
  parts.attachments.forget(mailbox.id, device)
  return node
}

/** @returns the nodes where the user's readers are attached */
export function bar(parts: Parts, mailbox: Mailbox, { isLocked, tokensUpToMs = 0 }: Bar): readonly string[] {
  const { barred } = mailbox
  parts.journal.barred(mailbox, {
    isLocked: isLocked ?? barred.isLocked,
    tokensUpToMs: Math.max(barred.tokensUpToMs, tokensUpToMs),
    // Who is let in again loses nobody.
    epoch: isLocked === true || tokensUpToMs > 0 ? mailbox.numbers.epoch : barred.epoch,
  })
  return parts.attachments.nodes(mailbox.id)
}
