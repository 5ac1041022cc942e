import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Mutation } from './mutations.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

export interface Seen {
  readonly title: string
  readonly status: 'passed' | 'failed' | 'skipped' | 'pending' | 'todo'
}

/** A copy of the sources, where one thing at a time is broken and one test run. */
export class Workbench {
  readonly #dir = mkdtempSync(join(tmpdir(), 'restante-mutants-'))

  constructor() {
    const files = execFileSync('git', ['-c', 'safe.directory=*', 'ls-files', '-z'], {
      cwd: ROOT,
      encoding: 'utf8',
    })
    for (const file of files.split('\0').filter((path) => path !== '')) {
      mkdirSync(dirname(join(this.#dir, file)), { recursive: true })
      cpSync(join(ROOT, file), join(this.#dir, file), { force: true })
    }
    for (const folder of ['node_modules', 'dist']) symlinkSync(join(ROOT, folder), join(this.#dir, folder))
  }

  /** @returns what the test said, and all others of that name, with the product broken */
  async try({ file, from, to, seenBy }: Mutation): Promise<Seen[]> {
    const path = join(this.#dir, file)
    const whole = readFileSync(path, 'utf8')
    writeFileSync(
      path,
      whole.replace(from, () => to),
    )
    try {
      return await this.#run(seenBy)
    } finally {
      writeFileSync(path, whole)
    }
  }

  dispose(): void {
    rmSync(this.#dir, { recursive: true, force: true })
  }

  async #run({ project, file, test }: Mutation['seenBy']): Promise<Seen[]> {
    const report = join(this.#dir, 'report.json')
    rmSync(report, { force: true })
    const name = test.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
    const args = ['run', '--root', this.#dir, '--project', project, file, '-t', name]
    const child = spawn(
      join(ROOT, 'node_modules/.bin/vitest'),
      [...args, '--reporter=json', `--outputFile.json=${report}`],
      { cwd: this.#dir, env: environment(), stdio: ['ignore', 'pipe', 'pipe'] },
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
