import { ByteWriter } from './bytes.ts'
import { ChatState } from './chat-state.ts'
import { Fifo } from './fifo.ts'
import { readMailbox, writeMailbox } from './mailbox-record.ts'
import { Mailbox } from './mailbox.ts'
import { SettledEntries } from './settled.ts'
import { journalKey, mailboxKey, type Tables, type Write } from './tables.ts'

/** One lmdb value of the journal: four pages. Larger ones need runs of free pages, which get rare: measured at
 * three times the time after ten seconds of load. */
const PIECE_BYTES = 4 * 4096 - 32
/** Things settled in one transaction at the least, when the journal is too long. */
const SETTLED_AT_ONCE = 256
export interface WorkingSetSizes {
  /** Bytes of journal that may wait to be settled: what a start replays, and what stays in memory for it. */
  readonly journalBytesMax: number
  /** Mailboxes kept in memory beyond those that are not settled. */
  readonly mailboxesCachedMax: number
}

/**
 * Mailboxes and chats in memory, and the order in which they are settled: whatever the journal's oldest record
 * changed comes first, so that the record can go.
 */
export class WorkingSet {
  /** The number of the transaction being composed. */
  transaction = 1
  readonly #tables: Tables
  readonly #sizes: WorkingSetSizes
  readonly #disk: SettledEntries
  readonly #mailboxes = new Map<string, Mailbox>()
  readonly #chats = new Map<string, ChatState>()
  /** What is not settled, oldest change first. */
  readonly #unsettled = new Fifo<Mailbox | ChatState>()
  readonly #records = new Fifo<JournalRecord>()
  readonly #out = new ByteWriter()
  #journalBytes = 0
  #touched = 0

  constructor(tables: Tables, sizes: WorkingSetSizes) {
    this.#tables = tables
    this.#sizes = sizes
    this.#disk = new SettledEntries(tables)
  }

  mailbox(id: string): Mailbox {
    let mailbox = this.#mailboxes.get(id)
    if (mailbox === undefined) {
      mailbox = readMailbox(id, this.#disk, this.#tables.mailboxes.get(mailboxKey(id)))
      this.#mailboxes.set(id, mailbox)
    }
    return mailbox
  }

  /** A chat that changed, if it did; undefined if all its state is settled. */
  changedChat(partition: number, chat: string): ChatState | undefined {
    return this.#chats.get(`${partition}/${chat}`)
  }

  chat(partition: number, chat: string): ChatState {
    const name = `${partition}/${chat}`
    let state = this.#chats.get(name)
    if (state === undefined) {
      state = new ChatState(partition, chat)
      this.#chats.set(name, state)
    }
    return state
  }

  /** The transaction being composed changes this. */
  touch(thing: Mailbox | ChatState): void {
    if (thing.unsettledSince > 0) return
    thing.unsettledSince = this.transaction
    this.#unsettled.push(thing)
    this.#touched++
  }

  /** The journal has this record. */
  recorded(record: JournalRecord): void {
    this.#records.push(record)
    this.#journalBytes += record.bytes
    this.transaction = record.transaction + 1
  }

  /** Adds the writes that put a record into the journal, and those that settle what must go from its other end. */
  compose(record: Buffer, writes: Write[]): void {
    const { transaction } = this
    const bytes = record.length
    let pieces = 0
    do {
      const value = record.subarray(pieces * PIECE_BYTES, (pieces + 1) * PIECE_BYTES)
      writes.push({ table: this.#tables.journal, key: journalKey(transaction, pieces++), value })
    } while (pieces * PIECE_BYTES < bytes)
    let budget = Math.max(SETTLED_AT_ONCE, 2 * this.#touched)
    this.#touched = 0
    while (
      this.#journalBytes + bytes > this.#sizes.journalBytesMax &&
      this.#unsettled.size > 0 &&
      budget-- > 0
    ) {
      this.#settle(this.#unsettled.shift() as Mailbox | ChatState, writes)
      this.#trim(writes)
    }
    this.recorded({ transaction, bytes, pieces })
  }

  /** Forgets mailboxes that are settled, oldest loaded first. Only between transactions. */
  evict(): void {
    let looked = this.#mailboxes.size - this.#sizes.mailboxesCachedMax
    for (const [id, mailbox] of this.#mailboxes) {
      if (looked-- <= 0) return
      this.#mailboxes.delete(id)
      if (mailbox.unsettledSince > 0) this.#mailboxes.set(id, mailbox)
    }
  }

  #settle(thing: Mailbox | ChatState, writes: Write[]): void {
    thing.unsettledSince = 0
    if (thing instanceof ChatState) {
      thing.settle(writes, this.#tables)
      this.#chats.delete(`${thing.partition}/${thing.chat}`)
      return
    }
    thing.settle(writes, this.transaction)
    writes.push({
      table: this.#tables.mailboxes,
      key: mailboxKey(thing.id),
      value: writeMailbox(this.#out, thing),
    })
    // What is left to clean comes round again.
    if (thing.numbers.uncleaned === 1) this.touch(thing)
  }

  /** Removes the records whose changes are all settled. */
  #trim(writes: Write[]): void {
    const oldest = this.#unsettled.peek()?.unsettledSince ?? this.transaction
    for (;;) {
      const record = this.#records.peek()
      if (record === undefined || record.transaction >= oldest) return
      this.#records.shift()
      this.#journalBytes -= record.bytes
      for (let piece = 0; piece < record.pieces; piece++) {
        writes.push({ table: this.#tables.journal, key: journalKey(record.transaction, piece) })
      }
    }
  }
}

export interface JournalRecord {
  readonly transaction: number
  readonly bytes: number
  readonly pieces: number
}
