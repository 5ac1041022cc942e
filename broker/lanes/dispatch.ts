import type { FeedEntry } from '../mailbox/feed.ts'
import type { Lanes } from './lanes.ts'
import type { Append, AppendOutcome, MailboxId } from '../mailbox/store.ts'
import type { LiveDelivery, Neighbours } from '../bus/neighbours.ts'

/** The reader of partitions' mailboxes at this node. */
export interface PartitionReader {
  tell(mailbox: MailboxId, entry: FeedEntry): void
}

/**
 * What was appended goes straight on, with the bytes in hand: to this node's lanes and partitions, and over the bus
 * to the nodes where the store says that readers are.
 */
export class Dispatch {
  readonly #lanes: Lanes
  readonly #partitions: PartitionReader
  readonly #neighbours: Neighbours

  constructor(lanes: Lanes, partitions: PartitionReader, neighbours: Neighbours) {
    this.#lanes = lanes
    this.#partitions = partitions
    this.#neighbours = neighbours
  }

  /** @param outcomes one per item, in order */
  readonly appended = (items: readonly Append[], outcomes: readonly AppendOutcome[]): void => {
    for (let i = 0; i < outcomes.length; i++) {
      const outcome = outcomes[i] as AppendOutcome
      const item = items[i] as Append
      if (outcome.outcome === 'stored') {
        const { bytes, only, except, mailbox } = item
        const entry = { position: outcome.position, bytes, only, except }
        this.told(mailbox, entry)
        if (outcome.nodes.length > 0) this.#neighbours.tell(outcome.nodes, mailbox, entry)
      } else if (outcome.outcome === 'superseded' && item.only !== undefined && item.key === undefined) {
        // For a device that is not registered. If it is connected all the same, it is a transient reader.
        this.live({ users: [userOf(item.mailbox)], entry: item.bytes, only: item.only })
      }
    }
  }

  /** An entry that was appended here or elsewhere, for this node's readers. */
  told(mailbox: MailboxId, entry: FeedEntry): void {
    if (mailbox.startsWith('u/')) this.#lanes.tell(mailbox, entry)
    else this.#partitions.tell(mailbox, entry)
  }

  /** To whoever is connected, here and at the other nodes. */
  live(delivery: LiveDelivery): void {
    this.liveHere(delivery)
    this.#neighbours.live(delivery)
  }

  liveHere({ users, entry, only, exceptUser, exceptDevice }: LiveDelivery): void {
    for (const user of users)
      this.#lanes.live(user, entry, { only, except: user === exceptUser ? exceptDevice : undefined })
  }
}

function userOf(mailbox: MailboxId): string {
  return mailbox.slice(2)
}
