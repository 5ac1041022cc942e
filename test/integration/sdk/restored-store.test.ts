// Do devices take what the server has when its stores were restored from an older backup?
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { connect, durableStore, type Client, type Group } from '../../../clients/index.ts'
import { until } from '../../support/deadline.ts'
import { Server } from '../../support/server.ts'
import { startStores, storesMissing } from '../../support/stores/stores.ts'

interface Phone {
  readonly client: Client
  readonly seen: string[]
  readonly setbacks: number[]
}

async function open(server: Server, user: string, home: string): Promise<Phone> {
  const client = await connect({
    url: `mqtt://127.0.0.1:${server.port}`,
    token: await server.token(user),
    device: 'phone',
    store: durableStore(join(home, user)),
    backoff: () => 20,
  })
  const phone: Phone = { client, seen: [], setbacks: [] }
  client.on('message', ({ seq, text }) => phone.seen.push(`${seq} ${text}`))
  client.on('change', ({ seq, change }) => phone.seen.push(`${seq} ${change.kind}`))
  client.on('setback', ({ firstSeq }) => phone.setbacks.push(firstSeq))
  onTestFinished(() => client.close({ drainMs: 0 }))
  return phone
}

test('G3, G4: names and members of what the backup does not have are gone, in quiet chats too; the chats go on', async (context) => {
  const missing = storesMissing()
  if (missing !== undefined) return context.skip(missing)
  const stores = await startStores()
  onTestFinished(() => stores.stop())
  const server = await Server.start({ env: stores.env })
  onTestFinished(() => server.dispose())
  const home = mkdtempSync(join(tmpdir(), 'restante-restored-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const users = ['alice', 'bob', 'cid']
  const phones = await Promise.all(users.map((user) => open(server, user, home)))
  const [alice, bob] = phones as [Phone, Phone, Phone]
  const trip = await alice.client.createGroup({ name: 'trip', members: ['bob'] })
  const club = await alice.client.createGroup({ name: 'club', members: ['bob'] })
  await (await trip.send({ text: 'one' })).delivered
  await until(() => bob.seen.length === 3, 10_000, 'what the backup has')

  await server.stop()
  const putBack = [await stores.backUpMailboxes(server.dataDir), await stores.backUpDirectory(server.dataDir)]
  await server.restart()
  await trip.rename('lost')
  await trip.add('cid')
  await club.rename('lost too')
  await (await trip.send({ text: 'lost' })).delivered
  await until(() => bob.seen.length === 7, 10_000, 'what the backup does not have')
  await server.stop()
  for (const one of putBack) await one()
  await server.restart()

  const groupOf = ({ client }: Phone, { id }: Group): Group => client.chat(id) as Group
  await (await groupOf(bob, trip).send({ text: 'two' })).accepted
  for (const phone of [alice, bob]) {
    await until(
      () => groupOf(phone, trip).name === 'trip' && groupOf(phone, club).name === 'club',
      20_000,
      () => `the names; they are ${groupOf(phone, trip).name} and ${groupOf(phone, club).name}`,
    )
    expect((await groupOf(phone, trip).members()).map(({ user }) => user)).toEqual(['alice', 'bob'])
  }
  expect(alice.seen.at(-1)).toBe('3 two')
  expect(alice.setbacks[0]).toBe(3)
  await (await trip.send({ text: 'three' })).delivered
  expect(bob.seen.at(-1)).toBe('4 three')
})
