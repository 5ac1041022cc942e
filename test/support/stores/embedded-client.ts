import type { Socket } from 'node:net'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import { createLog } from '../../../kit/log.ts'
import { openDatabase } from '../../../workers/directory/database.ts'
import type { EmbeddedDatabase } from '../../../workers/directory/embedded/embedded.ts'
import type { Schema } from '../../../workers/directory/schema.ts'
import { within } from '../deadline.ts'
import { connectRaw } from './postgres-client.ts'

/** Clients of the embedded database. */

/** A query that never ends. */
export const FOREVER = 'do $$ begin loop end loop; end $$'

export function connectEmbedded({ settings }: EmbeddedDatabase, ...parts: Buffer[]): Promise<Socket> {
  const path = join(new URL(settings.url).searchParams.get('host') ?? '', '.s.PGSQL.5432')
  return connectRaw(path, Buffer.concat(parts))
}

/** However it ends: with an error, too. */
export function closed(socket: Socket): Promise<void> {
  const end = new Promise<void>((resolve) => {
    if (socket.closed) resolve()
    socket.resume().once('close', () => resolve())
  })
  return within(end, 10_000, () => 'the end of the connection')
}

/** With a pool of its own, for each its own session. */
export async function withEmbedded<Value>(
  { settings }: EmbeddedDatabase,
  use: (db: Kysely<Schema>) => Promise<Value>,
): Promise<Value> {
  const db = openDatabase(settings, createLog('silent'))
  try {
    return await use(db)
  } finally {
    await db.destroy()
  }
}
