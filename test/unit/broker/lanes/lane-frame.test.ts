import { describe, expect, it } from 'vitest'
import { marksOf } from '../../../../broker/lanes/lane-frame.ts'
import { encodeDown } from '../../../../proto/codec.ts'
import { chatKeyAt } from '../../../../proto/envelope-entry.ts'

const chat = (last: number): Uint8Array => Uint8Array.from([200, 0, 0, 0, 0, 0, 0, 0, 0, last])
const message = (last: number, seq: number) => ({
  position: 1,
  bytes: encodeDown({ messages: [{ chat: chat(last), seq, text: 'hello' }] }),
})
const entriesOf = (...entries: ReturnType<typeof message>[]) => ({
  at: (i: number) => entries[i] as ReturnType<typeof message>,
})

describe('the marks of a frame', () => {
  it('are the highest seq of each chat in it (G6)', () => {
    const marks = marksOf(entriesOf(message(1, 5), message(2, 9), message(1, 300), message(1, 7)), 4)
    expect(marks).toEqual([
      { chatKey: chatKeyAt(chat(1), 0), seq: 300 },
      { chatKey: chatKeyAt(chat(2), 0), seq: 9 },
    ])
  })

  it('are none for what has no seq', () => {
    const bytes = encodeDown({ accepted: [{ clientSeq: 1, seq: 1 }] })
    expect(marksOf(entriesOf({ position: 1, bytes }), 1)).toEqual([])
    expect(marksOf(entriesOf({ position: 1, bytes }, { position: 2, bytes }), 2)).toEqual([])
  })

  it('counts no entry beyond the frame', () => {
    expect(marksOf(entriesOf(message(1, 5), message(1, 6)), 1)).toEqual([
      { chatKey: chatKeyAt(chat(1), 0), seq: 5 },
    ])
  })
})
