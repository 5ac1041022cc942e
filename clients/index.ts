import type { Client } from './sdk/client.ts'
import { connectOn, type ConnectOptions } from './sdk/connect.ts'
import { lmdbStore } from './sdk/store/lmdb-store.ts'
import type { LocalStore } from './sdk/store/local-store.ts'
import { nodePlatform } from './sdk/connection/platform-node.ts'

export * from './exports.ts'

/** Connects a device. @see ConnectOptions */
export function connect(options: ConnectOptions): Promise<Client> {
  return connectOn(nodePlatform, options)
}

/** A store that outlives the process. In Node `name` is a directory, in a browser an IndexedDB database. */
export function durableStore(name: string): LocalStore {
  return lmdbStore(name)
}
