import type { Log } from '../kit/log.ts'
import type { WorkerConfig } from './config.ts'
import { openDatabase } from './directory/database.ts'
import { migrate } from './directory/migrate.ts'
import { openPlace } from './directory/place.ts'

/**
 * Brings the directory's schema up to date and ends.
 * @returns the names of the migrations applied
 */
export async function migrateDirectory(config: WorkerConfig, log: Log): Promise<string[]> {
  const { database, embedded } = await openPlace(config, log)
  const db = openDatabase(database, log)
  try {
    await embedded?.open()
    return await migrate(db)
  } finally {
    await db.destroy()
    await embedded?.close(config.stopMsMax)
  }
}
