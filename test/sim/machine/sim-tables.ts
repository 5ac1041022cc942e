import type { Table, Tables } from '../../../broker/mailbox/lmdb/tables.ts'

interface Row {
  readonly name: string
  readonly key: Buffer
  readonly value: Buffer
}

/** The rows of one table, sorted by key, by which they are found as text of the same order. */
class Rows {
  readonly #rows: Row[] = []

  /** The first row whose key is not before. */
  #find(name: string): number {
    let from = 0
    let to = this.#rows.length
    while (from < to) {
      const middle = (from + to) >> 1
      if ((this.#rows[middle] as Row).name < name) from = middle + 1
      else to = middle
    }
    return from
  }

  get(key: Buffer): Buffer | undefined {
    const name = key.toString('latin1')
    const row = this.#rows[this.#find(name)]
    return row?.name === name ? Buffer.from(row.value) : undefined
  }

  keys(): Buffer[] {
    return this.#rows.map(({ key }) => key)
  }

  *between(start: Buffer, end: Buffer, limit = Infinity): Generator<Row> {
    const last = end.toString('latin1')
    let at = this.#find(start.toString('latin1'))
    for (let count = 0; count < limit; count++, at++) {
      const row = this.#rows[at]
      if (row === undefined || row.name >= last) return
      yield row
    }
  }

  set(key: Buffer, value: Buffer | undefined): void {
    const name = key.toString('latin1')
    const at = this.#find(name)
    const isThere = this.#rows[at]?.name === name
    if (value === undefined) this.#rows.splice(at, isThere ? 1 : 0)
    else this.#rows.splice(at, isThere ? 1 : 0, { name, key: Buffer.from(key), value: Buffer.from(value) })
  }
}

const NAMES = ['root', 'mailboxes', 'entries', 'keys', 'states', 'due', 'bodies', 'references'] as const
type Name = (typeof NAMES)[number]

interface Change {
  readonly table: Name
  readonly key: Buffer
  readonly value?: Buffer
}

/** What lmdb has on the disk: changed by whole transactions only. */
export class SimTables {
  readonly #tables = Object.fromEntries(NAMES.map((name) => [name, new Rows()])) as Record<Name, Rows>

  /** How many rows there are of each mailbox, and of what mailboxes share: under no name. */
  kept(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>()
    for (const table of ['entries', 'keys', 'bodies', 'references'] as const)
      for (const key of this.#tables[table].keys()) {
        const isOfMailbox = table === 'entries' || table === 'keys'
        const name = isOfMailbox ? key.toString('latin1', 1, 1 + (key[0] as number)) : ''
        counts.set(name, (counts.get(name) ?? 0) + 1)
      }
    return counts
  }

  /** @param commit carries a transaction out: now, later or not at all; durable when it resolves */
  open(commit: (apply: () => void) => Promise<void>): Tables {
    let batch: Change[] | undefined
    const note = (change: Change): void => {
      if (batch === undefined) throw new Error('a write outside a transaction')
      batch.push(change)
    }
    const tableOf = (name: Name): Table => {
      const rows = this.#tables[name]
      return {
        get: (key) => rows.get(key),
        *getKeys({ start, end, limit }) {
          for (const { key } of rows.between(start, end, limit)) yield Buffer.from(key)
        },
        *getRange({ start, end, limit }) {
          for (const { key, value } of rows.between(start, end, limit))
            yield { key: Buffer.from(key), value: Buffer.from(value) }
        },
        put: (key, value) => note({ table: name, key, value }),
        remove: (key) => note({ table: name, key }),
      }
    }
    const root = {
      ...tableOf('root'),
      batch: (act: () => void) => {
        const changes: Change[] = []
        batch = changes
        act()
        batch = undefined
        return commit(() => {
          for (const { table, key, value } of changes) this.#tables[table].set(key, value)
        })
      },
      close: () => Promise.resolve(),
    }
    const tables = Object.fromEntries(NAMES.map((name) => [name, tableOf(name)])) as Record<Name, Table>
    return { ...tables, root }
  }
}
