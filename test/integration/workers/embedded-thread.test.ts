// Does the thread of the embedded database come and go as it is needed, and is it never waited for without an end?
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { createLog } from '../../../kit/log.ts'
import { EmbeddedDatabase } from '../../../workers/directory/embedded/embedded.ts'
import { TEMPLATE } from '../../../workers/directory/embedded/template.ts'
import { until, within } from '../../support/deadline.ts'
import { closed, connectEmbedded, FOREVER, withEmbedded } from '../../support/stores/embedded-client.ts'
import { query, STARTUP } from '../../support/stores/postgres-client.ts'

const log = createLog('silent')
const dataDir = mkdtempSync(join(tmpdir(), 'restante-embedded-test-'))
const dir = join(dataDir, 'directory')
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

let embedded: EmbeddedDatabase
afterEach(() => embedded.close(20_000))

const threads = (): number => (process.report.getReport() as { workers: unknown[] }).workers.length
const threadsBefore = threads()
const select = (value: number): Promise<unknown> =>
  withEmbedded(embedded, async (db) => (await sql`select ${value}::int as value`.execute(db)).rows)
/** @returns the kind of the first answer */
const answered = async (socket: Socket): Promise<string> => {
  const [bytes] = (await within(once(socket, 'data'), 10_000, () => 'an answer')) as [Buffer]
  return bytes.toString('latin1', 0, 1)
}

describe('the thread of the embedded database', () => {
  it('is started for the first who connects, ends after idleness, and is started again', async () => {
    embedded = await EmbeddedDatabase.start(dir, log, { idleMsMax: 100 })
    expect(threads()).toBe(threadsBefore)
    for (const value of [1, 2]) {
      expect(await select(value)).toEqual([{ value }])
      await until(() => threads() === threadsBefore, 20_000, 'the end of the thread')
    }
  })

  it('stays while somebody is connected, who need not say anything', async () => {
    embedded = await EmbeddedDatabase.start(dir, log, { idleMsMax: 1 })
    const silent = await connectEmbedded(embedded, STARTUP)
    expect(await answered(silent)).toBe('R')
    for (let i = 0; i < 10; i++) {
      const passing = await connectEmbedded(embedded)
      passing.destroy()
      await closed(passing)
    }
    silent.write(query("select 'still here'"))
    await answered(silent)
    expect(threads()).toBe(threadsBefore + 1)
    silent.destroy()
    await until(() => threads() === threadsBefore, 20_000, 'the end of the thread')
  })

  it('serves who connects while it is ending', async () => {
    embedded = await EmbeddedDatabase.start(dir, log, { idleMsMax: 1 })
    for (let value = 0; value < 8; value++) expect(await select(value)).toEqual([{ value }])
  })

  it('that is not open in time is given up, and may be tried again', async () => {
    embedded = await EmbeddedDatabase.start(dir, log, { openMsMax: 1 })
    await expect(embedded.open()).rejects.toMatchObject({
      code: 'directory-failed',
      cause: { message: 'its thread does not open it' },
    })
    await embedded.close(1_000)
    embedded = await EmbeddedDatabase.start(dir, log)
    await embedded.open()
    expect(await select(3)).toEqual([{ value: 3 }])
  })

  it('is closed in time during a query that does not end, and says so', async () => {
    embedded = await EmbeddedDatabase.start(dir, log)
    const socket = await connectEmbedded(embedded, STARTUP, query(FOREVER))
    // What came with it is carried out before the thread looks at anything else.
    expect(await answered(socket)).toBe('R')
    expect(await within(embedded.close(500), 5_000, () => 'the end')).toBe(false)
    await closed(socket)
  })

  it('is closed properly while clients wait for their turn', async () => {
    embedded = await EmbeddedDatabase.start(dir, log)
    const served = await connectEmbedded(embedded, STARTUP, query('begin'))
    expect(await answered(served)).toBe('R')
    const waiting = await Promise.all([1, 2].map(() => connectEmbedded(embedded, STARTUP)))
    expect(await within(embedded.close(60_000), 10_000, () => 'the end')).toBe(true)
    await Promise.all([served, ...waiting].map(closed))
  })

  it('is ended when the database is closed while it opens, and who waits is closed', async () => {
    embedded = await EmbeddedDatabase.start(dir, log)
    const waiting = await connectEmbedded(embedded, STARTUP)
    await until(() => threads() > threadsBefore, 20_000, 'the thread')
    await within(embedded.close(20_000), 10_000, () => 'the end')
    await closed(waiting)
    expect(threads()).toBe(threadsBefore)
  })

  it('is not left behind when the database is closed while it is opened anew', async () => {
    embedded = await EmbeddedDatabase.start(dir, log, { hangMsMax: 1_000 })
    await closed(await connectEmbedded(embedded, STARTUP, query(FOREVER)))
    await until(() => threads() === threadsBefore, 20_000, 'the end of the thread')
    const waiting = await connectEmbedded(embedded, STARTUP)
    await until(() => threads() > threadsBefore, 20_000, 'the next thread')
    await embedded.close(20_000)
    await closed(waiting)
    expect(threads()).toBe(threadsBefore)
  })
})

describe('the files of the embedded database', () => {
  it.each([
    ['is empty', () => undefined],
    [
      'a copy was cut off in',
      (place: string) => cpSync(join(TEMPLATE, 'base'), join(place, 'base'), { recursive: true }),
    ],
    [
      'a copy was cut off in a file of',
      (place: string) => writeFileSync(join(place, 'postgresql.conf'), 'max_'),
    ],
    [
      'a copy was cut off at its last file in',
      (place: string) => writeFileSync(join(place, 'PG_VERSION.new'), ''),
    ],
  ])('are made in a directory that %s', async (_, prepare) => {
    const place = mkdtempSync(join(dataDir, 'made-'))
    prepare(place)
    embedded = await EmbeddedDatabase.start(place, log)
    await embedded.open()
    expect(await select(4)).toEqual([{ value: 4 }])
  })

  it('G8 are not filled by the log: there is a checkpoint now and then', async () => {
    const place = join(dataDir, 'log')
    mkdirSync(place)
    embedded = await EmbeddedDatabase.start(place, log)
    await embedded.open()
    const sizes: number[] = []
    await withEmbedded(embedded, async (db) => {
      await sql`create table big (t text)`.execute(db)
      for (let i = 0; i < 100; i++) {
        await sql`insert into big select repeat(md5(g::text), 30) from generate_series(1, 1000) g`.execute(db)
        const files = readdirSync(join(place, 'pg_wal'), { withFileTypes: true }).filter((file) =>
          file.isFile(),
        )
        sizes.push(
          files.map(({ name }) => statSync(join(place, 'pg_wal', name)).size).reduce((a, b) => a + b, 0),
        )
      }
    })
    expect(Math.max(...sizes) / 1024 / 1024).toBeLessThan(40)
  })
})
