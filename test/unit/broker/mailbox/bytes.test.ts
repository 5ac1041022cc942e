import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ByteReader, ByteWriter } from '../../../../broker/mailbox/lmdb/bytes.ts'
import { encodingOf, payloadOf, readEntry, writeEntry } from '../../../../broker/mailbox/lmdb/entry.ts'
import type { Chunk } from '../../../../broker/mailbox/lmdb/body.ts'

const latin1 = fc.string({
  unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
  maxLength: 255,
})
const numbers = fc.oneof(
  fc.maxSafeNat(),
  fc.integer({ min: 0, max: 300 }),
  fc.constant(Number.MAX_SAFE_INTEGER),
)

test('reads back numbers, texts and bytes as they were written', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(numbers, latin1, fc.uint8Array({ maxLength: 3_000 })), { maxLength: 60 }),
      (items) => {
        const out = new ByteWriter()
        for (const [number, text, raw] of items) {
          out.number(number)
          out.text(text)
          out.number(raw.length)
          out.raw(raw)
        }
        const from = new ByteReader(out.take())
        for (const [number, text, raw] of items) {
          expect([from.number(), from.text()]).toEqual([number, text])
          expect([...from.raw(from.number())]).toEqual([...raw])
        }
        expect(from.isAtEnd).toBe(true)
      },
    ),
  )
})

test('grows as it must, and keeps nothing of what was taken', () => {
  const out = new ByteWriter()
  out.raw(new Uint8Array(10_000_000).fill(1))
  out.byte(2)
  const taken = out.take()
  expect([taken.length, taken[0], taken.at(-1)]).toEqual([10_000_001, 1, 2])
  out.byte(9)
  expect([...out.take()]).toEqual([9])
  expect(taken[0]).toBe(1)
})

test('refuses bytes that end too early', () => {
  const out = new ByteWriter()
  out.text('abc')
  const bytes = out.take()
  for (let length = 0; length < bytes.length; length++) {
    expect(() => new ByteReader(bytes.subarray(0, length)).text()).toThrow(RangeError)
  }
  expect(() => new ByteReader(Buffer.from([128, 128])).number()).toThrow(RangeError)
})

test('writes and reads entries, each from its own bytes', () => {
  const item = fc.record(
    { bytes: fc.uint8Array({ maxLength: 300 }), key: latin1, version: numbers, only: latin1, except: latin1 },
    { requiredKeys: ['bytes'] },
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(item, numbers), { minLength: 1, maxLength: 10 }), (items) => {
      const out = new ByteWriter()
      const chunk: Chunk = { bytes: Buffer.alloc(0) }
      const written = items.map(([append, expiresAtMs], i) =>
        writeEntry(out, chunk, i + 1, { mailbox: 'u/ann', ...append }, expiresAtMs),
      )
      chunk.bytes = out.take()
      for (const [i, [append, expiresAtMs]] of items.entries()) {
        const { key, only, except, bytes } = append
        const entry = written[i] as (typeof written)[number]
        const again = readEntry(new ByteReader(Buffer.from(encodingOf(entry))), i + 1, noBody)
        for (const found of [entry, again]) {
          expect(found).toMatchObject({ position: i + 1, key, only, except, expiresAtMs })
          expect([...(payloadOf(found) ?? [])]).toEqual([...bytes])
        }
        if (key !== undefined) expect(again.version).toBe(append.version ?? 0)
      }
    }),
  )
})

function noBody(): never {
  throw new Error('it shares none')
}
