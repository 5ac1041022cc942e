import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeRequest, encodeUp, type Up } from '../../../proto/codec.ts'
import { isTyping, peekRequest, peekUp } from '../../../proto/peek.ts'

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex')
const SEQ = 3_700_000_000_000

const COMMANDS: Up[] = [
  { message: { clientSeq: SEQ, text: 'hello' } },
  { create: { clientSeq: SEQ, name: 'trip', members: ['bob'] } },
  { add: { clientSeq: SEQ, members: ['bob'] } },
  { remove: { clientSeq: SEQ, members: ['bob'] } },
  { leave: { clientSeq: SEQ } },
  { rename: { clientSeq: SEQ, name: 'trip' } },
  { setRole: { clientSeq: SEQ, member: 'bob', role: 2 } },
  { setDisappearing: { clientSeq: SEQ, afterS: 60 } },
]

describe('the number of a frame that cannot be decoded', () => {
  it('is read of every command, wherever the frame ends behind it', () => {
    for (const up of COMMANDS) {
      const whole = Buffer.concat([encodeUp(up), encodeUp({ insteadOf: [5, 6] })])
      // Tag, length, tag, and the number's six bytes.
      for (let end = 9; end <= whole.length; end++)
        expect(peekUp(whole.subarray(0, end))).toEqual({ clientSeq: SEQ })
      for (let end = 0; end < 9; end++) expect(peekUp(whole.subarray(0, end))).toEqual({})
    }
  })

  it('is read though the text is not UTF-8, the fields stand in another order, or the kind is a new one', () => {
    expect(peekUp(hex('0a 07 08 05 12 03 ed a0 80'))).toEqual({ clientSeq: 5 })
    expect(peekUp(hex('0a 05 12 01 78 08 05'))).toEqual({ clientSeq: 5 })
    expect(peekUp(hex('fa3f 02 08 05'))).toEqual({ clientSeq: 5 })
    expect(peekUp(hex('62 02 08 05'))).toEqual({ clientSeq: 5 })
  })

  it('is the request of a query, and none of what has no number', () => {
    expect(peekUp(encodeUp({ query: { request: 9, detail: {} } }))).toEqual({ request: 9 })
    expect(peekUp(encodeUp({ read: { upTo: 9 } }))).toEqual({})
    expect(peekUp(encodeUp({ typing: { stopped: true } }))).toEqual({})
    expect(peekUp(Buffer.from('hello, world'))).toEqual({})
    // 2^63 - 1: no number of ours.
    expect(peekUp(hex('0a 0d 08 ffffffffffffffff7f 12 01 78'))).toEqual({})
  })

  it('is read of a Request, too', () => {
    const whole = encodeRequest({ request: 300, removeDevice: { user: 'bob', device: 'phone' } })
    for (let end = 3; end <= whole.length; end++) expect(peekRequest(whole.subarray(0, end))).toBe(300)
    expect(peekRequest(Buffer.from('hello, world'))).toBe(0)
  })

  it('is looked for in any bytes, and ends', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const { clientSeq = 1, request = 1 } = peekUp(bytes)
        expect(Number.isSafeInteger(clientSeq) && clientSeq > 0).toBe(true)
        expect(Number.isSafeInteger(request) && request > 0).toBe(true)
        expect(peekRequest(bytes)).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})

describe('typing', () => {
  it('is told from all else, whatever stands around it; the last item counts', () => {
    const typing = encodeUp({ typing: { stopped: true } })
    for (const one of [typing, hex('1a 00'), hex('0a 00 1a 00'), hex('1a 00 78 01 82 01 01 78')])
      expect(isTyping(one)).toBe(true)
    for (const command of COMMANDS) {
      expect(isTyping(encodeUp(command))).toBe(false)
      expect(isTyping(Buffer.concat([typing, encodeUp(command)]))).toBe(false)
    }
    expect(isTyping(Buffer.alloc(0))).toBe(false)
    expect(isTyping(Buffer.concat([typing, Buffer.of(0x7a, 253), Buffer.alloc(260)]))).toBe(false)
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void isTyping(bytes)))
  })
})
