import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { Phone, type PhoneOptions } from './phone.ts'
import { RawClient } from './raw-client.ts'
import { Server, type Claims } from './server.ts'
import { startStores, storesMissing, type Stores } from './stores/stores.ts'

/** A server, on the project's stores, for all tests of a file; what a test connected is cut when it ends. */
export function useServer(env: Readonly<Record<string, string>> = {}) {
  const missing = storesMissing()
  let stores: Stores | undefined
  let server: Server | undefined
  const open = new Set<RawClient>()
  const running = (): Server => server as Server
  const keep = (client: RawClient): RawClient => {
    open.add(client)
    return client
  }
  beforeAll(async () => {
    if (missing !== undefined) return
    stores = await startStores()
    server = await Server.start({ env: { ...stores.env, ...env } })
  })
  beforeEach((context) => {
    if (missing !== undefined) context.skip(missing)
  })
  afterEach(() => {
    for (const client of open) client.cut()
    open.clear()
  })
  afterAll(async () => {
    await server?.dispose()
    await stores?.stop()
  })
  return {
    get server(): Server {
      return running()
    },
    /** A TCP connection that has sent nothing yet. */
    async open(): Promise<RawClient> {
      return keep(await RawClient.open({ port: running().port }))
    },
    /** A phone whose CONNECT was accepted and, unless told otherwise, which is subscribed. */
    async phone(id: string, options: PhoneOptions = {}): Promise<Phone> {
      const phone = await Phone.connect(running(), id, options)
      keep(phone.raw)
      return phone
    },
    /** Lets users come to exist: each connects once, as `<user>/phone`, and leaves. */
    async users(...names: string[]): Promise<void> {
      for (const name of names) await (await this.phone(`${name}/phone`)).disconnect()
    },
    token(claims: Claims | string): Promise<string> {
      return running().token(claims)
    },
  }
}
