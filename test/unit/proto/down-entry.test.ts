import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeDown, encodeDown } from '../../../proto/codec.ts'
import { DOWN_TAG, isPatient, messageMark } from '../../../proto/down-entry.ts'
import { NUMBER_MAX } from '../../../proto/limits.ts'
import { downEntry, message } from './arbitraries.ts'

test('a peek at a Message sees the chat and seq that the decoder sees', () => {
  fc.assert(
    fc.property(message, (sent) => {
      const entry = encodeDown({ messages: [sent] })
      const decoded = decodeDown(entry).messages[0]
      const mark = messageMark(entry)
      // A Message without a seq has no mark; the worker never makes one.
      if (sent.seq === 0) {
        expect(mark).toBeUndefined()
        return
      }
      expect(Buffer.from(mark?.chat ?? [])).toEqual(Buffer.from(decoded?.chat ?? []))
      expect(mark?.seq).toBe(decoded?.seq)
    }),
    { numRuns: 300 },
  )
})

test('of several messages of a chat the last one’s seq is seen', () => {
  fc.assert(
    fc.property(fc.array(message, { minLength: 1, maxLength: 8 }), (sent) => {
      const chat = Uint8Array.from({ length: 10 }, (_, i) => i)
      const messages = sent.map((one, i) => ({ ...one, chat, seq: 100 + i }))
      const entry = Buffer.concat(messages.map((one) => encodeDown({ messages: [one] })))
      const mark = messageMark(entry)
      expect(Buffer.from(mark?.chat ?? [])).toEqual(Buffer.from(chat))
      expect(mark?.seq).toBe(99 + sent.length)
      expect(decodeDown(entry).messages).toHaveLength(sent.length)
    }),
  )
})

test('a seq of any size is seen', () => {
  for (const seq of [1, 127, 128, 16_383, 16_384, 2 ** 31, 2 ** 32, 2 ** 40, NUMBER_MAX])
    for (const text of ['', 'x'.repeat(200), 'x'.repeat(20_000)])
      expect(messageMark(encodeDown({ messages: [{ chat: new Uint8Array(10), seq, text }] }))?.seq).toBe(seq)
})

test('the first byte tells the kind, and only Accepted is patient', () => {
  fc.assert(
    fc.property(downEntry, (down) => {
      const entry = encodeDown(down)
      const kind = Object.keys(down)[0]
      const tags = {
        messages: DOWN_TAG.message,
        accepted: DOWN_TAG.accepted,
        rejected: DOWN_TAG.rejected,
        receipts: DOWN_TAG.receipt,
        typing: DOWN_TAG.typing,
        responses: DOWN_TAG.response,
        gaps: DOWN_TAG.gap,
      }
      expect(entry[0]).toBe(tags[kind as keyof typeof tags])
      expect(isPatient(entry)).toBe(kind === 'accepted')
      if (kind !== 'messages') expect(messageMark(entry)).toBeUndefined()
    }),
  )
})

test('G8 a peek at any bytes ends and never throws', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      isPatient(bytes)
      messageMark(bytes)
      messageMark(Uint8Array.of(DOWN_TAG.message, ...bytes))
    }),
    { numRuns: 1_000 },
  )
  messageMark(new Uint8Array(1_000).fill(0xff).fill(DOWN_TAG.message, 0, 1))
})
