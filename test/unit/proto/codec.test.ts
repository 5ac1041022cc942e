import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  decodeDown,
  decodeRequest,
  decodeUp,
  encodeDown,
  encodeUp,
  isChatField,
  isCount,
  MalformedFrame,
} from '../../../proto/codec.ts'
import { DEVICE_PACKET_BYTES_MAX, NUMBER_MAX, UP_BYTES_MAX } from '../../../proto/limits.ts'
import { down as downSample, up as upSample } from './samples.ts'
import { downEntry, up } from './arbitraries.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

test('every Up comes back as it was sent', () => {
  fc.assert(
    fc.property(up, (sent) => {
      const bytes = encodeUp(sent)
      const got = decodeUp(bytes)
      expect(hex(encodeUp(got))).toBe(hex(bytes))
      expect(got.body).toBe(Object.keys(sent)[0])
    }),
  )
})

test('of a oneof that is there more than once the last field counts, and a field of it that is there twice is merged', () => {
  const [text, read, more] = [
    encodeUp({ message: { clientSeq: 1, text: 'a' } }),
    encodeUp({ read: { upTo: 7 } }),
    encodeUp({ message: { clientSeq: 2 } }),
  ] as const
  const both = decodeUp(Buffer.concat([text, read]))
  expect([both.body, both.message, both.read?.upTo]).toEqual(['read', null, 7])
  const again = decodeUp(Buffer.concat([text, read, more]))
  expect([again.body, again.read, again.message?.clientSeq, again.message?.text]).toEqual([
    'message',
    null,
    2,
    '',
  ])
  const merged = decodeUp(Buffer.concat([text, more]))
  expect([merged.body, merged.message?.clientSeq, merged.message?.text]).toEqual(['message', 2, 'a'])
})

test('every Down comes back as it was sent, field by field', () => {
  fc.assert(
    fc.property(downEntry, (sent) => {
      const bytes = encodeDown(sent)
      const got = decodeDown(bytes)
      expect(hex(encodeDown(got))).toBe(hex(bytes))
      expect(plain(got)).toEqual(plain(sent))
    }),
  )
})

test('entries one after the other are the frame that has all of them, in order', () => {
  fc.assert(
    fc.property(fc.array(downEntry, { maxLength: 8 }), (entries) => {
      const frame = decodeDown(Buffer.concat(entries.map(encodeDown)))
      for (const kind of [
        'messages',
        'accepted',
        'rejected',
        'receipts',
        'typing',
        'responses',
        'gaps',
      ] as const)
        expect(plain(frame[kind])).toEqual(plain(entries.flatMap<unknown>((entry) => entry[kind] ?? [])))
    }),
  )
})

test('G8 a frame cut off at any byte is read or refused as malformed, and nothing else', () => {
  for (const [bytes, decode] of [
    [encodeDown(downSample), decodeDown],
    [encodeUp(upSample), decodeUp],
    [encodeUp(upSample), decodeRequest],
  ] as const)
    for (let length = 0; length < bytes.length; length++) readOrRefuse(decode, bytes.subarray(0, length))
})

test('G8 a frame with any one bit flipped is read or refused as malformed, and nothing else', () => {
  for (const [bytes, decode] of [
    [encodeDown(downSample), decodeDown],
    [encodeUp(upSample), decodeUp],
  ] as const)
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = Uint8Array.from(bytes)
      flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7))
      readOrRefuse(decode, flipped)
    }
})

test('random bytes are read or refused as malformed, and nothing else', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      readOrRefuse(decodeUp, bytes)
      readOrRefuse(decodeDown, bytes)
      readOrRefuse(decodeRequest, bytes)
    }),
    { numRuns: 500 },
  )
})

test('G8 a frame above the size limit is refused before it is read', () => {
  expect(() => decodeUp(new Uint8Array(UP_BYTES_MAX + 1))).toThrow(MalformedFrame)
  expect(() => decodeDown(new Uint8Array(2 * DEVICE_PACKET_BYTES_MAX + 1))).toThrow(MalformedFrame)
})

test('G8 an announced length beyond the frame is refused without an allocation of that size', () => {
  // Up.message of 2^31 - 1 bytes; SendMessage.body of 2^31 - 1 bytes inside a message of 8.
  for (const announced of ['0affffffff07', '0a081affffffff0700', '0afeffffffffffffff7f']) {
    const beforeBytes = process.memoryUsage().arrayBuffers
    expect(() => decodeUp(Buffer.from(announced, 'hex'))).toThrow(MalformedFrame)
    expect(process.memoryUsage().arrayBuffers - beforeBytes).toBeLessThan(1_000_000)
  }
})

test('trap 28: a frame nested deeper than ours is refused, and does not eat the stack', () => {
  // Groups (wire type 3) of an unknown field, one inside the other, for ever.
  expect(() => decodeUp(new Uint8Array(100_000).fill(0xfb))).toThrow(MalformedFrame)
  expect(() => decodeUp(Buffer.concat([Buffer.alloc(50_000, 0x7b), Buffer.alloc(50_000, 0x7c)]))).toThrow(
    MalformedFrame,
  )
})

test('fields and kinds that this version does not know are skipped', () => {
  const unknownField = Buffer.from('fa3f0161', 'hex') // field 1023, one byte of text
  const frame = decodeDown(
    Buffer.concat([encodeDown({ accepted: [{ clientSeq: 7, seq: 3 }] }), unknownField]),
  )
  expect(plain(frame)).toEqual({ accepted: [{ clientSeq: 7, seq: 3 }] })
  expect(decodeUp(unknownField).body).toBeUndefined()
})

test('trap 28: 64-bit fields are plain numbers, up to 2^53 - 1', () => {
  const seq = decodeDown(encodeDown({ messages: [{ seq: NUMBER_MAX }] })).messages[0]?.seq
  expect(seq).toBe(NUMBER_MAX)
  // 2^63 - 1 and the like arrive as a number that isCount refuses, or not at all.
  const huge = Buffer.from('0a0a10ffffffffffffffff7f', 'hex')
  expect(isCount(decodeDown(huge).messages[0]?.seq ?? -1)).toBe(false)
})

test('a count is a whole number from 0 to 2^53 - 1, a chat field has 10 bytes', () => {
  for (const good of [0, 1, NUMBER_MAX]) expect(isCount(good)).toBe(true)
  for (const bad of [-1, 0.5, NUMBER_MAX + 1, Number.NaN, Number.POSITIVE_INFINITY])
    expect(isCount(bad)).toBe(false)
  expect(isChatField(new Uint8Array(10))).toBe(true)
  for (const bad of [undefined, null, new Uint8Array(9), new Uint8Array(11)])
    expect(isChatField(bad)).toBe(false)
})

function readOrRefuse(decode: (bytes: Uint8Array) => unknown, bytes: Uint8Array): void {
  try {
    decode(bytes)
  } catch (error) {
    if (!(error instanceof MalformedFrame)) throw error
  }
}

/** A frame as plain JSON: bytes as hex, and what is not sent (zero, empty, false, missing) left out. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return value.length === 0 ? undefined : hex(value)
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map((item) => plain(item) ?? {})
  if (typeof value !== 'object' || value === null)
    return value === 0 || value === '' || value === false ? undefined : value
  // A oneof's case is a getter of the generated class; only own fields travel.
  const fields = Object.entries(value).map(([name, field]) => [name, plain(field)] as const)
  const sent = fields.filter(([, field]) => field !== undefined)
  return sent.length === 0 ? undefined : Object.fromEntries(sent)
}
