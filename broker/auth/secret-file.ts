import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { OperationalError } from '../../kit/operational-error.ts'

/** HS256 wants a key at least as long as its hash. */
const SECRET_BYTES = 32
const SECRET_CHARS_MIN = 32

/**
 * The embedded mode's token secret, `jwt-secret` in the data directory: 43 characters of base64url, mode 0600. It is
 * made at the first start. The key is the text itself, without white space at its ends.
 *
 * @throws OperationalError `bad-secret` if there is a file that is too short to be a secret, or that others may read
 */
export async function readOrMakeSecret(dataDir: string): Promise<Uint8Array> {
  const path = join(dataDir, 'jwt-secret')
  return (await read(path)) ?? (await make(dataDir, path))
}

/** A secret that somebody has made. @throws OperationalError `bad-secret` if it is not there, or as above */
export async function readSecret(path: string): Promise<Uint8Array> {
  const secret = await read(path)
  if (secret !== undefined) return secret
  throw new OperationalError('bad-secret', `There is no ${path}.`, { retryable: false })
}

async function read(path: string): Promise<Uint8Array | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return undefined
  // Whoever reads it is everybody. Windows has no such bits.
  const { mode } = await stat(path)
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    throw new OperationalError(
      'bad-secret',
      `Others may read ${path} (its mode is ${(mode & 0o777).toString(8)}). Make it yours alone: chmod 600 ${path}`,
      { retryable: false },
    )
  const secret = text.trim()
  if (secret.length < SECRET_CHARS_MIN)
    throw new OperationalError(
      'bad-secret',
      `${path} must hold at least ${SECRET_CHARS_MIN} characters. Remove it to get a new secret; tokens of the old one end with it.`,
      { retryable: false },
    )
  return new TextEncoder().encode(secret)
}

async function make(dataDir: string, path: string): Promise<Uint8Array> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  // Written whole under another name first, so that nobody ever reads half a secret; of two who make it, one wins.
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  await writeFile(draft, randomBytes(SECRET_BYTES).toString('base64url'), { mode: 0o600, flag: 'wx' })
  try {
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(draft, { force: true })
  }
  return (await read(path)) as Uint8Array
}
