import { connect, type IClientOptions, type MqttClient } from 'mqtt'
import type { Log } from '../../kit/log.ts'
import '../../kit/packet-ids.ts'
import type { DeviceId } from '../../proto/ids.ts'
import { encodeFanout } from '../../proto/server-codec.ts'
import { FANOUT_TOPIC, WORK_FILTER, WORK_TOPIC } from '../../proto/topics.ts'
import { Backoff } from '../../kit/backoff.ts'
import type { DirectoryCopy } from './copy/copy.ts'
import { credentials, type TokenSource } from './token.ts'
import type { FanoutBuilder } from './fanout-builder.ts'
import type { Partition } from './partition.ts'
import type { WorkLoop } from './work-loop.ts'
import type { WorkerMetrics } from '../metrics.ts'

/**
 * Fanouts without PUBACK. At the limit the next Work frame waits. Brokers ask for two at a time, but PUBACKs come in
 * order, and one may wait seconds for a server of their store while the others' commits are decided behind it.
 */
const FANOUTS_IN_FLIGHT_MAX = 10_000
/** Work frames that wait. Brokers keep two with batches outstanding; more than this closes the connection. */
const FRAMES_WAITING_MAX = 1_000
const KEEP_ALIVE_S = 30
const CONNECT_TIMEOUT_MS = 10_000
const NOTHING = Buffer.from(encodeFanout({ audiences: [], commits: [], ephemeral: [] }))
/** Between two looks at what the copy has to say to brokers, and whether it is due, while something waits. */
const IDLE_MS = 1_000

export interface LinkParts {
  /** Opens a connection to a broker; throws, or emits what goes wrong later. */
  readonly open: (options: IClientOptions) => MqttClient
  readonly token: TokenSource
  readonly name: DeviceId
  readonly loop: WorkLoop
  readonly copy: DirectoryCopy
  readonly canCopy: () => boolean
  readonly metrics: WorkerMetrics
  readonly log: Log
}

/**
 * The worker's connection to a broker: Work frames in, one at a time, Fanouts out.
 *
 * | state | what it does | left by |
 * | --- | --- | --- |
 * | waiting | backs off | its timer |
 * | connecting | CONNECT, SUBSCRIBE | the SUBACK, or a failure |
 * | working | carries out frames in the order in which they came | the connection's end |
 * | stopped | nothing | |
 *
 * A connection's end ends everything that was under way: the broker gives the partitions to somebody under new epochs.
 */
export class Link {
  readonly #parts: LinkParts
  readonly #backoff = new Backoff(100, 5_000)
  #session: Session | undefined
  #retry: NodeJS.Timeout | undefined
  #stopped: Promise<boolean> | undefined

  constructor(parts: LinkParts) {
    this.#parts = parts
  }

  /** Whether a broker may send Work. */
  get isWorking(): boolean {
    return this.#session?.isWorking === true
  }

