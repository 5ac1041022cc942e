import { randomUUID } from 'node:crypto'
import type { Verification } from '../../../broker/auth/token.ts'
import { Broker } from '../../../broker/broker.ts'
import { openRedisBus } from '../../../broker/bus/bus-redis.ts'
import { SingleNodeBus, type Bus } from '../../../broker/bus/bus.ts'
import { readBrokerConfig, type BrokerConfig } from '../../../broker/config.ts'
import { openLmdbStore } from '../../../broker/mailbox/lmdb/lmdb-store.ts'
import { openRedisStore } from '../../../broker/mailbox/redis/redis-store.ts'
import type { MailboxStore } from '../../../broker/mailbox/store.ts'
import { BrokerMetrics } from '../../../broker/metrics.ts'
import { Node } from '../../../broker/node.ts'
import { TrustedClock } from '../../../kit/clock.ts'
import type { Log } from '../../../kit/log.ts'
import { Settings } from '../../../kit/settings.ts'
import type { UserId } from '../../../proto/ids.ts'
import { SimDisk } from '../machine/sim-disk.ts'
import { SimRedis } from '../machine/sim-redis.ts'
import type { Network } from '../world/network.ts'
import { Process, type World } from '../world/world.ts'

/** Small, so that a run of minutes uses files again, settles, and forgets mailboxes. */
const SIZES = { segmentBytes: 16 * 1024, segmentsMax: 2, mailboxesCachedMax: 8 }
/** Where days pass, one broker has all leases, which need not be renewed every other second, and keeps all mailboxes. */
const PATIENCE = { leaseTtlMs: 180_000, renewMs: 60_000, sweepMs: 60_000 }
const PATIENT_SIZES = { ...SIZES, mailboxesCachedMax: 300 }
/** Until an operator's machine starts a process again that could not start. */
const RETRY_MS = 1_000

/** A machine with a broker on it, which is started again whenever it ends. */
export class Server {
  readonly disk: SimDisk
  readonly #world: World
  readonly #network: Network
  readonly #log: Log
  readonly #name: string
  readonly #redis: SimRedis | undefined
  readonly #isPatient: boolean
  process: Process
  #lives = 0
  #isUp = false
  #store: MailboxStore | undefined

  /** @param home where its mailboxes are, if not on its disk; or whether it lives for days */
  constructor(
    world: World,
    network: Network,
    log: Log,
    name: string,
    home: SimRedis | { isPatient: boolean },
  ) {
    this.#world = world
    this.#network = network
    this.#log = log
    this.#name = name
    this.#redis = home instanceof SimRedis ? home : undefined
    this.#isPatient = !(home instanceof SimRedis) && home.isPatient
    this.disk = new SimDisk(world)
    this.process = world.nobody
  }

  get isUp(): boolean {
    return this.#isUp && !this.process.isDead
  }

  /** @returns how many entries are kept in each of these mailboxes */
  async kept(mailboxes: readonly string[]): Promise<readonly (number | undefined)[]> {
    return (await this.#store?.counts(mailboxes)) ?? []
  }

  start(): void {
    const process = new Process(`${this.#name}-${++this.#lives}`, this.#world)
    process.clockAheadMs = this.process.clockAheadMs
    this.process = process
    this.#isUp = false
    this.#world.after(0, process, 'starts', () => {
      this.#boot(process).catch((error: unknown) => {
        if (process.isDead) return
        const { code = '', message } = error as { code?: string; message: string }
        // A store that does not answer just now is one thing, one that has lost some another.
        if (code !== 'store-unavailable')
          this.#world.uncaught.push(`${process.name} does not start: ${message}`)
        process.end()
        this.#world.after(RETRY_MS, this.#world.nobody, `starts ${this.#name} again`, () => {
          // Unless somebody else has: there is one broker on a machine.
          if (this.process === process) this.start()
        })
      })
    })
  }

  async #boot(process: Process): Promise<void> {
    const config = readBrokerConfig(new Settings({ RESTANTE_DATA_DIR: '/data' }))
    const log = this.#log
    const metrics = new BrokerMetrics({
      connectionsOpen: () => 0,
      isReady: () => true,
      serversAway: () => 0,
      unserved: () => ({ partitions: 0, ms: 0 }),
    })
    const id = randomUUID()
    let node: Node | undefined
    const reattach = (): void => void node?.reattach().catch((error: unknown) => this.#world.threw(error))
    const { store, bus } = await this.#openStores(process, id, config, reattach)
    this.#store = store
    const clock = new TrustedClock().shown
    const limits = this.#isPatient ? { ...config.node, ...PATIENCE } : config.node
    node = new Node({ id, store, bus, limits, log, metrics, clock })
    const tokens = { verify }
    const broker = await Broker.start({ node, limits: config.connections, tokens, metrics, log, clock })
    await node.start()
    this.#network.listenForMqtt(process, (wire) => broker.accept(wire))
    this.#isUp = true
  }

  async #openStores(
    process: Process,
    node: string,
    { mailboxes: limits }: BrokerConfig,
    onReset: () => void,
  ): Promise<{ store: MailboxStore; bus: Bus }> {
    if (this.#redis === undefined) {
      const disk = this.disk.of(process)
      const sizes = this.#isPatient ? PATIENT_SIZES : SIZES
      const store = await openLmdbStore({ ...sizes, directory: '/data/mailboxes', limits, disk })
      return { store, bus: new SingleNodeBus() }
    }
    const urls = [`redis://${this.#redis.address}`]
    const store = await openRedisStore({ urls, node, limits, log: this.#log, onReset })
    return { store, bus: await openRedisBus({ urls, log: this.#log }) }
  }
}

/** What tokens say is true here: their signatures are checked elsewhere, in other threads than ours. */
async function verify(token: string): Promise<Verification> {
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
    sub: string
    iat: number
    role: 'device' | 'worker'
  }
  const identity = {
    user: claims.sub as UserId,
    device: undefined,
    role: claims.role,
    issuedAtMs: claims.iat * 1000,
    expiresAtMs: undefined,
  }
  return { outcome: 'valid', identity }
}

/** @param iat Unix s */
export function tokenOf(sub: string, role: 'device' | 'worker', iat: number): string {
  return `.${Buffer.from(JSON.stringify({ sub, role, iat })).toString('base64url')}.`
}
