import { expect, test } from 'vitest'
import { DownLines, DownStream, frameJson } from '../../../../clients/cli/terminal/down-lines.ts'
import { encodeDown, type Down } from '../../../../proto/codec.ts'
import { chatBytesOf, directChatId, type UserId } from '../../../../proto/ids.ts'

const CHAT = directChatId('alice' as UserId, 'bob' as UserId)
const chat = chatBytesOf(CHAT)
const FRAMES: Down[] = [
  { messages: [{ chat, seq: 1, sender: 0, sentAtS: 5, text: 'hi', directMembers: ['alice', 'bob'] }] },
  { accepted: [{ clientSeq: 7, seq: 2 }], receipts: [{ chat, delivered: 2 }] },
  { messages: [{ chat, seq: 3, sender: 0, sentAtS: 6, text: 'x'.repeat(300) }] },
]

test('frames that follow each other without marks are cut apart, however the bytes arrive', () => {
  const bytes = Buffer.concat(FRAMES.map((frame) => encodeDown(frame)))
  for (const step of [1, 2, 7, 1000]) {
    const stream = new DownStream()
    const lines = new DownLines()
    const printed: string[] = []
    for (let at = 0; at < bytes.length; at += step) {
      for (const down of stream.take(bytes.subarray(at, at + step))) printed.push(...lines.of(down))
    }
    expect(printed).toEqual([
      `${CHAT} #1 alice: hi`,
      'accepted 7 as #2',
      `${CHAT} ✓✓ delivered up to #2`,
      `${CHAT} #3 alice: ${'x'.repeat(300)}`,
    ])
  }
})

test('what is no stream of frames is noticed before much of it is kept', () => {
  expect(() => new DownStream().take(Buffer.alloc(64, 0xff))).toThrow(RangeError)
  expect(() => new DownStream().take(Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f]))).toThrow(RangeError)
  expect(() => new DownStream().take(Buffer.from('\u0001\u0000hello world'))).toThrow(RangeError)
})

test('a message of a stranger cannot write to the terminal', () => {
  const down = new DownStream().take(encodeDown({ messages: [{ chat, seq: 1, text: 'a\u001b[2Jb\nc' }] }))
  expect(new DownLines().of(down[0] as never)).toEqual([`${CHAT} #1 member 0: a [2Jb c`])
})

test('as JSON, chat ids are text and bytes are base64', () => {
  const down = new DownStream().take(encodeDown({ messages: [{ chat, seq: 1, body: Buffer.from('hi') }] }))
  expect(JSON.parse(frameJson(down[0] as object))).toMatchObject({ messages: [{ chat: CHAT, body: 'aGk=' }] })
})
