import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

// PostgreSQL's initdb takes seconds and half a gigabyte: it runs once, when the program is built (make-template.ts), and
// a first start copies what it made.

/** Where the build leaves it; from source, too. */
export const TEMPLATE = fileURLToPath(
  new URL(
    import.meta.url.endsWith('.ts') ? '../../../dist/workers/directory/embedded/template' : './template',
    import.meta.url,
  ),
)
/** PostgreSQL calls a directory with this file a database: so it is written last. */
const VERSION_FILE = 'PG_VERSION'

/**
 * Makes the database in `dir`, an existing directory, unless there is one. Everything is flushed before it counts: what a
 * process leaves behind that ends meanwhile is written over by the next.
 */
export function copyTemplate(dir: string): void {
  if (existsSync(join(dir, VERSION_FILE))) return
  copyDirectory(TEMPLATE, dir)
  const unfinished = join(dir, `${VERSION_FILE}.new`)
  copyFile(join(TEMPLATE, VERSION_FILE), unfinished)
  renameSync(unfinished, join(dir, VERSION_FILE))
  for (const made of [dir, dirname(dir), dirname(dirname(dir))]) flushDirectory(made)
}

function copyDirectory(from: string, to: string): void {
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) {
      mkdirSync(target, { recursive: true, mode: 0o700 })
      copyDirectory(source, target)
    } else if (entry.name !== VERSION_FILE || from !== TEMPLATE) copyFile(source, target)
  }
  flushDirectory(to)
}

function copyFile(from: string, to: string): void {
  const file = openSync(to, 'w', 0o600)
  try {
    const bytes = readFileSync(from)
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written)
    fdatasyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Windows does not open directories; its file systems keep their entries by themselves. */
function flushDirectory(dir: string): void {
  if (process.platform === 'win32') return
  const directory = openSync(dir, 'r')
  try {
    fsyncSync(directory)
  } finally {
    closeSync(directory)
  }
}
