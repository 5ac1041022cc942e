import { ByteReader, ByteWriter } from './bytes.ts'
import { encodingOf, readEntry, type Entry } from './entry.ts'
import { entryKey, keyKey, positionOfKey, type Tables, type Write } from './tables.ts'

export interface KeyedAt {
  readonly position: number
  readonly version: number
}

/** Settled entries as the last transaction left them on the disk, and the writes that change them. */
export class SettledEntries {
  readonly #tables: Tables
  readonly #out = new ByteWriter()

  constructor(tables: Tables) {
    this.#tables = tables
  }

  get(mailbox: string, position: number): Entry | undefined {
    const value = this.#tables.entries.get(entryKey(mailbox, position))
    return value === undefined ? undefined : readEntry(new ByteReader(value), position)
  }

  /** Entries behind a position up to another, in order; expired and logically deleted ones as well. */
  *between(mailbox: string, after: number, upTo: number, limit?: number): Generator<Entry> {
    if (upTo <= after) return
    const range = { start: entryKey(mailbox, after + 1), end: entryKey(mailbox, upTo + 1) }
    for (const { key, value } of this.#tables.entries.getRange(
      limit === undefined ? range : { ...range, limit },
    )) {
      yield readEntry(new ByteReader(value), positionOfKey(key))
    }
  }

  /** Where the entry with this key was settled; it may have been deleted since. */
  keyed(mailbox: string, key: string): KeyedAt | undefined {
    const value = this.#tables.keys.get(keyKey(mailbox, key))
    if (value === undefined) return undefined
    const from = new ByteReader(value)
    return { position: from.number(), version: from.number() }
  }

  put(writes: Write[], mailbox: string, entry: Entry): void {
    writes.push({
      table: this.#tables.entries,
      key: entryKey(mailbox, entry.position),
      value: encodingOf(entry),
    })
    if (entry.key === undefined) return
    this.#out.number(entry.position)
    this.#out.number(entry.version)
    writes.push({ table: this.#tables.keys, key: keyKey(mailbox, entry.key), value: this.#out.take() })
  }

  /** Removes the entry, and its key's row if that still speaks of it. */
  remove(writes: Write[], mailbox: string, position: number, key: string | undefined): void {
    writes.push({ table: this.#tables.entries, key: entryKey(mailbox, position) })
    if (key === undefined || this.keyed(mailbox, key)?.position !== position) return
    writes.push({ table: this.#tables.keys, key: keyKey(mailbox, key) })
  }
}
