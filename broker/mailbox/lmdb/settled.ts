import { ByteReader, ByteWriter } from './bytes.ts'
import { Body } from './body.ts'
import { encodingOf, readEntry, type Entry } from './entry.ts'
import { bodyKey, entryKey, keyKey, numberValue, positionOfKey, type Tables, type Write } from './tables.ts'

export interface KeyedAt {
  readonly position: number
  readonly version: number
}

/** Settled entries as the last transaction left them on the disk, and the writes that change them. */
export class SettledEntries {
  readonly #tables: Tables
  readonly #out = new ByteWriter()
  /** By body, how many more settled entries than before share it. */
  readonly #shared = new Map<Body['id'], { readonly body: Body; more: number }>()

  constructor(tables: Tables) {
    this.#tables = tables
  }

  get(mailbox: string, position: number): Entry | undefined {
    const value = this.#tables.entries.get(entryKey(mailbox, position))
    return value === undefined ? undefined : readEntry(new ByteReader(value), position, this.#bodyOf)
  }

  /** Entries behind a position up to another, in order; expired and logically deleted ones as well. */
  *between(mailbox: string, after: number, upTo: number, limit?: number): Generator<Entry> {
    if (upTo <= after) return
    const range = { start: entryKey(mailbox, after + 1), end: entryKey(mailbox, upTo + 1) }
    for (const { key, value } of this.#tables.entries.getRange(
      limit === undefined ? range : { ...range, limit },
    )) {
      yield readEntry(new ByteReader(value), positionOfKey(key), this.#bodyOf)
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
    this.#share(entry, 1)
    if (entry.key === undefined) return
    this.#out.number(entry.position)
    this.#out.number(entry.version)
    writes.push({ table: this.#tables.keys, key: keyKey(mailbox, entry.key), value: this.#out.take() })
  }

  /** Removes the entry, and its key's row if that still speaks of it. */
  remove(writes: Write[], mailbox: string, entry: Entry): void {
    const { position, key } = entry
    writes.push({ table: this.#tables.entries, key: entryKey(mailbox, position) })
    this.#share(entry, -1)
    if (key === undefined || this.keyed(mailbox, key)?.position !== position) return
    writes.push({ table: this.#tables.keys, key: keyKey(mailbox, key) })
  }

  /** Ends a settling: a body comes with its first settled entry, and goes with the last. */
  settleBodies(writes: Write[]): void {
    const { bodies, references } = this.#tables
    for (const [id, { body, more }] of this.#shared) {
      const key = bodyKey(id)
      const value = references.get(key)
      const before = value === undefined ? 0 : positionOfKey(value)
      const now = before + more
      if (now === before) continue
      if (now > 0) writes.push({ table: references, key, value: numberValue(now) })
      else writes.push({ table: references, key }, { table: bodies, key })
      const bytes = before === 0 ? body.bytes() : undefined
      if (bytes !== undefined) writes.push({ table: bodies, key, value: bytes })
    }
    this.#shared.clear()
  }

  readonly #bodyOf = (id: number, length: number): Body =>
    Body.settled(id, length, () => this.#tables.bodies.get(bodyKey(id)))

  #share({ body }: Entry, more: number): void {
    if (body === undefined) return
    const shared = this.#shared.get(body.id)
    if (shared === undefined) this.#shared.set(body.id, { body, more })
    else shared.more += more
  }
}
