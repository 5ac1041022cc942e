import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockDataDirectory } from '../../kit/directory-lock.ts'
import { openLmdbStore, type LmdbStoreOptions } from '../../broker/mailbox/lmdb/lmdb-store.ts'
import type { MailboxStore } from '../../broker/mailbox/store.ts'
import { needsProgram } from '../support/services.ts'
import {
  appendTexts,
  attachDevice,
  attachPartition,
  entry,
  readAll,
  text,
  texts,
} from './mailbox-store/support.ts'

const CHILD = new URL('./mailbox-store/lmdb-child.ts', import.meta.url).pathname
const LIMITS = {
  userEntriesMax: 1_000_000,
  userBytesMax: 1_000_000_000,
  strangersPercentMax: 20,
  partitionEntriesMax: 1_000_000,
  partitionBytesMax: 1_000_000_000,
  deadEntriesMax: 1_000,
  devicesPerUserMax: 3,
  retentionMs: 30 * 24 * 3_600_000,
}

describe('mailbox store on lmdb, when things go wrong', () => {
  let directory: string
  const children: ChildProcess[] = []
  const stores: MailboxStore[] = []

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'restante-faults-'))
  })
  afterEach(async () => {
    for (const child of children.splice(0)) await kill(child)
    for (const store of stores.splice(0)) await store.close()
    await rm(directory, { recursive: true })
  })

  async function open(sizes: Partial<LmdbStoreOptions> = {}): Promise<MailboxStore> {
    const store = await openLmdbStore({ directory, limits: LIMITS, ...sizes })
    stores.push(store)
    return store
  }

  /** A process that works on the directory, and the lines that it has said so far. */
  function start(work: string, fileBlocksMax?: number): { child: ChildProcess; lines: string[]; said: Said } {
    const limit = fileBlocksMax === undefined ? '' : `ulimit -S -f ${fileBlocksMax}; `
    const command = `${limit}exec "${process.execPath}" --import tsx "${CHILD}" ${work} "${directory}"`
    const child = spawn('sh', ['-c', command], { stdio: ['ignore', 'pipe', 'ignore'] })
    children.push(child)
    const lines: string[] = []
    const reader = createInterface({ input: child.stdout })
    reader.on('line', (line) => lines.push(line))
    const said = async (pattern: RegExp): Promise<void> => {
      const find = () => lines.some((line) => pattern.test(line))
      while (!find()) await once(reader, 'line', { signal: AbortSignal.timeout(20_000) })
    }
    return { child, lines, said }
  }

  it('has everything acknowledged after SIGKILL, each commit whole or not at all (G1, G2, trap 23)', async () => {
    let committed = 0
    const stored = new Map<string, number>()
    for (let round = 0; round < 6; round++) {
      const { child, lines, said } = start('append')
      await said(/^committed/)
      await new Promise((resolve) => setTimeout(resolve, 100 + round * 70))
      await kill(child)
      for (const line of lines) {
        const [what, where = '', position] = line.split(' ')
        if (what === 'stored') stored.set(where, Number(position))
        if (what === 'committed') committed = Number(where)
      }
      const store = await openLmdbStore({ directory, limits: LIMITS })
      for (const [mailbox, position] of stored) {
        const { entries, head } = await readAll(store, mailbox)
        expect(head).toBeGreaterThanOrEqual(position)
        expect(entries.map((held) => held.position)).toEqual(Array.from({ length: head }, (_, i) => i + 1))
      }
      const left = await texts(store, 'u/left')
      expect(left.length).toBeGreaterThanOrEqual(committed)
      expect(left).toEqual(Array.from({ length: left.length }, (_, i) => `${i + 1}`))
      expect(await texts(store, 'u/right')).toEqual(left)
      const [fields] = await store.states(1, ['chat'])
      expect(Buffer.from(fields?.get('last') ?? []).toString()).toBe(`${left.length}`)
      expect((await attachPartition(store, 1)).cursor).toBe(left.length)
      await store.close()
    }
    expect(committed).toBeGreaterThan(10)
  })

  it('refuses while the disk is full, keeps what it acknowledged, and goes on when there is room (G1)', async (context) => {
    needsProgram(context, 'prlimit', '--version')
    const { child, lines, said } = start('fill', 40_000)
    await said(/^refused store-unavailable$/)
    const acknowledged = lines.filter((line) => line.startsWith('stored')).length
    expect(spawnSync('prlimit', ['--pid', `${child.pid}`, '--fsize=unlimited']).status).toBe(0)
    await said(/^again$/)
    await kill(child)
    const { entries } = await readAll(await open(), 'u/ann')
    expect(entries.length).toBeGreaterThan(acknowledged)
    expect(entries.every((held) => held.bytes.length === 50_000)).toBe(true)
  })

  it('lets one process own a directory, and the next as soon as that one was killed (trap 22)', async () => {
    const { child, said } = start('lock')
    await said(/^locked$/)
    await expect(lockDataDirectory(directory)).rejects.toMatchObject({
      code: 'data-directory-in-use',
      message: expect.stringContaining(directory) as string,
    })
    await kill(child)
    const mine = await lockDataDirectory(directory)
    await expect(lockDataDirectory(join(directory, '.'))).rejects.toMatchObject({
      code: 'data-directory-in-use',
    })
    await mine.release()
    await (await lockDataDirectory(directory)).release()
  })

  it('says so when a directory was written by a newer version, or is none of ours', async () => {
    await (await openLmdbStore({ directory, limits: LIMITS })).close()
    await writeFile(join(directory, 'format'), 'restante mailboxes 4\n')
    await expect(open()).rejects.toMatchObject({
      code: 'data-directory-newer',
      message: `${directory} was written by a newer version (format 4, this one knows up to 3)`,
    })
    await writeFile(join(directory, 'format'), 'something else')
    await expect(open()).rejects.toMatchObject({ code: 'data-directory-corrupt' })
    await rm(join(directory, 'format'))
    await expect(open()).rejects.toMatchObject({ code: 'data-directory-corrupt' })
  })

  it.each([1, 2])(
    'takes a directory of format %i for its own: an older version then refuses it',
    async (older) => {
      await (await openLmdbStore({ directory, limits: LIMITS })).close()
      await writeFile(join(directory, 'format'), `restante mailboxes ${older}\n`)
      await (await openLmdbStore({ directory, limits: LIMITS })).close()
      expect(await readFile(join(directory, 'format'), 'latin1')).toBe('restante mailboxes 3\n')
    },
  )

  it('says so when the tables are not readable', async () => {
    await (await openLmdbStore({ directory, limits: LIMITS })).close()
    await writeFile(join(directory, 'data.mdb'), Buffer.alloc(8_192, 'no tables'))
    await expect(open()).rejects.toMatchObject({ code: 'data-directory-corrupt' })
  })

  it('ignores the end of a journal that a power cut has torn, and nothing before it', async () => {
    const store = await openLmdbStore({ directory, limits: LIMITS })
    for (const content of ['a', 'b', 'c']) await appendTexts(store, 'u/ann', content)
    await store.close()
    const journal = await onlyJournal(directory)
    const bytes = await readFile(journal)
    const last = bytes.lastIndexOf('c')
    await truncate(journal, last)
    await appendFile(journal, Buffer.alloc(100, 255))
    const again = await open()
    expect(await texts(again, 'u/ann')).toEqual(['a', 'b'])
    expect(await appendTexts(again, 'u/ann', 'd')).toEqual([3])
  })

  it('refuses a journal with a gap, instead of losing what stands behind it', async () => {
    const small = { segmentBytes: 100, segmentsMax: 10 }
    const store = await openLmdbStore({ directory, limits: LIMITS, ...small })
    for (const content of ['a', 'b', 'c']) await store.append([entry('u/ann', content.repeat(80))])
    await store.close()
    await rm(join(directory, 'journal-2'))
    await expect(open(small)).rejects.toMatchObject({ code: 'data-directory-corrupt' })
  })

  it('loses no acknowledgement at a close in order', async () => {
    const store = await openLmdbStore({ directory, limits: LIMITS })
    const { epoch } = await attachDevice(store, 'ann', 'phone')
    await appendTexts(store, 'u/ann', 'a', 'b')
    await store.advance([{ mailbox: 'u/ann', reader: 'phone', epoch, position: 1 }])
    await store.close()
    expect(await texts(await open(), 'u/ann')).toEqual(['b'])
  })

  it('writes an acknowledgement soon, without anything else to write', async () => {
    const store = await open()
    const { epoch } = await attachDevice(store, 'ann', 'phone')
    await appendTexts(store, 'u/ann', 'a')
    const journal = await onlyJournal(directory)
    const before = await readFile(journal)
    await store.advance([{ mailbox: 'u/ann', reader: 'phone', epoch, position: 1 }])
    await expect.poll(async () => before.equals(await readFile(journal)), { timeout: 5_000 }).toBe(false)
  })

  it('throws what callers expect after it was closed', async () => {
    const store = await openLmdbStore({ directory, limits: LIMITS })
    await store.close()
    await store.close()
    await expect(store.append([entry('u/ann', 'a')])).rejects.toMatchObject({ code: 'store-unavailable' })
    await expect(store.advance([])).rejects.toMatchObject({ code: 'store-unavailable' })
    await expect(Promise.all(store.check())).rejects.toMatchObject({
      code: 'store-unavailable',
      retryable: true,
    })
  })

  it('takes as long for a mailbox of 100,000 entries as for one of 100', async () => {
    const store = await open({ segmentsMax: 0 })
    const short = await longMailbox(store, 'short', 100)
    const long = await longMailbox(store, 'long', 100_000)
    const times: { short: number[]; long: number[] } = { short: [], long: [] }
    for (let round = 0; round < 100; round++) {
      times.short.push(await use(store, 'short', short, 40))
      times.long.push(await use(store, 'long', long, 50_000))
    }
    // The middle one of each: a busy disk stretches some of either.
    expect(median(times.long) / median(times.short)).toBeLessThan(10)
  })
})

