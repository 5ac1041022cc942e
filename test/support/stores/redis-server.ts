import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { until, within } from '../deadline.ts'
import { hasProgram } from '../services.ts'
import { keepWatch } from '../watchdog.ts'

const START_MS_MAX = 20_000

/**
 * Whether the tests of this file can have Redis. If not they are skipped, loudly; with REQUIRE_SERVICES=1 that is a
 * failure.
 */
export function hasRedis(): boolean {
  if (hasProgram('redis-server', '--version')) return true
  if (process.env['REQUIRE_SERVICES'] === '1') {
    throw new Error('redis-server is not on the PATH, and REQUIRE_SERVICES=1')
  }
  process.stderr.write('SKIPPED: redis-server is not on the PATH; tests of the Redis store do not run\n')
  return false
}

/** What docs/production.md asks of a production Redis (G1). */
export const PRODUCTION = {
  appendonly: 'yes',
  appendfsync: 'always',
  save: '',
  'maxmemory-policy': 'noeviction',
}

export interface RedisServerOptions {
  /** Settings as on the command line: `{ appendfsync: 'always' }`. */
  readonly settings?: Readonly<Record<string, string>>
}

/** A private redis-server in a process and a directory of its own. It can be killed and started again on its data. */
export class RedisServer {
  readonly port: number
  readonly #dir = mkdtempSync(join(tmpdir(), 'restante-redis-'))
  readonly #settings: Readonly<Record<string, string>>
  #process: ChildProcess | undefined
  #client: Redis | undefined

  private constructor(port: number, settings: Readonly<Record<string, string>>) {
    this.port = port
    this.#settings = settings
  }

