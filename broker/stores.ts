import { join } from 'node:path'
import type { Log } from '../kit/log.ts'
import { SingleNodeBus, type Bus } from './bus.ts'
import type { BrokerConfig } from './config.ts'
import { openLmdbStore } from './mailbox/lmdb.ts'
import type { MailboxStore } from './mailbox/store.ts'

/** What a broker stands on: mailboxes, and the way to other nodes. */
export interface Stores {
  readonly store: MailboxStore
  readonly bus: Bus
  close(): Promise<void>
}

/** The embedded store. */
export async function openStores(config: BrokerConfig, _log: Log): Promise<Stores> {
  const store = await openLmdbStore({
    directory: join(config.dataDir, 'mailboxes'),
    limits: config.mailboxes,
  })
  return { store, bus: new SingleNodeBus(), close: () => store.close() }
}
