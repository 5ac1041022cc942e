import type { MailboxId } from '../../store.ts'

/** A commit's entries for one mailbox. */
export interface Debt {
  readonly id: number
  readonly records: Uint8Array[]
  readonly bytes: number
  /** It stands in the partition's slot. */
  isKept: boolean
}

/** What one partition owes, under one epoch of ours. */
export interface Ledger {
  readonly epoch: number
  /** Oldest first. No entry is made before those in front of it are known to be in the mailbox. */
  readonly debts: Map<MailboxId, Debt[]>
  entries: number
  bytes: number
  /** Nobody knows whether it says what the store says: another lease goes on, and nothing is made from here. */
  isOver: boolean
}

export function debtOf(id: number, records: Uint8Array[], isKept = false): Debt {
  return { id, records, bytes: records.reduce((sum, { length }) => sum + length, 0), isKept }
}

export function add(ledger: Ledger, mailbox: MailboxId, debt: Debt): void {
  const debts = ledger.debts.get(mailbox)
  if (debts === undefined) ledger.debts.set(mailbox, [debt])
  else debts.push(debt)
  ledger.entries += debt.records.length
  ledger.bytes += debt.bytes
}

/** The oldest of a mailbox, if it is still this. */
export function remove(ledger: Ledger, mailbox: MailboxId, debt: Debt): void {
  const debts = ledger.debts.get(mailbox)
  if (debts?.[0] !== debt) return
  debts.shift()
  ledger.entries -= debt.records.length
  ledger.bytes -= debt.bytes
  if (debts.length === 0) ledger.debts.delete(mailbox)
}

/** Records, each behind its length in 4 bytes. */
export function pack(records: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(
    records.flatMap((record) => {
      const length = Buffer.alloc(4)
      length.writeUInt32BE(record.length)
      return [length, record]
    }),
  )
}

export function unpack(packed: Uint8Array): Uint8Array[] {
  const all = Buffer.from(packed.buffer, packed.byteOffset, packed.length)
  const records: Uint8Array[] = []
  for (let at = 0; at < all.length; ) {
    const end = at + 4 + all.readUInt32BE(at)
    records.push(all.subarray(at + 4, end))
    at = end
  }
  return records
}
