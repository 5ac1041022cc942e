import { expect, onTestFinished, test } from 'vitest'
import { bareToken, startBareBroker } from '../../../support/bare-broker.ts'
import { subscribePacket } from '../../../support/mqtt-packets.ts'
import { RawClient } from '../../../support/raw-client.ts'

test('G8 a connection has so many filters: one beyond the limit gets 0x80, one that it has is granted again', async () => {
  const bare = await startBareBroker({ filtersMax: 3 })
  onTestFinished(() => bare.stop())
  const client = await RawClient.open({ port: bare.port })
  onTestFinished(() => client.cut())
  const password = await bareToken('alice', { role: 'device' })
  await client.connect({ clientId: 'alice/phone', username: '', password, clean: false })
  const codes = async (packetId: number, ...filters: string[]): Promise<number[]> => {
    client.send(
      subscribePacket(
        packetId,
        filters.map((filter) => [filter, 1] as const),
      ),
    )
    return [...(await client.expect('suback')).codes]
  }
  // What is behind the connections grants all of these; what it refuses takes no room.
  expect(await codes(1, 'x/no', 'u/a', 'u/b', 'u/c', 'u/d', 'u/a')).toEqual([0x80, 1, 1, 1, 0x80, 1])
  expect(await codes(2, 'u/b')).toEqual([1])
  expect(await codes(3, 'u/e')).toEqual([0x80])
  expect(bare.metrics.read('broker_filters_refused_total')).toBe(3)
  expect(bare.delivery.calls.filter((call) => call.startsWith('subscribe'))).toEqual([
    'subscribe x/no 1',
    ...['a', 'b', 'c', 'a', 'b'].map((name) => `subscribe u/${name} 1`),
  ])
})
