import { expect, test } from 'vitest'
import { encodeDown } from '../../../proto/codec.ts'
import { WireRepeats } from '../../fault/wire-repeats.ts'
import { publishPacket } from '../../support/mqtt-packets.ts'

const CHAT = Uint8Array.from([200, 1, 2, 3, 4, 5, 6, 7, 8, 9])
const frame = (...seqs: number[]): Buffer =>
  publishPacket({
    topic: 'u/ann',
    payload: encodeDown({ messages: seqs.map((seq) => ({ chat: CHAT, seq, sender: 1, text: `m${seq}` })) }),
    packetId: 1,
  })

/** A message of a server, whose frames are not masked. */
function websocketMessage(payload: Buffer): Buffer {
  const length = payload.length < 126 ? [payload.length] : [126, payload.length >> 8, payload.length & 255]
  return Buffer.concat([Buffer.from([0x82, ...length]), payload])
}

test('counts what comes again, on whichever line, once for each time', () => {
  const repeats = new WireRepeats()
  const first = repeats.line('mqtt')
  first(frame(1, 2))
  first(frame(3))
  expect(repeats.count).toBe(0)
  const second = repeats.line('mqtt')
  second(frame(2, 3, 4))
  expect(repeats.count).toBe(2)
})

test('reads a WebSocket in whatever pieces it comes, past the answer to the upgrade and control frames', () => {
  const bytes = Buffer.concat([
    Buffer.from('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n'),
    websocketMessage(frame(1, 2)),
    Buffer.from([0x89, 2, 0x30, 0x30]), // a ping
    websocketMessage(frame(...Array.from({ length: 40 }, (_, i) => i + 2))),
    websocketMessage(frame(1)),
  ])
  for (const size of [1, 7, bytes.length]) {
    const fresh = new WireRepeats()
    const take = fresh.line('ws')
    for (let at = 0; at < bytes.length; at += size) take(bytes.subarray(at, at + size))
    expect(fresh.count, `in pieces of ${size}`).toBe(2)
  }
})
