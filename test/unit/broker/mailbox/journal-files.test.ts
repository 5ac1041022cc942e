import {
  constants,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { SYSTEM_DISK } from '../../../../broker/mailbox/lmdb/journal/disk.ts'
import { JournalFiles, RECORD_HEADER_BYTES } from '../../../../broker/mailbox/lmdb/journal/journal-files.ts'

const SIZES = { segmentBytes: 200, segmentsMax: 2 }
let directory: string
let files: JournalFiles

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'restante-journal-'))
  files = new JournalFiles(directory, SIZES)
  await files.reset()
})
afterEach(async () => {
  await files.close()
  rmSync(directory, { recursive: true })
})

function write(transaction: number, content: string): Promise<void> {
  return files.write(Buffer.concat([Buffer.alloc(RECORD_HEADER_BYTES), Buffer.from(content)]), transaction)
}

/** What a process that starts now would find. */
function found(after: number): string[] {
  return [...new JournalFiles(directory, SIZES).records(after)].map(
    ({ transaction, bytes }) => `${transaction} ${bytes.subarray(RECORD_HEADER_BYTES).toString()}`,
  )
}

/** Where this process' files are. */
function openFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((file) => {
    try {
      return [readlinkSync(`/proc/self/fd/${file}`)]
    } catch {
      return [] // That of the listing itself.
    }
  })
}

/** With what flags this process has files of the journal open. */
function journalFlags(): number[] {
  return readdirSync('/proc/self/fd').flatMap((file) => {
    try {
      if (!readlinkSync(`/proc/self/fd/${file}`).startsWith(directory)) return []
      const flags = /^flags:\s*(\d+)$/m.exec(readFileSync(`/proc/self/fdinfo/${file}`, 'utf8'))?.[1]
      return [Number.parseInt(flags ?? '', 8)]
    } catch {
      return [] // That of the listing itself.
    }
  })
}

async function restart(): Promise<void> {
  await files.close()
  files = new JournalFiles(directory, SIZES)
  await files.reset()
}

test('has the records behind a transaction, in order, over several files', async () => {
  for (let i = 1; i <= 20; i++) await write(i, `record ${i} `.repeat(3))
  expect(readdirSync(directory).length).toBeGreaterThan(3)
  expect(found(0)).toEqual(Array.from({ length: 20 }, (_, i) => `${i + 1} ${`record ${i + 1} `.repeat(3)}`))
  expect(found(17)).toHaveLength(3)
  expect(found(20)).toEqual([])
})

test('uses the files of settled records again, and never takes their leftovers for records', async () => {
  for (let i = 1; i <= 200; i++) {
    await write(i, 'x'.repeat(1 + ((i * 37) % 90)))
    const upTo = files.settleUpTo
    if (upTo > 0) files.release(upTo)
    const settled = Math.max(upTo, i - 3)
    expect(found(settled)).toHaveLength(i - settled)
  }
  expect(readdirSync(directory).length).toBeLessThanOrEqual(4)
})

test('takes a record larger than a file', async () => {
  await write(1, 'a'.repeat(5_000))
  await write(2, 'b')
  expect(found(0).map((record) => record.length)).toEqual([5_002, 3])
})

test.runIf(process.platform === 'linux')('writes to nothing that a write does not flush (G1)', async () => {
  for (let i = 1; i <= 12; i++) await write(i, 'x'.repeat(50))
  const madeNow = journalFlags()
  await restart()
  for (let i = 14; i <= 16; i++) await write(i, 'y'.repeat(50))
  for (const flags of [...madeNow, ...journalFlags()])
    expect(flags & constants.O_DSYNC).toBe(constants.O_DSYNC)
  expect(madeNow.length).toBeGreaterThan(1)
})

test.runIf(process.platform === 'linux')(
  'leaves nothing open, and no file, when it can not fill a new one',
  async () => {
    const tooLarge = new JournalFiles(directory, { ...SIZES, segmentBytes: Number.MAX_SAFE_INTEGER })
    const record = Buffer.alloc(RECORD_HEADER_BYTES)
    for (let i = 0; i < 3; i++) await expect(tooLarge.write(record, 1)).rejects.toThrow(RangeError)
    expect(openFiles().filter((path) => path.startsWith(directory))).toEqual([])
    expect(readdirSync(directory)).toEqual([])
  },
)

test.each(['cut', 'overwritten'])('ends before a record that is %s', async (damage) => {
  for (const i of [1, 2, 3]) await write(i, `record ${i}`)
  const path = join(directory, 'journal-1')
  const bytes = readFileSync(path)
  const at = bytes.indexOf('record 3')
  writeFileSync(path, damage === 'cut' ? bytes.subarray(0, at + 3) : bytes.fill(0, at + 2, at + 3))
  expect(found(0)).toEqual(['1 record 1', '2 record 2'])
})

test('refuses to go on behind a gap', async () => {
  for (let i = 1; i <= 12; i++) await write(i, 'x'.repeat(50))
  rmSync(join(directory, 'journal-2'))
  expect(() => found(0)).toThrow(RangeError)
})

test('starts from the beginning of its files after a restart', async () => {
  for (let i = 1; i <= 5; i++) await write(i, 'x'.repeat(50))
  const before = readdirSync(directory)
  await restart()
  for (let i = 7; i <= 8; i++) await write(i, 'y')
  expect(found(6)).toEqual(['7 y', '8 y'])
  expect(readdirSync(directory)).toEqual(before)
})

test('closes every file, also behind one that says it cannot: whoever begins anew is not kept from it', async () => {
  const closed: number[] = []
  let fails = false
  const disk = {
    ...SYSTEM_DISK,
    close: async (file: number) => {
      await SYSTEM_DISK.close(file)
      if (!fails) return
      closed.push(file)
      if (closed.length === 1) throw new Error('EIO')
    },
  }
  await files.close()
  files = new JournalFiles(directory, SIZES, disk)
  for (let i = 1; i <= 6; i++) await write(i, 'x'.repeat(100))
  fails = true
  await files.close()
  expect(closed.length).toBeGreaterThan(1)
  expect(openFiles().filter((path) => path.startsWith(directory))).toEqual([])
})
