import { open, type Database } from 'lmdb'

/** Rows by key, sorted by its bytes: of lmdb's what we use. */
export interface Table {
  get(key: Buffer): Buffer | undefined
  getKeys(range: Range): Iterable<Buffer>
  getRange(range: Range): Iterable<{ readonly key: Buffer; readonly value: Buffer }>
  /** These two only in a batch, with which they are carried out. */
  put(key: Buffer, value: Buffer): unknown
  remove(key: Buffer): unknown
}

interface RootTable extends Table {
  /** What the act puts and removes is one transaction; durable when it resolves. */
  batch(act: () => void): Promise<unknown>
  close(): Promise<void>
}

/** From a key, included, to another, which is not. */
interface Range {
  readonly start: Buffer
  readonly end: Buffer
  readonly limit?: number
}

/**
 * What is settled: `mailboxes` one record each, `entries` one per position, `keys` the position and version of keyed
 * entries, `states` one field of a chat each, `due` when a mailbox is to be looked at for expiry, `bodies` what settled
 * entries share, `references` how many settled entries each body has. In the root, how
 * far the journal is settled, and how far the clock had come.
 */
export interface Tables {
  readonly root: RootTable
  readonly mailboxes: Table
  readonly entries: Table
  readonly keys: Table
  readonly states: Table
  readonly due: Table
  readonly bodies: Table
  readonly references: Table
}

/** One write of the next transaction; without a value a removal. */
export interface Write {
  readonly table: Table
  readonly key: Buffer
  readonly value?: Buffer
}

const ENCODINGS = { encoding: 'binary', keyEncoding: 'binary' } as const

/**
 * `overlappingSync` off: lmdb's own commit order (data, fdatasync, then the meta page through O_DSYNC), so that a
 * resolved write is durable and a rejected one has left nothing. `eventTurnBatching` off: it makes a promise of its
 * own for each transaction, whose rejection nobody could handle. `mapSize`: address space, not memory or disk (but
 * on Windows), so that growing does not map the file again and again; lmdb goes beyond it when it must.
 */
const OPTIONS = {
  ...ENCODINGS,
  overlappingSync: false,
  eventTurnBatching: false,
  noSubdir: false,
  maxDbs: 8,
  ...(process.platform === 'win32' ? {} : { mapSize: 16 * 1024 ** 3 }),
}

export function openTables(directory: string): Tables {
  const root = open<Buffer, Buffer>({ path: directory, ...OPTIONS })
  const table = (name: string): Database<Buffer, Buffer> =>
    root.openDB<Buffer, Buffer>({ name, ...ENCODINGS })
  return {
    root,
    mailboxes: table('mailboxes'),
    entries: table('entries'),
    keys: table('keys'),
    states: table('states'),
    due: table('due'),
    bodies: table('bodies'),
    references: table('references'),
  }
}

/** Numbers in keys are 8 bytes, big end first, so that they sort. */
const HIGH = 0x100000000

function named(name: string, extraBytes: number): Buffer {
  const key = Buffer.allocUnsafe(1 + name.length + extraBytes)
  key[0] = name.length
  key.write(name, 1, 'latin1')
  return key
}

export function mailboxKey(mailbox: string): Buffer {
  return Buffer.from(mailbox, 'latin1')
}

export function entryKey(mailbox: string, position: number): Buffer {
  const key = named(mailbox, 8)
  key.writeUInt32BE(Math.floor(position / HIGH), mailbox.length + 1)
  key.writeUInt32BE(position % HIGH, mailbox.length + 5)
  return key
}

export function positionOfKey(key: Buffer): number {
  return key.readUInt32BE(key.length - 8) * HIGH + key.readUInt32BE(key.length - 4)
}

export function keyKey(mailbox: string, key: string): Buffer {
  const bytes = named(mailbox, key.length)
  bytes.write(key, mailbox.length + 1, 'latin1')
  return bytes
}

/** The key of a chat's field; with an empty field the beginning of all its fields' keys. */
export function stateKey(partition: number, chat: string, field: string): Buffer {
  const key = Buffer.allocUnsafe(2 + chat.length + field.length)
  key[0] = partition
  key[1] = chat.length
  key.write(chat, 2, 'latin1')
  key.write(field, 2 + chat.length, 'latin1')
  return key
}

export function fieldOfKey(key: Buffer): string {
  const at = 2 + (key[1] as number)
  return key.toString('latin1', at)
}

export function dueKey(bucket: number, mailbox: string): Buffer {
  const key = Buffer.allocUnsafe(4 + mailbox.length)
  key.writeUInt32BE(bucket, 0)
  key.write(mailbox, 4, 'latin1')
  return key
}

export function partsOfDueKey(key: Buffer): { bucket: number; mailbox: string } {
  return { bucket: key.readUInt32BE(0), mailbox: key.toString('latin1', 4) }
}

/** A body's key: its number. */
export function bodyKey(id: number): Buffer {
  return numberValue(id)
}

const SETTLED_UP_TO = Buffer.from('settled up to')

/** The transaction up to which all changes are settled; 0 if none. */
export function settledUpTo(tables: Tables): number {
  return positionOfKey(tables.root.get(SETTLED_UP_TO) ?? Buffer.alloc(8))
}

export function settledUpToWrite(tables: Tables, transaction: number): Write {
  return { table: tables.root, key: SETTLED_UP_TO, value: numberValue(transaction) }
}

const CLOCK = Buffer.from('clock')

/** How far the clock of what is kept here had come, Unix ms; undefined in a new directory. */
export function clockNoted(tables: Tables): number | undefined {
  const value = tables.root.get(CLOCK)
  return value === undefined ? undefined : positionOfKey(value)
}

export function clockNote(tables: Tables, nowMs: number): Write {
  return { table: tables.root, key: CLOCK, value: numberValue(nowMs) }
}

export function numberValue(number: number): Buffer {
  const value = Buffer.allocUnsafe(8)
  value.writeUInt32BE(Math.floor(number / HIGH), 0)
  value.writeUInt32BE(number % HIGH, 4)
  return value
}

/** One lmdb transaction; durable when it resolves. */
export async function carryOut(tables: Tables, writes: readonly Write[]): Promise<void> {
  try {
    await tables.root.batch(() => {
      for (const { table, key, value } of writes) {
        if (value === undefined) void table.remove(key)
        else void table.put(key, value)
      }
    })
  } catch (error) {
    // lmdb rejects with an error that says little and holds a promise of the one that says more.
    const detail = (error as { commitError?: Promise<unknown> }).commitError
    throw detail === undefined
      ? error
      : await detail.then(
          () => error,
          (cause: unknown) => cause,
        )
  }
}
