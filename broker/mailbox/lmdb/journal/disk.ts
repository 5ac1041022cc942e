import { close, fdatasync, fsync, open, readdirSync, readFileSync, rmSync, write } from 'node:fs'
import { promisify } from 'node:util'
import { openTables, type Tables } from '../tables.ts'
import { checkFormat, syncDirectory } from './format.ts'

/**
 * All that an engine asks of the machine below it: a port, so that what disks do to what is written to them can be
 * simulated. File descriptors are numbers, errors those of Node.
 */
export interface Disk {
  /** Makes the directory ours if it is new. @throws OperationalError data-directory-newer, data-directory-corrupt */
  checkFormat(directory: string): void
  openTables(directory: string): Tables
  /** The names in a directory. */
  names(directory: string): string[]
  read(path: string): Buffer
  /** @param flags those of open(2); what is written to a file that is open with O_DSYNC is durable at once */
  open(path: string, flags: number): Promise<number>
  /** Writes all of it, or rejects. */
  write(file: number, bytes: Uint8Array, at: number): Promise<void>
  /** What was written is durable when it resolves, and how long the file is. */
  sync(file: number): Promise<void>
  /** What was written is durable when it resolves. */
  syncData(file: number): Promise<void>
  close(file: number): Promise<void>
  remove(path: string): void
  /** New names survive a power cut only after this. */
  syncDirectory(directory: string): void
}

export const SYSTEM_DISK: Disk = {
  checkFormat,
  openTables,
  names: (directory) => readdirSync(directory),
  read: (path) => readFileSync(path),
  open: promisify<string, number, number>(open),
  write: (file, bytes, at) =>
    new Promise((resolve, reject) => {
      write(file, bytes, 0, bytes.length, at, (error, written) => {
        if (error !== null) reject(error)
        else if (written < bytes.length)
          reject(new Error(`only ${written} of ${bytes.length} bytes were written`))
        else resolve()
      })
    }),
  sync: promisify(fsync),
  syncData: promisify(fdatasync),
  close: promisify(close),
  remove: (path) => rmSync(path, { force: true }),
  syncDirectory,
}
