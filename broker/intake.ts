import { chatBytesOf, partitionOfChat, partitionOfUser, type ChatId } from '../proto/ids.ts'
import { encodeEnvelope, type Envelope } from '../proto/server-codec.ts'
import type { Connection } from './connection.ts'
import type { Dispatch } from './dispatch.ts'
import { HeldAppends, type Sender } from './held-appends.ts'
import { partitionMailbox, type Append, type AppendOutcome, type MailboxStore } from './mailbox/store.ts'
import type { NodeMetrics } from './node-metrics.ts'

export interface IntakeParts {
  readonly store: MailboxStore
  readonly dispatch: Dispatch
  readonly metrics: NodeMetrics
  readonly clock: () => number
}

/** What devices publish, as envelopes in partitions' mailboxes: only brokers write these, so workers trust them. */
export class Intake {
  readonly #parts: IntakeParts
  readonly #held = new HeldAppends((items) => this.#store(items))

  constructor(parts: IntakeParts) {
    this.#parts = parts
  }

  envelope(connection: Connection, what: Omit<Envelope, 'user' | 'device' | 'atMs'>): Envelope {
    const { user, device, role } = connection
    return { user, device, atMs: this.#parts.clock(), admin: role === 'admin', ...what }
  }

  /** For a chat: an Up that the broker does not look into. */
  ofChat(connection: Connection, chat: ChatId, up: Uint8Array): Append {
    return {
      mailbox: partitionMailbox(partitionOfChat(chat)),
      bytes: encodeEnvelope(this.envelope(connection, { chat: chatBytesOf(chat), up })),
    }
  }

  /** For a worker to answer, or to know about. */
  ofUser(connection: Connection, what: Pick<Envelope, 'request' | 'connected'>): Append {
    return {
      mailbox: partitionMailbox(partitionOfUser(connection.user)),
      bytes: encodeEnvelope(this.envelope(connection, what)),
    }
  }

  /**
   * Stores the items, in order, and passes them on; all are for one mailbox. A full partition holds them back, and
   * with them the PUBACKs and the connection's next publishes, until there is room or the connection is closed.
   *
   * @throws StoreUnavailable, ConnectionClosed: not all are stored
   */
  async append(items: readonly Append[], sender: Sender): Promise<void> {
    const { metrics } = this.#parts
    const mailbox = items[0]?.mailbox ?? ''
    let left = items
    if (!this.#held.isHolding(mailbox)) {
      const outcomes = await this.#store(items)
      left = items.filter((_, i) => outcomes[i]?.outcome === 'full')
    }
    if (left.length > 0) {
      metrics.refusedFull(left.length)
      await this.#held.hold(mailbox, left, sender)
    }
    metrics.taken(items.length)
  }

  async #store(items: readonly Append[]): Promise<AppendOutcome[]> {
    const outcomes = await this.#parts.store.append(items)
    this.#parts.dispatch.appended(items, outcomes)
    return outcomes
  }
}
