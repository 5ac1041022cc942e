import { ByteWriter } from './bytes.ts'
import { ChatState } from './chat-state.ts'
import { Fifo } from './fifo.ts'
import { readMailbox, writeMailbox } from './mailbox-record.ts'
import { Mailbox } from './mailbox.ts'
import { SettledEntries } from './settled.ts'
import { dueKey, mailboxKey, settledUpToWrite, type Tables, type Write } from './tables.ts'

/** Cached mailboxes looked at in one go, beside twice as many as came since the last time. */
const EVICTED_AT_ONCE = 256
const NO_BYTES = Buffer.alloc(0)

/**
 * Mailboxes and chats in memory, and the order in which they are settled: what changed first comes first, so that
 * the journal's oldest records can go.
 */
export class WorkingSet {
  /** The number of the transaction being composed. */
  transaction = 1
  readonly #tables: Tables
  readonly #disk: SettledEntries
  readonly #mailboxesCachedMax: number
  readonly #mailboxes = new Map<string, Mailbox>()
  readonly #chats = new Map<string, ChatState>()
  /** What is not settled, oldest change first. */
  readonly #unsettled = new Fifo<Mailbox | ChatState>()
  readonly #out = new ByteWriter()
  #dueRemoved: Buffer[] = []
  #loaded = 0

  /** @param mailboxesCachedMax mailboxes kept in memory beyond those that are not settled */
  constructor(tables: Tables, mailboxesCachedMax: number) {
    this.#tables = tables
    this.#disk = new SettledEntries(tables)
    this.#mailboxesCachedMax = mailboxesCachedMax
  }

  mailbox(id: string): Mailbox {
    let mailbox = this.#mailboxes.get(id)
    if (mailbox === undefined) {
      mailbox = readMailbox(id, this.#disk, this.#tables.mailboxes.get(mailboxKey(id)))
      this.#mailboxes.set(id, mailbox)
      this.#loaded++
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
  }

  /** Mailboxes to be looked at for expiry by this bucket that the table does not tell of yet. */
  *unsettledDue(bucket: number, max: number): Generator<Mailbox> {
    let found = 0
    for (const thing of this.#unsettled) {
      if (found === max) return
      if (!(thing instanceof Mailbox) || thing.numbers.dueBucket === 0) continue
      if (thing.numbers.dueBucket > bucket) continue
      found++
      yield thing
    }
  }

  /** The row was looked at: it goes with the next settling. */
  removeDue(row: Buffer): void {
    this.#dueRemoved.push(row)
  }

  get hasDueRemoved(): boolean {
    return this.#dueRemoved.length > 0
  }

  /**
   * Moves things that changed up to a transaction from memory to the tables, as they are now. Only between
   * transactions.
   * @param thingsMax the rest waits for the next time
   * @returns the writes for that, and the transaction up to which all is settled by them
   */
  settle(upTo: number, thingsMax: number): { writes: Write[]; settledUpTo: number } {
    const writes: Write[] = this.#dueRemoved.map((key) => ({ table: this.#tables.due, key }))
    this.#dueRemoved = []
    let left = thingsMax
    for (let thing = this.#unsettled.peek(); thing !== undefined; thing = this.#unsettled.peek()) {
      if (thing.unsettledSince > upTo || left-- === 0) break
      this.#unsettled.shift()
      this.#settle(thing, writes)
    }
    this.#disk.settleBodies(writes)
    const settledUpTo = (this.#unsettled.peek()?.unsettledSince ?? this.transaction) - 1
    writes.push(settledUpToWrite(this.#tables, settledUpTo))
    return { writes, settledUpTo }
  }

  /** Forgets mailboxes that are settled, oldest loaded first. Only between transactions. */
  evict(): void {
    let looked = Math.min(this.#mailboxes.size - this.#mailboxesCachedMax, EVICTED_AT_ONCE + 2 * this.#loaded)
    this.#loaded = 0
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
    thing.settle(writes, this.transaction - 1)
    const { id, numbers } = thing
    const { mailboxes, due } = this.#tables
    writes.push({ table: mailboxes, key: mailboxKey(id), value: writeMailbox(this.#out, thing) })
    if (numbers.dueBucket > 0)
      writes.push({ table: due, key: dueKey(numbers.dueBucket, id), value: NO_BYTES })
    // What is left to clean comes round again.
    if (numbers.uncleaned === 1) this.touch(thing)
  }
}
