import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { TEMPLATE } from './template.ts'

// A step of the build: makes the database that every first start copies, unless it is there already.

/** What it was made with. A change of this file that changes what it makes counts up. */
const MADE_WITH = `PGlite ${pgliteVersion()}, 1`
const stamp = join(TEMPLATE, 'made-with')

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== MADE_WITH) await makeTemplate()

async function makeTemplate(): Promise<void> {
  const { PGlite } = await import('@electric-sql/pglite')
  const scratch = mkdtempSync(join(dirname(TEMPLATE), 'making-'))
  const dataDir = join(scratch, 'template')
  try {
    // Segments of the write-ahead log are 16 MB otherwise, and five of them lie there at least.
    const db = await PGlite.create({ dataDir, initDbStartParams: ['--wal-segsize=1'] })
    // Nobody makes further databases: what they would be copied from is two thirds of the files.
    await db.exec("update pg_database set datistemplate = false where datname in ('template0', 'template1')")
    await db.exec('drop database template0')
    await db.exec('drop database template1')
    await db.close()
    writeFileSync(join(dataDir, 'made-with'), MADE_WITH)
    rmSync(TEMPLATE, { recursive: true, force: true })
    renameSync(dataDir, TEMPLATE)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

function pgliteVersion(): string {
  const manifest = new URL('../package.json', import.meta.resolve('@electric-sql/pglite'))
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version
}