function median(samples: readonly number[]): number {
  return samples.toSorted((a, b) => a - b)[samples.length >> 1] as number
}

type Said = (pattern: RegExp) => Promise<void>

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

async function onlyJournal(directory: string): Promise<string> {
  const names = (await readdir(directory)).filter((name) => name.startsWith('journal-'))
  expect(names).toHaveLength(1)
  return join(directory, names[0] as string)
}

/** @returns the epoch of the user's second device; the first never acknowledges */
async function longMailbox(store: MailboxStore, user: string, entries: number): Promise<number> {
  await attachDevice(store, user, 'away')
  const { epoch } = await attachDevice(store, user, 'phone')
  for (let at = 0; at < entries; at += 1_000) {
    const items = Array.from({ length: Math.min(1_000, entries - at) }, (_, i) =>
      entry(`u/${user}`, `m${at + i}`, i % 10 === 0 ? { key: `k${at + i}`, version: 1 } : {}),
    )
    await store.append(items)
  }
  return epoch
}

/** Appends, replaces, reads in the middle and advances. @returns how long it took, in ms */
async function use(store: MailboxStore, user: string, epoch: number, middle: number): Promise<number> {
  const mailbox = `u/${user}`
  const startedAt = performance.now()
  const head = (await store.heads([{ mailbox }]))[0] ?? 0
  const version = head + 1
  await store.append([entry(mailbox, 'new', { only: 'phone' }), entry(mailbox, 'k', { key: 'k0', version })])
  const read = await store.read(mailbox, middle, 10, 10_000)
  expect(read.entries.map(text)).toHaveLength(10)
  await store.advance([{ mailbox, reader: 'phone', epoch, position: head + 1 }])
  await store.read(mailbox, head, 10, 10_000)
  return performance.now() - startedAt
}
