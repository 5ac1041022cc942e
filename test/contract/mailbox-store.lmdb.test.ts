import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLmdbStore } from '../../broker/mailbox/lmdb.ts'
import { mailboxStoreContract, type StoreSetup } from './mailbox-store.ts'

function lmdb(sizes: { journalBytesMax?: number; mailboxesCachedMax?: number }): StoreSetup {
  return async (limits) => {
    const directory = await mkdtemp(join(tmpdir(), 'restante-mailboxes-'))
    let store = await openLmdbStore({ directory, limits, ...sizes })
    return {
      store,
      reopen: async () => {
        await store.close()
        store = await openLmdbStore({ directory, limits, ...sizes })
        return store
      },
      destroy: async () => {
        await store.close()
        await rm(directory, { recursive: true })
      },
    }
  }
}

mailboxStoreContract('lmdb', lmdb({}))
mailboxStoreContract(
  'lmdb, settling at every transaction',
  lmdb({ journalBytesMax: 0, mailboxesCachedMax: 0 }),
)
mailboxStoreContract('lmdb, settling now and then', lmdb({ journalBytesMax: 600, mailboxesCachedMax: 1 }))
