import { Readable } from 'node:stream'
import { parseClientId, userTopic } from '../../proto/topics.ts'

/** What Aedes' connect pipeline calls a client: only its id is there. */
interface ClientId {
  readonly id: string
}

interface StoredSubscription {
  readonly topic: string
  readonly qos: 0 | 1
}

/**
 * The persistence that Aedes asks about sessions. Mailboxes keep what sessions need, so it holds nothing: it answers
 * whether there is a session, and is empty otherwise (traps 1–5, 7, 8, 11).
 */
export class AedesPersistence {
  readonly #present = new Set<string>()

  /**
   * The next connect of this client id has a session. Call it right before Aedes' authenticate callback: Aedes asks
   * `subscriptionsByClient` in the same turn, so no other connection of the id can come between.
   */
  markPresent(clientId: string): void {
    this.#present.add(clientId)
  }

  /** Session present is what CONNACK says if this is not empty. The hook for restored filters then skips them. */
  async subscriptionsByClient({ id }: ClientId): Promise<StoredSubscription[]> {
    const client = this.#present.delete(id) ? parseClientId(id) : undefined
    return client ? [{ topic: userTopic(client.user), qos: 1 }] : []
  }

  outgoingStream(): Readable {
    return Readable.from([])
  }
  /** Retained messages: there are none, and Aedes would give them packet ids of its own. */
  createRetainedStreamCombi(): Readable {
    return Readable.from([])
  }
  streamWill(): Readable {
    return Readable.from([])
  }

  async setup(): Promise<void> {}
  async addSubscriptions(): Promise<void> {}
  async removeSubscriptions(): Promise<void> {}
  async cleanSubscriptions(): Promise<void> {}
  async cleanIncoming(): Promise<void> {}
  async delWill(): Promise<void> {}
}
