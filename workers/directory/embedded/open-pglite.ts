import { PGlite } from '@electric-sql/pglite'
import { FlushingFiles } from './flushing-files.ts'
import { copyTemplate } from './template.ts'

const START_PARAMS = [
  // What PGlite turns off for speed: flushing.
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  // fdatasync ends in PGlite and does not reach the file system.
  '-c',
  'wal_sync_method=fsync',
  // 128 MB otherwise.
  '-c',
  'shared_buffers=1MB',
]

/** Opens the database in `dir`, an existing directory; makes it, if there is none. */
export async function openPGlite(dir: string): Promise<{ db: PGlite; files: FlushingFiles }> {
  copyTemplate(dir)
  const files = new FlushingFiles(dir)
  const db = await PGlite.create({ fs: files, startParams: START_PARAMS })
  return { db, files }
}
