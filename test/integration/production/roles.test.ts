// Do broker, worker and migrate run as processes of their own, on Redis and PostgreSQL, set by their environment?
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { until } from '../../support/deadline.ts'
import { hasPostgres, PostgresServer } from '../../support/stores/postgres-server.ts'
import { hasRedis, PRODUCTION, RedisServer } from '../../support/stores/redis-server.ts'
import { MAIN } from '../../support/server.ts'
import { environment, runCli } from '../../support/cli-run.ts'

const START_MS_MAX = 20_000
const canRun = hasRedis() && hasPostgres()

/** A role that runs until it is told to stop. */
class Role {
  readonly #child: ChildProcess
  stdout = ''

  constructor(name: string, home: string, env: Record<string, string>) {
    this.#child = spawn(process.execPath, [MAIN, name], { env: environment(home, env) })
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.stdout += text))
    this.#child.stderr?.resume()
  }

  /** The first group of the pattern in what it printed. */
  async printed(pattern: RegExp): Promise<string> {
    return until(
      () => pattern.exec(this.stdout)?.[1],
      START_MS_MAX,
      () => `${String(pattern)} in ${this.stdout}`,
    )
  }

  async stop(): Promise<number | null> {
    if (this.#child.exitCode === null) {
      const exit = once(this.#child, 'exit')
      this.#child.kill('SIGTERM')
      await exit
    }
    return this.#child.exitCode
  }
}

describe.skipIf(!canRun)('roles', () => {
  const home = mkdtempSync(join(tmpdir(), 'restante-roles-'))
  let redis: RedisServer
  let postgres: PostgresServer
  beforeAll(async () => {
    redis = await RedisServer.start({ settings: PRODUCTION })
    postgres = await PostgresServer.start()
  })
  afterAll(async () => {
    await redis.stop()
    await postgres.dispose()
    rmSync(home, { recursive: true, force: true })
  })

  test('migrate brings the schema up to date, once', async () => {
    const env = { DATABASE_URL: postgres.url }
    const first = await runCli(['migrate'], { home, env })
    expect(first).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Applied: \S/) as string })
    const second = await runCli(['migrate'], { home, env })
    expect(second).toMatchObject({ code: 0, stdout: 'The directory is up to date.\n' })
  })

  test('migrate says which database does not answer', async () => {
    const env = { DATABASE_URL: 'postgres://127.0.0.1:1/x' }
    const { code, stderr } = await runCli(['migrate'], { home, env })
    expect(code).toBe(1)
    expect(stderr).toMatch(/^restante: [^\n]*127\.0\.0\.1:1/m)
    expect(stderr).not.toMatch(/ at .*\.js:\d+/)
  })

  test('a broker and a worker carry messages; SIGTERM ends both with 0', async () => {
    const data = join(home, 'data')
    const { stdout: token } = await runCli(['token', 'w', '--role', 'worker', '--data', data], { home })
    writeFileSync(join(home, 'worker.jwt'), token)
    const broker = new Role('broker', home, {
      REDIS_URL: redis.url,
      RESTANTE_DATA_DIR: data,
      RESTANTE_MQTT_PORT: '0',
      RESTANTE_HTTP_PORT: '0',
    })
    const port = await broker.printed(/mqtt:\/\/[^:]+:(\d+)/)
    const url = `mqtt://127.0.0.1:${port}`
    const worker = new Role('worker', home, {
      DATABASE_URL: postgres.url,
      RESTANTE_BROKER_URL: url,
      RESTANTE_WORKER_TOKEN_FILE: join(home, 'worker.jwt'),
      RESTANTE_WORKER_HTTP_PORT: '0',
    })
    try {
      const httpPort = await worker.printed(/http:\/\/[^:]+:(\d+)/)
      expect([broker.stdout, worker.stdout].join('')).toMatch(
        /mailboxes in Redis\n[^]*directory in PostgreSQL\n/,
      )
      await until(
        async () => (await fetch(`http://127.0.0.1:${httpPort}/readyz`)).ok,
        START_MS_MAX,
        'a ready worker',
      )
      const target = ['--url', url, '--data', data]
      await expect(runCli(['user', 'add', 'bob', ...target], { home })).resolves.toMatchObject({ code: 0 })
      const sent = await runCli(['send', 'alice', 'bob', 'over Redis', ...target], { home })
      expect(sent).toMatchObject({ code: 0, stderr: '' })
      const got = await runCli(['watch', 'bob', '--count', '1', ...target], { home })
      expect(got).toMatchObject({ code: 0, stdout: 'alice: over Redis\n' })
    } finally {
      const codes = [await worker.stop(), await broker.stop()]
      expect(codes).toEqual([0, 0])
    }
  })

  test('without the address of a shared store each says where it keeps its own', async () => {
    const data = join(home, 'own')
    const { stdout: token } = await runCli(['token', 'w', '--role', 'worker', '--data', data], { home })
    const own = { RESTANTE_DATA_DIR: data, RESTANTE_MQTT_PORT: '0', RESTANTE_HTTP_PORT: '0' }
    const roles = [
      new Role('broker', home, own),
      new Role('worker', home, { ...own, RESTANTE_WORKER_TOKEN: token }),
    ] as const
    try {
      expect(await roles[0].printed(/^broker: mailboxes in (.+)$/m)).toBe(join(data, 'mailboxes'))
      expect(await roles[1].printed(/^worker: directory in (.+)$/m)).toBe(join(data, 'directory'))
    } finally {
      for (const role of roles) await role.stop()
    }
  })

  test('a worker without a token says what it needs', async () => {
    const { code, stderr } = await runCli(['worker'], { home, env: { DATABASE_URL: postgres.url } })
    expect(code).toBe(1)
    expect(stderr).toMatch(/RESTANTE_WORKER_TOKEN or RESTANTE_WORKER_TOKEN_FILE/)
  })

  test('a broker whose Redis does not answer says so', async () => {
    const env = {
      REDIS_URL: 'redis://127.0.0.1:1',
      RESTANTE_DATA_DIR: join(home, 'none'),
      RESTANTE_MQTT_PORT: '0',
    }
    const { code, stderr } = await runCli(['broker'], { home, env: { ...env, RESTANTE_HTTP_PORT: '0' } })
    expect(code).toBe(1)
    expect(stderr).toMatch(/^restante: /m)
    expect(stderr).not.toMatch(/^ +at .*\.js:\d+/m)
  })
})
