import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createLog } from '../../../kit/log.ts'
import { openDatabase } from '../../../workers/directory/database.ts'
import { EmbeddedDatabase } from '../../../workers/directory/embedded/embedded.ts'
import type { Schema } from '../../../workers/directory/schema.ts'
import { until, within } from '../../support/deadline.ts'
import { closed, connectEmbedded, withEmbedded } from '../../support/stores/embedded-client.ts'
import { extended, first, message, query, STARTUP, SYNC } from '../../support/stores/postgres-client.ts'

const log = createLog('silent')
const dataDir = mkdtempSync(join(tmpdir(), 'restante-embedded-test-'))
const sockets: Socket[] = []
const rawClient = async (embedded: EmbeddedDatabase, ...parts: Buffer[]): Promise<Socket> => {
  const socket = await connectEmbedded(embedded, ...parts)
  sockets.push(socket)
  return socket
}
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
})

/** @returns the kind of the first answer */
const answered = async (socket: Socket): Promise<string> => {
  const [bytes] = (await within(once(socket, 'data'), 10_000, () => 'an answer')) as [Buffer]
  return bytes.toString('latin1', 0, 1)
}

afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

describe('clients of the embedded database', () => {
  let embedded: EmbeddedDatabase
  let startedAt: unknown

  /** What the next client finds of those before it; the same thread must have served them all. */
  const found = (): Promise<unknown> =>
    withEmbedded(embedded, async (db) => {
      const { rows } = await sql`
        select (select count(*) from marks) as marks, pg_postmaster_start_time() as "startedAt",
          (select count(*) from pg_locks where locktype = 'advisory') as locks,
          (select count(*) from pg_prepared_statements where name <> '') as prepared,
          current_setting('statement_timeout') as timeout
      `.execute(db)
      return rows[0]
    })
  const nothing = () => ({ marks: 0, startedAt, locks: 0, prepared: 0, timeout: '0' })

  beforeAll(async () => {
    embedded = await EmbeddedDatabase.start(join(dataDir, 'clients'), log)
    await embedded.open()
    await withEmbedded(embedded, async (db) => {
      await sql`create table marks (mark integer)`.execute(db)
      const { rows } = await sql<{ at: unknown }>`select pg_postmaster_start_time() as at`.execute(db)
      startedAt = rows[0]?.at
    })
  })
  afterAll(() => embedded.close(20_000))

  const INSERT = 'insert into marks values (1)'
  it.each<[string, Buffer[]]>([
    ['in a transaction', [query('begin'), query(INSERT)]],
    ['in a transaction of prepared statements', [extended('begin'), SYNC, extended(INSERT), SYNC]],
    ['before it says Sync', [extended(INSERT)]],
    ['after a mistake, before it says Sync', [query('begin'), query(INSERT), extended('selec')]],
    ['with an advisory lock', [query('select pg_advisory_lock(7)'), query('begin')]],
    [
      'with a setting and a prepared statement',
      [query('set statement_timeout = 1'), extended('select 1', 'x')],
    ],
  ])('trap 22: one that dies %s, cut off anywhere, leaves nothing behind', async (_, messages) => {
    const bytes = Buffer.concat([STARTUP, ...messages])
    for (let i = 1; i <= 16; i++) {
      const socket = await rawClient(embedded, bytes.subarray(0, Math.ceil((bytes.length * i) / 16)))
      socket.destroy()
      expect(await found()).toEqual(nothing())
    }
  })

  it('trap 22: are served one after another, and those that wait get their answers', async () => {
    const order: string[] = []
    const select = async (db: Kysely<Schema>, name: string): Promise<void> => {
      const { rows } = await sql<{ name: string }>`select ${name} as name`.execute(db)
      order.push(rows[0]?.name ?? '')
    }
    const one = openDatabase(embedded.settings, log)
    await select(one, 'one')
    const two = withEmbedded(embedded, (db) => select(db, 'two'))
    const three = withEmbedded(embedded, (db) => select(db, 'three'))
    for (let i = 0; i < 50; i++) await select(one, 'one')
    await one.destroy()
    await Promise.all([two, three])
    expect(order.slice(0, 51).every((name) => name === 'one')).toBe(true)
    expect(order.slice(51).toSorted()).toEqual(['three', 'two'])
  })

  it('are sixteen at most: one more is closed, and it harms nobody', async () => {
    for (let i = 0; i < 16; i++) await rawClient(embedded, STARTUP)
    await closed(await rawClient(embedded, STARTUP))
    expect(await answered(sockets[0] as Socket)).toBe('R')
    sockets[0]?.destroy()
    expect(await answered(sockets[1] as Socket)).toBe('R')
    for (const socket of sockets) socket.destroy()
    expect(await found()).toEqual(nothing())
  })

  const TOO_LONG = Buffer.from('Q\x7f\xff\xff\xff', 'latin1')
  it.each<[string, Buffer[]]>([
    ['noise', [Buffer.from([1, 0, 0, 0, 4])]],
    ['noise that looks like a long message', [Buffer.alloc(100, 0x50)]],
    ['another protocol', [first(131_072, Buffer.from('user\0postgres\0\0'))]],
    ['the wish to cancel a query', [first(80_877_102, Buffer.alloc(8))]],
    ['a message of no known type', [STARTUP, Buffer.from([1, 0, 0, 0, 4])]],
    ['a password', [STARTUP, message('p', Buffer.from('x\0'))]],
    ['a length of 2 GB', [STARTUP, TOO_LONG]],
    ['a length of 0', [STARTUP, Buffer.from('Q\0\0\0\0')]],
    ['a Sync of 20 KB', [STARTUP, message('S', Buffer.alloc(20_000))]],
    ['its farewell', [STARTUP, message('X')]],
    ['its farewell right behind a query', [STARTUP, Buffer.concat([query('select 1'), message('X')])]],
  ])('trap 22: one that sends %s is closed, and nobody else', async (_, parts) => {
    await closed(await rawClient(embedded, ...parts))
    expect(await found()).toEqual(nothing())
  })

  it('get the answers to what they sent before they broke the protocol', async () => {
    const socket = await rawClient(embedded, STARTUP, query("select 'here'"), TOO_LONG)
    const parts: Buffer[] = []
    socket.on('data', (part: Buffer) => parts.push(part))
    await closed(socket)
    expect(Buffer.concat(parts).toString('latin1')).toContain('here')
  })

  it('that ask for encryption are refused it, and may go on without', async () => {
    const socket = await rawClient(embedded, first(80_877_103))
    expect(await answered(socket)).toBe('N')
    socket.write(STARTUP)
    expect(await answered(socket)).toBe('R')
    socket.destroy()
  })

  it('send messages in pieces, and long ones', async () => {
    const socket = await rawClient(embedded)
    let answer = ''
    socket.on('data', (part: Buffer) => (answer += part.toString('latin1')))
    for (const byte of Buffer.concat([STARTUP, query("select 'pieces'")]))
      await new Promise((resolve) => socket.write(Buffer.of(byte), resolve))
    await until(() => answer.includes('pieces'), 5_000, 'the answer')
    socket.destroy()
    const length = await withEmbedded(embedded, (db) =>
      sql<{ length: number }>`select length(${'x'.repeat(9_000_000)}) as length`.execute(db),
    )
    expect(length.rows).toEqual([{ length: 9_000_000 }])
  })

  it('that do not take their answers are not asked for more', async () => {
    const socket = await rawClient(embedded, STARTUP, query("select repeat('x', 9000000)"), query(INSERT))
    await once(socket, 'readable')
    socket.destroy()
    expect(await found()).toEqual(nothing())
  })
})
