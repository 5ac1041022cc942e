// Does a device that is 10,000 messages behind get all, in order, in one connection, while live messages go on?
import { expect, test } from 'vitest'
import { encodeUp } from '../../../proto/codec.ts'
import { publishPacket } from '../../support/mqtt-packets.ts'
import { Phone } from '../../support/phone.ts'
import { useServer } from '../../support/use-server.ts'

const use = useServer()
const BEHIND = 10_000
const LIVE = 200

test('G3 trap 4: 10,000 behind, one connection, all in order, live ones too', async () => {
  const alice = await use.phone('alice/phone')
  await use.users('bob')
  const topic = `g/${alice.direct('bob')}`
  const send = (i: number) =>
    publishPacket({
      topic,
      packetId: (i % 60_000) + 1,
      payload: encodeUp({ message: { clientSeq: Phone.nextClientSeq(), text: `${i}`, peer: 'bob' } }),
    })
  for (let from = 1; from <= BEHIND; from += 500) {
    alice.raw.send(...Array.from({ length: 500 }, (_, i) => send(from + i)))
    for (let i = 0; i < 500; i++) await alice.raw.take('puback', 20_000)
  }
  const startMs = performance.now()
  const bob = await use.phone('bob/phone')
  let caughtUpMs = 0
  for (let i = 1; i <= BEHIND + LIVE; i++) {
    if (i % (BEHIND / LIVE) === 1) alice.raw.send(send(BEHIND + Math.ceil(i / (BEHIND / LIVE))))
    if (i === BEHIND) caughtUpMs = performance.now() - startMs
    expect((await bob.message()).text).toBe(`${i}`)
  }
  const frames = bob.frames()
  const bytes = frames.reduce((sum, frame) => sum + frame.size, 0)
  process.stdout.write(
    `backlog: ${BEHIND} messages in ${Math.round(caughtUpMs)} ms, ${frames.length} PUBLISH packets, ${bytes} bytes, with ${LIVE} live ones among them\n`,
  )
  expect(frames.length).toBeLessThan(1_500)
  expect(bob.raw.isClosed).toBe(false)
}, 120_000)
