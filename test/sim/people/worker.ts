import mqtt from 'mqtt'
import type { Log } from '../../../kit/log.ts'
import { Settings } from '../../../kit/settings.ts'
import type { DeviceId } from '../../../proto/ids.ts'
import { readWorkerConfig } from '../../../workers/config.ts'
import { Allowance } from '../../../workers/loop/allowance.ts'
import { DirectoryCopy } from '../../../workers/loop/copy/copy.ts'
import { FactSource } from '../../../workers/loop/facts.ts'
import { KnownUsers } from '../../../workers/loop/known-users.ts'
import { Link } from '../../../workers/loop/link.ts'
import { WorkLoop } from '../../../workers/loop/work-loop.ts'
import { WorkerMetrics } from '../../../workers/metrics.ts'
import type { Network } from '../world/network.ts'
import { Process, type World } from '../world/world.ts'
import { tokenOf } from './server.ts'
import type { SimDirectory } from './sim-directory.ts'

/** So few that chats are dropped and asked for again. */
const CACHED_FIELDS_MAX = 256

/** A worker, which is started again whenever it ends: wired as in workers/loop/thread/thread.ts. */
export class Worker {
  readonly #world: World
  readonly #network: Network
  readonly #directory: SimDirectory
  readonly #log: Log
  readonly #name: string
  readonly #settings: Readonly<Record<string, string>>
  process: Process
  #lives = 0

  /** @param settings as an operator sets them */
  constructor(
    world: World,
    network: Network,
    directory: SimDirectory,
    log: Log,
    name: string,
    settings: Readonly<Record<string, string>> = {},
  ) {
    this.#world = world
    this.#network = network
    this.#directory = directory
    this.#log = log
    this.#name = name
    this.#settings = settings
    this.process = world.nobody
  }

  start(): void {
    const process = new Process(`${this.#name}-${++this.#lives}`, this.#world)
    process.clockAheadMs = this.process.clockAheadMs
    this.process = process
    this.#world.after(0, process, 'starts', () => this.#boot(process))
  }

  #boot(process: Process): void {
    const log = this.#log
    const { limits } = readWorkerConfig(new Settings(this.#settings))
    const metrics = new WorkerMetrics()
    const directory = this.#directory.of(process)
    const facts = new FactSource(
      directory,
      new KnownUsers(limits.knownUsersMax),
      new Allowance(limits),
      limits.groupMembersMax,
    )
    const canCopy = (): boolean => !directory.isAway
    const loop = new WorkLoop({ facts, metrics, log, cachedFieldsMax: CACHED_FIELDS_MAX, canCopy })
    const copy = new DirectoryCopy(directory, loop, metrics, log)
    const link = new Link({
      open: (options) => new mqtt.MqttClient((() => this.#network.dial(process)) as () => never, options),
      token: { kind: 'token', token: tokenOf('worker', 'worker', Math.floor(Date.now() / 1000)) },
      name: process.name as DeviceId,
      loop,
      copy,
      canCopy,
      metrics,
      log,
    })
    link.start()
  }
}
