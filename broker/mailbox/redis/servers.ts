import { setTimeout as delay } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import type { Log } from '../../../kit/log.ts'
import { OperationalError } from '../../../kit/operational-error.ts'
import {
  createClient,
  firstAnswer,
  nodeKey,
  parseRedisUrl,
  storeUnavailable,
  type ServerOptions,
} from './client.ts'
import type { Place } from './keys.ts'
import { SLOTS, slotOf } from './slot.ts'
import type { MailboxId } from '../store.ts'

export interface RedisServersOptions {
  /** One server, or some servers of a cluster. */
  readonly urls: readonly string[]
  /** Name of the connections, for `CLIENT LIST`. No spaces. */
  readonly name: string
  /** A call without an answer fails after this long. */
  readonly deadlineMs: number
  readonly log: Log
  /**
   * A server may have lost acknowledged writes: it was started anew, or another took its place. Every position,
   * epoch and lease of the mailboxes that `isAffected` names must be asked for again, by attach. Called before
   * anything else is sent to that server; what still comes with epochs given out before is refused here (G7).
   */
  readonly onReset?: (isAffected: (mailbox: MailboxId) => boolean) => void
}

/** Between asking one master which slot is whose and asking another too. */
const ASK_STEP_MS = 200

interface Master {
  readonly key: string
  readonly client: Redis
  /** Whether it is known which server stands behind the present connection. */
  isVerified: boolean
  verifying?: Promise<void> | undefined
}

/**
 * The masters of a deployment, single or cluster, and which slot is whose.
 *
 * Not ioredis' Cluster: that sends commands again whose connection was lost (an append twice, and out of order), has
 * all of a pipeline follow MOVED or nothing of it, and a promoted replica gets commands before anybody can notice
 * that it is one.
 */
export class RedisServers {
  readonly isCluster: boolean
  readonly deadlineMs: number
  readonly #options: RedisServersOptions
  readonly #seeds: readonly ServerOptions[]
  readonly #masters = new Map<string, Master>()
  /** What each master was when it was last verified: a change means another history. */
  readonly #identities = new Map<string, string>()
  readonly #epochFloors = new Map<string, number>()
  #slots: readonly string[] = []
  #epochMax = 0
  #state: 'opening' | 'open' | 'closed' = 'opening'
  #refreshing: Promise<void> | undefined

  private constructor(options: RedisServersOptions, seeds: readonly ServerOptions[], isCluster: boolean) {
    this.#options = options
    this.#seeds = seeds
    this.isCluster = isCluster
    this.deadlineMs = options.deadlineMs
  }

  /** @throws StoreUnavailable if no server answers; OperationalError `config` if it is none we can use */
  static async open(options: RedisServersOptions): Promise<RedisServers> {
    const seeds = options.urls.map(parseRedisUrl)
    const info = await firstAnswer(seeds, options, (client) => client.info())
    const version = /^redis_version:(\d+)\.\S*/m.exec(info)
    if (Number(version?.[1] ?? 0) < 7) {
      throw new OperationalError('config', `Redis 7 or later is needed, this is ${version?.[0]}`, {
        retryable: false,
      })
    }
    const servers = new RedisServers(options, seeds, /^cluster_enabled:1/m.test(info))
    await servers.#start()
    return servers
  }

  async #start(): Promise<void> {
    if (this.isCluster) await this.refresh()
    else this.#useSlots(Array<string>(SLOTS).fill(nodeKey(this.#seeds[0] as ServerOptions)))
    const until = performance.now() + this.deadlineMs
    // Those that do not answer are verified when they do, and then count as changed.
    await Promise.allSettled(
      [...this.#masters.values()].map((master) => this.#ready(() => master.key, until)),
    )
    this.#state = 'open'
  }

  /** Which server has a slot: its `host:port`. */
  owner(slot: number): string {
    return this.#slots[slot] ?? ''
  }

  /** One key at each master, its name beginning like this. */
  placePerMaster(name: string): Place[] {
    const places = new Map<string, Place>()
    const masters = new Set(this.#slots).size
    for (let i = 0; places.size < masters && i < SLOTS; i++) {
      const tag = `${name}/${i}`
      const slot = slotOf(tag)
      const owner = this.owner(slot)
      if (!places.has(owner)) places.set(owner, { slot, keys: [`{${tag}}`] })
    }
    return [...places.values()]
  }

  /** Remember an epoch that was given out. */
  noteEpoch(epoch: number): void {
    this.#epochMax = Math.max(this.#epochMax, epoch)
  }

  /** Epochs below it were given out before the slot's server may have lost some. */
  epochFloor(slot: number): number {
    return this.#epochFloors.get(this.owner(slot)) ?? 0
  }

  /** The slot's master if it can be written to at once. */
  readyNow(slot: number): Redis | undefined {
    const master = this.#masters.get(this.owner(slot))
    return master?.isVerified && master.client.status === 'ready' ? master.client : undefined
  }

  /** The slot's master when it can be written to, by `untilMs` (of performance.now). @throws StoreUnavailable */
  ready(slot: number, untilMs: number): Promise<Redis> {
    return this.#ready(() => this.owner(slot), untilMs)
  }

  /** The same for a server that was named in an ASK. */
  readyAt(key: string, untilMs: number): Promise<Redis> {
    this.#masterAt(key)
    return this.#ready(() => key, untilMs)
  }

  /** Ask the cluster again which slot is whose. */
  refresh(): Promise<void> {
    if (!this.isCluster || this.#state === 'closed') return Promise.resolve()
    this.#refreshing ??= this.#askForSlots().finally(() => {
      this.#refreshing = undefined
    })
    return this.#refreshing
  }

