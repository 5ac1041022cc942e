import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SourceCopy } from '../support/source-copy.ts'
import type { Mutation } from './mutations.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

export interface Seen {
  readonly title: string
  readonly status: 'passed' | 'failed' | 'skipped' | 'pending' | 'todo'
}

/** A copy of the sources, where one thing at a time is broken and one test run. */
export class Workbench {
  readonly #copy = new SourceCopy()

  /** @returns what the test said, and all others of that name, with the product broken */
  async try({ file, from, to, seenBy }: Mutation): Promise<Seen[]> {
    const mend = this.#copy.edit([{ file, from, to }])
    try {
      return await this.#run(seenBy)
    } finally {
      mend()
    }
  }

  dispose(): void {
    this.#copy.dispose()
  }

  async #run({ project, file, test }: Mutation['seenBy']): Promise<Seen[]> {
    const { dir } = this.#copy
    const report = join(dir, 'report.json')
    rmSync(report, { force: true })
    const name = test.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
    const args = ['run', '--root', dir, '--project', project, file, '-t', name]
    const child = spawn(
      join(ROOT, 'node_modules/.bin/vitest'),
      [...args, '--reporter=json', `--outputFile.json=${report}`],
      { cwd: dir, env: environment(), stdio: ['ignore', 'pipe', 'pipe'] },
    )
    let printed = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (printed += text))
    await new Promise((resolve) => child.once('close', resolve))
    try {
      const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report
      return testResults
        .flatMap(({ assertionResults }) => assertionResults)
        .filter(({ title }) => title.includes(test))
    } catch (cause) {
      throw new Error(`there is no report; it printed: ${printed.slice(-2_000)}`, { cause })
    }
  }
}

interface Report {
  readonly testResults: readonly { readonly assertionResults: readonly Seen[] }[]
}

/** Without what vitest tells its own processes. */
function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')))
}
