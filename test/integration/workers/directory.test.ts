import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLog } from '../../../kit/log.ts'
import { type DatabaseSettings, openDatabase } from '../../../workers/directory/database.ts'
import { EmbeddedDatabase } from '../../../workers/directory/embedded/embedded.ts'
import { PgDirectory } from '../../../workers/directory/pg-directory.ts'
import { WorkerMetrics } from '../../../workers/metrics.ts'
import { until } from '../../support/deadline.ts'
import { copy, describeDirectory, member } from './directory-contract.ts'

const log = createLog('silent')
const openDirectory = (settings: DatabaseSettings): PgDirectory =>
  new PgDirectory(openDatabase(settings, log), new WorkerMetrics(), log)

describe('embedded', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'restante-directory-test-'))
  const dir = join(dataDir, 'directory')
  let embedded: EmbeddedDatabase
  let directory: PgDirectory

  beforeAll(async () => {
    embedded = await EmbeddedDatabase.start(dir, log, { hangMsMax: 3_000 })
    directory = openDirectory(embedded.settings)
    await directory.start()
  })
  afterAll(async () => {
    await directory.close()
    await embedded.close(5_000)
    rmSync(dataDir, { recursive: true, force: true })
  })

  describeDirectory('PGlite', () => directory)

  it('keeps all copies on the schema of a newer version, which has columns that it does not know', async () => {
    const db = openDatabase(embedded.settings, log)
    await directory.close()
    await sql`alter table users add column added_text text`.execute(db)
    await sql`alter table chats add column added_kind smallint not null default 7`.execute(db)
    await sql`alter table members add column added_flag boolean not null default false`.execute(db)
    await db.destroy()
    directory = openDirectory(embedded.settings)
    await directory.start()
    await directory.insertUsers(['n-ann'])
    for (const lastSeq of [3, 4]) await directory.saveChats([copy(201, lastSeq, [member(0, 'n-ann')])], [])
    const { chat } = copy(201, 4, [])
    const { copies } = await directory.chatCopies([chat], 10)
    expect(copies).toMatchObject([{ lastSeq: 4, members: [{ user: 'n-ann' }] }])
    expect(await directory.chatPages([{ user: 'n-ann', after: new Uint8Array(), limit: 5 }])).toHaveLength(1)
  })

  it('trap 22: holds what it was told when it is opened again', async () => {
    await directory.insertUsers(['r-ann'])
    await directory.close()
    await embedded.close(5_000)
    embedded = await EmbeddedDatabase.start(dir, log, { hangMsMax: 3_000 })
    directory = openDirectory(embedded.settings)
    await directory.start()
    expect(await directory.existing(['r-ann'])).toEqual(new Set(['r-ann']))
  })

  it('trap 22: is opened again by itself when it hangs', async () => {
    const db = openDatabase(embedded.settings, log)
    const there = new PgDirectory(db, new WorkerMetrics(), log)
    await directory.close()
    await there.start()
    await there.insertUsers(['s-ann'])
    await expect(sql`do $$ begin loop end loop; end $$`.execute(db)).rejects.toThrow(/terminated|timeout/)
    // That query would never end: only the end of its thread can bring the directory back.
    await until(
      () =>
        there.existing(['s-ann']).then(
          (users) => users.has('s-ann'),
          () => false,
        ),
      40_000,
      'the directory to be here',
    )
    await there.close()
  })

  it('trap 22: is refused to a second process while the first has it open', async () => {
    await expect(EmbeddedDatabase.start(dir, log)).rejects.toMatchObject({
      code: 'data-directory-in-use',
      message: expect.stringContaining(dir),
    })
  })

  it('finds another place for its socket when the path of its directory is too long for one', async () => {
    const deep = join(dataDir, 'x'.repeat(120))
    const other = await EmbeddedDatabase.start(deep, log)
    const there = openDirectory(other.settings)
    await there.start()
    expect(there.isAway).toBe(false)
    await there.close()
    await other.close(5_000)
  })

  it('says what is wrong when its directory cannot be opened', async () => {
    await expect(EmbeddedDatabase.start('/dev/null/nowhere', log)).rejects.toMatchObject({
      code: 'directory-failed',
      retryable: false,
    })
  })
})
