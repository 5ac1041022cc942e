import { chatBytesOf, partitionOfChat, partitionOfUser, type ChatId } from '../proto/ids.ts'
import { encodeEnvelope, type Envelope } from '../proto/server-codec.ts'
import type { Connection } from './connection.ts'
import type { Dispatch } from './dispatch.ts'
import { partitionMailbox, type Append, type MailboxStore } from './mailbox/store.ts'
import type { NodeMetrics } from './node-metrics.ts'

export interface IntakeParts {
  readonly store: MailboxStore
  readonly dispatch: Dispatch
  readonly metrics: NodeMetrics
  readonly clock: () => number
}

/** Between two tries to put publishes into a full partition. */
const FULL_RETRY_MS = 200

/** What devices publish, as envelopes in partitions' mailboxes: only brokers write these, so workers trust them. */
export class Intake {
  readonly #parts: IntakeParts

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
   * Stores the items, in order, and passes them on. A full partition holds them back, and with them the PUBACKs and
   * the connection's next publishes, until there is room or the connection is closed.
   *
   * @throws StoreUnavailable, ConnectionClosed: not all are stored
   */
  async append(items: readonly Append[], isClosed: () => boolean): Promise<void> {
    const { store, dispatch, metrics } = this.#parts
    for (let rest = items; ; ) {
      const outcomes = await store.append(rest)
      dispatch.appended(rest, outcomes)
      const isFull = outcomes.some(({ outcome }) => outcome === 'full')
      if (!isFull) return metrics.taken(items.length)
      rest = rest.filter((_, i) => outcomes[i]?.outcome === 'full')
      metrics.refusedFull(rest.length)
      await new Promise((resolve) => setTimeout(resolve, FULL_RETRY_MS))
      if (isClosed()) throw new ConnectionClosed('closed while a full partition held the publish back')
    }
  }
}

/** The connection went away before everything was stored: what is not must not be acknowledged. */
class ConnectionClosed extends Error {
  override readonly name = 'ConnectionClosed'
}
