import { TrustedClock } from '../kit/clock.ts'
import type { Log } from '../kit/log.ts'
import { isChatField } from '../proto/codec.ts'
import { chatBytesOf, partitionOfChat } from '../proto/ids.ts'
import type { Envelope } from '../proto/server-codec.ts'
import { userTopic, WORK_FILTER, type Topic } from '../proto/topics.ts'
import type { Delivery } from './engine/delivery.ts'
import type { Publish } from './ingest/publish.ts'
import type { Bus } from './bus/bus.ts'
import type { Connection } from './listeners/connection.ts'
import { Dispatch } from './lanes/dispatch.ts'
import { Fanouts } from './work/fanout.ts'
import { Intake, type ChatPublish } from './ingest/intake.ts'
import { Lanes } from './lanes/lanes.ts'
import { type Append, type AppendOutcome, type MailboxStore } from './mailbox/store.ts'
import { Marks } from './lanes/marks.ts'
import { Neighbours } from './bus/neighbours.ts'
import type { NodeLimits } from './config.ts'
import type { NodeMetrics } from './metrics.ts'
import { Partitions } from './work/partitions.ts'
import type { Unserved } from './work/unserved.ts'
import { Requests } from './ingest/requests.ts'
import { Sessions, type AttachResult } from './sessions/sessions.ts'
import { Sweeper } from './mailbox/sweeper.ts'
import { Turn } from '../kit/turn.ts'
import { WorkLane } from './work/work-lane.ts'

export interface NodeParts {
  /** Random for each process: names this node in the store and on the bus. */
  readonly id: string
  readonly store: MailboxStore
  readonly bus: Bus
  readonly limits: NodeLimits
  readonly log: Log
  readonly metrics: NodeMetrics
  /** Unix ms: for what people see, and what others have dated. */
  readonly clock?: () => number
}

/** This process as its connections see it: publishes into mailboxes, mailboxes onto lanes, partitions to workers. */
export class Node implements Delivery {
  readonly #parts: NodeParts & { readonly clock: () => number; readonly uptime: () => number }
  readonly #turn: Turn
  readonly #lanes: Lanes
  readonly #neighbours: Neighbours
  readonly #partitions: Partitions
  readonly #dispatch: Dispatch
  readonly #marks: Marks
  readonly #intake: Intake
  readonly #sessions: Sessions
  readonly #requests: Requests
  readonly #fanouts: Fanouts
  readonly #sweeper: Sweeper
  readonly #workLanes = new Map<Connection, WorkLane>()

  constructor(parts: NodeParts) {
    const turn = new Turn((error) => parts.log.error({ err: error }, 'flush.failed'))
    this.#turn = turn
    const { clock = new TrustedClock().shown } = parts
    const uptime = (): number => performance.now()
    const shared = { ...parts, clock, uptime, turn, node: parts.id }
    this.#parts = shared
    this.#lanes = new Lanes(parts.store, uptime, parts.log)
    this.#neighbours = new Neighbours(parts.id, shared)
    const dispatch = (items: readonly Append[], outcomes: readonly AppendOutcome[]): void =>
      this.#dispatch.appended(items, outcomes)
    const untold = this.untold.bind(this)
    this.#partitions = new Partitions({ ...shared, dispatch, untold, neighbours: this.#neighbours })
    this.#dispatch = new Dispatch(this.#lanes, this.#partitions, this.#neighbours)
    this.#marks = new Marks({ ...shared, dispatch })
    this.#intake = new Intake({ ...shared, dispatch: this.#dispatch })
    const laneParts = {
      ...shared,
      acknowledged: this.#marks.acknowledged.bind(this.#marks),
      watch: this.#lanes.watch.bind(this.#lanes),
    }
    const own = { lanes: this.#lanes, intake: this.#intake, neighbours: this.#neighbours }
    this.#sessions = new Sessions({ ...shared, ...own, laneParts })
    const sessions = this.#sessions
    this.#requests = new Requests({
      ...shared,
      intake: this.#intake,
      removed: sessions.removed.bind(sessions),
      closeAll: (user, nodes, reason) => {
        this.#ousted(user, reason)
        return sessions.closeAll(user, nodes, reason)
      },
    })
    const ways = { partitions: this.#partitions, dispatch: this.#dispatch, untold }
    const { commitPatienceMs: patienceMs, storeAnswerMs: answerMs } = parts.limits
    this.#fanouts = new Fanouts({ ...shared, ...ways, patienceMs, answerMs })
    this.#sweeper = new Sweeper(shared)
  }

