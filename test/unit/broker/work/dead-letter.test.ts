import { describe, expect, it } from 'vitest'
import { deadLetter } from '../../../../broker/work/dead-letter.ts'
import { decodeDeadEntry, decodeDown, encodeRequest, encodeUp } from '../../../../proto/codec.ts'
import { errorCode } from '../../../../proto/errors.ts'
import { encodeEnvelope, type Envelope } from '../../../../proto/server-codec.ts'

const chat = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
const envelope = (what: Partial<Envelope>): Uint8Array =>
  encodeEnvelope({ user: 'alice', device: 'phone', atMs: 1, chat, ...what })

const rejectionOf = (what: Partial<Envelope>): unknown => {
  const [, rejection] = deadLetter(10, envelope(what), 2)
  if (rejection === undefined) return undefined
  expect(rejection).toMatchObject({ mailbox: 'u/alice', only: 'phone' })
  return decodeDown(rejection.bytes).rejected[0]
}

describe('a dead letter', () => {
  it('keeps the entry whole, with who sent it, where and when', () => {
    const bytes = envelope({ up: encodeUp({ message: { clientSeq: 7, text: 'x' } }) })
    const [dead] = deadLetter(10, bytes, 1234)
    expect(dead?.mailbox).toBe('dead')
    const entry = decodeDeadEntry(dead?.bytes as Uint8Array)
    expect(entry).toMatchObject({ partition: 10, user: 'alice', device: 'phone', setAsideAtMs: 1234 })
    expect(Buffer.from(entry.chat)).toEqual(Buffer.from(chat))
    expect(Buffer.from(entry.envelope)).toEqual(Buffer.from(bytes))
  })

  it('tells the sender by what it waits for: clientSeq or request', () => {
    const code = errorCode('internal')
    expect(rejectionOf({ up: encodeUp({ message: { clientSeq: 7, text: 'x' } }) })).toMatchObject({
      clientSeq: 7,
      code,
    })
    expect(rejectionOf({ up: encodeUp({ leave: { clientSeq: 8 } }) })).toMatchObject({ clientSeq: 8, code })
    expect(rejectionOf({ up: encodeUp({ query: { request: 9, detail: {} } }) })).toMatchObject({
      request: 9,
      code,
    })
    expect(rejectionOf({ request: encodeRequest({ request: 3, myChats: {} }) })).toMatchObject({
      request: 3,
      code,
    })
  })

  it('tells of each send that shares the envelope, each in an entry of its own', () => {
    const up = (clientSeq: number): Uint8Array => encodeUp({ message: { clientSeq, text: 'x' } })
    const letters = deadLetter(10, envelope({ up: up(7), moreUps: [up(8), Uint8Array.of(0xff), up(9)] }), 2)
    expect(letters.map(({ mailbox }) => mailbox)).toEqual(['dead', ...Array<string>(4).fill('u/alice')])
    const rejected = letters.slice(1).map(({ bytes }) => decodeDown(bytes).rejected)
    expect(rejected.map((items) => items.map(({ clientSeq }) => clientSeq ?? 0))).toEqual([
      [7],
      [8],
      [0],
      [9],
    ])
    expect(Buffer.from(rejected[2]?.[0]?.chat as Uint8Array)).toEqual(Buffer.from(chat))
  })

  it('names the number of a frame that can be read no further', () => {
    const cut = encodeUp({ message: { clientSeq: 7, text: 'x'.repeat(50) } }).subarray(0, 20)
    expect(rejectionOf({ up: cut })).toMatchObject({ clientSeq: 7, code: errorCode('internal') })
    const request = Buffer.concat([encodeRequest({ request: 3 }), Uint8Array.of(0xff)])
    expect(rejectionOf({ request })).toMatchObject({ request: 3 })
  })

  it('names the chat if the frame can not be read at all', () => {
    const rejected = rejectionOf({ up: Uint8Array.of(0xff, 0xff) }) as { chat: Uint8Array; clientSeq: number }
    expect(Buffer.from(rejected.chat)).toEqual(Buffer.from(chat))
    expect(rejected.clientSeq).toBe(0)
  })

  it('keeps an envelope that can not be read as it is: of nobody, and nobody is told', () => {
    const bytes = Uint8Array.of(0xff, 0xff, 0xff)
    const letters = deadLetter(10, bytes, 1234)
    expect(letters.map(({ mailbox }) => mailbox)).toEqual(['dead'])
    const entry = decodeDeadEntry(letters[0]?.bytes as Uint8Array)
    expect(entry).toMatchObject({ partition: 10, user: '', device: '', setAsideAtMs: 1234 })
    expect(Buffer.from(entry.envelope)).toEqual(Buffer.from(bytes))
  })

  it('tells nobody when nobody waits: marks, reads, new devices', () => {
    expect(rejectionOf({ delivered: { marks: [{ user: 'bob', upTo: 3 }] } })).toBeUndefined()
    expect(rejectionOf({ up: encodeUp({ read: { upTo: 3 } }) })).toBeUndefined()
    expect(rejectionOf({ connected: {} })).toBeUndefined()
  })
})
