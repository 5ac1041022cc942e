import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chatBytesOfKey, chatKeyAt, envelopeChatKey } from '../../../proto/envelope-entry.ts'
import { encodeEnvelope } from '../../../proto/server-codec.ts'

describe("an envelope's chat, without decoding", () => {
  it('is what the encoder wrote, whatever stands around it', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 64, unit: 'grapheme-ascii' }),
        fc.string({ maxLength: 32, unit: 'grapheme-ascii' }),
        fc.maxSafeNat(),
        fc.uint8Array({ minLength: 10, maxLength: 10 }),
        fc.uint8Array({ maxLength: 300 }),
        (user, device, atMs, chat, up) => {
          const key = envelopeChatKey(encodeEnvelope({ user, device, atMs, chat, up }))
          expect(key).toBe(chatKeyAt(chat, 0))
          expect(Buffer.from(chatBytesOfKey(key))).toEqual(Buffer.from(chat))
        },
      ),
    )
  })

  it('is found in marks, which have no sender', () => {
    const chat = Uint8Array.from({ length: 10 }, (_, i) => i * 28)
    const delivered = { marks: [{ user: 'bob', upTo: 3 }] }
    expect(envelopeChatKey(encodeEnvelope({ atMs: 1, chat, delivered }))).toBe(chatKeyAt(chat, 0))
    expect(envelopeChatKey(encodeEnvelope({ chat, delivered }))).toBe(chatKeyAt(chat, 0))
  })

  it('is empty for what concerns no chat, and for bytes that are no envelope', () => {
    expect(envelopeChatKey(encodeEnvelope({ user: 'a', device: 'b', atMs: 1, connected: {} }))).toBe('')
    expect(envelopeChatKey(new Uint8Array())).toBe('')
    expect(envelopeChatKey(Uint8Array.of(0x0a, 200, 1, 2))).toBe('')
  })
})
