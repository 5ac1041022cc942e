import { constants } from 'node:fs'
import type { Disk } from '../../../broker/mailbox/lmdb/journal/disk.ts'
import type { Process, World } from '../world/world.ts'
import { SimTables } from './sim-tables.ts'

/** What a disk writes whole, or not. */
const SECTOR_BYTES = 512

interface File {
  /** What a power cut leaves. */
  durable: Buffer
  /** What processes see. */
  seen: Buffer
  /** Its name survives a power cut. */
  isNamed: boolean
}

/** A machine's disk: what is written can be seen at once and survives a power cut once it is flushed. */
export class SimDisk {
  readonly #world: World
  readonly #files = new Map<string, File>()
  readonly #tables = new SimTables()
  /** How much slower than usual. */
  slowness = 1
  /** How many acts of a hundred fail. */
  failing = 0
  /** No file grows any more. */
  isFull = false

  constructor(world: World) {
    this.#world = world
  }

  /** How much of each mailbox is in the tables. */
  kept(): ReadonlyMap<string, number> {
    return this.#tables.kept()
  }

  /** The disk as one process has it; when that dies, its acts are interrupted. */
  of(process: Process): Disk {
    const open = new Map<number, { file: File; isDurable: boolean }>()
    let descriptors = 2
    const fileOf = (descriptor: number): { file: File; isDurable: boolean } => {
      const found = open.get(descriptor)
      if (found === undefined) throw failure('EBADF')
      return found
    }
    return {
      checkFormat: () => undefined,
      openTables: () =>
        this.#tables.open((apply) => this.#act(process, 'commits tables', apply, () => this.#maybe(apply))),
      names: () => [...this.#files.keys()].map((path) => path.slice(path.lastIndexOf('/') + 1)),
      read: (path) => Buffer.from(this.#files.get(path)?.seen ?? Buffer.alloc(0)),
      open: (path, flags) => {
        let descriptor = 0
        const opened = (): void => {
          let file = this.#files.get(path)
          if (file === undefined) {
            if ((flags & constants.O_CREAT) === 0) throw failure('ENOENT')
            file = { durable: Buffer.alloc(0), seen: Buffer.alloc(0), isNamed: false }
            this.#files.set(path, file)
          }
          descriptor = ++descriptors
          open.set(descriptor, { file, isDurable: (flags & constants.O_DSYNC) !== 0 })
        }
        return this.#act(process, 'opens a file', opened).then(() => descriptor)
      },
      write: (descriptor, bytes, at) => {
        const { file, isDurable } = fileOf(descriptor)
        if (this.isFull && at + bytes.length > file.seen.length) return Promise.reject(failure('ENOSPC'))
        const content = Buffer.from(bytes)
        const put = (upTo: number): void => {
          file.seen = written(file.seen, content.subarray(0, upTo), at)
          if (isDurable) file.durable = written(file.durable, content.subarray(0, upTo), at)
        }
        const torn = (): void =>
          put(
            Math.min(
              content.length,
              SECTOR_BYTES * this.#world.random.between(0, 1 + content.length / SECTOR_BYTES),
            ),
          )
        const whole = (): void => {
          put(content.length)
          this.#world.passage.writes(process, content)
        }
        return this.#act(process, `writes ${content.length} bytes`, whole, torn)
      },
      sync: (descriptor) => this.#flush(process, fileOf(descriptor).file),
      syncData: (descriptor) => this.#flush(process, fileOf(descriptor).file),
      close: (descriptor) => {
        open.delete(descriptor)
        return this.#act(process, 'closes a file', () => undefined)
      },
      remove: (path) => void this.#files.delete(path),
      syncDirectory: () => {
        for (const file of this.#files.values()) file.isNamed = true
      },
    }
  }

  /** All that was not flushed is gone, or is there all the same. */
  cutPower(): void {
    for (const [path, file] of this.#files) {
      if (!file.isNamed && this.#world.random.chance(0.5)) this.#files.delete(path)
      if (this.#world.random.chance(0.75)) file.seen = Buffer.from(file.durable)
      else file.durable = Buffer.from(file.seen)
    }
  }

  #flush(process: Process, file: File): Promise<void> {
    return this.#act(process, 'flushes', () => (file.durable = Buffer.from(file.seen)))
  }

  #maybe(apply: () => void): void {
    if (this.#world.random.chance(0.5)) apply()
  }

  /**
   * @param carryOut when it comes through
   * @param interrupted when its process dies, or the disk fails, before
   */
  #act(
    process: Process,
    what: string,
    carryOut: () => unknown,
    interrupted: () => void = () => undefined,
  ): Promise<void> {
    const { random } = this.#world
    const ms = (0.05 + 4 * random.next() ** 4) * this.slowness
    const isFailing = random.next() * 100 < this.failing
    return new Promise((resolve, reject) => {
      const forget = process.onceDead(interrupted)
      this.#world.after(ms, process, what, () => {
        forget()
        if (isFailing) {
          this.#world.passage.struck(process)
          interrupted()
          reject(failure('EIO'))
          return
        }
        try {
          carryOut()
          resolve()
        } catch (error) {
          reject(error as Error)
        }
      })
    })
  }
}

function written(content: Buffer, bytes: Buffer, at: number): Buffer {
  const whole =
    content.length >= at + bytes.length
      ? content
      : Buffer.concat([content, Buffer.alloc(at + bytes.length - content.length)])
  bytes.copy(whole, at)
  return whole
}

function failure(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: the simulated disk`), { code })
}
