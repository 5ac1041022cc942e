import { ByteReader, type ByteWriter } from './bytes.ts'
import { chatBytes, Mailbox, type MailboxNumbers } from './mailbox.ts'
import type { SettledEntries } from './settled.ts'

/** A mailbox's record on the disk: its numbers in the order of EMPTY, its readers, its removed devices, its bar, its gaps. */
const EMPTY: MailboxNumbers = {
  settledAt: 0,
  head: 0,
  droppedUpTo: 0,
  floor: 0,
  entries: 0,
  bytes: 0,
  onlys: 0,
  epoch: 0,
  notBeforeMs: 0,
  dueBucket: 0,
  uncleaned: 0,
}
const FIELDS = Object.keys(EMPTY) as (keyof MailboxNumbers)[]

export function writeMailbox(out: ByteWriter, mailbox: Mailbox): Buffer {
  for (const field of FIELDS) out.number(mailbox.numbers[field])
  out.number(mailbox.readers.size)
  for (const [name, reader] of mailbox.readers) {
    out.text(name)
    out.number(reader.cursor)
    out.number(reader.epoch)
    out.number(reader.linkedAtMs)
    out.number(reader.takeovers)
  }
  out.number(mailbox.removed.size)
  for (const [name, atMs] of mailbox.removed) {
    out.text(name)
    out.number(atMs)
  }
  // Few have these: they stand behind all else, if at all.
  const { isLocked, tokensUpToMs, epoch } = mailbox.barred
  if (isLocked || tokensUpToMs > 0 || epoch > 0 || mailbox.gaps.size > 0) {
    out.number(isLocked ? 1 : 0)
    out.number(tokensUpToMs)
    out.number(epoch)
  }
  for (const [chat, { firstSeq, lastSeq, position }] of mailbox.gaps) {
    out.text(chat)
    out.number(firstSeq)
    out.number(lastSeq)
    out.number(position)
  }
  return out.take()
}

/** @param record missing: the mailbox was never used */
export function readMailbox(id: string, disk: SettledEntries, record: Buffer | undefined): Mailbox {
  if (record === undefined) return new Mailbox(id, disk, { ...EMPTY })
  const from = new ByteReader(record)
  const numbers = { ...EMPTY }
  for (const field of FIELDS) numbers[field] = from.number()
  const mailbox = new Mailbox(id, disk, numbers)
  for (let readers = from.number(); readers > 0; readers--) {
    const name = from.text()
    const reader = {
      cursor: from.number(),
      epoch: from.number(),
      linkedAtMs: from.number(),
      takeovers: from.number(),
    }
    mailbox.readers.set(name, reader)
  }
  for (let removed = from.number(); removed > 0; removed--) mailbox.removed.set(from.text(), from.number())
  if (!from.isAtEnd)
    mailbox.barred = { isLocked: from.number() === 1, tokensUpToMs: from.number(), epoch: from.number() }
  while (!from.isAtEnd) {
    const chat = from.text()
    const [firstSeq, lastSeq, position] = [from.number(), from.number(), from.number()]
    mailbox.gaps.set(chat, { chat: chatBytes(chat), firstSeq, lastSeq, position })
  }
  return mailbox
}
