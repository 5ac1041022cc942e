// Does one setting replace one embedded store, and leave the other?
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCli, type Ended } from '../../support/cli-run.ts'
import { Server } from '../../support/server.ts'
import { hasPostgres, PostgresServer } from '../../support/stores/postgres-server.ts'
import { hasRedis, PRODUCTION, RedisServer } from '../../support/stores/redis-server.ts'

const scratch = mkdtempSync(join(tmpdir(), 'restante-one-store-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

describe.skipIf(!(hasRedis() && hasPostgres()))('a server with one store of its own', () => {
  let redis: RedisServer
  let postgres: PostgresServer
  beforeAll(async () => {
    redis = await RedisServer.start({ settings: PRODUCTION })
    postgres = await PostgresServer.start()
  })
  afterAll(async () => {
    await redis.stop()
    await postgres.dispose()
  })

  test.each([
    { name: 'REDIS_URL', kept: 'directory', gone: 'mailboxes', url: () => redis.url },
    { name: 'DATABASE_URL', kept: 'mailboxes', gone: 'directory', url: () => postgres.url },
  ])('$name replaces one embedded store, and leaves the other', async ({ name, kept, gone, url }) => {
    const server = await Server.start({ env: { [name]: url() } })
    try {
      expect(server.output).toContain(`by ${name}`)
      expect([kept, gone].map((part) => existsSync(join(server.dataDir, part)))).toEqual([true, false])
      const run = (...args: string[]): Promise<Ended> =>
        runCli([...args, '--url', `mqtt://127.0.0.1:${server.port}`, '--data', server.dataDir], {
          home: scratch,
        })
      await expect(run('user', 'add', name)).resolves.toMatchObject({ code: 0 })
      await expect(run('send', 'alice', name, 'hello')).resolves.toMatchObject({ code: 0, stderr: '' })
      await expect(run('watch', name, '--count', '1')).resolves.toMatchObject({ stdout: 'alice: hello\n' })
    } finally {
      await server.dispose()
    }
  })
})
