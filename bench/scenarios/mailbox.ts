import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readBrokerConfig } from '../../broker/config.ts'
import { openLmdbStore } from '../../broker/mailbox/lmdb/lmdb-store.ts'
import { openRedisStore } from '../../broker/mailbox/redis/redis-store.ts'
import { userMailbox, type MailboxStore } from '../../broker/mailbox/store.ts'
import { createLog } from '../../kit/log.ts'
import { Settings } from '../../kit/settings.ts'
import { percentiles, round, type Percentiles } from '../figures.ts'
import { startRedis } from '../redis.ts'
import type { StoreName } from '../server.ts'

export interface MailboxOptions {
  readonly mailboxes: number
  /** Payload bytes of an entry. */
  readonly bytes: number
  readonly seconds: number
}

interface MailboxRound {
  /** Entries of one append call. */
  readonly batch: number
  readonly entries_per_s: number
  /** From the append call until the entries are durable. */
  readonly append_ms: Percentiles
  /** CPU time of the process, all threads, for each entry appended, read and acknowledged. */
  readonly cpu_us_per_entry: number
}

export interface MailboxResult {
  readonly mailboxes: number
  readonly bytes: number
  readonly rounds: readonly MailboxRound[]
}

const BATCHES = [1, 10, 100]
const READ_BYTES_MAX = 1_000_000

/**
 * A store alone, in this process: every mailbox has a writer that appends, reads what it appended and acknowledges
 * it, in turns.
 */
export async function mailbox(name: StoreName, options: MailboxOptions): Promise<MailboxResult> {
  const { mailboxes, bytes, seconds } = options
  const directory = await mkdtemp(join(tmpdir(), 'restante-bench-'))
  const redis = name === 'redis' ? await startRedis(directory) : undefined
  const { mailboxes: limits } = readBrokerConfig(new Settings({}))
  const store = redis
    ? await openRedisStore({ urls: [redis.url], node: 'bench', limits, log: createLog('error') })
    : await openLmdbStore({ directory, limits })
  try {
    const users = Array.from({ length: mailboxes }, (_, i) => userMailbox(`bench-${process.pid}-${i}`))
    const rounds: MailboxRound[] = []
    for (const batch of BATCHES) rounds.push(await runRound(store, users, bytes, batch, seconds))
    return { mailboxes, bytes, rounds }
  } finally {
    await store.close()
    await redis?.stop()
    await rm(directory, { recursive: true })
  }
}

async function runRound(
  store: MailboxStore,
  mailboxes: readonly string[],
  bytes: number,
  batch: number,
  seconds: number,
): Promise<MailboxRound> {
  const payload = new Uint8Array(bytes).fill(7)
  const latencies: number[] = []
  let entries = 0
  const startedAt = performance.now()
  const cpu = process.cpuUsage()
  const write = async (mailboxId: string): Promise<void> => {
    const attach = { mailbox: mailboxId, reader: 'phone', node: 'bench', ttlMs: 0 }
    const [attached] = await store.attach([attach])
    const epoch = attached?.outcome === 'attached' ? attached.epoch : 0
    const items = Array.from({ length: batch }, () => ({ mailbox: mailboxId, bytes: payload }))
    let [head = 0] = await store.heads([{ mailbox: mailboxId }])
    while (performance.now() - startedAt < seconds * 1_000) {
      const calledAt = performance.now()
      await store.append(items)
      latencies.push(performance.now() - calledAt)
      const read = await store.read(mailboxId, head, batch, READ_BYTES_MAX)
      head = read.readUpTo
      entries += read.entries.length
      await store.advance([{ mailbox: mailboxId, reader: 'phone', epoch, position: head }])
    }
  }
  await Promise.all(mailboxes.map(write))
  const elapsedMs = performance.now() - startedAt
  const used = process.cpuUsage(cpu)
  return {
    batch,
    entries_per_s: Math.round(entries / (elapsedMs / 1_000)),
    append_ms: percentiles(latencies),
    cpu_us_per_entry: round((used.user + used.system) / entries),
  }
}
