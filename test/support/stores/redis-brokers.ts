import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readOrMakeSecret } from '../../../broker/auth/secret-file.ts'
import { readBrokerConfig } from '../../../broker/config.ts'
import { startBroker, type RunningBroker } from '../../../broker/main.ts'
import { createLog } from '../../../kit/log.ts'
import { Settings } from '../../../kit/settings.ts'
import { RawClient } from '../raw-client.ts'
import { RedisServer } from './redis-server.ts'
import { mintToken } from '../server.ts'

const STOP_MS = 3_000

/** Brokers in this process on one Redis and one secret, without a worker; all of it goes with `dispose`. */
export class RedisBrokers {
  readonly redis: RedisServer
  readonly #dir: string
  readonly #running = new Set<RunningBroker>()
  readonly #clients: RawClient[] = []

  private constructor(redis: RedisServer, dir: string) {
    this.redis = redis
    this.#dir = dir
  }

  /** @param settings of Redis */
  static async open(settings: Readonly<Record<string, string>> = {}): Promise<RedisBrokers> {
    const dir = await mkdtemp(join(tmpdir(), 'restante-broker-'))
    return new RedisBrokers(await RedisServer.start({ settings }), dir)
  }

  async start(): Promise<RunningBroker> {
    const settings = new Settings({
      RESTANTE_DATA_DIR: this.#dir,
      REDIS_URL: this.redis.url,
      RESTANTE_HOST: '127.0.0.1',
      RESTANTE_MQTT_PORT: '0',
      RESTANTE_HTTP_PORT: '0',
    })
    const broker = await startBroker(readBrokerConfig(settings), { log: createLog('silent') })
    this.#running.add(broker)
    return broker
  }

  async stop(broker: RunningBroker): Promise<void> {
    this.#running.delete(broker)
    await broker.stop(STOP_MS)
  }

  /** A connection that has sent nothing yet, and the password that lets `user` in. */
  async client(
    broker: RunningBroker,
    user: string,
    role = 'device',
  ): Promise<{ client: RawClient; password: string }> {
    const client = await RawClient.open({ port: broker.tcpPort })
    this.#clients.push(client)
    const secret = Buffer.from(await readOrMakeSecret(this.#dir)).toString()
    return { client, password: await mintToken(secret, { user, role }) }
  }

  async dispose(): Promise<void> {
    for (const client of this.#clients) client.cut()
    await Promise.all([...this.#running].map((broker) => broker.stop(STOP_MS)))
    await this.redis.stop()
    await rm(this.#dir, { recursive: true, force: true })
  }
}
