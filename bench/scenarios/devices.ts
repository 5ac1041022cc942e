import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readBrokerConfig } from '../../broker/config.ts'
import { openRedisStore } from '../../broker/mailbox/redis/redis-store.ts'
import { userMailbox } from '../../broker/mailbox/store.ts'
import { createLog } from '../../kit/log.ts'
import { Settings } from '../../kit/settings.ts'
import { round } from '../figures.ts'
import { run } from '../process.ts'
import { startRedis } from '../redis.ts'

export interface DevicesResult {
  readonly devices: number
  /** Medians of the time until a broker listens, and of its memory then: with no device registered, and with all. */
  readonly ms_none: number
  readonly ms: number
  readonly ratio: number
  readonly rss_mb_none: number
  readonly rss_mb: number
}

const ROUNDS = 5
const DEVICES_PER_CALL = 1_000
const CALLS_AT_ONCE = 8

/** Whether a broker's start depends on how many devices are registered in its Redis. It must be empty at first. */
export async function devices(count: number): Promise<DevicesResult> {
  const directory = mkdtempSync(join(tmpdir(), 'restante-bench-'))
  const redis = await startRedis(directory)
  try {
    const none = await measure(redis.url, directory)
    await register(redis.url, count)
    const all = await measure(redis.url, directory)
    return {
      devices: count,
      ms_none: round(none.ms),
      ms: round(all.ms),
      ratio: round(all.ms / none.ms),
      rss_mb_none: none.rssMb,
      rss_mb: all.rssMb,
    }
  } finally {
    await redis.stop()
    rmSync(directory, { recursive: true, force: true })
  }
}

async function measure(redisUrl: string, directory: string): Promise<{ ms: number; rssMb: number }> {
  const times: number[] = []
  const sizes: number[] = []
  for (let i = 0; i < ROUNDS; i++) {
    const broker = await run(['broker'], {
      REDIS_URL: redisUrl,
      RESTANTE_DATA_DIR: join(directory, 'broker'),
      RESTANTE_MQTT_PORT: '0',
      RESTANTE_HTTP_PORT: '0',
      RESTANTE_LOG_LEVEL: 'error',
    })
    times.push(broker.startMs)
    sizes.push(broker.rssMb())
    await broker.stop()
  }
  return { ms: median(times), rssMb: median(sizes) }
}

/** One device for each of as many users, as their first connections would. */
async function register(redisUrl: string, devices: number): Promise<void> {
  const { mailboxes: limits } = readBrokerConfig(new Settings({}))
  const log = createLog('error')
  const store = await openRedisStore({ urls: [redisUrl], node: 'bench', limits, log })
  let next = 0
  const fill = async (): Promise<void> => {
    while (next < devices) {
      const first = next
      next = Math.min(next + DEVICES_PER_CALL, devices)
      const attaches = Array.from({ length: next - first }, (_, i) => ({
        mailbox: userMailbox(`user${first + i}`),
        reader: 'phone',
        node: 'bench',
        ttlMs: 0,
      }))
      const outcomes = await store.attach(attaches)
      if (outcomes.some(({ outcome }) => outcome !== 'attached'))
        throw new Error('a device was not registered')
    }
  }
  await Promise.all(Array.from({ length: CALLS_AT_ONCE }, fill))
  await store.close()
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number
}
