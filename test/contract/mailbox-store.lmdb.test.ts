import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLmdbStore, type LmdbStoreOptions } from '../../broker/mailbox/lmdb/lmdb-store.ts'
import { mailboxStoreContract } from './mailbox-store.ts'
import type { StoreSetup } from './mailbox-store/suite.ts'

/** @param isKilled reopening goes on with what was on the disk at that moment, as after a kill, not after a close */
function lmdb(sizes: Partial<LmdbStoreOptions>, isKilled = false): StoreSetup {
  return async (limits, time) => {
    const root = await mkdtemp(join(tmpdir(), 'restante-mailboxes-'))
    let lives = 0
    let directory = join(root, `${lives}`)
    let store = await openLmdbStore({ directory, limits, time, ...sizes })
    return {
      store,
      reopen: async () => {
        // Cursors may be lost in a kill; a durable write takes along those that came before it.
        await Promise.all(store.check())
        const next = join(root, `${++lives}`)
        if (isKilled) await cp(directory, next, { recursive: true })
        await store.close()
        if (isKilled) directory = next
        store = await openLmdbStore({ directory, limits, time, ...sizes })
        return store
      },
      destroy: async () => {
        await store.close()
        await rm(root, { recursive: true })
      },
    }
  }
}

mailboxStoreContract('lmdb', lmdb({ segmentBytes: 64 * 1024 }))
const EAGER = { segmentBytes: 0, segmentsMax: 0, mailboxesCachedMax: 0 }
mailboxStoreContract('lmdb, settling at every transaction', lmdb(EAGER))
const SMALL = { segmentBytes: 300, segmentsMax: 1, mailboxesCachedMax: 1 }
mailboxStoreContract('lmdb, settling now and then, killed instead of closed', lmdb(SMALL, true))
mailboxStoreContract(
  'lmdb, never settling, killed instead of closed',
  lmdb({ segmentBytes: 64 * 1024 }, true),
)
