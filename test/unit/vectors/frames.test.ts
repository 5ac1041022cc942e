import { describe, expect, it } from 'vitest'
import {
  decodeDown,
  decodeRequest,
  decodeUp,
  encodeDown,
  encodeRequest,
  encodeUp,
  MalformedFrame,
} from '../../../proto/codec.ts'
import { fromProtoJson, toProtoJson } from '../../support/proto-json.ts'
import { vectors } from '../../support/vectors.ts'

interface Frame {
  readonly name: string
  readonly hex: string
  readonly json: Parameters<typeof fromProtoJson>[1]
}
type Kind = 'up' | 'request' | 'down'
const frames = vectors<{
  made: Record<Kind, Frame[]>
  read: Record<Kind, Frame[]>
  malformed: { name: string; hex: string }[]
}>('frames')

const CODECS = {
  up: { type: 'Up', encode: encodeUp, decode: decodeUp },
  request: { type: 'Request', encode: encodeRequest, decode: decodeRequest },
  down: { type: 'Down', encode: encodeDown, decode: decodeDown },
} as const
const bytesOf = (hex: string): Uint8Array => Buffer.from(hex, 'hex')

describe.each(['up', 'request', 'down'] as const)('the vectors of frames: %s', (kind) => {
  const { type, encode, decode } = CODECS[kind]

  it.each(frames.made[kind])('$name: made of the value, byte for byte, and read again', ({ hex, json }) => {
    expect(Buffer.from(encode(fromProtoJson(type, json))).toString('hex')).toBe(hex)
    expect(toProtoJson(type, decode(bytesOf(hex)))).toEqual(json)
  })

  it.each(frames.read[kind])('$name: read', ({ hex, json }) => {
    expect(toProtoJson(type, decode(bytesOf(hex)))).toEqual(json)
  })
})

describe('the vectors of malformed frames', () => {
  it.each(frames.malformed)('$name: refused', ({ hex }) => {
    expect(() => decodeUp(bytesOf(hex))).toThrow(MalformedFrame)
  })
})
