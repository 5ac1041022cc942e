import { fieldOfKey, stateKey, type Tables, type Write } from './tables.ts'

/** The fields of one chat that changed since they were settled: the value, or undefined where it was deleted. */
export class ChatState {
  readonly partition: number
  readonly chat: string
  /** The first transaction that changed it since it was settled; 0: none. */
  unsettledSince = 0
  readonly #changed = new Map<string, Buffer | undefined>()

  constructor(partition: number, chat: string) {
    this.partition = partition
    this.chat = chat
  }

  put(field: string, value: Buffer | undefined): void {
    this.#changed.set(field, value)
  }

  settle(writes: Write[], tables: Tables): void {
    for (const [field, value] of this.#changed) {
      const key = stateKey(this.partition, this.chat, field)
      writes.push(value === undefined ? { table: tables.states, key } : { table: tables.states, key, value })
    }
  }

  /** Lays what changed over what is settled. */
  applyTo(fields: Map<string, Uint8Array>): void {
    for (const [field, value] of this.#changed) {
      if (value === undefined) fields.delete(field)
      else fields.set(field, value)
    }
  }
}

export function settledFields(tables: Tables, partition: number, chat: string): Map<string, Uint8Array> {
  const fields = new Map<string, Uint8Array>()
  const start = stateKey(partition, chat, '')
  const end = Buffer.concat([start, AFTER_ALL_FIELDS])
  for (const { key, value } of tables.states.getRange({ start, end })) fields.set(fieldOfKey(key), value)
  return fields
}

/** No field begins with a byte like this. */
const AFTER_ALL_FIELDS = Buffer.from([255])