  /** A connection of its own to the slot's master, for subscriptions. Its maker closes it. */
  connection(slot: number, name: string): Redis {
    return createClient(this.#serverAt(this.owner(slot)), name, this.deadlineMs)
  }

  close(): void {
    this.#state = 'closed'
    for (const master of this.#masters.values()) master.client.disconnect()
    this.#masters.clear()
  }

  async #ready(owner: () => string, untilMs: number): Promise<Redis> {
    for (;;) {
      const master = this.#masters.get(owner())
      if (master?.client.status === 'ready') {
        await this.#verify(master)
        if (master.isVerified) return master.client
      } else {
        // Whoever is asked may stand still itself.
        await Promise.race([this.refresh().catch(() => {}), delay(Math.max(0, untilMs - performance.now()))])
      }
      if (performance.now() >= untilMs || this.#state === 'closed')
        throw storeUnavailable(`at ${owner() || 'no address'} does not answer`)
      await delay(20)
    }
  }

  /** Never throws: what could not be verified is tried again by whoever needs it. */
  #verify(master: Master): Promise<void> {
    master.verifying ??= this.#identify(master)
      .catch((error: unknown) => this.#options.log.debug({ err: error }, 'store.server-not-verified'))
      .finally(() => {
        master.verifying = undefined
      })
    return master.verifying
  }

  async #identify(master: Master): Promise<void> {
    if (master.isVerified) return
    const { key, client } = master
    const { stream } = client
    const info = await client.info('server', 'replication')
    // The replication id changes when a server was a replica in the meantime.
    const identity = `${/^run_id:(\w+)/m.exec(info)?.[1]} ${/^master_replid:(\w+)/m.exec(info)?.[1]}`
    if (client.status !== 'ready' || client.stream !== stream) return
    const before = this.#identities.get(key)
    this.#identities.set(key, identity)
    if (this.#state === 'open' && before !== identity) this.#reset(key)
    master.isVerified = true
  }

  #reset(key: string): void {
    this.#epochFloors.set(key, this.#epochMax + 1)
    this.#options.log.warn({ server: key }, 'store.server-changed')
    this.#options.onReset?.((mailbox) => this.owner(slotOf(mailbox)) === key)
  }

  async #askForSlots(): Promise<void> {
    const ready = [...this.#masters.values()].filter(({ client }) => client.status === 'ready')
    // In any order: one alone may have lost touch with the others, and believe what was long ago.
    let isAnswered = false
    const asked = ready
      .map((master) => ({ master, order: Math.random() }))
      .toSorted((a, b) => a.order - b.order)
      .map(async ({ master }, i) => {
        // The next one only if the one before does not answer at once.
        await delay(i * ASK_STEP_MS)
        if (isAnswered) return []
        const slots = await slotsAt(master.client)
        isAnswered = true
        return slots
      })
    const slots = await Promise.any(asked).catch(() =>
      firstAnswer(this.#seedsAndMasters(), this.#options, slotsAt),
    )
    this.#useSlots(slots)
  }

  #seedsAndMasters(): ServerOptions[] {
    return [...this.#seeds, ...[...this.#masters.keys()].map((key) => this.#serverAt(key))]
  }

  #useSlots(slots: readonly string[]): void {
    if (this.#state === 'closed') return
    this.#slots = slots
    const keys = new Set(slots)
    keys.delete('')
    for (const key of keys) this.#masterAt(key)
    for (const { key, client } of this.#masters.values()) {
      if (keys.has(key)) continue
      // If it comes back, it was something else in the meantime.
      this.#masters.delete(key)
      this.#identities.delete(key)
      client.disconnect()
    }
  }

  #masterAt(key: string): Master {
    const known = this.#masters.get(key)
    if (known) return known
    const client = createClient(this.#serverAt(key), this.#options.name, this.deadlineMs)
    const master: Master = { key, client, isVerified: false }
    client.on('ready', () => void this.#verify(master))
    client.on('close', () => {
      master.isVerified = false
      this.refresh().catch(() => {})
    })
    this.#masters.set(key, master)
    client.connect().catch(() => {})
    return master
  }

  #serverAt(key: string): ServerOptions {
    const colon = key.lastIndexOf(':')
    const seed = this.#seeds[0] as ServerOptions
    return { ...seed, host: key.slice(0, colon), port: Number(key.slice(colon + 1)) }
  }
}

/** Which slot is whose, as this server knows it. */
async function slotsAt(client: Redis): Promise<string[]> {
  const slots = Array<string>(SLOTS).fill('')
  // Source: redis.io, CLUSTER SLOTS: [[first, last, [host, port, …] of the master, replicas …], …]. No host: its own.
  // ioredis' type knows no missing host.
  const ranges = (await client.cluster('SLOTS')) as unknown as [number, number, [string | null, number]][]
  for (const [first, last, [host, port]] of ranges) {
    slots.fill(`${host || client.options.host}:${port}`, first, last + 1)
  }
  return slots
}
