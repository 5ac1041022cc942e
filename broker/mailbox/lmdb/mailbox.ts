import type { ChatGap } from '../store.ts'
import { payloadLength, type Entry } from './entry.ts'
import type { SettledEntries } from './settled.ts'
import { Tail } from './tail.ts'
import { Tally } from './tally.ts'
import type { Write } from './tables.ts'

/** Entries that one settling deletes from the disk; the rest goes with the next. */
const CLEANED_MAX = 2_000
/** Removed devices remembered one by one; older removals fold into one time for all. */
const REMOVED_DEVICES_MAX = 32
/** Chats whose gaps are kept by name; of others it is said that there are some. */
const GAPS_MAX = 64

export interface Reader {
  cursor: number
  /** The last epoch given to an owner of this reader. */
  epoch: number
  readonly linkedAtMs: number
  /** Attaches since the last commit that got on, or since one that found no entries. */
  takeovers: number
}

/** What its user may not do any more; see Bar of the store. */
export interface Barred {
  readonly isLocked: boolean
  readonly tokensUpToMs: number
  /** Readers with this epoch or an older one are to be closed. */
  readonly epoch: number
}

/** The numbers of a mailbox that its record keeps. */
export interface MailboxNumbers {
  head: number
  droppedUpTo: number
  /** Positions up to here are gone: passed by every reader, or dropped. */
  floor: number
  /** Entries and payload bytes that are there. */
  entries: number
  bytes: number
  /** How many of the entries have `only`. */
  onlys: number
  /** The last epoch given to any reader. */
  epoch: number
  /** Devices unknown here link only with a token issued after this time; Unix ms. */
  notBeforeMs: number
  /** The hour bucket in which it is to be looked at for expiry; 0: none. */
  dueBucket: number
  /** The transaction that settled it last: what the journal says of it up to there is in the record. */
  settledAt: number
  /** 1 if entries up to the floor may still lie on the disk. */
  uncleaned: number
}

/**
 * One mailbox in memory. Its oldest entries may be settled on the disk, up to `#settled.head`; the newer ones are
 * in the tail. Every change is a method that depends on nothing but the mailbox and its arguments, so that replaying
 * the journal after a crash makes the same mailbox again. What a change deletes of the settled entries stays on the
 * disk until the mailbox is settled next; then both change in one transaction.
 */
export class Mailbox {
  readonly id: string
  readonly numbers: MailboxNumbers
  readonly readers = new Map<string, Reader>()
  /** Devices removed, and when; oldest removal first. */
  readonly removed = new Map<string, number>()
  /** What was dropped of chats for want of room, by chat as latin1. */
  readonly gaps = new Map<string, ChatGap>()
  /** What is there, counted by chat; only of a large mailbox. It follows from the rest and is made anew when it is asked for. */
  tally: Tally | undefined
  barred: Barred = { isLocked: false, tokensUpToMs: 0, epoch: 0 }
  /** Acknowledged, but not yet a change: the highest position per reader. */
  readonly acknowledged = new Map<string, number>()
  /** The first transaction that changed it since it was settled; 0: none. */
  unsettledSince = 0
  /** The bucket of its row in the table of what is due; 0: none. */
  settledDue: number
  readonly #disk: SettledEntries
  readonly #tail: Tail
  readonly #tailKeys = new Map<string, Entry>()
  /** The settled part: its last position, and what of it is there. */
  readonly #settled: Counts & { head: number }
  /** Settled entries above the floor that are deleted. */
  readonly #deleted = new Map<number, Entry>()

  constructor(id: string, disk: SettledEntries, numbers: MailboxNumbers) {
    this.id = id
    this.#disk = disk
    this.numbers = numbers
    this.settledDue = numbers.dueBucket
    const { head, entries, bytes, onlys } = numbers
    this.#settled = { head, entries, bytes, onlys }
    this.#tail = new Tail(head + 1)
  }

  get head(): number {
    return this.numbers.head
  }

