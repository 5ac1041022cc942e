import { afterAll, afterEach, beforeAll } from 'vitest'
import { Phone, type PhoneOptions } from './phone.ts'
import { RawClient } from './raw-client.ts'
import { Server, type Claims } from './server.ts'

const START_HOOK_MS = 60_000

/** A server for all tests of a file; what a test connected is cut when it ends. */
export function useServer(env: Readonly<Record<string, string>> = {}) {
  let server: Server | undefined
  const open = new Set<RawClient>()
  const running = (): Server => server as Server
  const keep = (client: RawClient): RawClient => {
    open.add(client)
    return client
  }
  beforeAll(async () => {
    server = await Server.start({ env })
  }, START_HOOK_MS)
  afterEach(() => {
    for (const client of open) client.cut()
    open.clear()
  })
  afterAll(async () => {
    await server?.dispose()
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
