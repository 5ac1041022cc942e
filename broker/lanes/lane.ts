import { encodeDown } from '../../proto/codec.ts'
import { isPatient } from '../../proto/down-entry.ts'
import { DOWN_FRAME_BYTES_MAX } from '../../proto/limits.ts'
import { userTopic } from '../../proto/topics.ts'
import type { Connection } from '../listeners/connection.ts'
import { Feed, type FeedEntry, type FeedReader } from '../mailbox/feed.ts'
import { marksOf, type ChatMark, type LaneFrame } from './lane-frame.ts'
import { userMailbox, type ChatGap, type MailboxId, type MailboxStore } from '../mailbox/store.ts'
import type { NodeLimits } from '../config.ts'
import type { NodeMetrics } from '../metrics.ts'
import { publishPacket } from './publish-packet.ts'
import type { Due, Turn } from '../../kit/turn.ts'

/** What all lanes of a node share. */
export interface LaneParts {
  readonly store: MailboxStore
  readonly turn: Turn
  readonly limits: NodeLimits
  readonly metrics: NodeMetrics
  /** Monotonic ms: durations must not depend on a clock that is set. */
  readonly uptime: () => number
  /** Where acknowledged frames go: their marks first, then the cursor. */
  readonly acknowledged: (lane: Lane, position: number, marks: readonly ChatMark[]) => void
  /** Lanes with something unfinished are looked at every few seconds. */
  readonly watch: (lane: Lane) => void
}

/** Entries that a lane keeps in memory at most, beside the limit in bytes. */
const QUEUE_ENTRIES_MAX = 4_096
const READ_RETRY_MS = 500
/** MQTT packet ids are 1 … 65535. */
const PACKET_IDS = 65_535
const NO_MARKS: readonly ChatMark[] = []

/**
 * Moves one user's mailbox to one connection, in order, within a window of frames and bytes (G2, G3, G5).
 *
 * | state | what happens to entries | left by |
 * | --- | --- | --- |
 * | attaching | told ones collect: the store is asked for epoch and cursor | `attached` |
 * | resting | none kept and none sent: before CONNACK, or unsubscribed | `open` |
 * | open | sent as the window allows | `rest`, `end` |
 * | closed | nothing: the connection is gone, or the lane does not own the reader any more | |
 *
 * A frame is one PUBLISH with one or many entries. PUBACKs may come in any order; the cursor moves over the longest
 * acknowledged prefix. Packet ids of this connection's QoS 1 packets have this one owner.
 *
 * DUP [MQTT-3.3.1-1]: a frame carries it when its entries were in an earlier frame of this device that this node knows
 * to be unacknowledged (`repeatUpTo`). After a crash or on another node nobody knows, and it stays 0: the receiver
 * drops repeats by (chat, seq) either way.
 */
export class Lane implements Due, FeedReader {
  readonly connection: Connection
  readonly mailbox: MailboxId
  isDue = false
  /** Set by the watch alone. */
  isWatched = false
  /** While attaching: connections with an older epoch than this were closed meanwhile. */
  oustedBelow = 0
  readonly #parts: LaneParts
  readonly #feed: Feed
  readonly #topic: string
  readonly #topicBytes: Uint8Array
  #state: 'attaching' | 'resting' | 'open' | 'closed' = 'attaching'
  #epoch = 0
  #qos: 0 | 1 = 1
  #flight: LaneFrame[] = []
  #flightBytes = 0
  #lastPacketId = 0
  #sentUpTo = 0
  #passedUpTo = 0
  #repeatUpTo = 0
  #isBlocked = false
  #patientSinceMs = 0
  #patience: NodeJS.Timeout | undefined
  #progressAtMs = 0
  #isWaiting = false

  constructor(parts: LaneParts, connection: Connection) {
    this.#parts = parts
    this.connection = connection
    this.mailbox = userMailbox(connection.user)
    this.#topic = userTopic(connection.user)
    this.#topicBytes = Buffer.from(this.#topic)
    const bytesMax = parts.limits.laneBytesMax
    this.#feed = new Feed(parts.store, this.mailbox, { entriesMax: QUEUE_ENTRIES_MAX, bytesMax }, this)
  }

  get device(): string {
    return this.connection.device
  }
  get isTransient(): boolean {
    return this.connection.transient
  }
  get epoch(): number {
    return this.#epoch
  }
  get isAttached(): boolean {
    return this.#state === 'resting' || this.#state === 'open'
  }
  /** The last position that was sent and not acknowledged; 0 if there is none. */
  get unacknowledgedUpTo(): number {
    return this.#flight.length > 0 ? this.#sentUpTo : 0
  }