  entry(position: number): Entry | undefined {
    if (position > this.#settled.head) return this.#tail.get(position)
    if (position <= this.numbers.floor || this.#deleted.has(position)) return undefined
    return this.#settled.entries === 0 ? undefined : this.#disk.get(this.id, position)
  }

  /** The entries that are there behind a position, in order. */
  *after(position: number): Generator<Entry> {
    const { head, entries } = this.#settled
    const start = Math.max(position, this.numbers.floor)
    if (entries > 0) {
      for (const entry of this.#disk.between(this.id, start, head)) {
        if (!this.#deleted.has(entry.position)) yield entry
      }
    }
    yield* this.#tail.between(start, this.head)
  }

  oldest(): Entry | undefined {
    for (const entry of this.after(0)) return entry
    return undefined
  }

  /** The entry with this key, if the mailbox holds one. */
  keyed(key: string): Entry | undefined {
    const recent = this.#tailKeys.get(key)
    if (recent !== undefined || this.#settled.entries === 0) return recent
    const position = this.#disk.keyed(this.id, key)?.position
    return position === undefined || position > this.#settled.head ? undefined : this.entry(position)
  }

  /** Changes. */

  append(entry: Entry): void {
    const { numbers } = this
    if (entry.key !== undefined) {
      const older = this.keyed(entry.key)
      if (older !== undefined) this.#delete(older)
      this.#tailKeys.set(entry.key, entry)
    }
    numbers.head = entry.position
    numbers.entries++
    numbers.bytes += payloadLength(entry)
    if (entry.only !== undefined) numbers.onlys++
    this.#tail.push(entry)
    this.tally?.add(entry)
  }

  advance(name: string, position: number): void {
    const reader = this.readers.get(name)
    if (reader === undefined || position <= reader.cursor) return
    const from = reader.cursor
    reader.cursor = position
    this.#dropPassed()
    this.#dropOnly(name, from, position)
  }

  /** A commit that got on. */
  committed(name: string, position: number): void {
    this.advance(name, position)
    const reader = this.readers.get(name)
    if (reader !== undefined) reader.takeovers = 0
  }

  attached(name: string, reader: Reader): void {
    this.readers.set(name, reader)
    this.numbers.epoch = reader.epoch
  }

  deviceRemoved(name: string, atMs: number): void {
    this.readers.delete(name)
    this.acknowledged.delete(name)
    this.removed.delete(name)
    this.removed.set(name, atMs)
    for (const [oldest, removedAtMs] of this.removed) {
      if (this.removed.size <= REMOVED_DEVICES_MAX) break
      this.removed.delete(oldest)
      this.numbers.notBeforeMs = Math.max(this.numbers.notBeforeMs, removedAtMs)
    }
    this.#dropPassed()
    this.#dropOnly(name, 0, this.head)
  }

  discarded(position: number): void {
    const entry = this.entry(position)
    if (entry !== undefined) this.#delete(entry)
  }

  /** Entries up to here are dropped by cap or age. */
  dropped(upTo: number): void {
    this.#drop(upTo)
    this.#missedUpTo(upTo)
  }

  /** An entry is dropped for want of room, from anywhere: readers that have not passed it have a gap. */
  missed(position: number): void {
    this.discarded(position)
    this.#missedUpTo(position)
  }

  /** The oldest entry of a chat is dropped for want of room. @param chat as latin1 */
  gapped(chat: string, position: number, firstSeq: number, lastSeq: number): void {
    this.discarded(position)
    const known = this.gaps.get(chat)
    this.gaps.delete(chat)
    this.gaps.set(chat, {
      chat: chatBytes(chat),
      firstSeq: Math.min(known?.firstSeq ?? firstSeq, firstSeq),
      lastSeq,
      position,
    })
    for (const [oldest, gap] of this.gaps) {
      if (this.gaps.size <= GAPS_MAX) break
      this.gaps.delete(oldest)
      this.#missedUpTo(gap.position)
    }
  }

  scheduled(bucket: number): void {
    this.numbers.dueBucket = bucket
  }

  /** Moves everything that is only in the journal to the disk: the writes become part of this transaction. */
  settle(writes: Write[], transaction: number): void {
    const { numbers } = this
    for (const entry of this.#deleted.values()) this.#disk.remove(writes, this.id, entry)
    this.#deleted.clear()
    if (numbers.uncleaned === 1) {
      let cleaned = 0
      for (const entry of this.#disk.between(this.id, 0, numbers.floor, CLEANED_MAX)) {
        this.#disk.remove(writes, this.id, entry)
        cleaned++
      }
      if (cleaned < CLEANED_MAX) numbers.uncleaned = 0
    }
    for (const entry of this.#tail.between(0, this.head)) this.#disk.put(writes, this.id, entry)
    this.#tail.reset()
    this.#tailKeys.clear()
    const { head, entries, bytes, onlys } = numbers
    Object.assign(this.#settled, { head, entries, bytes, onlys })
    numbers.settledAt = transaction
  }

  /** What went from the middle stays missed when something in front of it goes. */
  #missedUpTo(position: number): void {
    this.numbers.droppedUpTo = Math.max(this.numbers.droppedUpTo, position)
  }

  #dropPassed(): void {
    if (this.readers.size === 0) return
    let passed = Number.POSITIVE_INFINITY
    for (const reader of this.readers.values()) if (reader.cursor < passed) passed = reader.cursor
    this.#drop(passed)
    for (const [chat, gap] of this.gaps) if (gap.position <= passed) this.gaps.delete(chat)
  }

  #drop(upTo: number): void {
    const { numbers } = this
    if (upTo <= numbers.floor) return
    this.#dropSettled(upTo)
    numbers.floor = upTo
    this.#tail.drop(upTo, (entry) => this.#uncount(entry, undefined))
  }

  #dropSettled(upTo: number): void {
    const settled = this.#settled
    if (settled.entries === 0 && this.#deleted.size === 0) return
    this.numbers.uncleaned = 1
    if (upTo < settled.head) {
      for (const entry of this.#disk.between(this.id, this.numbers.floor, upTo)) {
        if (!this.#deleted.delete(entry.position)) this.#uncount(entry, settled)
      }
      return
    }
    this.numbers.entries -= settled.entries
    this.numbers.bytes -= settled.bytes
    this.numbers.onlys -= settled.onlys
    Object.assign(settled, { entries: 0, bytes: 0, onlys: 0 })
    this.#deleted.clear()
    this.tally = undefined
  }

  /** Deletes the entries of one device in a range. */
  #dropOnly(device: string, after: number, upTo: number): void {
    if (this.numbers.onlys === 0) return
    const start = Math.max(after, this.numbers.floor)
    if (this.#settled.onlys > 0) {
      const settledUpTo = Math.min(upTo, this.#settled.head)
      for (const entry of this.#disk.between(this.id, start, settledUpTo)) {
        if (entry.only === device && !this.#deleted.has(entry.position)) this.#delete(entry)
      }
    }
    for (const entry of this.#tail.between(start, upTo)) if (entry.only === device) this.#delete(entry)
  }

  #delete(entry: Entry): void {
    if (entry.position > this.#settled.head) {
      this.#tail.clear(entry.position)
      this.#uncount(entry, undefined)
    } else {
      this.#deleted.set(entry.position, entry)
      this.#uncount(entry, this.#settled)
    }
  }

  #uncount(entry: Entry, settled: Counts | undefined): void {
    subtract(this.numbers, entry)
    this.tally?.remove(entry)
    if (settled !== undefined) subtract(settled, entry)
    else if (entry.key !== undefined && this.#tailKeys.get(entry.key) === entry)
      this.#tailKeys.delete(entry.key)
  }
}

/** A chat's 10 bytes, of its latin1. */
export function chatBytes(chat: string): Uint8Array {
  return Uint8Array.from(Buffer.from(chat, 'latin1'))
}

interface Counts {
  entries: number
  bytes: number
  onlys: number
}

function subtract(counts: Counts, entry: Entry): void {
  counts.entries--
  counts.bytes -= payloadLength(entry)
  if (entry.only !== undefined) counts.onlys--
}
