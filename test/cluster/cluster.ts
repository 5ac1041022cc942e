import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FaultProxy } from '../support/fault-proxy.ts'
import { PostgresServer } from '../support/stores/postgres-server.ts'
import { PRODUCTION, RedisClusterServers, RedisServer } from '../support/stores/redis-server.ts'
import { mintToken, type Claims } from '../support/server.ts'
import { Balancer } from './balancer.ts'
import { RoleProcess } from './role-process.ts'

export interface ClusterOptions {
  readonly brokers?: number
  readonly workers?: number
  /** One Redis, or a Redis Cluster of three masters, each with a replica if wanted. */
  readonly redis?: 'single' | 'cluster' | 'cluster-with-replicas'
  /** Workers reach PostgreSQL over a line that can be made bad. */
  readonly hasFaultyDirectory?: boolean
  /** Settings of all brokers and workers. */
  readonly env?: Readonly<Record<string, string>>
  readonly progress?: (line: string) => void
}

/**
 * The compose file's topology as local processes on free ports: Redis with its AOF, PostgreSQL, brokers behind a
 * balancer, workers. Worker i is connected to broker i, like there.
 */
export class Cluster {
  readonly redis: RedisServer | RedisClusterServers
  readonly postgres: PostgresServer
  readonly brokers: RoleProcess[] = []
  readonly workers: RoleProcess[] = []
  /** The line between workers and PostgreSQL, if it can be made bad. */
  directory: FaultProxy | undefined
  readonly #dataDir: string
  readonly #secret = randomBytes(32).toString('base64url')
  readonly #env: Readonly<Record<string, string>>
  mqtt!: Balancer
  http!: Balancer

  private constructor(
    redis: RedisServer | RedisClusterServers,
    postgres: PostgresServer,
    env: Readonly<Record<string, string>>,
  ) {
    this.redis = redis
    this.postgres = postgres
    this.#dataDir = mkdtempSync(join(tmpdir(), 'restante-cluster-'))
    writeFileSync(join(this.#dataDir, 'jwt-secret'), this.#secret, { mode: 0o600 })
    this.#env = { RESTANTE_DATA_DIR: this.#dataDir, RESTANTE_LOG_LEVEL: 'warn', ...env }
  }

  static async start(options: ClusterOptions = {}): Promise<Cluster> {
    const { brokers = 2, workers = 2, progress = () => undefined, env = {} } = options
    progress('PostgreSQL')
    const postgres = await PostgresServer.start()
    progress(options.redis === undefined || options.redis === 'single' ? 'Redis' : 'Redis Cluster')
    const redis = await startRedis(options.redis ?? 'single')
    const cluster = new Cluster(redis, postgres, env)
    try {
      if (options.hasFaultyDirectory) cluster.directory = await FaultProxy.start({ port: postgres.port })
      for (let i = 0; i < brokers; i++) {
        progress(`broker ${i + 1} of ${brokers}`)
        await cluster.addBroker()
      }
      for (let i = 0; i < workers; i++) {
        progress(`worker ${i + 1} of ${workers}`)
        await cluster.addWorker(cluster.brokers[i % brokers] as RoleProcess)
      }
      cluster.mqtt = await Balancer.start(() => healthy(cluster.brokers).map(({ port }) => port))
      cluster.http = await Balancer.start(() => healthy(cluster.brokers).map(({ httpPort }) => httpPort))
      return cluster
    } catch (error) {
      await cluster.stop()
      throw error
    }
  }

  get redisUrl(): string {
    return this.redis.url
  }
  /** Secret of the tokens, for programs that make their own. */
  get dataDir(): string {
    return this.#dataDir
  }

  async addBroker(env: Readonly<Record<string, string>> = {}): Promise<RoleProcess> {
    const broker = new RoleProcess('broker', { ...this.#env, REDIS_URL: this.redisUrl, ...env })
    this.brokers.push(broker)
    await broker.start()
    return broker
  }

  async addWorker(broker: RoleProcess, env: Readonly<Record<string, string>> = {}): Promise<RoleProcess> {
    const directory = new URL(this.postgres.url)
    if (this.directory !== undefined) directory.port = String(this.directory.port)
    const worker = new RoleProcess('worker', {
      ...this.#env,
      RESTANTE_BROKER_URL: `mqtt://127.0.0.1:${broker.port}`,
      RESTANTE_WORKER_TOKEN: await this.token({ user: 'restante-worker', role: 'worker' }),
      RESTANTE_WORKER_NAME: `worker-${this.workers.length + 1}`,
      DATABASE_URL: directory.href,
      ...env,
    })
    this.workers.push(worker)
    await worker.start()
    return worker
  }

  /** By SIGTERM. @throws if it does not end with 0 */
  async remove(role: RoleProcess): Promise<void> {
    const all = role.role === 'broker' ? this.brokers : this.workers
    all.splice(all.indexOf(role), 1)
    const code = await role.end('SIGTERM')
    if (code !== 0) throw new Error(`a ${role.role} ended with ${code}: ${role.output.slice(-2_000)}`)
  }

  async token(claims: Claims | string): Promise<string> {
    return mintToken(this.#secret, typeof claims === 'string' ? { user: claims } : claims)
  }

  /** Brokers and workers by SIGTERM, in this order, then the stores. */
  async stop(): Promise<void> {
    await Promise.all(this.brokers.map((broker) => broker.end('SIGTERM')))
    await Promise.all(this.workers.map((worker) => worker.end('SIGTERM')))
    await this.mqtt?.stop()
    await this.http?.stop()
    await this.directory?.stop()
    await this.redis.stop()
    await this.postgres.dispose()
    rmSync(this.#dataDir, { recursive: true, force: true })
  }
}

function startRedis(
  kind: 'single' | 'cluster' | 'cluster-with-replicas',
): Promise<RedisServer | RedisClusterServers> {
  if (kind === 'single') return RedisServer.start({ settings: PRODUCTION })
  return RedisClusterServers.start({ settings: PRODUCTION, replicas: kind === 'cluster' ? 0 : 1 })
}

function healthy(processes: readonly RoleProcess[]): readonly RoleProcess[] {
  return processes.filter((each) => each.isRunning && !each.isFrozen)
}
