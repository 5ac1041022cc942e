import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readBrokerConfig } from '../../broker/config.ts'
import { openLmdbStore } from '../../broker/mailbox/lmdb/lmdb-store.ts'
import { openRedisStore } from '../../broker/mailbox/redis/redis-store.ts'
import {
  partitionMailbox,
  userMailbox,
  type Append,
  type MailboxLimits,
  type MailboxStore,
} from '../../broker/mailbox/store.ts'
import { createLog } from '../../kit/log.ts'
import { Settings } from '../../kit/settings.ts'
import { encodeDown } from '../../proto/codec.ts'
import { percentiles, round, type Percentiles } from '../figures.ts'
import { startRedis } from '../redis.ts'
import type { StoreName } from '../server.ts'

export interface FanoutOptions {
  readonly members: number
  /** Text bytes of a message. */
  readonly bytes: number
  readonly messages: number
}

export interface FanoutResult extends FanoutOptions {
  /** What the store writes for one message, from its place in the partition to all mailboxes: the AOF, or journal and tables. */
  readonly written_kb_per_message: number
  /** From the commit's call until it is durable. */
  readonly commit_ms: Percentiles
}

/** A store that can say how much it has written. */
interface Measured {
  readonly store: MailboxStore
  writtenBytes(): Promise<number>
  /** Everything has reached where it stays. */
  settle(): Promise<void>
  close(): Promise<void>
}

const PARTITION = 0
const CHAT = new Uint8Array(10)
/** One file of the embedded store's journal: filled with zeros once, which no message pays for. */
const JOURNAL_FILE_BYTES = 4 * 1024 * 1024

/** A store alone: messages of one group whose members are all away. */
export async function fanout(name: StoreName, options: FanoutOptions): Promise<FanoutResult> {
  const { members, messages } = options
  const directory = await mkdtemp(join(tmpdir(), 'restante-bench-'))
  const { mailboxes: limits } = readBrokerConfig(new Settings({}))
  const measured = await (name === 'redis' ? onRedis(directory, limits) : onLmdb(directory, limits))
  try {
    const { store } = measured
    const users = Array.from({ length: members }, (_, i) => `m${i}`)
    await store.attach(
      users.map((user) => ({ mailbox: userMailbox(user), reader: 'phone', node: 'bench', ttlMs: 0 })),
    )
    const lease = { mailbox: partitionMailbox(PARTITION), reader: 'worker', node: 'bench', ttlMs: 3_600_000 }
    const [attached] = await store.attach([lease])
    if (attached?.outcome !== 'attached') throw new Error('The partition is not to be had.')
    const latencies: number[] = []
    let before = 0
    // The first message is no measure: with it, each mailbox is noted for the day on which it has something to lose.
    for (let seq = 1; seq <= 1 + messages; seq++) {
      await store.append([{ mailbox: lease.mailbox, bytes: new Uint8Array(options.bytes + 60) }])
      const appends = deliveries(users, seq, options.bytes)
      const calledAt = performance.now()
      await store.commit({
        partition: PARTITION,
        epoch: attached.epoch,
        from: seq - 1,
        upTo: seq,
        puts: ['head', 'd0/phone'].map((field) => ({ chat: 'chat', field, value: new Uint8Array(30) })),
        appends,
      })
      latencies.push(performance.now() - calledAt)
      if (seq > 1) continue
      await store.sweep(1)
      await measured.settle()
      before = await measured.writtenBytes()
    }
    await measured.settle()
    const written = (await measured.writtenBytes()) - before
    return {
      ...options,
      written_kb_per_message: round(written / messages / 1_000),
      commit_ms: percentiles(latencies.slice(1)),
    }
  } finally {
    await measured.close()
    await rm(directory, { recursive: true })
  }
}

/** As a worker's commit has them: the message for everybody but the sending device, whose answer it is. */
function deliveries(users: readonly string[], seq: number, bytes: number): Append[] {
  const message = { chat: CHAT, seq, sender: 0, sentAtS: 1_800_000_000, text: 'x'.repeat(bytes) }
  const shared = encodeDown({ messages: [message] })
  const appends = users.map((user, i) => ({
    mailbox: userMailbox(user),
    bytes: shared,
    ...(i === 0 ? { except: 'phone' } : {}),
  }))
  const answer = encodeDown({ accepted: [{ clientSeq: seq, seq }] })
  return [...appends, { mailbox: userMailbox(users[0] as string), bytes: answer, only: 'phone' }]
}

async function onRedis(directory: string, limits: MailboxLimits): Promise<Measured> {
  const redis = await startRedis(directory)
  const store = await openRedisStore({ urls: [redis.url], node: 'bench', limits, log: createLog('error') })
  return {
    store,
    writtenBytes: async () => (await redis.counts()).aofBytes,
    settle: () => Promise.resolve(),
    async close() {
      await store.close()
      await redis.stop()
    },
  }
}

async function onLmdb(directory: string, limits: MailboxLimits): Promise<Measured> {
  let store = await openLmdbStore({ directory, limits })
  let closed: Promise<void> | undefined
  const current = new Proxy({} as MailboxStore, {
    get: (_, name: keyof MailboxStore) => (store[name] as () => unknown).bind(store),
  })
  return {
    store: current,
    async writtenBytes() {
      const written = /^wchar: (\d+)/m.exec(await readFile('/proc/self/io', 'utf8'))?.[1]
      const files = (await readdir(directory)).filter((name) => name.startsWith('journal-'))
      return Number(written) - files.length * JOURNAL_FILE_BYTES
    },
    // A start settles all that the journal holds.
    async settle() {
      await store.close()
      store = await openLmdbStore({ directory, limits })
    },
    close: () => (closed ??= store.close()),
  }
}
