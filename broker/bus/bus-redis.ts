import type { Redis } from 'ioredis'
import type { Log } from '../../kit/log.ts'
import type { Bus, BusListener } from './bus.ts'
import { RedisServers } from '../mailbox/redis/servers.ts'
import { slotOf } from '../mailbox/redis/slot.ts'

export interface RedisBusOptions {
  /** One server, or some servers of a cluster. */
  readonly urls: readonly string[]
  readonly log: Log
  /** Frames that Redis has not taken yet. At either limit frames are dropped: lanes read the store instead. */
  readonly framesWaitingMax?: number
  readonly bytesWaitingMax?: number
  /** How often the subscription is looked at: a dead one is noticed in twice that. */
  readonly heartbeatMs?: number
}

const DEADLINE_MS = 2_000
const FRAMES_WAITING_MAX = 10_000
const BYTES_WAITING_MAX = 64 * 1024 * 1024
const HEARTBEAT_MS = 2_000

/**
 * The bus over sharded pub/sub: one channel per node, in a slot of its own, so that on a cluster a frame goes through
 * one master and not through all. On a single server it is the same.
 *
 * @throws StoreUnavailable if nobody answers
 */
export async function openRedisBus(options: RedisBusOptions): Promise<Bus> {
  const { urls, log } = options
  return new RedisBus(
    await RedisServers.open({ urls, log, name: 'restante:bus', deadlineMs: DEADLINE_MS }),
    options,
  )
}

class RedisBus implements Bus {
  readonly #servers: RedisServers
  readonly #framesWaitingMax: number
  readonly #bytesWaitingMax: number
  readonly #heartbeatMs: number
  readonly #log: Log
  #subscription: Subscription | undefined
  #listener: BusListener | undefined
  #framesWaiting = 0
  #bytesWaiting = 0

  constructor(servers: RedisServers, options: RedisBusOptions) {
    this.#servers = servers
    this.#framesWaitingMax = options.framesWaitingMax ?? FRAMES_WAITING_MAX
    this.#bytesWaitingMax = options.bytesWaitingMax ?? BYTES_WAITING_MAX
    this.#heartbeatMs = options.heartbeatMs ?? HEARTBEAT_MS
    this.#log = options.log
  }

  async subscribe(node: string, listener: BusListener): Promise<void> {
    this.#listener = listener
    this.#subscription = new Subscription(channelOf(node), this.#servers, listener, this.#log)
    await this.#subscription.start(this.#heartbeatMs)
  }

  publish(node: string, frame: Uint8Array): void {
    const channel = channelOf(node)
    const slot = slotOf(tagOf(node))
    const client = this.#servers.readyNow(slot)
    if (!client) {
      this.#servers.ready(slot, 0).catch(() => {})
      this.#listener?.lost(node)
      return
    }
    if (this.#framesWaiting >= this.#framesWaitingMax || this.#bytesWaiting >= this.#bytesWaitingMax) {
      this.#listener?.lost(node)
      return
    }
    this.#framesWaiting++
    this.#bytesWaiting += frame.length
    client
      .spublish(channel, Buffer.from(frame.buffer, frame.byteOffset, frame.length))
      .catch(() => {
        this.#listener?.lost(node)
        // If the slot is another master's now, the next frame is to find it.
        return this.#servers.refresh().catch(() => {})
      })
      .finally(() => {
        this.#framesWaiting--
        this.#bytesWaiting -= frame.length
      })
  }

  async close(): Promise<void> {
    this.#listener = undefined
    this.#subscription?.stop()
    this.#servers.close()
  }
}

/**
 * One channel's subscription, for as long as it is wanted.
 *
 * States: down (no connection, or one that does not listen yet) and up. A connection that is ready again, or a new
 * one because the slot went to another master, subscribes anew; when that has come through, it is up, and what was
 * published meanwhile is lost.
 */
class Subscription {
  readonly #channel: string
  readonly #slot: number
  readonly #servers: RedisServers
  readonly #listener: BusListener
  readonly #log: Log
  #client: Redis | undefined
  #server = ''
  #wasUp = false
  #timer: NodeJS.Timeout | undefined
  #firstUp: (() => void) | undefined

  constructor(channel: string, servers: RedisServers, listener: BusListener, log: Log) {
    this.#channel = channel
    this.#slot = slotOf(channel.slice(1, -1))
    this.#servers = servers
    this.#listener = listener
    this.#log = log
  }

  /**
   * Resolves when it is up for the first time, or when its server takes too long for that: nothing depends on a frame,
   * and lanes look for what was missed when it is up.
   */
  async start(heartbeatMs: number): Promise<void> {
    this.#timer = setInterval(() => this.#look(), heartbeatMs)
    const up = new Promise<boolean>((resolve) => {
      this.#firstUp = () => resolve(true)
    })
    this.#connect()
    let late: NodeJS.Timeout | undefined
    const tooLate = new Promise<boolean>((resolve) => {
      late = setTimeout(resolve, DEADLINE_MS, false)
    })
    const isUp = await Promise.race([up, tooLate])
    clearTimeout(late)
    if (isUp) return
    this.#log.warn({ server: this.#server }, 'bus.not-up')
    this.#wasUp = true
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#client?.disconnect()
    this.#client = undefined
  }

  #connect(): void {
    this.#client?.disconnect()
    this.#server = this.#servers.owner(this.#slot)
    const client = this.#servers.connection(this.#slot, 'restante:bus')
    this.#client = client
    client.on('smessageBuffer', (_channel: Buffer, frame: Buffer) => this.#listener.receive(frame))
    client.on('ready', () => this.#subscribe(client))
    client.on('close', () => void this.#servers.refresh().catch(() => {}))
    client.connect().catch(() => {})
  }

  #subscribe(client: Redis): void {
    client.ssubscribe(this.#channel).then(
      () => {
        if (client !== this.#client) return
        if (this.#wasUp) {
          this.#log.warn({ server: this.#server }, 'bus.interrupted')
          this.#listener.interrupted()
        }
        this.#wasUp = true
        this.#firstUp?.()
      },
      () => client.disconnect(true),
    )
  }

  /**
   * A connection that does not answer is made anew, and one to a server that lost the slot too: that server has ended
   * the subscription without a word that ioredis would hear, so it is asked for again and not for a PONG.
   */
  #look(): void {
    const client = this.#client
    if (!client) return
    if (this.#servers.owner(this.#slot) !== this.#server) this.#connect()
    else if (client.status === 'ready')
      client.ssubscribe(this.#channel).catch(() => {
        client.disconnect(true)
        return this.#servers.refresh().catch(() => {})
      })
  }
}

function tagOf(node: string): string {
  return `bus/${node}`
}

function channelOf(node: string): string {
  return `{${tagOf(node)}}`
}