  static async start(options: RedisServerOptions = {}): Promise<RedisServer> {
    const isCluster = options.settings?.['cluster-enabled'] === 'yes'
    const server = new RedisServer(await freePort(isCluster), options.settings ?? {})
    await server.restart()
    return server
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`
  }

  /** For looking into the server and for breaking it, past the code under test. */
  get client(): Redis {
    this.#client ??= new Redis(this.port, '127.0.0.1', { maxRetriesPerRequest: null }).on('error', () => {})
    return this.#client
  }

  /** Starts the process (again) on the same port and directory. */
  async restart(): Promise<void> {
    const settings = { save: '', appendonly: 'no', bind: '127.0.0.1', ...this.#settings }
    const args = ['--port', String(this.port), '--dir', this.#dir]
    for (const [name, value] of Object.entries(settings)) args.push(`--${name}`, value)
    const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'pipe'] })
    this.#process = child
    keepWatch(child, this.#dir)
    const ready = new Promise<void>((resolve, reject) => {
      let output = ''
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        output += text
        if (output.includes('Ready to accept connections')) resolve()
      })
      child.once('exit', () => reject(new Error(`redis-server ended: ${output}`)))
    })
    await within(ready, START_MS_MAX, () => 'redis-server to be ready')
  }

  signal(signal: NodeJS.Signals): void {
    this.#process?.kill(signal)
  }

  /** SIGKILL; resolves when it is gone. */
  async kill(): Promise<void> {
    const child = this.#process
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }

  /** Copies its files, while it does not run. @returns what puts them back, and does something before it runs again */
  async backUp(): Promise<(whileAway?: () => void) => Promise<void>> {
    const copy = mkdtempSync(join(tmpdir(), 'restante-redis-copy-'))
    await this.kill()
    cpSync(this.#dir, copy, { recursive: true })
    await this.restart()
    return async (whileAway = () => undefined) => {
      await this.kill()
      whileAway()
      rmSync(this.#dir, { recursive: true })
      cpSync(copy, this.#dir, { recursive: true })
      rmSync(copy, { recursive: true })
      await this.restart()
    }
  }

  async stop(): Promise<void> {
    this.#client?.disconnect()
    await this.kill()
    rmSync(this.#dir, { recursive: true, force: true })
  }
}

export interface RedisClusterOptions extends RedisServerOptions {
  /** Of each of the three masters. Default 0. */
  readonly replicas?: 0 | 1
}

const SLOT_RANGES = [
  [0, 5_460],
  [5_461, 10_922],
  [10_923, 16_383],
] as const

/** Three masters on free ports, each with a third of the slots, with a replica each if wanted. */
export class RedisClusterServers {
  readonly masters: readonly RedisServer[]
  /** `replicas[i]` is the replica of `masters[i]`. */
  readonly replicas: readonly RedisServer[]

  private constructor(masters: readonly RedisServer[], replicas: readonly RedisServer[]) {
    this.masters = masters
    this.replicas = replicas
  }

  static async start(options: RedisClusterOptions = {}): Promise<RedisClusterServers> {
    const settings = {
      'cluster-enabled': 'yes',
      'cluster-config-file': 'nodes.conf',
      'cluster-node-timeout': '1000',
      ...options.settings,
    }
    const start = (count: number): Promise<RedisServer[]> =>
      Promise.all(Array.from({ length: count }, () => RedisServer.start({ settings })))
    const servers = new RedisClusterServers(await start(3), await start(options.replicas === 1 ? 3 : 0))
    await servers.#meet()
    return servers
  }

  get urls(): string[] {
    return this.masters.map((server) => server.url)
  }
  /** As REDIS_URL has it. */
  get url(): string {
    return this.urls.join(',')
  }
  get all(): readonly RedisServer[] {
    return [...this.masters, ...this.replicas]
  }

  /** Whose the slot was at the start. */
  masterOf(slot: number): RedisServer {
    const i = SLOT_RANGES.findIndex(([, to]) => slot <= to)
    return this.masters[i] as RedisServer
  }

  async #meet(): Promise<void> {
    const [first] = this.masters as readonly [RedisServer]
    for (const server of this.all.slice(1)) {
      await server.client.cluster('MEET', '127.0.0.1', first.port)
    }
    for (const [i, server] of this.masters.entries()) {
      const [from, to] = SLOT_RANGES[i] as readonly [number, number]
      await server.client.call('CLUSTER', 'ADDSLOTSRANGE', from, to)
    }
    await this.#untilAll(
      (nodes) => nodes.length === this.all.length && nodes.every((line) => !/handshake|fail/.test(line)),
    )
    for (const [i, replica] of this.replicas.entries()) {
      const id = await (this.masters[i] as RedisServer).client.call('CLUSTER', 'MYID')
      await replica.client.call('CLUSTER', 'REPLICATE', String(id))
    }
    await until(
      async () => {
        const states = await Promise.all(this.all.map((server) => server.client.cluster('INFO')))
        return states.every((state) => state.includes('cluster_state:ok'))
      },
      START_MS_MAX,
      () => 'the cluster',
    )
    for (const replica of this.replicas) {
      await until(
        async () => (await replica.client.info('replication')).includes('master_link_status:up'),
        START_MS_MAX,
        () => 'the replicas',
      )
    }
  }

  async #untilAll(isTrue: (nodes: string[]) => boolean): Promise<void> {
    await until(
      async () => {
        const views = await Promise.all(this.all.map((server) => server.client.call('CLUSTER', 'NODES')))
        return views.every((view) => isTrue(String(view).trim().split('\n')))
      },
      START_MS_MAX,
      () => 'the members of the cluster to know each other',
    )
  }

  /**
   * Moves a slot to the next master, as `redis-cli --cluster reshard` does, key by key; nothing is moved for `halfMs`
   * when half of its keys have gone, so that clients meet both halves.
   *
   * @returns the master that has it now
   */
  async moveSlot(slot: number, halfMs = 0): Promise<RedisServer> {
    const id = async (server: RedisServer): Promise<string> =>
      String(await server.client.call('CLUSTER', 'MYID'))
    const from = await this.#ownerOf(slot)
    const to = this.masters[(this.masters.indexOf(from) + 1) % this.masters.length] as RedisServer
    await to.client.call('CLUSTER', 'SETSLOT', slot, 'IMPORTING', await id(from))
    await from.client.call('CLUSTER', 'SETSLOT', slot, 'MIGRATING', await id(to))
    const keys = async (max: number): Promise<string[]> =>
      (await from.client.call('CLUSTER', 'GETKEYSINSLOT', slot, max)) as string[]
    const move = async (names: readonly string[]): Promise<void> => {
      if (names.length === 0) return
      await from.client.call('MIGRATE', '127.0.0.1', to.port, '', 0, 5_000, 'KEYS', ...names)
    }
    const all = await keys(1_000_000)
    await move(all.slice(0, Math.ceil(all.length / 2)))
    await new Promise((resolve) => setTimeout(resolve, halfMs))
    for (let left = await keys(100); left.length > 0; left = await keys(100)) await move(left)
    for (const server of [to, from, ...this.masters])
      await server.client.call('CLUSTER', 'SETSLOT', slot, 'NODE', await id(to))
    return to
  }

  async #ownerOf(slot: number): Promise<RedisServer> {
    const [first] = this.masters as readonly [RedisServer]
    const ranges = (await first.client.cluster('SLOTS')) as unknown as [number, number, [string, number]][]
    const port = ranges.find(([from, to]) => from <= slot && slot <= to)?.[2][1]
    return this.masters.find((server) => server.port === port) as RedisServer
  }

  async flush(): Promise<void> {
    await Promise.all(this.masters.map((server) => server.client.flushall()))
  }

  async stop(): Promise<void> {
    await Promise.all(this.all.map((server) => server.stop()))
  }
}

/** A port nobody listens on; of a cluster's member the bus port, 10,000 above, is free too. */
async function freePort(isCluster: boolean): Promise<number> {
  for (;;) {
    const port = await listenOnce(0)
    if (!isCluster) return port
    if (port > 55_000) continue
    if ((await listenOnce(port + 10_000).catch(() => 0)) !== 0) return port
  }
}

async function listenOnce(port: number): Promise<number> {
  const server = createServer()
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}
