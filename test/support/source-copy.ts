import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** One place of the sources and what stands there instead. */
export interface Edit {
  readonly file: string
  /** Stands once in the file. */
  readonly from: string
  readonly to: string
}

/** A copy of the sources in which things can be broken; what is installed and built is shared. */
export class SourceCopy {
  readonly dir = mkdtempSync(join(tmpdir(), 'restante-copy-'))

  constructor() {
    const files = execFileSync('git', ['-c', 'safe.directory=*', 'ls-files', '-z'], {
      cwd: ROOT,
      encoding: 'utf8',
    })
    for (const file of files.split('\0').filter((path) => path !== '')) {
      mkdirSync(dirname(join(this.dir, file)), { recursive: true })
      cpSync(join(ROOT, file), join(this.dir, file), { force: true })
    }
    for (const folder of ['node_modules', 'dist']) symlinkSync(join(ROOT, folder), join(this.dir, folder))
  }

  /**
   * Makes the edits.
   * @returns takes them back
   * @throws Error if what is to be broken does not stand once in its file
   */
  edit(edits: readonly Edit[]): () => void {
    const before = new Map<string, string>()
    for (const { file, from, to } of edits) {
      const path = join(this.dir, file)
      const text = readFileSync(path, 'utf8')
      if (text.split(from).length !== 2) {
        throw new Error(`this does not stand once in ${file}, so it can not be broken there: ${from}`)
      }
      if (!before.has(path)) before.set(path, text)
      writeFileSync(
        path,
        text.replace(from, () => to),
      )
    }
    return () => {
      for (const [path, text] of before) writeFileSync(path, text)
    }
  }

  dispose(): void {
    rmSync(this.dir, { recursive: true, force: true })
  }
}
