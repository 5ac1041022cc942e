import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'
import { freshDatabase, hasPostgres } from './postgres-server.ts'
import { hasRedis, PRODUCTION, RedisClusterServers, RedisServer } from './redis-server.ts'

type StoresName = 'lmdb + PGlite' | 'Redis + PostgreSQL' | 'Redis Cluster + PostgreSQL'

declare module 'vitest' {
  interface ProvidedContext {
    /** What the servers of a project's tests run on; without it, on the embedded stores. */
    readonly stores?: StoresName
  }
}

/** The stores of one server, and of no other. */
export interface Stores {
  /** The settings that name them. */
  readonly env: Readonly<Record<string, string>>
  /** Empties the mailbox store of a server that is stopped, and leaves the directory. */
  loseMailboxes(dataDir: string): Promise<void>
  /** Copies a store of a server that is stopped. @returns what puts the copy back, and needs it stopped too */
  backUpMailboxes(dataDir: string): Promise<() => Promise<void>>
  backUpDirectory(dataDir: string): Promise<() => Promise<void>>
  stop(): Promise<void>
}

const EMBEDDED: Stores = {
  env: {},
  loseMailboxes: async (dataDir) => rmSync(join(dataDir, 'mailboxes'), { recursive: true }),
  backUpMailboxes: async (dataDir) => backUpFiles(dataDir, 'mailboxes'),
  backUpDirectory: async (dataDir) => backUpFiles(dataDir, 'directory'),
  stop: async () => undefined,
}
const name = inject('stores') ?? 'lmdb + PGlite'

/** Why the servers of this project can't run here; with REQUIRE_SERVICES=1 that is an error. */
export function storesMissing(): string | undefined {
  const isHere = name === 'lmdb + PGlite' || (hasRedis() && hasPostgres())
  return isHere ? undefined : `${name}: not installed here`
}

export async function startStores(): Promise<Stores> {
  if (name === 'lmdb + PGlite') return EMBEDDED
  const kind = name === 'Redis + PostgreSQL' ? RedisServer : RedisClusterServers
  const redis = await kind.start({ settings: PRODUCTION })
  const masters = redis instanceof RedisServer ? [redis] : redis.masters
  const database = await freshDatabase(process.env['DATABASE_URL'] as string)
  return {
    env: { REDIS_URL: redis.url, DATABASE_URL: database.url },
    loseMailboxes: async () => {
      await Promise.all(masters.map(({ client }) => client.flushall()))
    },
    backUpMailboxes: async () => {
      const putBack = await Promise.all(masters.map((master) => master.backUp()))
      return async () => {
        await Promise.all(putBack.map((one) => one()))
      }
    },
    backUpDirectory: () => database.backUp(),
    stop: async () => {
      await redis.stop()
      await database.drop()
    },
  }
}

function backUpFiles(dataDir: string, part: string): () => Promise<void> {
  const [files, copy] = [join(dataDir, part), join(dataDir, `${part}-copy`)]
  cpSync(files, copy, { recursive: true })
  return async () => {
    rmSync(files, { recursive: true })
    cpSync(copy, files, { recursive: true })
  }
}
