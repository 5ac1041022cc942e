import { join } from 'node:path'
import type { Log } from '../kit/log.ts'
import type { Secret } from '../kit/settings.ts'
import { openRedisBus } from './bus-redis.ts'
import { SingleNodeBus, type Bus } from './bus.ts'
import type { BrokerConfig } from './config.ts'
import { lockDataDirectory } from './mailbox/directory-lock.ts'
import { openLmdbStore } from './mailbox/lmdb.ts'
import { openRedisStore } from './mailbox/redis.ts'
import type { MailboxStore } from './mailbox/store.ts'

/** What a broker stands on: mailboxes, and the way to other nodes. */
export interface Stores {
  readonly store: MailboxStore
  readonly bus: Bus
  close(): Promise<void>
}

export interface StoresParts {
  readonly config: BrokerConfig
  /** This process among the nodes. */
  readonly node: string
  readonly log: Log
  /** The store may have lost what it had acknowledged: nothing remembered of it holds. */
  readonly onReset: () => void
}

/** Redis if its address is set, else the embedded store in the data directory, which it locks. */
export function openStores(parts: StoresParts): Promise<Stores> {
  const { redisUrls } = parts.config
  return redisUrls === undefined ? openEmbedded(parts) : openRedis(parts, redisUrls)
}

async function openEmbedded({ config }: StoresParts): Promise<Stores> {
  const lock = await lockDataDirectory(config.dataDir)
  try {
    const directory = join(config.dataDir, 'mailboxes')
    const store = await openLmdbStore({ directory, limits: config.mailboxes })
    return {
      store,
      bus: new SingleNodeBus(),
      close: async () => {
        await store.close()
        await lock.release()
      },
    }
  } catch (error) {
    await lock.release()
    throw error
  }
}

async function openRedis(
  { config, node, log, onReset }: StoresParts,
  redisUrls: readonly Secret[],
): Promise<Stores> {
  const urls = redisUrls.map((url) => url.reveal())
  const store = await openRedisStore({ urls, node, limits: config.mailboxes, log, onReset })
  try {
    const bus = await openRedisBus({ urls, log })
    return {
      store,
      bus,
      close: async () => {
        await bus.close()
        await store.close()
      },
    }
  } catch (error) {
    await store.close()
    throw error
  }
}
