/** All there are, in order. */
const MIGRATIONS = [
  'users-chats-members',
  'partitions',
  'closed-chats',
  'users-by-lower-case',
  'chats-begun',
  'disappearing-messages',
] as const

import { type Kysely, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLog } from '../../../kit/log.ts'
import { type DatabaseSettings, openDatabase } from '../../../workers/directory/database.ts'
import { migrate, MIGRATION_LOCK } from '../../../workers/directory/migrate.ts'
import { PgDirectory } from '../../../workers/directory/pg-directory.ts'
import type { Schema } from '../../../workers/directory/schema.ts'
import { WorkerMetrics } from '../../../workers/metrics.ts'
import { FaultProxy } from '../../support/fault-proxy.ts'
import { freshDatabase, hasPostgres, PostgresServer } from '../../support/stores/postgres-server.ts'
import { until } from '../../support/deadline.ts'
import { copy, describeDirectory, member } from '../workers/directory-contract.ts'

const log = createLog('silent')
const openDirectory = (settings: DatabaseSettings): PgDirectory =>
  new PgDirectory(openDatabase(settings, log), new WorkerMetrics(), log)
const here = (directory: PgDirectory): Promise<unknown> =>
  until(() => !directory.isAway, 20_000, 'the directory to be here')

describe.skipIf(!hasPostgres())('PostgreSQL', () => {
  let server: PostgresServer | undefined
  let fresh: Awaited<ReturnType<typeof freshDatabase>>
  let directory: PgDirectory

  beforeAll(async () => {
    const given = process.env['DATABASE_URL']
    server = given === undefined ? await PostgresServer.start() : undefined
    fresh = await freshDatabase(given ?? (server as PostgresServer).url)
    directory = openDirectory({ url: fresh.url, connectionsMax: 4 })
    await directory.start()
  })
  afterAll(async () => {
    await directory.close()
    await fresh.drop()
    await server?.dispose()
  })

  describeDirectory('PostgreSQL', () => directory)

  it('is migrated by twenty processes at once, and twice in a row, without harm', async () => {
    const { url, drop } = await freshDatabase(fresh.url)
    const databases = Array.from({ length: 20 }, () => openDatabase({ url, connectionsMax: 1 }, log))
    try {
      const applied = await Promise.all(databases.map((db) => migrate(db)))
      expect(applied.filter((names) => names.length > 0)).toEqual([[...MIGRATIONS]])
      expect(await migrate(databases[0] as (typeof databases)[0])).toEqual([])
    } finally {
      await Promise.all(databases.map((db) => db.destroy()))
      await drop()
    }
  })

  it('is migrated by others after one that gave up waiting for its turn', async () => {
    const { url, drop } = await freshDatabase(fresh.url)
    const [first, impatient, next] = [10_000, 200, 3_000].map((ms) =>
      openDatabase({ url, connectionsMax: 1 }, log, ms),
    ) as [Kysely<Schema>, Kysely<Schema>, Kysely<Schema>]
    try {
      await first.connection().execute(async (connection) => {
        await sql`select pg_advisory_lock(${MIGRATION_LOCK}::bigint)`.execute(connection)
        await expect(migrate(impatient)).rejects.toThrow('timeout')
        await sql`select pg_advisory_unlock(${MIGRATION_LOCK}::bigint)`.execute(connection)
      })
      expect(await migrate(next)).toEqual([...MIGRATIONS])
    } finally {
      await Promise.all([first, impatient, next].map((db) => db.destroy()))
      await drop()
    }
  })

  it('is left alone by a program that is older than its schema', async () => {
    const { url, drop } = await freshDatabase(fresh.url)
    const db = openDatabase({ url, connectionsMax: 1 }, log)
    try {
      await migrate(db)
      await db.insertInto('schema_migrations').values({ number: 99, name: 'from-the-future' }).execute()
      await sql`alter table chats add column mood text`.execute(db)
      expect(await migrate(db)).toEqual([])
      const older = openDirectory({ url, connectionsMax: 1 })
      await older.start()
      await older.saveChats([copy(1, 1, [member(0, 'ann')])], [])
      expect(await older.chatPages([{ user: 'ann', after: new Uint8Array(), limit: 5 }])).toHaveLength(1)
      await older.close()
    } finally {
      await db.destroy()
      await drop()
    }
  })

  it('finds a user’s chats with one index scan', async () => {
    const db = openDatabase({ url: fresh.url, connectionsMax: 1 }, log)
    try {
      await sql`
        insert into members select 'x-' || i % 20, decode(lpad(to_hex(i), 20, '0'), 'hex'),
          0, 1, 1, 0, 0, 0, 0, '{}', 1 from generate_series(1, 20000) as i
      `.execute(db)
      await sql`analyze members`.execute(db)
      const { rows } = await sql<{ 'QUERY PLAN': string }>`
        explain select * from members
        where user_id = 'x-5' and chat_id > decode('00', 'hex') and leave_seq = 0 order by chat_id limit 50
      `.execute(db)
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
      expect(plan).toContain('Index Scan using members_pkey')
      expect(plan).not.toContain('Sort')
    } finally {
      await db.destroy()
    }
  })

  it('lets two writers write the same chats at once', async () => {
    const copies = (lastSeq: number) =>
      Array.from({ length: 50 }, (_, i) =>
        copy(i, lastSeq, [member(0, 'w-ann'), member(1, 'w-bob', { read: lastSeq })]),
      )
    await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        directory.saveChats(i % 2 === 0 ? copies(i) : copies(i).toReversed(), []),
      ),
    )
    const [rows] = await directory.chatPages([{ user: 'w-bob', after: new Uint8Array(), limit: 100 }])
    expect(rows?.map(({ lastSeq, myRead }) => [lastSeq, myRead])).toEqual(
      Array.from({ length: 50 }, () => [11, 11]),
    )
  })

  it('that someone has emptied is made anew: what was to be copied waits for it', async () => {
    const { url, drop } = await freshDatabase(fresh.url)
    const db = openDatabase({ url, connectionsMax: 1 }, log)
    const emptied = openDirectory({ url, connectionsMax: 2 })
    try {
      await emptied.start()
      await sql`drop table members, chats, users, partitions, schema_migrations`.execute(db)
      await expect(emptied.saveChats([copy(1, 1, [member(0, 'ann')])], [])).rejects.toMatchObject({
        code: 'directory-unavailable',
        retryable: true,
      })
      await here(emptied)
      await emptied.saveChats([copy(1, 1, [member(0, 'ann')])], [])
    } finally {
      await emptied.close()
      await db.destroy()
      await drop()
    }
  })

  it('tells a mistake from being away: it is not tried again for ever', async () => {
    const bad = copy(1, 1, [member(0, 'a\u0000b')])
    await expect(directory.saveChats([bad], [])).rejects.toMatchObject({
      code: 'directory-refused',
      retryable: false,
    })
    expect(directory.isAway).toBe(false)
  })
})

