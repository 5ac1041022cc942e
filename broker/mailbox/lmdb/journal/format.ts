import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { OperationalError } from '../../../../kit/operational-error.ts'

/** Grows when an older program could not read what this one writes. */
const FORMAT_VERSION = 3
// lmdb's meta pages, the first two of its file: where their mark stands, and where the first has the page size.
const META_MARK = 0xbeefc0de
const META_MARK_AT = 24
const PAGE_SIZE_AT = 48
const PAGE_BYTES_MIN = 512
const FORMAT = /^restante mailboxes (\d{1,9})\n$/

/**
 * Makes the directory ours if it is new, and else makes sure that this program understands it.
 *
 * @throws OperationalError data-directory-newer, data-directory-corrupt
 */
export function checkFormat(directory: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const path = join(directory, 'format')
  if (!existsSync(path)) {
    if (existsSync(join(directory, 'data.mdb'))) throw corrupt(directory, 'its format file is missing')
    return writeFormat(directory, path)
  }
  const version = Number(FORMAT.exec(readFileSync(path, 'latin1'))?.[1] ?? 0)
  if (version === 0) throw corrupt(directory, 'its format file is not one')
  if (version < FORMAT_VERSION) writeFormat(directory, path)
  if (version > FORMAT_VERSION) {
    throw new OperationalError(
      'data-directory-newer',
      `${directory} was written by a newer version (format ${version}, this one knows up to ${FORMAT_VERSION})`,
      { retryable: false },
    )
  }
  const tables = join(directory, 'data.mdb')
  if (existsSync(tables) && !looksLikeTables(tables)) throw corrupt(directory, 'data.mdb is not one of lmdb')
}

/** lmdb would end the process (SIGSEGV in 3.5.6) on opening anything else. */
function looksLikeTables(path: string): boolean {
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    // Made, and killed before its first write: lmdb begins anew.
    if (size === 0) return true
    const at = (position: number): number => {
      const word = Buffer.alloc(4)
      readSync(file, word, 0, 4, position)
      return word.readUInt32LE()
    }
    const pageBytes = at(PAGE_SIZE_AT)
    return (
      pageBytes >= PAGE_BYTES_MIN &&
      size >= 2 * pageBytes &&
      at(META_MARK_AT) === META_MARK &&
      at(pageBytes + META_MARK_AT) === META_MARK
    )
  } finally {
    closeSync(file)
  }
}

export function corrupt(directory: string, why: string, cause?: unknown): OperationalError {
  return new OperationalError('data-directory-corrupt', `${directory} cannot be used: ${why}`, {
    retryable: false,
    cause,
  })
}

/** Whole or not at all, and on the disk before anything else is. */
function writeFormat(directory: string, path: string): void {
  const file = openSync(`${path}.new`, 'w')
  writeSync(file, `restante mailboxes ${FORMAT_VERSION}\n`)
  fsyncSync(file)
  closeSync(file)
  renameSync(`${path}.new`, path)
  syncDirectory(directory)
}

/** New names of a directory survive a power cut only after this. */
export function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(directory, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
