import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeCommand } from '../../../../broker/mailbox/redis/call.ts'
import { decodeRecord, encodeRecord } from '../../../../broker/mailbox/redis/record.ts'
import type { Append } from '../../../../broker/mailbox/store.ts'

const name = fc.string({ minLength: 1, maxLength: 32, unit: 'grapheme-ascii' })
const append = fc.record(
  {
    mailbox: fc.constant('u/ann'),
    bytes: fc.uint8Array({ maxLength: 400 }),
    key: fc.string({ maxLength: 20, unit: 'binary' }),
    version: fc.maxSafeNat(),
    only: name,
    except: name,
  },
  { requiredKeys: ['mailbox', 'bytes'] },
)

describe('records of the Redis store', () => {
  it('give back what was put in', () => {
    fc.assert(
      fc.property(append, fc.nat(2 ** 40), (entry, expiresAtMs) => {
        const decoded = decodeRecord(7, encodeRecord(entry as Append, expiresAtMs))
        expect(decoded.position).toBe(7)
        expect(Buffer.from(decoded.bytes)).toEqual(Buffer.from(entry.bytes))
        expect(decoded.only).toBe(entry.only)
        expect(decoded.except).toBe(entry.except)
      }),
    )
  })

  it('cost eight bytes for an entry without key and filter', () => {
    expect(encodeRecord({ mailbox: 'u/ann', bytes: new Uint8Array(200) }, Date.now())).toHaveLength(208)
  })

  it('refuse names that do not fit into their header: only a bug can make such', () => {
    const entry = { mailbox: 'u/ann', bytes: new Uint8Array(1), key: 'k'.repeat(250), version: 1 }
    expect(() => encodeRecord(entry, 0)).toThrow(/255 bytes/)
  })
})

describe('commands of the Redis store', () => {
  it('are what Redis reads: counted parts of counted bytes', () => {
    const command = encodeCommand(['evalsha', 12, 'é', new Uint8Array([0, 13, 10, 255]), '', 1e15])
    expect(command.toString('latin1')).toBe(
      '*6\r\n$7\r\nevalsha\r\n$2\r\n12\r\n$2\r\n\xc3\xa9\r\n$4\r\n\0\r\n\xff\r\n$0\r\n\r\n$16\r\n1000000000000000\r\n',
    )
  })
})
