import { afterAll, beforeAll, describe } from 'vitest'
import { openRedisStore } from '../../../broker/mailbox/redis/redis-store.ts'
import type { MailboxLimits } from '../../../broker/mailbox/store.ts'
import { createLog } from '../../../kit/log.ts'
import { hasRedis, RedisClusterServers } from '../../support/stores/redis-server.ts'
import { mailboxStoreContract } from '../mailbox-store.ts'
import type { TestTime } from '../mailbox-store/time.ts'

describe.skipIf(!hasRedis())('Redis Cluster', () => {
  let cluster: RedisClusterServers
  beforeAll(async () => {
    cluster = await RedisClusterServers.start()
  })
  afterAll(() => cluster.stop())

  mailboxStoreContract('Redis Cluster', async (limits: MailboxLimits, time: TestTime) => {
    const open = () =>
      openRedisStore({ urls: cluster.urls, limits, node: 'node-1', log: createLog('silent'), time })
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
        await cluster.flush()
      },
    }
  })
})