  /** Connects, and again whenever the connection ends, until `stop`. */
  start(): void {
    if (this.#stopped !== undefined) return
    const { log, metrics, loop } = this.#parts
    const ended = (reason: unknown): void => {
      this.#session = undefined
      metrics.connected.set(0)
      loop.forgetAll()
      if (this.#stopped !== undefined) return
      const waitMs = this.#backoff.next()
      log.warn({ reason: reason instanceof Error ? reason.message : String(reason), waitMs }, 'link.ended')
      this.#retry = setTimeout(() => this.start(), waitMs)
    }
    try {
      this.#session = new Session(this.#parts, ended, () => this.#backoff.reset())
    } catch (error) {
      ended(error)
    }
  }

  /** Finishes what is under way, at most for `timeoutMs`, and disconnects. Idempotent. @returns whether it finished */
  stop(timeoutMs: number): Promise<boolean> {
    clearTimeout(this.#retry)
    this.#stopped ??= this.#session?.stop(timeoutMs) ?? Promise.resolve(true)
    return this.#stopped
  }
}

/** Connections over a network. @param url of a broker; `mqtt:` or `mqtts:` */
export function connecting(url: string): LinkParts['open'] {
  return (options) => connect(url, options)
}

/** One connection. */
class Session {
  readonly #parts: LinkParts
  readonly #client: MqttClient
  readonly #ended: (reason: unknown) => void
  /**
   * What has come, in its order: Work frames, and of Fanouts that have their PUBACK the partitions. What was refused is
   * told in front of the PUBACK, and must be forgotten by then.
   */
  readonly #arrived: (Uint8Array | readonly Partition[])[] = []
  #framesWaiting = 0
  #idle: NodeJS.Timeout | undefined
  #isSubscribed = false
  /** Of the SUBACK: a broker may answer pings all the while. */
  #deadline: NodeJS.Timeout | undefined
  #isBusy = false
  #isLeaving = false
  #isEnded = false
  #inFlight = 0
  /** Called when something has settled: the frame that waits for room, and stop. */
  #waiting: (() => void)[] = []

  /** @param ended called once, with why */
  constructor(parts: LinkParts, ended: (reason: unknown) => void, working: () => void) {
    this.#parts = parts
    this.#ended = ended
    const { user, token, clientId } = credentials(parts.token, parts.name)
    this.#client = parts.open({
      protocolVersion: 4,
      clean: true,
      clientId,
      username: user,
      password: token,
      keepalive: KEEP_ALIVE_S,
      connectTimeout: CONNECT_TIMEOUT_MS,
      reconnectPeriod: 0,
      resubscribe: false,
    })
    this.#client.on('connect', () => {
      const { stream } = this.#client
      if ('setNoDelay' in stream && typeof stream.setNoDelay === 'function') stream.setNoDelay(true)
      this.#deadline = setTimeout(() => this.#end(new Error('no SUBACK in time')), CONNECT_TIMEOUT_MS)
      this.#client.subscribe(WORK_FILTER, { qos: 0 }, (error, granted) => {
        if (error) return this.#end(error)
        if (granted?.some(({ qos }) => qos > 2))
          return this.#end(new Error('the broker refused the subscription'))
        clearTimeout(this.#deadline)
        this.#isSubscribed = true
        working()
        parts.metrics.connected.set(1)
        parts.log.info({ clientId }, 'link.working')
      })
    })
    this.#client.on('message', (topic, payload) => {
      if (topic !== WORK_TOPIC) return
      if (++this.#framesWaiting > FRAMES_WAITING_MAX) this.#end(new Error('too many Work frames wait'))
      else this.#take(payload)
    })
    this.#client.on('error', (error) => this.#end(error))
    this.#client.on('close', () => this.#end(new Error('the connection closed')))
  }

  get isWorking(): boolean {
    return this.#isSubscribed && !this.#isEnded
  }

  /** A look soon after something has happened, and on as long as something waits. */
  #watch(): void {
    if (this.#isEnded) return
    this.#idle ??= setTimeout(() => {
      this.#idle = undefined
      this.#sendIdle()
      if (!this.#parts.loop.isAtRest) this.#watch()
    }, IDLE_MS)
  }

  /** Commits what the copy has to say, for partitions that have no batch under way. */
  #sendIdle(): void {
    if (this.#isLeaving) return
    const { loop, copy, canCopy } = this.#parts
    copy.poke(this.#answered)
    this.#look()
    if (!this.isWorking || this.#isBusy || this.#inFlight > 0) return
    loop.settled()
    const mayAsk = canCopy()
    const waiting = [...loop.partitions].filter((partition) => loop.isWaiting(partition, mayAsk))
    for (
      let fanout: FanoutBuilder | undefined = loop.idle(waiting);
      fanout !== undefined;
      fanout = fanout.next
    )
      if (!fanout.isEmpty) this.#publish(fanout)
  }

  /** Goes on with what waits for the directory, if that has answered. */
  #look(): void {
    void this.#parts.loop.lookAtParked()?.then(() => this.#sendIdle())
  }

  /**
   * Copies what can be copied, answers what came, and disconnects; after `timeoutMs` in any case.
   * @returns whether it came to that
   */
  async stop(timeoutMs: number): Promise<boolean> {
    let deadline: NodeJS.Timeout | undefined
    const late = new Promise<false>((resolve) => {
      deadline = setTimeout(() => resolve(false), timeoutMs)
    })
    const finished = this.#finish().then(
      () => true,
      (error: unknown) => {
        this.#parts.log.warn({ err: error }, 'link.stop-failed')
        return false
      },
    )
    const isFinished = await Promise.race([finished, late])
    clearTimeout(deadline)
    this.#end(new Error('stopped'))
    return isFinished
  }

  async #finish(): Promise<void> {
    if (!this.isWorking) return
    await this.#parts.copy.flush(this.#answered)
    this.#sendIdle()
    // From here on the broker gives the partitions to others, and does not say which commits came too late.
    this.#isLeaving = true
    this.#client.unsubscribe(WORK_FILTER)
    while (!this.#isEnded && (this.#isBusy || this.#inFlight > 0)) await this.#change()
    if (!this.#isEnded) await this.#client.endAsync()
  }

  #take(arrival: Uint8Array | readonly Partition[]): void {
    this.#arrived.push(arrival)
    if (!this.#isBusy) void this.#work()
  }

  async #work(): Promise<void> {
    this.#isBusy = true
    try {
      for (
        let arrival = this.#arrived.shift();
        arrival !== undefined && !this.#isEnded;
        arrival = this.#arrived.shift()
      ) {
        if (arrival instanceof Uint8Array) await this.#carryOut(arrival)
        else this.#settled(arrival)
      }
    } catch (error) {
      this.#parts.log.error({ err: error }, 'work.failed')
      this.#end(error)
    }
    this.#isBusy = false
    if (this.#parts.loop.isReady) this.#sendIdle()
    this.#watch()
    this.#settle()
  }

  async #carryOut(frame: Uint8Array): Promise<void> {
    this.#framesWaiting--
    const result = await this.#parts.loop.handle(frame)
    for (let fanout = result; fanout !== undefined; fanout = fanout.next) await this.#publishInTurn(fanout)
    this.#askForPages()
  }

  /** One query after the other, as long as pages are asked for. */
  #askForPages(): void {
    void this.#parts.loop.lookAtPages()?.then(() => {
      this.#sendIdle()
      this.#askForPages()
    })
  }

  /** Their commits are decided. */
  #settled(partitions: readonly Partition[]): void {
    for (const partition of partitions) partition.unsettled--
    // What is not copied then stands in `~dirty`, for the next owner.
    if (this.#isLeaving) return
    this.#parts.copy.poke(this.#answered)
    this.#look()
  }

  async #publishInTurn(fanout: FanoutBuilder): Promise<void> {
    while (this.#inFlight >= FANOUTS_IN_FLIGHT_MAX && !this.#isEnded) await this.#change()
    if (!this.#isEnded) this.#publish(fanout)
  }

  #publish(builder: FanoutBuilder): void {
    const bytes = encodeFanout(builder.finish())
    const payload = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const { partitions } = builder
    if (partitions.length === 0) {
      this.#client.publish(FANOUT_TOPIC, payload, { qos: 0 })
      return
    }
    this.#inFlight++
    this.#client.publish(FANOUT_TOPIC, payload, { qos: 1 }, (error) => {
      this.#inFlight--
      if (!error) this.#take(partitions)
      this.#settle()
    })
  }

  /** A Fanout that says nothing: its PUBACK comes behind all that the broker had to say of those before. */
  readonly #answered = async (): Promise<void> => {
    let isAnswered = false
    this.#client.publish(FANOUT_TOPIC, NOTHING, { qos: 1 }, () => {
      isAnswered = true
      this.#settle()
    })
    while (!isAnswered && !this.#isEnded) await this.#change()
  }

  /** Resolves when a Fanout has settled, the work is done or the connection has ended. */
  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  #settle(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const resolve of waiting) resolve()
  }

  #end(reason: unknown): void {
    if (this.#isEnded) return
    this.#isEnded = true
    clearTimeout(this.#deadline)
    clearTimeout(this.#idle)
    this.#client.end(true)
    this.#settle()
    this.#ended(reason)
  }
}
