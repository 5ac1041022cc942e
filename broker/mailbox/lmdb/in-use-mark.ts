import { open, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { OperationalError } from '../../../kit/operational-error.ts'

const NAME = 'in-use'

export interface InUseMark {
  /** All is written and closed: from here on a copy is a whole one. */
  remove(): Promise<void>
}

/**
 * Marks a data directory as used, and refuses a copy of one that was: files that were copied one after the other while
 * they were written may not fit together, and that need not show before it is too late.
 *
 * The mark is a file that names its own inode and its directory's. A killed process leaves it behind, in its place: the
 * next one goes on. In a copy it has another inode.
 *
 * @param directory exists, and nobody else uses it
 * @throws OperationalError data-directory-copied
 */
export async function markInUse(directory: string): Promise<InUseMark> {
  const path = join(directory, NAME)
  const found = await readFile(path, 'utf8').catch(nothing)
  // One that a power cut has left empty marks nothing.
  if (found !== undefined && found !== '' && found !== (await markAt(directory, path)))
    throw new OperationalError(
      'data-directory-copied',
      `${directory} was copied while a server used the original, and such a copy may be torn: stop the server before you copy; if it was not running when you copied, remove ${path}`,
      { retryable: false },
    )
  const file = await open(path, 'w', 0o600)
  try {
    await file.writeFile(await markAt(directory, path))
    await file.sync()
  } finally {
    await file.close()
  }
  return { remove: () => rm(path, { force: true }) }
}

async function markAt(directory: string, path: string): Promise<string> {
  const [ofDirectory, ofMark] = await Promise.all([directory, path].map((at) => stat(at, { bigint: true })))
  return `${ofDirectory?.ino} ${ofMark?.ino}\n`
}

function nothing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
