// Is a device that publishes too fast slowed down, while others are served?
import { expect, test } from 'vitest'
import { encodeUp } from '../../../proto/codec.ts'
import { connectPacket, publishPacket } from '../../support/mqtt-packets.ts'
import { Phone } from '../../support/phone.ts'
import { useServer } from '../../support/use-server.ts'

const use = useServer({ RESTANTE_PUBLISHES_PER_S_MAX: '20', RESTANTE_CONNECTS_PER_S_PER_ADDRESS_MAX: '10' })

test('G8 a device above its publish rate is not read for a while, and loses nothing that was acknowledged', async () => {
  const alice = await use.phone('alice/phone')
  const bob = await use.phone('bob/phone')
  const packets = Array.from({ length: 60 }, (_, i) =>
    publishPacket({
      topic: `g/${alice.direct('bob')}`,
      packetId: i + 1,
      payload: encodeUp({ message: { clientSeq: Phone.nextClientSeq(), text: `${i}`, peer: 'bob' } }),
    }),
  )
  const startMs = Date.now()
  alice.raw.send(...packets)
  let acknowledged = 0
  while (acknowledged < 60 && !alice.raw.isClosed) {
    const puback = await alice.raw.take('puback').catch(() => undefined)
    if (!puback) break
    acknowledged = puback.packetId
  }
  expect(acknowledged).toBeGreaterThanOrEqual(20)
  // 60 at 20 a second, with a second's worth at once in the beginning.
  if (acknowledged === 60) expect(Date.now() - startMs).toBeGreaterThan(1_500)
  for (let i = 0; i < acknowledged; i++) expect((await bob.message()).text).toBe(`${i}`)
})

test('G8 a burst far above the publish rate, in one chunk with CONNECT, ends its connection and not the server', async () => {
  const alice = await use.phone('alice/phone')
  await use.users('carol')
  const chat = `g/${alice.direct('carol')}`
  const publish = (i: number): Uint8Array =>
    publishPacket({
      topic: chat,
      packetId: i + 1,
      payload: encodeUp({ message: { clientSeq: Phone.nextClientSeq(), text: `${i}`, peer: 'carol' } }),
    })
  const burst = await use.open()
  const password = await use.token('alice')
  const connect = connectPacket({ clientId: 'alice/burst', username: 'alice', password })
  burst.send(Buffer.concat([connect, ...Array.from({ length: 1_300 }, (_, i) => publish(i))]))
  await burst.expectClosed()
  await alice.tell('carol', 'still here')
  expect(await use.server.metric('restante_broker_unhandled_rejections')).toBe(0)
  expect(use.server.isRunning).toBe(true)
})

test('G8 connects above the rate of an address get CONNACK 3', async () => {
  const codes = await Promise.all(
    Array.from({ length: 40 }, async (_, i) => {
      const client = await use.open()
      const password = await use.token('carol')
      return (await client.connect({ clientId: `carol/d${i % 3}`, username: 'carol', password })).code
    }),
  )
  expect(codes.filter((code) => code === 3).length).toBeGreaterThan(10)
  expect(codes.filter((code) => code === 0).length).toBeGreaterThan(0)
})
