// The simulator's Redis is one by the product's contract: over real sockets, with the product's own client and scripts.
import { createServer, type AddressInfo, type Server } from 'node:net'
import { afterAll, beforeAll } from 'vitest'
import { openRedisStore } from '../../../broker/mailbox/redis/redis-store.ts'
import type { MailboxLimits } from '../../../broker/mailbox/store.ts'
import { createLog } from '../../../kit/log.ts'
import { RedisModel } from '../../sim/redis/redis-model.ts'
import { mailboxStoreContract } from '../mailbox-store.ts'
import type { TestTime } from '../mailbox-store/time.ts'

const model = new RedisModel({
  wallMs: () => Date.now(),
  chance: () => Math.random(),
  flush: (done) => void setImmediate(done),
  losesFrame: () => false,
})
let server: Server
let url: string

beforeAll(async () => {
  server = createServer((socket) => {
    const session = model.connected({ send: (bytes) => void socket.write(bytes) })
    socket.on('data', (chunk: Buffer) => session.bytes(chunk))
    socket.on('close', () => session.closed())
    socket.on('error', () => undefined)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `redis://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

mailboxStoreContract('the model of Redis', async (limits: MailboxLimits, time: TestTime) => {
  const open = () => openRedisStore({ urls: [url], limits, node: 'node-1', log: createLog('silent'), time })
  let store = await open()
  return {
    store,
    async reopen() {
      await store.close()
      store = await open()
      return store
    },
    async destroy() {
      await store.close()
      model.keys.clear()
    },
  }
})
