// Is a retained PUBLISH refused, and is nothing ever delivered as retained? [MQTT-3.3.1-9]
import { expect, test } from 'vitest'
import { encodeUp } from '../../../proto/codec.ts'
import { publishPacket } from '../../support/mqtt-packets.ts'
import { Phone } from '../../support/phone.ts'
import { useServer } from '../../support/use-server.ts'

const use = useServer()

test('a retained PUBLISH closes the connection, at QoS 0 and 1', async () => {
  for (const qos of [0, 1]) {
    const alice = await use.phone('alice/phone')
    const payload = encodeUp({ message: { clientSeq: Phone.nextClientSeq(), text: 'kept', peer: 'bob' } })
    alice.raw.send(publishPacket({ topic: `g/${alice.direct('bob')}`, payload, qos, retain: true }))
    await alice.raw.expectClosed(5_000, 'puback')
  }
})

test('a SUBSCRIBE delivers nothing as retained, and the refused one went nowhere [MQTT-3.3.1-9]', async () => {
  const alice = await use.phone('alice/phone')
  const bob = await use.phone('bob/phone')
  await alice.tell('bob', 'plain')
  expect((await bob.message()).text).toBe('plain')
  await bob.raw.subscribe('u/bob')
  await bob.raw.roundTrip()
  expect(bob.frames().filter((frame) => frame.retain)).toEqual([])
})
