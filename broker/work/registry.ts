import type { Log } from '../../kit/log.ts'
import type { Neighbours } from '../bus/neighbours.ts'
import type { NodeLimits } from '../config.ts'
import { answerBy } from '../mailbox/answer.ts'
import type { MailboxStore, NodeRecord } from '../mailbox/store.ts'
import { shareOut, type Owner } from './share-out.ts'

export interface RegistryParts {
  readonly node: string
  readonly store: MailboxStore
  readonly limits: NodeLimits
  readonly log: Log
  readonly neighbours: Neighbours
  /** The workers that are connected here now. */
  readonly workers: () => readonly string[]
  /** An answer came that nobody waited for any more: partitions may have other owners. */
  readonly changedLate: () => void
}

/**
 * Which worker has which partition, by the registry of living nodes and their workers in the store. While its server is
 * away, the last registry that was seen holds, with the workers that are connected here now; an answer that is slow counts
 * when it comes, unless a later one was there before it.
 */
export class Registry {
  readonly #parts: RegistryParts
  #nodes: readonly NodeRecord[] = []
  #shared = ''
  #owners: readonly Owner[] = []
  #isFirst = false
  #asked = 0
  #seen = 0
  #hasFailed = false

  constructor(parts: RegistryParts) {
    this.#parts = parts
  }

  /** Undefined while there is no worker anywhere. */
  ownerOf(partition: number): Owner | undefined {
    return this.#owners[partition]
  }

  /** There is no worker anywhere, and this is the first of the nodes: it measures what waits. */
  get measuresAll(): boolean {
    return this.#owners.length === 0 && this.#isFirst
  }

  /** Says who is here, and hears who else is. Rejects if the store does not answer by then. */
  async announce(workers: readonly string[], patienceMs: number): Promise<void> {
    const { store, node, limits, changedLate } = this.#parts
    const number = ++this.#asked
    const nodes = await answerBy(
      () => store.announce(node, workers, limits.leaseTtlMs),
      patienceMs,
      (late) => {
        if (this.#see(number, late)) changedLate()
      },
    )
    this.#see(number, nodes)
  }

  /** The same, waited for only for a while; if the store does not answer, what was seen last holds. */
  async look(): Promise<void> {
    const { limits, log, workers } = this.#parts
    try {
      // No lease is to end because the registry's server does not answer.
      await this.announce(workers(), limits.renewMs)
      this.#hasFailed = false
    } catch (error) {
      if (!this.#hasFailed) log.warn({ err: error }, 'leases.store-failed')
      this.#hasFailed = true
      this.#share()
    }
  }

  #see(number: number, nodes: readonly NodeRecord[]): boolean {
    if (number < this.#seen) return false
    this.#seen = number
    this.#parts.neighbours.nodes = nodes.map((record) => record.node)
    this.#nodes = nodes
    this.#share()
    return true
  }

  #share(): void {
    const { node, workers } = this.#parts
    // What it says of this node may be old.
    const nodes = this.#nodes.map((record) => (record.node === node ? { node, workers: workers() } : record))
    const shared = JSON.stringify(nodes)
    if (shared === this.#shared) return
    this.#shared = shared
    this.#owners = shareOut(nodes)
    this.#isFirst = nodes[0]?.node === node
  }
}
