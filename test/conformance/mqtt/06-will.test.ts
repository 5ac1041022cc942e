// Is a CONNECT with a will refused, so that no will can ever be published? [MQTT-3.1.2-8]
import { expect, test } from 'vitest'
import { useServer } from '../../support/use-server.ts'

const use = useServer()

test('trap 15: a CONNECT with a will is refused, at any QoS, to any topic', async () => {
  const password = await use.token('alice')
  for (const will of [
    { topic: 'u/bob', payload: 'x' },
    { topic: 'g/AAAAAAAAAAAAAA', payload: 'x', qos: 1, retain: true },
  ]) {
    const client = await use.open()
    expect((await client.connect({ clientId: 'alice/phone', username: 'alice', password, will })).code).toBe(
      5,
    )
    await client.expectClosed()
  }
})

test('a dropped connection publishes nothing', async () => {
  const bob = await use.phone('bob/phone')
  const alice = await use.phone('alice/phone')
  alice.raw.cut()
  await (await use.phone('carol/phone')).tell('bob', 'after')
  expect((await bob.message()).text).toBe('after')
  expect(bob.items()).toEqual([])
})
