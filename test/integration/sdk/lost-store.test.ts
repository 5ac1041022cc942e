// Do chats come back from the directory's copy when the mailbox store is lost?
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, onTestFinished, test } from 'vitest'
import { connect, durableStore, type Client } from '../../../clients/index.ts'
import { until } from '../../support/deadline.ts'
import { RedisServer } from '../../support/stores/redis-server.ts'
import { Server } from '../../support/server.ts'
import { startStores, storesMissing } from '../../support/stores/stores.ts'

const SEQS_SKIPPED = 1_000_000

interface Phone {
  readonly client: Client
  readonly seen: { readonly chatId: string; readonly seq: number; readonly text: string | undefined }[]
  readonly gaps: unknown[]
}

async function open(server: Server, user: string, home: string): Promise<Phone> {
  const client = await connect({
    url: `mqtt://127.0.0.1:${server.port}`,
    token: await server.token(user),
    device: 'phone',
    store: durableStore(join(home, user)),
    backoff: () => 20,
  })
  const phone: Phone = { client, seen: [], gaps: [] }
  client.on('message', ({ chatId, seq, text }) => phone.seen.push({ chatId, seq, text }))
  client.on('gap', (gap) => phone.gaps.push(gap))
  onTestFinished(() => client.close({ drainMs: 0 }))
  return phone
}

/** Three phones talk in a group, two of them in a direct chat; `lose` takes the mailboxes away; they go on. */
async function goesOn(server: Server, lose: () => Promise<void>): Promise<void> {
  onTestFinished(() => server.dispose())
  const home = mkdtempSync(join(tmpdir(), 'restante-lost-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const users = ['alice', 'bob', 'cid']
  const [alice, bob, cid] = await Promise.all(users.map((user) => open(server, user, home)))
  if (!alice || !bob || !cid) throw new Error('three phones')
  const trip = await alice.client.createGroup({ name: 'trip', members: ['bob', 'cid'] })
  await (await trip.send({ text: 'one' })).delivered
  await (await alice.client.direct('bob').send({ text: 'hello' })).delivered
  await until(
    async () => (await server.metric('restante_worker_directory_unsaved')) === 0,
    10_000,
    'the directory to have the copies',
  )
  for (const { client } of [alice, bob, cid]) await client.close()

  await lose()

  const [alice2, bob2, cid2] = await Promise.all(users.map((user) => open(server, user, home)))
  if (!alice2 || !bob2 || !cid2) throw new Error('three phones')
  const inTrip = await bob2.client.chat(trip.id).send({ text: 'two' })
  expect(await inTrip.accepted).toBe(2 + SEQS_SKIPPED + 1)
  await inTrip.delivered
  const inDirect = await alice2.client.direct('bob').send({ text: 'again' })
  expect(await inDirect.accepted).toBe(1 + SEQS_SKIPPED + 1)
  await inDirect.delivered
  await until(() => cid2.seen.length > 0, 5_000, 'what the group goes on with')
  expect(cid2.seen).toEqual([{ chatId: trip.id, seq: 2 + SEQS_SKIPPED + 1, text: 'two' }])
  expect(cid2.gaps).toEqual([{ chatId: trip.id, firstSeq: 3, lastSeq: 2 + SEQS_SKIPPED }])
  expect(bob2.seen.at(-1)).toMatchObject({ seq: 1 + SEQS_SKIPPED + 1, text: 'again' })
  expect(server.output).toContain('chat.revived')
}

test('G3: with the mailboxes gone, chats go on from the directory, seqs ahead, the gap said', async (context) => {
  const missing = storesMissing()
  if (missing !== undefined) return context.skip(missing)
  const stores = await startStores()
  onTestFinished(() => stores.stop())
  const server = await Server.start({ env: stores.env })
  await goesOn(server, async () => {
    await server.stop()
    await stores.loseMailboxes(server.dataDir)
    await server.restart()
  })
})

// It has a Redis of its own: with one of the pairs of stores is enough.
const ONCE = inject('stores') === 'Redis + PostgreSQL' ? ['Redis'] : []
test.for(ONCE)('G3: with %s empty under running processes, the same', async (_, context) => {
  const missing = storesMissing()
  if (missing !== undefined) return context.skip(missing)
  const redis = await RedisServer.start()
  onTestFinished(() => redis.stop())
  const server = await Server.start({ env: { REDIS_URL: redis.url } })
  await goesOn(server, async () => {
    await redis.kill()
    await redis.restart()
    await until(() => server.isReady(), 20_000, 'the broker to have its store again')
  })
})
