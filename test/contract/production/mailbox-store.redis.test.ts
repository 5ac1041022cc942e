import { afterAll, beforeAll, describe } from 'vitest'
import { openRedisStore } from '../../../broker/mailbox/redis/redis-store.ts'
import type { MailboxLimits } from '../../../broker/mailbox/store.ts'
import { createLog } from '../../../kit/log.ts'
import { hasRedis, RedisServer } from '../../support/stores/redis-server.ts'
import { mailboxStoreContract } from '../mailbox-store.ts'
import type { TestTime } from '../mailbox-store/time.ts'

describe.skipIf(!hasRedis())('Redis', () => {
  let server: RedisServer
  beforeAll(async () => {
    server = await RedisServer.start()
  })
  afterAll(() => server.stop())

  mailboxStoreContract('Redis', async (limits: MailboxLimits, time: TestTime) => {
    const open = () =>
      openRedisStore({ urls: [server.url], limits, node: 'node-1', log: createLog('silent'), time })
    let store = await open()
    return {
      store,
      async reopen() {
        await store.close()
        store = await open()
        return store
      },
      async destroy() {
        await store.close()
        await server.client.flushall()
      },
    }
  })
})
