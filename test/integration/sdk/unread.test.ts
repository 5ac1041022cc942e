// Do all devices of a user count the same unread messages, a new one too?
import { afterEach, expect, test } from 'vitest'
import { connect, type Client, type Group } from '../../../clients/index.ts'
import { until } from '../../support/deadline.ts'
import { useServer } from '../../support/use-server.ts'

const running = useServer()
const clients: Client[] = []
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close({ drainMs: 0 })))
})

async function open(user: string, device: string): Promise<Client> {
  const token = await running.token(user)
  const url = `mqtt://127.0.0.1:${running.server.port}`
  const client = await connect({ url, token, device, backoff: () => 20 })
  client.on('message', () => {})
  clients.push(client)
  return client
}

test('unread are messages of others behind the read mark, on each device and on a new one', async () => {
  const [alice, bobsPhone] = [await open('alice', 'phone'), await open('bob', 'phone')]
  const trip = await alice.createGroup({ name: 'trip', members: ['bob'] })
  const bobs = [bobsPhone, await open('bob', 'laptop')]
  const unread = (): number[] => bobs.map((client) => client.chat(trip.id).unread)
  const allCount = async (count: number): Promise<void> => {
    await until(
      () => unread().every((one) => one === count),
      10_000,
      () => `${count} unread everywhere; it is ${unread().join(', ')}`,
    )
  }
  await (await trip.send({ text: 'one' })).delivered
  await trip.rename('journey')
  await (await trip.send({ text: 'two' })).delivered
  await allCount(2)
  await (await bobsPhone.chat(trip.id).send({ text: 'mine' })).accepted
  await (await trip.send({ text: 'three' })).delivered
  await allCount(3)

  bobs.push(await open('bob', 'tablet'))
  await allCount(3)
  // Up to the first message: only two of the devices have had it.
  await bobsPhone.chat(trip.id).markRead(2)
  await allCount(2)
  await (await trip.send({ text: 'four' })).delivered
  await allCount(3)
  await bobs[1]?.chat(trip.id).markRead()
  await allCount(0)

  await (await trip.send({ text: 'five' })).delivered
  await allCount(1)
  await trip.remove('bob')
  await allCount(0)
  await trip.send({ text: 'among us' })
  await trip.add('bob')
  await (await trip.send({ text: 'six' })).delivered
  await allCount(1)
  expect((bobsPhone.chat(trip.id) as Group).name).toBe('journey')
})
