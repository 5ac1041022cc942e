import { Readable } from 'node:stream'
import RedisPersistence from 'aedes-persistence-redis/asyncPersistence.js'
import type { Cluster, Redis } from 'ioredis'
import type { Log } from '../../kit/log.ts'
import { parseTopic, WORK_FILTER } from '../../proto/topics.ts'
import type { AedesPersistence } from './aedes-persistence.ts'

interface ClientId {
  readonly id: string
}

interface Subscription {
  readonly topic: string
  readonly qos: number
}

export interface AedesPersistenceRedisParts {
  /** Its own; whoever opened it closes it. */
  readonly redis: Redis | Cluster
  /** What mailboxes answer. */
  readonly sessions: AedesPersistence
  /** Whether this client subscribes to the filter: Aedes also wants those stored that were refused. */
  readonly isGranted: (client: ClientId, filter: string) => boolean
  readonly log: Log
}

/**
 * Aedes' own persistence on Redis: aedes-persistence-redis, which keeps what open topics need (retained messages,
 * wills, incoming QoS 2, subscriptions). Sessions, PUBACKs and our own topics are the mailboxes' and cost it nothing;
 * its scan at the start, its broadcasts and its outgoing queue are left out (ADR 0015; traps 1-8, 11).
 */
export class AedesPersistenceRedis extends RedisPersistence {
  readonly #sessions: AedesPersistence
  readonly #isGranted: AedesPersistenceRedisParts['isGranted']
  readonly #log: Log

  constructor({ redis, sessions, isGranted, log }: AedesPersistenceRedisParts) {
    super({ conn: redis })
    this.#sessions = sessions
    this.#isGranted = isGranted
    this.#log = log
    // Sent by the scan alone: which clients have subscriptions, to load them all.
    redis.smembers = () => Promise.resolve([])
    handleFailures(redis)
  }

  override async setup({ id }: { readonly id: string }): Promise<void> {
    await super.setup(new LoneBroker(id))
  }

  override subscriptionsByClient(client: ClientId): Promise<Subscription[]> {
    return this.#sessions.subscriptionsByClient(client)
  }

  override async addSubscriptions(client: ClientId, subscriptions: readonly Subscription[]): Promise<void> {
    const open = subscriptions.filter(({ topic }) => this.#isOpenTo(client, topic))
    if (open.length > 0) await super.addSubscriptions(client, open)
  }

  override async removeSubscriptions(client: ClientId, filters: readonly string[]): Promise<void> {
    const open = filters.filter((filter) => this.#isOpenTo(client, filter))
    if (open.length > 0) await super.removeSubscriptions(client, open)
  }

  /** Without an answer there are none: Aedes does not expect this stream to fail, and the process would end. */
  override createRetainedStreamCombi(filters: readonly string[]): Readable {
    const open = filters.filter(isOpen)
    if (open.length === 0) return Readable.from([])
    const retained = Readable.from(super.createRetainedStreamCombi(open))
    return retained.on('error', (error) => this.#log.warn({ err: error }, 'retained.unavailable'))
  }

  // What a connect or its end would ask for. A clean session has nothing stored (it is refused to a registered
  // device), and the will of a connection is looked for by the broker's id, which its client does not have.
  override async cleanSubscriptions(): Promise<void> {}
  override async cleanIncoming(): Promise<void> {}
  override async delWill(client: ClientId & { readonly brokerId?: string }): Promise<object | null> {
    return client.brokerId === undefined ? null : super.delWill(client)
  }

  /** Wills of dead brokers. Nobody here hears of the others' heartbeats, so they would all seem dead. */
  override streamWill(): Readable {
    return Readable.from([])
  }

  // The outgoing queue: lanes own it.
  override outgoingStream(): Readable {
    return this.#sessions.outgoingStream()
  }
  override async outgoingEnqueue(): Promise<void> {}
  override async outgoingEnqueueCombi(): Promise<void> {}
  override async outgoingUpdate(): Promise<void> {}
  override async outgoingClearMessageId(): Promise<void> {}

  #isOpenTo(client: ClientId, filter: string): boolean {
    return isOpen(filter) && this.#isGranted(client, filter)
  }
}

/** Neither one of our own, nor one that its SUBSCRIBE names again: those are told apart by a NUL. */
function isOpen(filter: string): boolean {
  return parseTopic(filter) === undefined && filter !== WORK_FILTER && !filter.includes('\0')
}

/** It doesn't wait for some of its commands: failed ones would end the process. */
function handleFailures(redis: Redis | Cluster): void {
  const sendCommand = redis.sendCommand.bind(redis)
  redis.sendCommand = (...args: Parameters<Redis['sendCommand']>) => {
    const reply = sendCommand(...args)
    Promise.resolve(reply).catch(() => {})
    return reply
  }
}

interface Broadcast {
  readonly topic: string
  readonly payload: string
}

/**
 * The broker as the stock persistence sees it. That tells all brokers of each subscription, and all of them keep all;
 * here it hears only itself, and of filters without a QoS it keeps nothing.
 */
class LoneBroker {
  readonly id: string
  #listener: ((packet: Broadcast, done: () => void) => void) | undefined

  constructor(id: string) {
    this.id = id
  }

  subscribe(
    _filter: string,
    listener: (packet: Broadcast, done: () => void) => void,
    done: () => void,
  ): void {
    this.#listener = listener
    done()
  }

  publish({ topic, payload }: Broadcast, done: () => void): void {
    const { clientId, subs } = JSON.parse(payload) as { clientId: string; subs: Subscription[] }
    const filters = subs.map((subscription) => ({ topic: subscription.topic }))
    this.#listener?.({ topic, payload: JSON.stringify({ clientId, subs: filters }) }, done)
  }
}
