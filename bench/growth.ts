import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Server } from './server.ts'

const LOOK_MS = 200
const MB = 1024 * 1024

export interface Growth {
  readonly diskMb: number
  readonly rssMb: number
}

/** How much more disk and memory a server uses than when the watch began. */
export class GrowthWatch {
  readonly #server: Server
  readonly #first: Growth
  readonly #timer = setInterval(() => this.look(), LOOK_MS)
  #diskMbMax = 0
  #rssMbMax = 0

  constructor(server: Server) {
    this.#server = server
    this.#first = useOf(server)
  }

  /** The most that was seen. */
  get most(): Growth {
    return { diskMb: this.#diskMbMax, rssMb: this.#rssMbMax }
  }

  /** @returns the growth now */
  look(): Growth {
    const { diskMb, rssMb } = useOf(this.#server)
    const growth = { diskMb: diskMb - this.#first.diskMb, rssMb: rssMb - this.#first.rssMb }
    this.#diskMbMax = Math.max(this.#diskMbMax, growth.diskMb)
    this.#rssMbMax = Math.max(this.#rssMbMax, growth.rssMb)
    return growth
  }

  stop(): void {
    clearInterval(this.#timer)
  }
}

function useOf(server: Server): Growth {
  return { diskMb: Math.round(bytesIn(server.directory) / MB), rssMb: server.rssMb() }
}

/** What files take up on the disk: one that was made longer than it is full counts for what is written of it. */
function bytesIn(directory: string): number {
  let bytes = 0
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    // It may be gone by now.
    const stat = statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })
    bytes += (stat?.blocks ?? 0) * 512
  }
  return bytes
}
