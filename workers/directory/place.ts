import { join } from 'node:path'
import type { Log } from '../../kit/log.ts'
import type { WorkerConfig } from '../config.ts'
import type { DatabaseSettings } from './database.ts'
import { EmbeddedDatabase } from './embedded/embedded.ts'

/** Where the directory is: in PostgreSQL if its address is set, else in the embedded database. */
export interface DirectoryPlace {
  readonly database: DatabaseSettings
  /** To be closed with the process. */
  readonly embedded: EmbeddedDatabase | undefined
}

/** @throws OperationalError `directory-failed`, `data-directory-in-use` */
export async function openPlace(config: WorkerConfig, log: Log): Promise<DirectoryPlace> {
  if (config.databaseUrl !== undefined)
    return {
      database: { url: config.databaseUrl.reveal(), connectionsMax: config.databaseConnectionsMax },
      embedded: undefined,
    }
  const embedded = await EmbeddedDatabase.start(join(config.dataDir, 'directory'), log)
  return { database: embedded.settings, embedded }
}
