// Does a stop keep its time while a store is away, and does its exit code say that something was left behind?
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCli } from '../../support/cli-run.ts'
import { Server } from '../../support/server.ts'
import { hasRedis, PRODUCTION, RedisServer } from '../../support/stores/redis-server.ts'

const STOP_MS = 4_000
/** On top, for a machine that has other things to do: less than a second part would take. */
const PATIENCE_MS = 3_000

describe.skipIf(!hasRedis())('a stop while Redis is away', () => {
  let redis: RedisServer
  let server: Server
  beforeAll(async () => {
    redis = await RedisServer.start({ settings: PRODUCTION })
    server = await Server.start({ env: { REDIS_URL: redis.url, RESTANTE_STOP_MS_MAX: String(STOP_MS) } })
  })
  afterAll(async () => {
    await server.dispose()
    await redis.stop()
  })

  test('takes no longer than it may, and says that it was not proper', async () => {
    const target = ['--url', `mqtt://127.0.0.1:${server.port}`, '--data', server.dataDir]
    const added = await runCli(['user', 'add', 'bob', ...target], { home: server.dataDir })
    expect(added).toMatchObject({ code: 0 })
    await redis.kill()
    const startedMs = performance.now()
    expect(await server.stop()).toBe(1)
    expect(performance.now() - startedMs).toBeLessThan(STOP_MS + PATIENCE_MS)
  })
})