  /**
   * The store has registered the reader. Also when it is registered anew after the store lost its memory: what is in
   * flight is sent again then.
   */
  attached(at: { epoch: number; cursor: number; head: number }, repeatUpTo: number): void {
    if (this.#state === 'closed') return
    if (this.#state === 'attaching') this.#state = 'resting'
    this.#epoch = at.epoch
    this.#flight = []
    this.#flightBytes = 0
    this.#passedUpTo = at.cursor
    this.#repeatUpTo = repeatUpTo
    this.#feed.start(at.cursor, at.head)
    this.#parts.turn.add(this)
  }

  /** Sends from here on. A transient reader begins with what comes now. */
  open(qos: 0 | 1): void {
    if (this.#state !== 'resting' && this.#state !== 'open') return
    if (this.isTransient && this.#state === 'resting') this.#feed.skipToHead()
    this.#state = 'open'
    this.#qos = qos
    this.#parts.turn.add(this)
  }

  rest(): void {
    if (this.#state === 'open') this.#state = 'resting'
  }

  end(): void {
    this.#state = 'closed'
    this.#waits(false)
    clearTimeout(this.#patience)
    this.#patience = undefined
  }

  tell(entry: FeedEntry): void {
    if (this.#state === 'closed') return
    this.#feed.tell(entry)
    this.#parts.turn.add(this)
  }

  headIs(head: number): void {
    this.#feed.headIs(head)
    this.#parts.turn.add(this)
  }

  /** An entry that no mailbox holds, at most once: dropped if the socket is busy. */
  live(entry: Uint8Array): void {
    if (this.#state !== 'open' || this.#isBlocked || !this.#isOwn()) return
    this.#write(publishPacket(this.#topicBytes, 0, false, [{ bytes: entry }], 1, entry.length))
  }

  /** A PUBACK. Unknown ids are ignored. */
  acknowledge(packetId: number): void {
    const flight = this.#flight
    // Ids are given in a row and the flight loses frames at its front only: the id says where the frame is.
    const i = (packetId - (flight[0]?.packetId ?? 0) + PACKET_IDS) % PACKET_IDS
    const acknowledged = flight[i]
    if (acknowledged?.packetId !== packetId) return
    acknowledged.isAcknowledged = true
    this.#progressAtMs = this.#parts.uptime()
    if (i > 0) return
    let marks = NO_MARKS
    let upTo = 0
    while (flight[0]?.isAcknowledged) {
      const frame = flight.shift() as LaneFrame
      this.#flightBytes -= frame.bytes
      upTo = frame.upTo
      marks = marks.length === 0 ? frame.marks : [...marks, ...frame.marks]
    }
    this.#pass(upTo, marks)
    this.#parts.turn.add(this)
  }

  flush(): void {
    // A lane at rest holds nothing: it reads when it opens.
    if (this.#state === 'resting') this.#feed.forget()
    if (this.#state !== 'open') return
    if (this.#feed.length > 0 && !this.#isOwn()) return
    while (this.#feed.length > 0 && this.#hasRoom && this.#isUrgent()) this.#sendFrame()
    if (this.#feed.length === 0 && this.#flight.length === 0 && this.#feed.passed > this.#passedUpTo)
      this.#pass(this.#feed.passed, NO_MARKS)
    if (this.#feed.needsRead) void this.#read()
    if (!this.isWatched && (this.#flight.length > 0 || this.#feed.length > 0)) this.#parts.watch(this)
  }

  broken(): void {
    this.connection.close('internal')
    this.end()
  }

  /**
   * Looks at what is unfinished; called every few seconds.
   *
   * @param idleMs how long without progress until the queue is given back: it can be read again
   * @returns false when nothing is unfinished any more
   */
  look(nowMs: number, idleMs: number): boolean {
    if (this.#state === 'closed') return false
    const waitedMs = nowMs - this.#progressAtMs
    if (this.#flight.length > 0 && waitedMs >= this.#parts.limits.ackTimeoutMs) {
      this.#parts.metrics.laneTimeout()
      this.connection.close('ack-timeout')
      return false
    }
    if (waitedMs >= idleMs && this.#feed.length > 0) this.#feed.forget()
    return this.#flight.length > 0 || this.#feed.length > 0
  }

  gapEntry(dropped: number, ofChat?: ChatGap): Uint8Array {
    this.#parts.metrics.laneGap()
    if (ofChat === undefined) return encodeDown({ gaps: [{ dropped }] })
    const { chat, firstSeq, lastSeq } = ofChat
    return encodeDown({ gaps: [{ dropped, chat, firstSeq, lastSeq }] })
  }

  get #hasRoom(): boolean {
    if (this.#isBlocked) return false
    const { laneFramesMax, laneBytesMax } = this.#parts.limits
    return this.#flight.length < laneFramesMax && this.#flightBytes < laneBytesMax
  }

  /** Whether the queue must leave now: it holds more than patient entries, or they have waited long enough. */
  #isUrgent(): boolean {
    const { patientMs } = this.#parts.limits
    for (let i = 0; i < this.#feed.length; i++)
      if (!isPatient(this.#feed.at(i).bytes)) {
        this.#patientSinceMs = 0
        return true
      }
    const now = this.#parts.uptime()
    if (this.#patientSinceMs === 0) this.#patientSinceMs = now
    const waitedMs = now - this.#patientSinceMs
    if (waitedMs >= patientMs) {
      this.#patientSinceMs = 0
      return true
    }
    this.#patience ??= setTimeout(() => {
      this.#patience = undefined
      this.#parts.turn.add(this)
    }, patientMs - waitedMs)
    return false
  }

  /** The next frame: as many entries as fit, so that a long backlog is few packets. */
  #sendFrame(): void {
    const feed = this.#feed
    const isRepeat = feed.at(0).position <= this.#repeatUpTo
    let count = 0
    let bytes = 0
    for (; count < feed.length; count++) {
      const entry = feed.at(count)
      const isTooMuch = bytes + entry.bytes.length > DOWN_FRAME_BYTES_MAX
      if (count > 0 && (isTooMuch || (isRepeat && entry.position > this.#repeatUpTo))) break
      bytes += entry.bytes.length
    }
    // An id that is in flight can't come up again: the window is much smaller than the 65,535 ids.
    const packetId = this.#qos === 1 ? (this.#lastPacketId % PACKET_IDS) + 1 : 0
    const packet = publishPacket(this.#topicBytes, packetId, isRepeat && packetId !== 0, feed, count, bytes)
    const marks = packetId === 0 ? NO_MARKS : marksOf(feed, count)
    feed.drop(count)
    this.#sentUpTo = feed.passed
    if (packetId !== 0) {
      this.#lastPacketId = packetId
      if (this.#flight.length === 0) this.#progressAtMs = this.#parts.uptime()
      this.#flight.push({ packetId, upTo: feed.passed, bytes, marks, isAcknowledged: false })
      this.#flightBytes += bytes
    }
    if (isRepeat) this.#parts.metrics.laneRepeat()
    this.#parts.metrics.laneFrame(count, packet.length)
    this.#write(packet)
  }

  /** The second check of G5: this lane's mailbox, its topic and its connection name one user. */
  #isOwn(): boolean {
    const { user } = this.connection
    const isOwn = this.#feed.mailbox === userMailbox(user) && this.#topic === userTopic(user)
    if (!isOwn) {
      this.connection.log.error({ mailbox: this.mailbox, topic: this.#topic }, 'lane.wrong-user')
      this.connection.close('wrong-user')
      this.end()
    }
    return isOwn
  }

  #write(packet: Uint8Array): void {
    if (this.connection.write(packet) || this.#isBlocked) return
    this.#isBlocked = true
    this.connection.onceDrained(() => {
      this.#isBlocked = false
      this.#parts.turn.add(this)
    })
  }

  #pass(position: number, marks: readonly ChatMark[]): void {
    this.#passedUpTo = Math.max(this.#passedUpTo, position)
    if (this.isTransient && marks.length === 0) return
    this.#parts.acknowledged(this, this.#passedUpTo, marks)
  }

  async #read(): Promise<void> {
    this.#parts.metrics.laneRead()
    try {
      await this.#feed.read()
      this.#waits(false)
      this.#parts.turn.add(this)
    } catch (error) {
      if (!this.#isWaiting)
        this.connection.log.warn({ err: error, mailbox: this.mailbox }, 'lane.read-failed')
      this.#waits(this.#state !== 'closed')
      setTimeout(() => this.#parts.turn.add(this), READ_RETRY_MS).unref()
    }
  }

  /** For the store, which does not give it its next entries. */
  #waits(isWaiting: boolean): void {
    if (isWaiting === this.#isWaiting) return
    this.#isWaiting = isWaiting
    this.#parts.metrics.laneWaits(isWaiting ? 1 : -1)
  }
}
