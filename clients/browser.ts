import type { Client } from './sdk/client.ts'
import { connectOn, type ConnectOptions } from './sdk/connect.ts'
import { indexedDbStore } from './sdk/store/indexeddb-store.ts'
import type { LocalStore } from './sdk/store/local-store.ts'
import { browserPlatform } from './sdk/connection/platform-browser.ts'

export * from './exports.ts'

/** Connects a device. @see ConnectOptions */
export function connect(options: ConnectOptions): Promise<Client> {
  return connectOn(browserPlatform, options)
}

/** A store that outlives the process. In Node `name` is a directory, in a browser an IndexedDB database. */
export function durableStore(name: string): LocalStore {
  return indexedDbStore(name)
}
