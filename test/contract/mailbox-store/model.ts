import type { Append } from '../../../broker/mailbox/store.ts'

interface ModelEntry {
  readonly position: number
  readonly content: string
  readonly key?: string
  readonly version: number
  readonly only?: string
}

interface ModelDevice {
  cursor: number
  epoch: number
  readonly epochs: number[]
}

/** What a user's mailbox should be, written as plainly as possible: a list, searched and filtered. */
export class ModelMailbox {
  entries: ModelEntry[] = []
  readonly devices = new Map<string, ModelDevice>()
  head = 0
  droppedUpTo = 0
  readonly #entriesMax: number

  constructor(entriesMax: number) {
    this.#entriesMax = entriesMax
  }

  /** @returns the position, or undefined where the store says superseded */
  append(item: Append, content: string): number | undefined {
    const { key, version = 0, only, except } = item
    if (only !== undefined && !this.devices.has(only)) return undefined
    if (only === undefined && except !== undefined && this.devices.size === 1 && this.devices.has(except))
      return undefined
    if (key !== undefined && this.entries.some((held) => held.key === key && held.version >= version))
      return undefined
    this.entries = this.entries.filter((held) => key === undefined || held.key !== key)
    this.head++
    const entry = { position: this.head, content, version }
    this.entries.push({
      ...entry,
      ...(key === undefined ? {} : { key }),
      ...(only === undefined ? {} : { only }),
    })
    while (this.entries.length > this.#entriesMax) {
      this.droppedUpTo = (this.entries.shift() as ModelEntry).position
    }
    return this.head
  }

  /** A user's first device starts at the oldest entry: any cursor between what was dropped and that entry will do. */
  attach(device: string): { isNew: boolean; cursorMin: number; cursorMax: number } {
    const known = this.devices.get(device)
    if (known !== undefined) return { isNew: false, cursorMin: known.cursor, cursorMax: known.cursor }
    if (this.devices.size > 0) return { isNew: true, cursorMin: this.head, cursorMax: this.head }
    const oldest = this.entries[0]?.position ?? this.head + 1
    return { isNew: true, cursorMin: this.droppedUpTo, cursorMax: oldest - 1 }
  }

  attached(device: string, cursor: number, epoch: number): void {
    const known = this.devices.get(device)
    if (known === undefined) this.devices.set(device, { cursor, epoch, epochs: [epoch] })
    else {
      known.epoch = epoch
      known.epochs.push(epoch)
    }
  }

  advance(device: string, epoch: number, position: number): boolean {
    const known = this.devices.get(device)
    if (known === undefined || known.epoch > epoch) return false
    known.cursor = Math.max(known.cursor, Math.min(position, this.head))
    this.#clean(device, known.cursor)
    return true
  }

  remove(device: string): boolean {
    const known = this.devices.has(device)
    this.devices.delete(device)
    if (known) this.#clean(device, this.head)
    return known
  }

  discard(position: number): boolean {
    const before = this.entries.length
    this.entries = this.entries.filter((held) => held.position !== position)
    return this.entries.length < before
  }

  #clean(device: string, passed: number): void {
    const cursors = [...this.devices.values()].map((known) => known.cursor)
    const all = cursors.length === 0 ? 0 : Math.min(...cursors)
    this.entries = this.entries.filter(
      (held) => held.position > all && !(held.only === device && held.position <= passed),
    )
  }
}