  /** Entries were stored that nobody was told of: all lanes look, everywhere. */
  untold(): void {
    this.#neighbours.compare()
    this.#lanes.compareAll()
  }

  /** Announces the node; leases, renewals and sweeps go on in the background. Rejects if the store does not answer. */
  async start(): Promise<void> {
    await this.#neighbours.start({
      told: (mailbox, entry) => this.#dispatch.told(mailbox, entry),
      live: (delivery) => this.#dispatch.liveHere(delivery),
      ousted: (user, device, belowEpoch, reason) =>
        device === '' ? this.#ousted(user, reason) : this.#lanes.oust(user, device, belowEpoch, reason),
      typing: (envelope) => this.#typingFromNeighbour(envelope),
      look: () => this.#partitions.look(),
      compare: () => this.#lanes.compareAll(),
      interrupted: () => {
        this.#lanes.compareAll()
        this.#partitions.look()
      },
    })
    await this.#partitions.start()
    this.#sweeper.start()
  }

  /** Partitions of this node's share whose entries don't get on. */
  get unserved(): Unserved {
    return this.#partitions.unserved
  }

  /** Gives the leases to other nodes, after what is at the workers is committed or `waitMs` have passed. */
  async drain(waitMs: number): Promise<void> {
    await this.#partitions.drain(waitMs)
  }

  /** Leaves the registry. Call `drain` and close the connections before. Rejects if the store does not answer. */
  async stop(): Promise<void> {
    this.#sweeper.stop()
    this.#lanes.stop()
    await this.#marks.stop()
    await this.#sessions.stop()
    await this.#partitions.drain(0)
    await this.#parts.store.withdraw(this.#parts.id)
  }

  /**
   * The store is another one than before (restarted from older data, a replica promoted): no remembered position can
   * be trusted, so every lane and lease is asked for again.
   */
  async reattach(): Promise<void> {
    this.#partitions.reattach()
    await this.#sessions.reattach()
  }

  async attach(connection: Connection): Promise<AttachResult> {
    return connection.role === 'worker' ? this.#admitWorker(connection) : this.#sessions.attach(connection)
  }

  ready(connection: Connection): void {
    if (!connection.transient) this.#sessions.lane(connection)?.open(1)
  }

  subscribe(connection: Connection, filter: string, qos: 0 | 1 | 2): 0 | 1 | 128 {
    if (connection.role === 'worker') return filter === WORK_FILTER ? this.#joinGroup(connection) : 128
    const lane = this.#sessions.lane(connection)
    if (lane === undefined || filter !== userTopic(connection.user)) return 128
    // A durable session's entries wait for PUBACKs: at QoS 0 they would be lost in silence.
    if (qos === 0 && !connection.transient) return 128
    const granted = qos === 0 ? 0 : 1
    lane.open(granted)
    return granted
  }

  unsubscribe(connection: Connection, filter: string): void {
    if (connection.role === 'worker' && filter === WORK_FILTER) this.#leaveGroup(connection)
    if (filter === userTopic(connection.user)) this.#sessions.lane(connection)?.rest()
  }

  acknowledge(connection: Connection, packetId: number): void {
    this.#sessions.lane(connection)?.acknowledge(packetId)
  }

  ping(connection: Connection): void {
    const lane = this.#sessions.lane(connection)
    if (lane === undefined) return
    this.#lanes
      .compare(lane)
      .catch((error: unknown) => connection.log.warn({ err: error }, 'lane.compare-failed'))
  }

  release(connection: Connection): void {
    this.#leaveGroup(connection)
    this.#sessions.release(connection)
  }

  async take(connection: Connection, publishes: readonly Publish[]): Promise<void> {
    const toChats: ChatPublish[] = []
    for (const { topic, payload } of publishes) {
      switch (topic.kind) {
        case 'chat':
          toChats.push({ chat: topic.chat, up: payload })
          break
        case 'request':
          await this.#requests.take(connection, payload)
          break
        case 'fanout':
          await this.#fanouts.take(this.#workLane(connection), payload)
          break
        case 'user':
        case 'work':
          throw new Error('only brokers publish here')
      }
    }
    if (toChats.length === 0) return
    await this.#intake.append(this.#intake.ofChats(connection, toChats), connection, toChats.length)
  }

  takeEphemeral(connection: Connection, topic: Topic, payload: Uint8Array): void {
    if (topic.kind === 'chat') {
      const chat = chatBytesOf(topic.chat)
      const envelope = this.#intake.envelope(connection, { chat, up: payload })
      this.#partitions.typing(partitionOfChat(topic.chat), envelope)
    } else if (topic.kind === 'fanout') {
      try {
        this.#fanouts.takeEphemeral(payload)
      } catch (error) {
        connection.log.error({ err: error }, 'fanout.malformed')
      }
    }
  }

  /** A worker has nothing to attach, but may be locked out. */
  async #admitWorker(connection: Connection): Promise<AttachResult> {
    // Known before the store is asked: a lock that comes meanwhile finds it.
    this.#workLane(connection)
    try {
      const bar = await this.#parts.store.barred(connection.user, connection.tokenIssuedAtMs)
      return bar === undefined ? { outcome: 'attached', sessionPresent: false } : { outcome: bar }
    } catch (error) {
      connection.log.warn({ err: error }, 'attach.failed')
      return { outcome: 'unavailable' }
    }
  }

  /** All of a user's connections are to be closed, a worker's too. */
  #ousted(user: string, reason: string): void {
    if (reason === 'tokens-ended') this.#endFuture(user)
    this.#lanes.ousted(user, reason)
    for (const connection of this.#workLanes.keys()) if (connection.user === user) connection.close(reason)
  }

  /**
   * Whoever made tokens may have a clock that is ahead: of those that were let in here, some may be dated behind the end
   * of all up to now. They end with it.
   */
  #endFuture(user: string): void {
    const own = [...this.#workLanes.keys()].filter((connection) => connection.user === user)
    const all = [...own, ...this.#lanes.of(user).map(({ connection }) => connection)]
    const latestMs = Math.max(0, ...all.map(({ tokenIssuedAtMs = 0 }) => tokenIssuedAtMs))
    if (latestMs <= this.#parts.clock()) return
    this.#parts.store
      .bar(user, { tokensUpToMs: latestMs })
      .catch((error: unknown) => this.#parts.log.warn({ err: error }, 'tokens.end-failed'))
  }

  #workLane(connection: Connection): WorkLane {
    let lane = this.#workLanes.get(connection)
    if (lane === undefined) {
      lane = new WorkLane(connection, { ...this.#parts, turn: this.#turn })
      this.#workLanes.set(connection, lane)
    }
    return lane
  }

  /** Work frames are QoS 0: the commits are their acknowledgement. */
  #joinGroup(connection: Connection): 0 {
    this.#partitions.join(this.#workLane(connection))
    return 0
  }

  #leaveGroup(connection: Connection): void {
    const lane = this.#workLanes.get(connection)
    if (lane === undefined) return
    this.#workLanes.delete(connection)
    this.#partitions.leave(lane)
  }

  #typingFromNeighbour(envelope: Envelope): void {
    const { chat } = envelope
    if (isChatField(chat)) this.#partitions.typingHere(chat[chat.length - 1] as number, envelope)
  }
}
