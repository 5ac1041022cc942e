import { randomUUID } from 'node:crypto'
import type { Verification } from '../../../broker/auth/token.ts'
import { Broker } from '../../../broker/broker.ts'
import { SingleNodeBus } from '../../../broker/bus/bus.ts'
import { readBrokerConfig } from '../../../broker/config.ts'
import { openLmdbStore } from '../../../broker/mailbox/lmdb/lmdb-store.ts'
import type { MailboxStore } from '../../../broker/mailbox/store.ts'
import { BrokerMetrics } from '../../../broker/metrics.ts'
import { Node } from '../../../broker/node.ts'
import { TrustedClock } from '../../../kit/clock.ts'
import type { Log } from '../../../kit/log.ts'
import { Settings } from '../../../kit/settings.ts'
import type { UserId } from '../../../proto/ids.ts'
import { SimDisk } from '../machine/sim-disk.ts'
import type { Network } from '../world/network.ts'
import { Process, type World } from '../world/world.ts'

/** Small, so that a run of minutes uses files again, settles, and forgets mailboxes. */
const SIZES = { segmentBytes: 16 * 1024, segmentsMax: 2, mailboxesCachedMax: 8 }
/** Until an operator's machine starts a process again that could not start. */
const RETRY_MS = 1_000

/** A machine with a broker on it, which is started again whenever it ends. */
export class Server {
  readonly disk: SimDisk
  readonly #world: World
  readonly #network: Network
  readonly #log: Log
  process: Process
  #lives = 0
  #isUp = false
  #store: MailboxStore | undefined

  constructor(world: World, network: Network, log: Log) {
    this.#world = world
    this.#network = network
    this.#log = log
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
    const process = new Process(`broker-${++this.#lives}`, this.#world)
    process.clockAheadMs = this.process.clockAheadMs
    this.process = process
    this.#isUp = false
    this.#world.after(0, process, 'starts', () => {
      this.#boot(process).catch((error: unknown) => {
        if (process.isDead) return
        const { code = '', message } = error as { code?: string; message: string }
        // A disk that does not take writes just now is one thing, one that has lost some another.
        if (code !== 'store-unavailable')
          this.#world.uncaught.push(`${process.name} does not start: ${message}`)
        process.kill()
        this.#world.after(RETRY_MS, this.#world.nobody, 'starts the broker again', () => this.start())
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
    const store = await openLmdbStore({
      ...SIZES,
      directory: '/data/mailboxes',
      limits: config.mailboxes,
      disk: this.disk.of(process),
    })
    this.#store = store
    const clock = new TrustedClock().shown
    const bus = new SingleNodeBus()
    const node = new Node({ id: randomUUID(), store, bus, limits: config.node, log, metrics, clock })
    const tokens = { verify }
    const broker = await Broker.start({ node, limits: config.connections, tokens, metrics, log, clock })
    await node.start()
    this.#network.listen(process, (wire) => broker.accept(wire))
    this.#isUp = true
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
