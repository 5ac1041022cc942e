import { expect } from 'vitest'
import type { MarkKind } from '../../../../workers/chat/member.ts'
import type { Posting } from '../../../../workers/chat/posting.ts'
import { down } from '../room.ts'

interface Someone {
  number: number
  marks: Record<MarkKind, number>
  /** Seqs of own messages since they joined. */
  own: number[]
  told: Record<MarkKind, number>
}

/**
 * Receipts worked out the slow way, from the entries that members see: for each member the minimum of all others'
 * marks, after every step. It shares no code with the step.
 */
export class ReceiptModel {
  readonly #members = new Map<string, Someone>()
  #lastSeq = 0

  /** The entries of one step, in order. */
  see(postings: readonly Posting[]): void {
    for (const posting of postings) {
      if (posting.kind !== 'shared') continue
      const [message] = down(posting).messages
      if (!message?.seq) throw new Error('an entry without seq')
      const { seq, change, sender = 0 } = message
      if (seq > this.#lastSeq) {
        expect(seq).toBe(this.#lastSeq + 1)
        this.#lastSeq = seq
        this.#sent(sender ?? 0, seq, !change)
      }
      for (const { user, number } of [...(change?.created?.members ?? []), ...(change?.added?.members ?? [])])
        if (!this.#members.has(user ?? '')) this.#join(user ?? '', number ?? 0, seq)
      for (const number of change?.removed?.members ?? []) this.#leave(number)
      if (change?.left) this.#leave(sender ?? 0)
    }
  }

  mark(user: string, kind: MarkKind, upTo: number): void {
    const member = this.#members.get(user)
    if (member === undefined) return
    const mark = Math.min(upTo, this.#lastSeq)
    member.marks.delivered = Math.max(member.marks.delivered, mark)
    if (kind === 'read') member.marks.read = Math.max(member.marks.read, mark)
  }

  marks(user: string): [number, number] {
    const { delivered = -1, read = -1 } = this.#members.get(user)?.marks ?? {}
    return [delivered, read]
  }

  /** The receipts of the step just seen, against what they should be. */
  expectReceipts(postings: readonly Posting[]): void {
    for (const posting of postings) {
      if (posting.kind !== 'receipt') continue
      const member = this.#members.get(posting.user)
      expect(member, 'a receipt goes to a member').toBeDefined()
      if (member === undefined) return
      expect(posting.seq, 'receipts only grow').toBeGreaterThan(member.told[posting.mark])
      expect(posting.seq, 'a receipt is what all others have').toBeLessThanOrEqual(
        this.#others(member, posting.mark),
      )
      member.told[posting.mark] = posting.seq
    }
    for (const member of this.#members.values())
      for (const kind of ['delivered', 'read'] as const) {
        const covered = member.own.filter((seq) => seq <= this.#others(member, kind)).at(-1) ?? 0
        expect(member.told[kind], 'every covered message has its receipt').toBeGreaterThanOrEqual(covered)
      }
  }

  #others(member: Someone, kind: MarkKind): number {
    const others = [...this.#members.values()].filter((each) => each !== member)
    return Math.min(this.#lastSeq, ...others.map((each) => each.marks[kind]))
  }

  #sent(number: number, seq: number, isMessage: boolean): void {
    for (const member of this.#members.values()) {
      if (member.number !== number) continue
      if (isMessage) member.own.push(seq)
      for (const kind of ['delivered', 'read'] as const)
        if (member.marks[kind] === seq - 1) member.marks[kind] = seq
    }
  }

  #join(user: string, number: number, seq: number): void {
    const marks = { delivered: seq - 1, read: seq - 1 }
    // The creator's own entry is read by them: nothing stands before it.
    if (seq === 1 && number === 0) marks.delivered = marks.read = 1
    this.#members.set(user, { number, marks, own: [], told: { delivered: 0, read: 0 } })
  }

  #leave(number: number): void {
    for (const [user, member] of this.#members) if (member.number === number) this.#members.delete(user)
  }
}
