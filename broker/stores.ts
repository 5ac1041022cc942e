import { join } from 'node:path'
import type { Cluster, Redis } from 'ioredis'
import { lockDataDirectory } from '../kit/directory-lock.ts'
import type { Log } from '../kit/log.ts'
import type { Secret } from '../kit/settings.ts'
import { openRedisBus } from './bus/bus-redis.ts'
import { SingleNodeBus, type Bus } from './bus/bus.ts'
import type { BrokerConfig } from './config.ts'
import type { BrokerMetrics } from './metrics.ts'
import { markInUse } from './mailbox/lmdb/in-use-mark.ts'
import { openLmdbStore } from './mailbox/lmdb/lmdb-store.ts'
import { openRedisStore } from './mailbox/redis/redis-store.ts'
import { openClient } from './mailbox/redis/client.ts'
import type { MailboxStore } from './mailbox/store.ts'

/** What a broker stands on: mailboxes, the way to other nodes, and Redis for what Aedes itself keeps. */
export interface Stores {
  readonly store: MailboxStore
  readonly bus: Bus
  /** Of Aedes' own persistence. The embedded mode has none. */
  readonly aedesRedis: Redis | Cluster | undefined
  close(): Promise<void>
}

export interface StoresParts {
  readonly config: BrokerConfig
  /** This process among the nodes. */
  readonly node: string
  readonly log: Log
  /** The store may have lost what it had acknowledged: nothing remembered of it holds. */
  readonly onReset: () => void
  readonly metrics: Pick<BrokerMetrics, 'count' | 'owed'>
  /** Entries that had waited for a server of the store are in their mailboxes, and nobody was told. */
  readonly onSettled: () => void
}

/** A command of Aedes' own persistence that has no answer fails after it. */
const AEDES_DEADLINE_MS = 5_000

/** Redis if its address is set, else the embedded store in the data directory, which it locks. */
export function openStores(parts: StoresParts): Promise<Stores> {
  const { redisUrls } = parts.config
  return redisUrls === undefined ? openEmbedded(parts) : openRedis(parts, redisUrls)
}

async function openEmbedded({ config }: StoresParts): Promise<Stores> {
  const lock = await lockDataDirectory(config.dataDir)
  try {
    const mark = await markInUse(config.dataDir)
    const directory = join(config.dataDir, 'mailboxes')
    const store = await openLmdbStore({ directory, limits: config.mailboxes })
    return {
      store,
      bus: new SingleNodeBus(),
      aedesRedis: undefined,
      close: async () => {
        await store.close()
        await mark.remove()
        await lock.release()
      },
    }
  } catch (error) {
    await lock.release()
    throw error
  }
}

async function openRedis(
  { config, metrics, ...parts }: StoresParts,
  redisUrls: readonly Secret[],
): Promise<Stores> {
  const urls = redisUrls.map((url) => url.reveal())
  const opened: (() => Promise<void> | void)[] = []
  const close = async (): Promise<void> => {
    for (const act of opened.toReversed()) await act()
  }
  try {
    const store = await openRedisStore({
      ...parts,
      urls,
      limits: config.mailboxes,
      onBroken: () => metrics.count('mailbox_broken_total'),
      onOwed: (entries) => metrics.owed(entries),
    })
    opened.push(() => store.close())
    const bus = await openRedisBus({ urls, log: parts.log })
    opened.push(() => bus.close())
    const aedesRedis = await openClient(urls, 'restante:aedes', AEDES_DEADLINE_MS)
    opened.push(() => aedesRedis.disconnect())
    return { store, bus, aedesRedis, close }
  } catch (error) {
    await close()
    throw error
  }
}
