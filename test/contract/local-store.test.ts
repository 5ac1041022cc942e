import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, onTestFinished, test } from 'vitest'
import { durableStore, memoryStore, type LocalStore } from '../../clients/index.ts'
import { LOCAL_STORE_CASES } from './local-store.ts'

/** Makes a fresh place and gives what opens it. */
const stores: Record<string, () => () => LocalStore> = {
  memory: () => {
    const store = memoryStore()
    return () => store
  },
  lmdb: () => {
    const directory = mkdtempSync(join(tmpdir(), 'restante-local-store-'))
    const opened: LocalStore[] = []
    onTestFinished(async () => {
      for (const store of opened) await store.close()
      rmSync(directory, { recursive: true, force: true })
    })
    return () => {
      const store = durableStore(join(directory, 'alice.phone'))
      opened.push(store)
      return store
    }
  },
}

describe.each(Object.keys(stores))('local store on %s', (name) => {
  test.each(LOCAL_STORE_CASES.map((one) => [one.name, one] as const))('%s', async (_name, one) => {
    await one.run((stores[name] as () => () => LocalStore)())
  })
})
