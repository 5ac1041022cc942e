import { readdirSync, readFileSync } from 'node:fs'

/** Between two looks: the kernel goes through all of a process's pages for one. */
const LOOK_MS = 50

/** Memory of a process and all that it started: PSS, in which a page that several have counts once in all. Linux only. */
export class MemoryWatch {
  readonly #pid: number
  readonly #timer = setInterval(() => this.look(), LOOK_MS)
  #mbMax = 0

  constructor(pid: number) {
    this.#pid = pid
  }

  /** The most that was seen. */
  get mbMax(): number {
    return this.#mbMax
  }

  /** @returns MB, now */
  look(): number {
    let kb = 0
    for (const pid of treeOf(this.#pid)) kb += pssKbOf(pid)
    const mb = Math.round(kb / 1024)
    this.#mbMax = Math.max(this.#mbMax, mb)
    return mb
  }

  stop(): void {
    clearInterval(this.#timer)
  }
}

function treeOf(pid: number): number[] {
  const children = textOf(`/proc/${pid}/task`, (path) =>
    readdirSync(path)
      .map((thread) => textOf(`${path}/${thread}/children`))
      .join(' '),
  )
  return [pid, ...children.split(' ').filter(Boolean).map(Number).flatMap(treeOf)]
}

function pssKbOf(pid: number): number {
  return Number(/^Pss:\s+(\d+) kB/m.exec(textOf(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0)
}

/** Nothing of what has just ended. */
function textOf(path: string, read = (file: string): string => readFileSync(file, 'utf8')): string {
  try {
    return read(path)
  } catch {
    return ''
  }
}
