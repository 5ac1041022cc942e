// Does what the embedded database has acknowledged survive a power cut: is it all in what was flushed by then?
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { openPGlite } from '../../../workers/directory/embedded/open-pglite.ts'

const scratch = fs.mkdtempSync(join(tmpdir(), 'restante-power-cut-'))
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }))

/**
 * A disk beside the real one, which has only what was flushed: of a file its bytes at its last flush, of a directory the
 * names at its last flush. A new file's own flush brings its name along, as journaling file systems do.
 */
class Disk {
  readonly #real: string
  readonly #copy: string
  /** Bytes at the last flush, by inode: a renamed file keeps them. */
  readonly #flushed = new Map<number, Buffer>()
  flushes = 0

  constructor(real: string, copy: string) {
    this.#real = real
    this.#copy = copy
  }

  flush(fd: number): void {
    const path = fs.readlinkSync(`/proc/self/fd/${fd}`)
    if (!path.startsWith(this.#real)) return
    this.flushes++
    const copy = join(this.#copy, path.slice(this.#real.length))
    const { ino } = fs.fstatSync(fd)
    if (fs.fstatSync(fd).isDirectory()) this.#flushNames(path, copy)
    else {
      this.#flushed.set(ino, fs.readFileSync(path))
      this.#write(copy, ino)
    }
  }

  #flushNames(path: string, copy: string): void {
    fs.mkdirSync(copy, { recursive: true })
    const names = new Set(fs.readdirSync(path))
    for (const name of fs.readdirSync(copy))
      if (!names.has(name)) fs.rmSync(join(copy, name), { recursive: true })
    for (const name of names) {
      const stat = fs.lstatSync(join(path, name))
      if (stat.isDirectory()) fs.mkdirSync(join(copy, name), { recursive: true })
      else this.#write(join(copy, name), stat.ino)
    }
  }

  #write(copy: string, ino: number): void {
    fs.mkdirSync(dirname(copy), { recursive: true })
    fs.writeFileSync(copy, this.#flushed.get(ino) ?? Buffer.alloc(0))
  }
}

const { fsyncSync, fdatasyncSync } = fs
let disk: Disk | undefined
beforeEach(() => {
  const flushing =
    (flush: (fd: number) => void) =>
    (fd: number): void => {
      flush(fd)
      disk?.flush(fd)
    }
  Object.assign(fs, { fsyncSync: flushing(fsyncSync), fdatasyncSync: flushing(fdatasyncSync) })
  syncBuiltinESMExports()
})
afterEach(() => {
  disk = undefined
  Object.assign(fs, { fsyncSync, fdatasyncSync })
  syncBuiltinESMExports()
})

const real = join(scratch, 'real')

test('trap 22: what the embedded database has acknowledged is flushed, at its first start, in its log and at checkpoints', async () => {
  fs.mkdirSync(real)
  disk = new Disk(real, join(scratch, 'disk'))
  const { db } = await openPGlite(real)
  await db.exec('create table marks (mark integer primary key, text text)')
  let marks = 0
  const write = async (bytes: number): Promise<void> => {
    const before = disk?.flushes
    await db.query('insert into marks values ($1, $2)', [++marks, 'x'.repeat(bytes)])
    expect(disk?.flushes).toBeGreaterThan(before ?? 0)
  }
  /** Opens what a power cut would leave, and counts. */
  const left = async (): Promise<unknown> => {
    const copy = join(scratch, `left-${marks}`)
    fs.cpSync(join(scratch, 'disk'), copy, { recursive: true })
    const { db: again } = await openPGlite(copy)
    const { rows } = await again.query('select count(*)::int as marks, max(mark) as last from marks')
    await again.close()
    return rows[0]
  }
  const all = () => ({ marks, last: marks })

  for (let i = 0; i < 20; i++) await write(10)
  expect(await left()).toEqual(all())
  // Into further segments of the log.
  for (let i = 0; i < 30; i++) await write(100_000)
  expect(await left()).toEqual(all())
  await db.exec('checkpoint')
  for (let i = 0; i < 5; i++) await write(10)
  expect(await left()).toEqual(all())
  // Into segments that were used before.
  for (let i = 0; i < 150; i++) await write(100_000)
  await db.exec('checkpoint')
  await write(10)
  expect(await left()).toEqual(all())
  await db.close()
})
