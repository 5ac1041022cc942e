import { mkdir, stat, unlink } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { OperationalError } from './operational-error.ts'

export interface DirectoryLock {
  release(): Promise<void>
}

/**
 * Makes this process the one owner of a data directory (mailboxes, directory, secrets), which is made if missing.
 *
 * The lock is a listening socket that the kernel closes with the process, however that ends: an abstract one on
 * Linux, a named pipe on Windows, elsewhere a socket file, where one without a listener is nobody's. It is named
 * after the directory's device and inode, so that other paths to it lead to the same lock. It does not reach into
 * other machines or other network namespaces (containers): give each its own directory.
 *
 * @throws OperationalError data-directory-in-use
 */
export async function lockDataDirectory(directory: string): Promise<DirectoryLock> {
  await mkdir(directory, { recursive: true })
  const { dev, ino } = await stat(directory, { bigint: true })
  const address = addressOf(`restante-${dev}-${ino}`)
  const server = (await listen(address)) ?? ((await isAbandoned(address)) ? await listen(address) : undefined)
  if (server === undefined) {
    throw new OperationalError(
      'data-directory-in-use',
      `another process is using ${directory}: stop it first, or choose another data directory`,
      { retryable: false },
    )
  }
  return {
    release: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function addressOf(name: string): string {
  if (process.platform === 'linux') return `\0${name}`
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.lock`)
}

/** @returns undefined if the address is taken */
function listen(address: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined)
      else reject(error)
    })
    server.listen(address, () => resolve(server.unref()))
  })
}

/** A socket file outlives its process; then nobody answers, and it is removed. */
async function isAbandoned(address: string): Promise<boolean> {
  if (process.platform === 'linux' || process.platform === 'win32') return false
  const isAnswered = await new Promise<boolean>((resolve) => {
    const socket = connect(address)
    socket.once('connect', () => resolve(socket.destroy().destroyed))
    socket.once('error', () => resolve(false))
  })
  if (isAnswered) return false
  await unlink(address).catch(() => undefined)
  return true
}
