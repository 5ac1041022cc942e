import type { NodeRecord } from '../store.ts'

interface Place {
  readonly node: string
  readonly epoch: number
}

export interface Lease extends Place {
  /** By the monotonic clock. */
  untilMs: number
}

interface Attached {
  readonly readers: Map<string, Place>
  /** Transient readers by node and device: since when, one per connection. */
  readonly transients: Map<string, Map<string, number[]>>
  nodes: readonly string[]
}

const NOWHERE: readonly string[] = []

/**
 * Where readers are attached, who holds which lease, and which nodes live. Only in memory: the directory has one
 * owner, and when that is gone, so are all connections and leases. It grows with what is connected.
 */
export class Attachments {
  readonly #mailboxes = new Map<string, Attached>()
  readonly #leases = new Map<string, Lease>()
  readonly #living = new Map<string, { readonly workers: readonly string[]; readonly untilMs: number }>()

  /** Where readers of a mailbox are attached. The same array until that changes. */
  nodes(mailbox: string): readonly string[] {
    return this.#mailboxes.get(mailbox)?.nodes ?? NOWHERE
  }

  node(mailbox: string, reader: string): string | undefined {
    return this.#mailboxes.get(mailbox)?.readers.get(reader)?.node
  }

  hasTransient(mailbox: string): boolean {
    return (this.#mailboxes.get(mailbox)?.transients.size ?? 0) > 0
  }

  /** @returns where the reader was before */
  attach(mailbox: string, reader: string, place: Place): string | undefined {
    const before = this.node(mailbox, reader)
    this.#change(mailbox, ({ readers }) => readers.set(reader, place))
    return before
  }

  attachTransient(mailbox: string, device: string, node: string, atMs: number): void {
    this.#change(mailbox, ({ transients }) => {
      const devices = transients.get(node) ?? new Map<string, number[]>()
      devices.set(device, [...(devices.get(device) ?? []), atMs])
      transients.set(node, devices)
    })
  }

  /** Transient readers of a mailbox, each with its node and since when it is there. */
  transients(mailbox: string): { device: string; node: string; atMs: number }[] {
    const nodes = [...(this.#mailboxes.get(mailbox)?.transients ?? [])]
    return nodes.flatMap(([node, devices]) =>
      [...devices].map(([device, times]) => ({ device, node, atMs: times[0] as number })),
    )
  }

  detach(mailbox: string, reader: string, place: Place): void {
    const current = this.#mailboxes.get(mailbox)?.readers.get(reader)
    if (current?.node !== place.node || current.epoch !== place.epoch) return
    this.forget(mailbox, reader)
    this.#leases.delete(mailbox)
  }

  detachTransient(mailbox: string, device: string, node: string): void {
    this.#change(mailbox, ({ transients }) => {
      const devices = transients.get(node)
      const left = devices?.get(device)?.slice(1) ?? []
      if (left.length > 0) devices?.set(device, left)
      else devices?.delete(device)
      if (devices?.size === 0) transients.delete(node)
    })
  }

  /** The reader is gone, wherever it is attached. */
  forget(mailbox: string, reader: string): void {
    this.#change(mailbox, ({ readers }) => readers.delete(reader))
  }

  lease(mailbox: string): Lease | undefined {
    return this.#leases.get(mailbox)
  }

  setLease(mailbox: string, lease: Lease): void {
    this.#leases.set(mailbox, lease)
  }

  /** @param untilMs and nowMs by the monotonic clock */
  announce(node: string, workers: readonly string[], untilMs: number, nowMs: number): NodeRecord[] {
    this.#living.set(node, { workers: [...workers], untilMs })
    for (const [other, record] of this.#living) if (record.untilMs <= nowMs) this.withdraw(other)
    return [...this.#living]
      .map(([name, record]) => ({ node: name, workers: record.workers }))
      .toSorted((a, b) => (a.node < b.node ? -1 : 1))
  }

  /** The node is gone, and with it every reader and lease it had. */
  withdraw(node: string): void {
    if (!this.#living.delete(node)) return
    for (const [mailbox, lease] of this.#leases) if (lease.node === node) this.#leases.delete(mailbox)
    for (const mailbox of this.#mailboxes.keys()) {
      this.#change(mailbox, ({ readers, transients }) => {
        for (const [reader, place] of readers) if (place.node === node) readers.delete(reader)
        transients.delete(node)
      })
    }
  }

  #change(mailbox: string, change: (attached: Attached) => void): void {
    const attached = this.#mailboxes.get(mailbox) ?? {
      readers: new Map(),
      transients: new Map(),
      nodes: NOWHERE,
    }
    change(attached)
    attached.nodes = [
      ...new Set([
        ...[...attached.readers.values()].map((place) => place.node),
        ...attached.transients.keys(),
      ]),
    ]
    if (attached.nodes.length > 0) this.#mailboxes.set(mailbox, attached)
    else this.#mailboxes.delete(mailbox)
  }
}