describe.skipIf(!hasPostgres())('a directory that goes away', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await PostgresServer.start()
  })
  afterAll(() => server.dispose())

  it('is found again when its server is back, and refuses at once in between', async () => {
    const directory = openDirectory({ url: server.url, connectionsMax: 2 })
    try {
      await directory.start()
      await directory.insertUsers(['ann'])
      await server.kill()
      await expect(directory.existing(['ann'])).rejects.toMatchObject({
        code: 'directory-unavailable',
        retryable: true,
      })
      expect(directory.isAway).toBe(true)
      const startedMs = performance.now()
      await expect(directory.existing(['ann'])).rejects.toMatchObject({ code: 'directory-unavailable' })
      expect(performance.now() - startedMs).toBeLessThan(1_000)
      await server.restart()
      await here(directory)
      expect(await directory.existing(['ann'])).toEqual(new Set(['ann']))
    } finally {
      await directory.close()
    }
  })

  it('may be away at the start', async () => {
    const { url, drop } = await freshDatabase(server.url)
    await server.kill()
    const directory = openDirectory({ url, connectionsMax: 2 })
    try {
      await directory.start()
      expect(directory.isAway).toBe(true)
      await server.restart()
      await here(directory)
      await directory.insertUsers(['bob'])
    } finally {
      await directory.close()
      await drop()
    }
  })

  it('counts as away when it is frozen: chats wait two seconds and no longer', async () => {
    const proxy = await FaultProxy.start({ host: '127.0.0.1', port: server.port })
    const directory = openDirectory({
      url: server.url.replace(String(server.port), String(proxy.port)),
      connectionsMax: 2,
    })
    try {
      await directory.start()
      await directory.existing(['ann'])
      proxy.freeze()
      const startedMs = performance.now()
      await expect(directory.existing(['ann'])).rejects.toMatchObject({ code: 'directory-unavailable' })
      expect(performance.now() - startedMs).toBeLessThan(8_000)
      proxy.thaw()
      await here(directory)
    } finally {
      await directory.close()
      await proxy.stop()
    }
  })
})
