import type { Append, Put } from '../../store.ts'
import { ByteReader, ByteWriter } from '../bytes.ts'
import { Body, type Chunk } from '../body.ts'
import { readEntry, writeEntry, type Entry } from '../entry.ts'
import { RECORD_HEADER_BYTES, type JournalRecord } from './journal-files.ts'
import type { Barred, Mailbox, Reader } from '../mailbox.ts'
import type { WorkingSet } from '../working-set.ts'

/** The kinds of change, as they stand in the journal. Never renumbered. */
const KIND = {
  append: 1,
  /** To the mailbox of the append before it in the record. */
  appendMore: 2,
  advance: 3,
  committed: 4,
  attached: 5,
  deviceRemoved: 6,
  discarded: 7,
  dropped: 8,
  scheduled: 9,
  put: 10,
  nothing: 11,
  barred: 12,
  gapped: 13,
  missed: 14,
  /** Bytes that appends behind it in the record name by their number. */
  body: 15,
} as const

const NO_BYTES = Buffer.alloc(0)
/** More bodies of one transaction are copies. Part of the format: bodies are numbered by it. */
const BODIES_PER_TRANSACTION = 4_096

/**
 * Makes changes: each is written to the record of the transaction being composed and carried out in memory at once.
 * Replaying a record carries out the same changes on the same state.
 */
export class Journal {
  readonly #working: WorkingSet
  readonly #out = new ByteWriter()
  #chunk: Chunk = { bytes: NO_BYTES }
  #appendedTo: Mailbox | undefined
  #bodies = 0

  constructor(working: WorkingSet) {
    this.#working = working
    this.#out.skip(RECORD_HEADER_BYTES)
  }

  get hasChanges(): boolean {
    return this.#out.at > RECORD_HEADER_BYTES
  }

