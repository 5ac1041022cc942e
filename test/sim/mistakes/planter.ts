import { execFile } from 'node:child_process'
import { SourceCopy } from '../../support/source-copy.ts'
import type { Mistake } from './mistakes.ts'

export interface Hunt {
  /** The first life that failed. */
  readonly seed: number | undefined
  /** How many were drawn, with that one. */
  readonly lives: number
  /** That life's story, and what is wrong in it. */
  readonly printed: string
}

/** Plants mistakes into a copy of the sources, one at a time, and has the simulator of that copy look for them. */
export class Planter {
  readonly #copy = new SourceCopy()

  /** @param args which lives: options of the simulator */
  async hunt({ edits }: Mistake, args: readonly string[]): Promise<Hunt> {
    const mend = this.#copy.edit(edits)
    try {
      const printed = await this.#run(['--first', ...args])
      const lines = printed.trimEnd().split('\n')
      const last = lines.at(-1) ?? ''
      if (!last.startsWith('{')) throw new Error(`the simulator does not run:\n${printed}`)
      const { seeds, failed } = JSON.parse(last) as { seeds: number; failed: number[] }
      const [seed] = failed
      const story = lines.slice(0, -1).filter((line) => !/^seed \d+: \d+ s, \d+ steps$/.test(line))
      return { seed, lives: seeds, printed: story.join('\n') }
    } finally {
      mend()
    }
  }

  dispose(): void {
    this.#copy.dispose()
  }

  /** @returns what it printed: with failures too */
  #run(args: readonly string[]): Promise<string> {
    const whole = ['--import', 'tsx', 'test/sim/main.ts', ...args]
    return new Promise((resolve) => {
      execFile(process.execPath, whole, { cwd: this.#copy.dir, maxBuffer: 2 ** 28 }, (_error, out, err) =>
        resolve(out + err),
      )
    })
  }
}
