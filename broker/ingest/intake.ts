import { OperationalError } from '../../kit/operational-error.ts'
import { chatBytesOf, partitionOfChat, partitionOfUser, type ChatId } from '../../proto/ids.ts'
import { encodeEnvelope, type Envelope } from '../../proto/server-codec.ts'
import type { Connection } from '../listeners/connection.ts'
import type { Dispatch } from '../lanes/dispatch.ts'
import { HeldAppends, type Sender } from './held-appends.ts'
import { partitionMailbox, type Append, type AppendOutcome, type MailboxStore } from '../mailbox/store.ts'
import type { NodeMetrics } from '../metrics.ts'

export interface IntakeParts {
  readonly store: MailboxStore
  readonly dispatch: Dispatch
  readonly metrics: NodeMetrics
  readonly clock: () => number
}

/** What a device published on a chat's topic. */
export interface ChatPublish {
  readonly chat: ChatId
  readonly up: Uint8Array
}

/**
 * Ups share an envelope up to so many, and so many bytes: a worker carries an envelope out whole or not at all, so what
 * comes of it must fit into one Fanout whatever they are, behind what stands in there already; and a bad one takes
 * those with it.
 */
export const SHARED_UPS_MAX = 32
const SHARED_BYTES_MAX = 4 * 1024

/** What devices publish, as envelopes in partitions' mailboxes: only brokers write these, so workers trust them. */
export class Intake {
  readonly #parts: IntakeParts
  readonly #held = new HeldAppends((items) => this.#store(items))

  constructor(parts: IntakeParts) {
    this.#parts = parts
  }

  envelope(connection: Connection, what: Omit<Envelope, 'user' | 'device' | 'atMs'>): Envelope {
    const { user, device, role, transient } = connection
    return { user, device, atMs: this.#parts.clock(), admin: role === 'admin', transient, ...what }
  }

  /** Ups for chats, which the broker does not look into. Consecutive ones for a chat share an envelope. */
  ofChats(connection: Connection, publishes: readonly ChatPublish[]): Append[] {
    const items: Append[] = []
    for (let at = 0; at < publishes.length; ) {
      const { chat, up } = publishes[at] as ChatPublish
      let bytes = up.length
      let next = at + 1
      for (; next < publishes.length && next - at < SHARED_UPS_MAX; next++) {
        const { chat: nextChat, up: nextUp } = publishes[next] as ChatPublish
        bytes += nextUp.length
        if (nextChat !== chat || bytes > SHARED_BYTES_MAX) break
      }
      const moreUps = publishes.slice(at + 1, next).map((publish) => publish.up)
      items.push({
        mailbox: partitionMailbox(partitionOfChat(chat)),
        bytes: encodeEnvelope(this.envelope(connection, { chat: chatBytesOf(chat), up, moreUps })),
      })
      at = next
    }
    return items
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
   * @param publishes how many they were on the wire
   * @throws StoreUnavailable, ConnectionClosed: not all are stored
   */
  async append(items: readonly Append[], sender: Sender, publishes = items.length): Promise<void> {
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
    metrics.taken(publishes)
  }

  async #store(items: readonly Append[]): Promise<AppendOutcome[]> {
    const outcomes = await this.#parts.store.append(items)
    this.#parts.dispatch.appended(items, outcomes)
    if (outcomes.some(({ outcome }) => outcome === 'broken'))
      throw new OperationalError('mailbox-broken', 'the partition can not be written to', {
        retryable: false,
      })
    return outcomes
  }
}
