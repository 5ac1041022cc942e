// Does docker-compose.yml work? Its commands, settings and health checks, as local processes with other addresses.
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Balancer } from '../../cluster/balancer.ts'
import { RoleProcess } from '../../cluster/role-process.ts'
import { Compose, SECRETS } from '../../support/compose.ts'
import { until } from '../../support/deadline.ts'
import { hasPostgres, PostgresServer } from '../../support/stores/postgres-server.ts'
import { hasRedis, PRODUCTION, RedisServer } from '../../support/stores/redis-server.ts'
import { MAIN } from '../../support/server.ts'
import { environment, runCli } from '../../support/cli-run.ts'

const service = (name: string): Compose => new Compose('services', name)
const HEALTHY_MS_MAX = 15_000

/** Runs a program with the environment of the image. @returns its exit code */
function run(program: string, args: readonly string[], dataDir: string, more = {}): Promise<number> {
  const env = environment(dataDir, { RESTANTE_DATA_DIR: dataDir, ...more })
  return new Promise((resolve) => {
    const child = execFile(program, args, { env }, () => resolve(child.exitCode ?? -1))
  })
}

describe.skipIf(!(hasRedis() && hasPostgres()))('the composed topology', () => {
  const data = mkdtempSync(join(tmpdir(), 'restante-compose-'))
  const token = mkdtempSync(join(tmpdir(), 'restante-compose-token-'))
  /** The balancer's; brokers know it by its network. */
  const BALANCER = '127.0.0.2'
  const brokers: RoleProcess[] = []
  const workers: RoleProcess[] = []
  /** What has another address here. */
  const local = new Map([
    ['/data', data],
    ['/token', token],
    ['dist/clients/cli/main.js', MAIN],
  ])
  let redis: RedisServer
  let postgres: PostgresServer
  let balancer: Balancer

  const here = (text: string): string =>
    [...local].reduce((changed, [there, address]) => changed.replaceAll(there, address), text)
  const settings = (...parts: Compose[]): Record<string, string> => ({
    RESTANTE_DATA_DIR: data,
    RESTANTE_HOST: '127.0.0.1',
    ...Object.fromEntries(
      parts
        .flatMap((part) => Object.entries(part.environment))
        .map(([name, value]) => [name, here(value)] as const),
    ),
  })
  /** A store's health check, told where the store is here. */
  const storeHealth = (name: string, ...where: string[]): Promise<number> => {
    const [, program, ...args] = service(name).words('test')
    return run(program as string, [...where, ...args], data, service(name).environment)
  }
  const roleHealth = (part: Compose, role: RoleProcess): Promise<number> => {
    const [, program, ...args] = part.words('test')
    const asked = args.map((word) => word.replace(/127\.0\.0\.1:\d+/, `127.0.0.1:${role.httpPort}`))
    return run(program as string, asked, data)
  }

  beforeAll(async () => {
    const requirepass = SECRETS['REDIS_PASSWORD'] as string
    redis = await RedisServer.start({ settings: { ...PRODUCTION, requirepass } })
    postgres = await PostgresServer.start()
    local.set('redis:6379', `127.0.0.1:${redis.port}`)
    local.set('postgres:5432', `127.0.0.1:${postgres.port}`)
    local.set(new Compose().find(/subnet: ([\d./]+)/), `${BALANCER}/32`)
  })
  afterAll(async () => {
    await Promise.all([...workers, ...brokers].map((role) => role.end('SIGTERM')))
    await balancer?.stop()
    await redis.stop()
    await postgres.dispose()
    for (const dir of [data, token]) rmSync(dir, { recursive: true, force: true })
  })

  test('its keys are made once', async () => {
    const command = here(service('keys').find(/^ +- (test .*)$/m))
    expect(await run('sh', ['-c', command], data)).toBe(0)
    const made = readFileSync(join(token, 'worker-token'), 'utf8')
    expect(made).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/)
    expect(await run('sh', ['-c', command], data)).toBe(0)
    expect(readFileSync(join(token, 'worker-token'), 'utf8')).toBe(made)
  })

  test('its stores are healthy when they answer', async () => {
    const { POSTGRES_USER: user, POSTGRES_DB: database } = service('postgres').environment
    const client = new pg.Client({ connectionString: postgres.url })
    await client.connect()
    // As the image does it at its first start.
    await client.query(`create role ${user} login`)
    await client.query(`create database ${database} owner ${user}`)
    await client.end()
    for (const [name, { port }] of Object.entries({ postgres, redis })) {
      expect(await storeHealth(name, '-h', '127.0.0.1', '-p', String(port)), name).toBe(0)
      expect(await storeHealth(name, '-h', '127.0.0.1', '-p', '1'), name).not.toBe(0)
    }
  })

  test('its brokers and workers start with their settings, and are healthy', async () => {
    for (const name of ['broker-1', 'broker-2']) {
      const broker = new RoleProcess('broker', settings(new Compose('x-broker')))
      brokers.push(broker)
      await broker.start()
      local.set(`${name}:1883`, `127.0.0.1:${broker.port}`)
      expect(await roleHealth(new Compose('x-broker'), broker)).toBe(0)
    }
    for (const own of [[], [service('worker-2')]]) {
      const worker = new RoleProcess('worker', settings(service('worker-1'), ...own))
      workers.push(worker)
      await worker.start()
      await until(
        async () => (await roleHealth(new Compose('x-worker'), worker)) === 0,
        HEALTHY_MS_MAX,
        'a healthy worker',
      )
    }
  })

  test('the command that it begins with adds a user, and messages are carried through the balancer', async () => {
    balancer = await Balancer.start(() => brokers.map(({ port }) => port), 0, BALANCER)
    local.set('balancer:1883', `127.0.0.1:${balancer.port}`)
    const [, ...args] = here(new Compose().find(/exec broker-1 node (.*)$/m)).split(' ')
    const env = settings()
    const added = await runCli(args, { home: data, env })
    expect(added).toMatchObject({ code: 0, stderr: '', stdout: 'alice is a user\n' })
    const target = ['--url', `mqtt://127.0.0.1:${balancer.port}`, '--data', data]
    const sent = await runCli(['send', 'bob', 'alice', 'composed', ...target], { home: data })
    expect(sent).toMatchObject({ code: 0, stderr: '' })
    const got = await runCli(['watch', 'alice', '--count', '1', ...target], { home: data })
    expect(got).toMatchObject({ code: 0, stdout: 'bob: composed\n' })
  })

  test('a broker whose Redis is gone is not healthy until it is back', async () => {
    const isHealthy = async (): Promise<boolean> =>
      (await roleHealth(new Compose('x-broker'), brokers[0] as RoleProcess)) === 0
    await redis.kill()
    await until(async () => !(await isHealthy()), HEALTHY_MS_MAX, 'a broker that is not healthy')
    await redis.restart()
    await until(isHealthy, HEALTHY_MS_MAX, 'a broker that is healthy again')
  })
})
