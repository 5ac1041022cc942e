import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import {
  decodeContent,
  decodeDown,
  decodeRequest,
  decodeUp,
  encodeContent,
  encodeDown,
  encodeRequest,
  encodeUp,
} from '../../../proto/codec.ts'
import {
  decodeDeviceState,
  decodeEnvelope,
  decodeFanout,
  decodeHeadState,
  decodeMemberState,
  decodeWork,
  encodeDeviceState,
  encodeEnvelope,
  encodeFanout,
  encodeHeadState,
  encodeMemberState,
  encodeWork,
} from '../../../proto/server-codec.ts'
import * as samples from './samples.ts'

/**
 * The bytes of each released frame, and what they mean. Every later version must read them so: chat state and
 * mailbox entries of an older version lie in stores, and its phones are out there.
 *
 * A new kind of frame gets its line by GOLDEN=write; a line that is there is never changed.
 */
interface Golden {
  readonly hex: string
  readonly means: unknown
}
const file = new URL('../../../proto/golden/frames.json', import.meta.url)
const golden = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Golden>

interface Kind<Shape> {
  readonly encode: (frame: Shape) => Uint8Array
  readonly decode: (bytes: Uint8Array) => unknown
}
const UP: Kind<never> = { encode: encodeUp, decode: decodeUp }
const REQUEST: Kind<never> = { encode: encodeRequest, decode: decodeRequest }
const CONTENT: Kind<never> = { encode: encodeContent, decode: decodeContent }
const ENVELOPE: Kind<never> = { encode: encodeEnvelope, decode: decodeEnvelope }

const frames: [name: string, kind: Kind<never>, sample: unknown][] = [
  ['down', { encode: encodeDown, decode: decodeDown }, samples.down],
  ...Object.entries(samples.ups).map(
    ([name, sample]) => [`up.${name}`, UP, sample] as [string, Kind<never>, unknown],
  ),
  ...Object.entries(samples.requests).map(
    ([name, sample]) => [`request.${name}`, REQUEST, sample] as [string, Kind<never>, unknown],
  ),
  ...Object.entries(samples.envelopes).map(
    ([name, sample]) => [`envelope.${name}`, ENVELOPE, sample] as [string, Kind<never>, unknown],
  ),
  ['work', { encode: encodeWork, decode: decodeWork }, samples.work],
  ['fanout', { encode: encodeFanout, decode: decodeFanout }, samples.fanout],
  ['state.head', { encode: encodeHeadState, decode: decodeHeadState }, samples.headState],
  ['state.member', { encode: encodeMemberState, decode: decodeMemberState }, samples.memberState],
  ['down.carried', { encode: encodeDown, decode: decodeDown }, samples.carried],
  ['down.disappearing', { encode: encodeDown, decode: decodeDown }, samples.disappearing],
  [
    'state.head.disappearing',
    { encode: encodeHeadState, decode: decodeHeadState },
    samples.disappearingHeadState,
  ],
  ['state.head.brief', { encode: encodeHeadState, decode: decodeHeadState }, samples.briefHeadState],
  ['state.head.uncounted', { encode: encodeHeadState, decode: decodeHeadState }, samples.uncountedHeadState],
  [
    'state.member.uncounted',
    { encode: encodeMemberState, decode: decodeMemberState },
    samples.uncountedMemberState,
  ],
  ...Object.entries(samples.contents).map(
    ([name, sample]) => [`content.${name}`, CONTENT, sample] as [string, Kind<never>, unknown],
  ),
  ['down.counted', { encode: encodeDown, decode: decodeDown }, samples.counted],
  ['state.head.closed', { encode: encodeHeadState, decode: decodeHeadState }, samples.closedHeadState],
  ['state.head.unread', { encode: encodeHeadState, decode: decodeHeadState }, samples.unreadHeadState],
  [
    'state.member.unread',
    { encode: encodeMemberState, decode: decodeMemberState },
    samples.unreadMemberState,
  ],
  ['state.device', { encode: encodeDeviceState, decode: decodeDeviceState }, samples.deviceState],
  [
    'state.device-with-prints',
    { encode: encodeDeviceState, decode: decodeDeviceState },
    samples.deviceStateWithPrints,
  ],
  ['state.transient', { encode: encodeDeviceState, decode: decodeDeviceState }, samples.transientState],
]

if (process.env['GOLDEN'] === 'write') {
  for (const [name, kind, sample] of frames)
    golden[name] ??= { hex: hex(kind.encode(sample as never)), means: readable(sample) }
  writeFileSync(file, `${JSON.stringify(golden, undefined, 2)}\n`)
}

test.each(frames)('%s: its golden bytes are read as they were meant', (name, kind) => {
  const { hex: bytes, means } = golden[name] as Golden
  expect(readable(kind.decode(new Uint8Array(Buffer.from(bytes, 'hex'))))).toEqual(means)
})

test.each(frames)('%s: it is still written in the same bytes', (name, kind, sample) => {
  expect(hex(kind.encode(sample as never))).toBe(golden[name]?.hex)
})

test('every golden frame has a decoder here', () => {
  expect(Object.keys(golden).toSorted()).toEqual(frames.map(([name]) => name).toSorted())
})

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

/** As plain JSON: bytes as hex; zero, empty and false fields, which are not on the wire, left out. */
function readable(frame: unknown): unknown {
  return JSON.parse(
    JSON.stringify(frame, function (this: unknown, _, value: unknown) {
      if (value instanceof Uint8Array) return `0x${hex(value)}`
      if (Array.isArray(this)) return value
      if (Array.isArray(value) && value.length === 0) return undefined
      return value === 0 || value === '' || value === false ? undefined : value
    }),
  ) as unknown
}
