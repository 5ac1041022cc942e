import { constants } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { assert } from '../../../../kit/assert.ts'
import { SYSTEM_DISK, type Disk } from './disk.ts'

/** Room in front of every record: checksum, length and transaction; the checksum covers all that follows it. */
export const RECORD_HEADER_BYTES = 16

const NAME = /^journal-(\d{1,9})$/
const HIGH = 0x100000000
// One call to the thread pool instead of two, where it means the same.
const DSYNC = process.platform === 'linux' ? constants.O_DSYNC : 0

export interface JournalSizes {
  /** One file. What is written is never longer, except for a single record. */
  readonly segmentBytes: number
  /** Full files that may wait to be settled: what a start reads, and what stays in memory for it. */
  readonly segmentsMax: number
}

interface Segment {
  readonly number: number
  readonly file: number
  /** Its transactions; 0: none, the file may be written from its beginning. */
  last: number
}

export interface JournalRecord {
  readonly transaction: number
  readonly bytes: Buffer
}

/**
 * The journal: files that are written front to back, one record per transaction, and used again when all they hold
 * is settled. They are filled with zeros when made, so that later writes move no metadata of the file system: a
 * durable write then costs one flush of the disk, where an lmdb transaction costs two (measured: 34 µs against 76 on
 * an idle disk, 0.7 ms against 1.8 on a busy one).
 *
 * A file's records end where the next is broken, or is not the next transaction but a leftover of earlier use.
 */
export class JournalFiles {
  readonly #directory: string
  readonly #sizes: JournalSizes
  readonly #disk: Disk
  /** Oldest first; the last is being written. */
  readonly #used: Segment[] = []
  readonly #free: Segment[] = []
  #at = 0

  constructor(directory: string, sizes: JournalSizes, disk: Disk = SYSTEM_DISK) {
    this.#directory = directory
    this.#sizes = sizes
    this.#disk = disk
  }

  /**
   * The records behind a transaction, in order.
   * @throws RangeError if some are missing
   */
  *records(after: number): Generator<JournalRecord> {
    const files = this.#numbers()
      .map((number) => [...recordsOf(this.#disk.read(this.#path(number)))])
      .filter((records) => (records.at(-1)?.transaction ?? 0) > after)
      .toSorted((a, b) => (a[0]?.transaction ?? 0) - (b[0]?.transaction ?? 0))
    let next = after + 1
    for (const record of files.flat()) {
      if (record.transaction < next) continue
      if (record.transaction > next) throw new RangeError(`the journal lacks transaction ${next}`)
      yield record
      next++
    }
  }

  /** Makes every file free for use: all that they hold is settled. */
  async reset(): Promise<void> {
    for (const number of this.#numbers()) {
      this.#free.push({ number, file: await this.#open(number), last: 0 })
    }
  }

  /**
   * Writes one record, whose first RECORD_HEADER_BYTES are room for the header; durable when it resolves.
   * One at a time.
   */
  async write(record: Buffer, transaction: number): Promise<void> {
    record.writeUInt32BE(record.length, 4)
    record.writeUInt32BE(Math.floor(transaction / HIGH), 8)
    record.writeUInt32BE(transaction % HIGH, 12)
    record.writeUInt32BE(crc32(record.subarray(4)), 0)
    let segment = this.#used.at(-1)
    if (segment === undefined || this.#at + record.length > this.#sizes.segmentBytes) {
      segment = this.#free.pop() ?? (await this.#make())
      this.#used.push(segment)
      this.#at = 0
    }
    await this.#writeDurably(segment.file, record, this.#at)
    this.#at += record.length
    segment.last = transaction
  }

  /** Full files beyond those that may wait. */
  get segmentsBeyond(): number {
    return Math.max(0, this.#used.length - 1 - this.#sizes.segmentsMax)
  }

  /** The last transaction that must be settled for the journal to be short enough; 0: it is. */
  get settleUpTo(): number {
    return this.#used[this.segmentsBeyond - 1]?.last ?? 0
  }

  /** Everything up to this transaction is settled. */
  release(upTo: number): void {
    while (this.#used.length > 1 && (this.#used[0] as Segment).last <= upTo) {
      this.#free.push(this.#used.shift() as Segment)
    }
  }

  /** All of them, whatever one says to it: what was to be durable is, and whoever begins anew must not be kept from it. */
  async close(): Promise<void> {
    const files = [...this.#used.splice(0), ...this.#free.splice(0)]
    await Promise.allSettled(files.map(({ file }) => this.#disk.close(file)))
  }

  #path(number: number): string {
    return join(this.#directory, `journal-${number}`)
  }

  #numbers(): number[] {
    return this.#disk
      .names(this.#directory)
      .map((name) => Number(NAME.exec(name)?.[1] ?? 0))
      .filter((number) => number > 0)
  }

  /** To be written so that each write is durable. */
  #open(number: number): Promise<number> {
    return this.#disk.open(this.#path(number), constants.O_RDWR | DSYNC)
  }

  async #writeDurably(file: number, bytes: Uint8Array, at: number): Promise<void> {
    assert(at >= 0, 'a place in the file')
    await this.#disk.write(file, bytes, at)
    if (DSYNC === 0) await this.#disk.syncData(file)
  }

  async #make(): Promise<Segment> {
    const disk = this.#disk
    const number = Math.max(0, ...this.#numbers()) + 1
    const path = this.#path(number)
    const zeros = await disk.open(path, constants.O_RDWR | constants.O_CREAT)
    try {
      await disk.write(zeros, Buffer.alloc(this.#sizes.segmentBytes), 0)
      await disk.sync(zeros)
    } catch (error) {
      // A full disk is tried again and again: what could not be filled must not fill it.
      disk.remove(path)
      throw error
    } finally {
      await disk.close(zeros)
    }
    disk.syncDirectory(this.#directory)
    return { number, file: await this.#open(number), last: 0 }
  }
}

/** The records at the beginning of a file that are whole and follow one another. */
function* recordsOf(file: Buffer): Generator<JournalRecord> {
  let expected = 0
  for (let at = 0; at + RECORD_HEADER_BYTES <= file.length; ) {
    const length = file.readUInt32BE(at + 4)
    const transaction = file.readUInt32BE(at + 8) * HIGH + file.readUInt32BE(at + 12)
    const bytes = file.subarray(at, at + length)
    if (length < RECORD_HEADER_BYTES || bytes.length < length) return
    if (crc32(bytes.subarray(4)) !== file.readUInt32BE(at)) return
    if (expected > 0 && transaction !== expected) return
    yield { transaction, bytes }
    expected = transaction + 1
    at += length
  }
}