  /** Bytes for appends of this transaction to share. @returns undefined if it has too many of these */
  body(bytes: Uint8Array): Body | undefined {
    if (this.#bodies === BODIES_PER_TRANSACTION) return undefined
    const id = this.#working.transaction * BODIES_PER_TRANSACTION + this.#bodies++
    this.#out.byte(KIND.body)
    this.#out.number(id)
    this.#out.number(bytes.length)
    const { at } = this.#out
    this.#out.raw(bytes)
    return Body.inRecord(id, bytes.length, this.#chunk, at)
  }

  /** @param body of this transaction, with the item's bytes */
  append(mailbox: Mailbox, item: Append, expiresAtMs: number, body?: Body): Entry {
    if (mailbox === this.#appendedTo) this.#out.byte(KIND.appendMore)
    else this.#begin(KIND.append, mailbox)
    this.#appendedTo = mailbox
    const entry = writeEntry(this.#out, this.#chunk, mailbox.head + 1, item, expiresAtMs, body)
    mailbox.append(entry)
    return entry
  }

  advance(mailbox: Mailbox, reader: string, position: number): void {
    this.#begin(KIND.advance, mailbox)
    this.#out.text(reader)
    this.#out.number(position)
    mailbox.advance(reader, position)
  }

  committed(mailbox: Mailbox, reader: string, position: number): void {
    this.#begin(KIND.committed, mailbox)
    this.#out.text(reader)
    this.#out.number(position)
    mailbox.committed(reader, position)
  }

  attached(mailbox: Mailbox, name: string, reader: Reader): void {
    this.#begin(KIND.attached, mailbox)
    this.#out.text(name)
    this.#out.number(reader.cursor)
    this.#out.number(reader.epoch)
    this.#out.number(reader.linkedAtMs)
    this.#out.number(reader.takeovers)
    mailbox.attached(name, reader)
  }

  deviceRemoved(mailbox: Mailbox, device: string, atMs: number): void {
    this.#begin(KIND.deviceRemoved, mailbox)
    this.#out.text(device)
    this.#out.number(atMs)
    mailbox.deviceRemoved(device, atMs)
  }

  barred(mailbox: Mailbox, barred: Barred): void {
    this.#begin(KIND.barred, mailbox)
    this.#out.number(barred.isLocked ? 1 : 0)
    this.#out.number(barred.tokensUpToMs)
    this.#out.number(barred.epoch)
    mailbox.barred = barred
  }

  discarded(mailbox: Mailbox, position: number): void {
    this.#begin(KIND.discarded, mailbox)
    this.#out.number(position)
    mailbox.discarded(position)
  }

  missed(mailbox: Mailbox, position: number): void {
    this.#begin(KIND.missed, mailbox)
    this.#out.number(position)
    mailbox.missed(position)
  }

  /** @param chat as latin1 */
  gapped(mailbox: Mailbox, chat: string, position: number, firstSeq: number, lastSeq: number): void {
    this.#begin(KIND.gapped, mailbox)
    this.#out.text(chat)
    this.#out.number(position)
    this.#out.number(firstSeq)
    this.#out.number(lastSeq)
    mailbox.gapped(chat, position, firstSeq, lastSeq)
  }

  dropped(mailbox: Mailbox, upTo: number): void {
    this.#begin(KIND.dropped, mailbox)
    this.#out.number(upTo)
    mailbox.dropped(upTo)
  }

  /** The mailbox is to be looked at for expiry in this hour bucket; 0: not at all. */
  scheduled(mailbox: Mailbox, bucket: number): void {
    this.#begin(KIND.scheduled, mailbox)
    this.#out.number(bucket)
    mailbox.scheduled(bucket)
  }

  put(partition: number, { chat, field, value }: Put): void {
    this.#out.byte(KIND.put)
    this.#out.byte(partition)
    this.#out.text(chat)
    this.#out.text(field)
    this.#out.number(value === undefined ? 0 : value.length + 1)
    if (value !== undefined) this.#out.raw(value)
    this.#put(partition, chat, field, value)
  }

  /** A change of nothing: it only makes a transaction. */
  nothing(): void {
    this.#out.byte(KIND.nothing)
  }

  /** Ends the record of the transaction. @returns it, with room for its header */
  seal(): Buffer {
    const record = this.#out.take()
    this.#out.skip(RECORD_HEADER_BYTES)
    this.#chunk.bytes = record
    this.#chunk = { bytes: NO_BYTES }
    this.#appendedTo = undefined
    this.#bodies = 0
    return record
  }

  /** Carries out a record of an earlier life again, except on what was settled since. */
  replay({ transaction, bytes }: JournalRecord): void {
    this.#working.transaction = transaction
    const from = new ByteReader(bytes, RECORD_HEADER_BYTES)
    const bodies = new Map<number, Body>()
    let appendedTo: Mailbox | undefined
    while (!from.isAtEnd) {
      const kind = from.byte()
      if (kind === KIND.nothing) continue
      if (kind === KIND.body) {
        const [id, length] = [from.number(), from.number()]
        bodies.set(id, Body.inRecord(id, length, { bytes: from.bytes }, from.at))
        from.raw(length)
        continue
      }
      if (kind === KIND.put) {
        const partition = from.byte()
        const [chat, field, length] = [from.text(), from.text(), from.number()]
        this.#put(partition, chat, field, length === 0 ? undefined : from.raw(length - 1))
        continue
      }
      const mailbox = kind === KIND.appendMore ? appendedTo : this.#working.mailbox(from.text())
      if (mailbox === undefined) throw new RangeError('an append to no mailbox')
      if (kind === KIND.append) appendedTo = mailbox
      this.#replayOn(mailbox, kind, from, bodies, mailbox.numbers.settledAt >= transaction)
    }
  }

  #replayOn(mailbox: Mailbox, kind: number, from: ByteReader, bodies: Bodies, isSettled: boolean): void {
    const change = this.#readChange(mailbox, kind, from, bodies)
    if (isSettled) return
    change()
    this.#working.touch(mailbox)
  }

  /** Reads the rest of a change. @returns what carries it out */
  #readChange(mailbox: Mailbox, kind: number, from: ByteReader, bodies: Bodies): () => void {
    switch (kind) {
      case KIND.append:
      case KIND.appendMore: {
        const entry = readEntry(from, mailbox.head + 1, (id) => bodyIn(bodies, id))
        return () => mailbox.append(entry)
      }
      case KIND.advance:
      case KIND.committed: {
        const [reader, position] = [from.text(), from.number()]
        return kind === KIND.advance
          ? () => mailbox.advance(reader, position)
          : () => mailbox.committed(reader, position)
      }
      case KIND.attached: {
        const name = from.text()
        const [cursor, epoch, linkedAtMs] = [from.number(), from.number(), from.number()]
        const takeovers = from.number()
        return () => mailbox.attached(name, { cursor, epoch, linkedAtMs, takeovers })
      }
      case KIND.deviceRemoved: {
        const [device, atMs] = [from.text(), from.number()]
        return () => mailbox.deviceRemoved(device, atMs)
      }
      case KIND.barred: {
        const barred = { isLocked: from.number() === 1, tokensUpToMs: from.number(), epoch: from.number() }
        return () => {
          mailbox.barred = barred
        }
      }
      case KIND.gapped: {
        const [chat, position] = [from.text(), from.number()]
        const [firstSeq, lastSeq] = [from.number(), from.number()]
        return () => mailbox.gapped(chat, position, firstSeq, lastSeq)
      }
      case KIND.discarded:
      case KIND.missed:
      case KIND.dropped:
      case KIND.scheduled: {
        const number = from.number()
        if (kind === KIND.discarded) return () => mailbox.discarded(number)
        if (kind === KIND.missed) return () => mailbox.missed(number)
        return kind === KIND.dropped ? () => mailbox.dropped(number) : () => mailbox.scheduled(number)
      }
      default:
        throw new RangeError(`a change of unknown kind ${kind}`)
    }
  }

  #begin(kind: number, mailbox: Mailbox): void {
    this.#out.byte(kind)
    this.#out.text(mailbox.id)
    this.#working.touch(mailbox)
  }

  #put(partition: number, chat: string, field: string, value: Uint8Array | undefined): void {
    const state = this.#working.chat(partition, chat)
    // A copy: the caller's bytes may be a view of a whole frame.
    state.put(field, value === undefined ? undefined : Buffer.from(value))
    this.#working.touch(state)
  }
}

type Bodies = ReadonlyMap<number, Body>

function bodyIn(bodies: Bodies, id: number): Body {
  const body = bodies.get(id)
  if (body === undefined) throw new RangeError(`the record lacks body ${id}`)
  return body
}
