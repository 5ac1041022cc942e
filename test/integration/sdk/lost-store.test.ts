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

test('G5: with older mailboxes beside a newer directory, who was removed stays removed, and no seq comes twice', async (context) => {
  const missing = storesMissing()
  if (missing !== undefined) return context.skip(missing)
  const stores = await startStores()
  onTestFinished(() => stores.stop())
  const server = await Server.start({ env: stores.env })
  onTestFinished(() => server.dispose())
  const home = mkdtempSync(join(tmpdir(), 'restante-older-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const users = ['alice', 'bob', 'cid']
  const openAll = async (): Promise<[Phone, Phone, Phone]> =>
    (await Promise.all(users.map((user) => open(server, user, home)))) as [Phone, Phone, Phone]
  const saved = () =>
    until(
      async () => (await server.metric('restante_worker_directory_unsaved')) === 0,
      10_000,
      'the directory to have the copies',
    )
  let [alice, bob, cid] = await openAll()
  const trip = await alice.client.createGroup({ name: 'trip', members: ['bob', 'cid'] })
  await (await trip.send({ text: 'one' })).delivered
  await saved()
  await server.stop()
  const putBack = await stores.backUpMailboxes(server.dataDir)
  await server.restart()
  await until(() => alice.client.isConnected && cid.client.isConnected, 10_000, 'the phones')
  await trip.remove('bob')
  await trip.rename('without bob')
  await (await trip.send({ text: 'two' })).delivered
  await saved()
  for (const { client } of [alice, bob, cid]) await client.close()

  await server.stop()
  await putBack()
  await server.restart()

  ;[alice, bob, cid] = await openAll()
  const back = await bob.client.chat(trip.id).send({ text: 'I am back' })
  await expect(back.accepted).rejects.toMatchObject({ entry: { name: 'unknown-chat' } })
  const seqs = 5 + SEQS_SKIPPED
  const on = await alice.client.chat(trip.id).send({ text: 'three' })
  expect(await on.accepted).toBe(seqs + 1)
  await until(() => cid.seen.at(-1)?.text === 'three', 5_000, 'what the group goes on with')
  expect(cid.seen.map(({ text }) => text)).not.toContain('I am back')
  expect(bob.seen).toEqual([])
  const names: unknown[] = []
  for await (const chat of cid.client.chats())
    if (chat.id === trip.id && 'name' in chat) names.push(chat.name)
  expect(names).toEqual(['without bob'])
  expect(server.output).toContain('partition.older-than-directory')
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
