import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { OperationalError } from '../../../kit/operational-error.ts'

/** Grows when an older program could not read what this one writes. */
const FORMAT_VERSION = 1
const FORMAT = /^restante mailboxes (\d{1,9})\n$/

/**
 * Makes the directory ours if it is new, and else makes sure that this program understands it.
 *
 * @throws OperationalError data-directory-newer, data-directory-corrupt
 */
export function checkFormat(directory: string): void {
  mkdirSync(directory, { recursive: true })
  const path = join(directory, 'format')
  if (!existsSync(path)) {
    if (existsSync(join(directory, 'data.mdb'))) throw corrupt(directory, 'its format file is missing')
    return writeFormat(directory, path)
  }
  const version = Number(FORMAT.exec(readFileSync(path, 'latin1'))?.[1] ?? 0)
  if (version === 0) throw corrupt(directory, 'its format file is not one')
  if (version > FORMAT_VERSION) {
    throw new OperationalError(
      'data-directory-newer',
      `${directory} was written by a newer version (format ${version}, this one knows up to ${FORMAT_VERSION})`,
      { retryable: false },
    )
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
