import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { RestanteError } from '../../../../../clients/index.ts'
import { commandOf, refusalOf, upOf, type Content } from '../../../../../clients/sdk/command.ts'
import { editOf, reactionOf } from '../../../../../clients/sdk/content/compose.ts'
import { bytesOfAct, readContent } from '../../../../../clients/sdk/content/wire.ts'
import { ATTACHMENTS_MAX, EMOJI_BYTES_MAX, MENTIONS_MAX, type Act } from '../../../../../clients/sdk/said.ts'
import { encodeContent } from '../../../../../proto/codec.ts'
import { TTL_S_MAX } from '../../../../../proto/limits.ts'

function sentAs(content: Content): { text: string; content: ReturnType<typeof readContent> | undefined } {
  const { text, content: bytes } = upOf(commandOf(content), 1).message ?? {}
  return { text: text ?? '', content: bytes ? readContent(bytes, text ?? '') : undefined }
}

test('plain text has no content, and not a byte more than ever', () => {
  expect(sentAs({ text: 'hello' })).toEqual({ text: 'hello', content: undefined })
})

test('what is sent is what is read, and the text stands where clients without content see it', () => {
  const bytes = Uint8Array.of(1, 2)
  const said = {
    replyTo: 7,
    forwarded: true,
    location: { latitude: -33.5, longitude: 151.25, name: 'Sydney' },
    contact: { name: 'Bob', user: 'bob', phones: ['+49 1'], emails: ['b@example.org'] },
    attachments: [
      { url: 'https://m.example/1', name: 'a', size: 2 ** 40, sha256: bytes, key: bytes, width: 2 },
    ],
  }
  const { text, content } = sentAs({ text: 'see @bob, @bobby and @bob.', mentions: ['bob'], ...said })
  expect(text).toBe('see @bob, @bobby and @bob.')
  const mentions = [4, 21].map((start) => ({ user: 'bob', start, length: 4 }))
  expect(content).toEqual({ text: '', said: { mentions, ...said } })
  expect(sentAs({ text: 'x', replyTo: { seq: 9 } }).content?.said).toEqual({ replyTo: 9 })
  expect(sentAs({ location: said.location })).toEqual({
    text: '',
    content: { text: '', said: { location: said.location } },
  })
})

const acts: Act[] = [
  { kind: 'edit', seq: 3, text: 'to @bob', mentions: [{ user: 'bob', start: 3, length: 4 }] },
  { kind: 'delete', seq: 2 ** 40 },
  { kind: 'reaction', seq: 3, emoji: '👩‍👩‍👧‍👦' },
  { kind: 'reaction', seq: 3, emoji: '' },
]
test.each(acts)(
  'an act is read as it was sent, quiet, and has no text for clients that do not know it: %j',
  (act) => {
    expect(readContent(bytesOfAct(act), '')).toEqual({ text: '', act })
    expect(upOf({ kind: 'act', act }, 1).message).toMatchObject({ quiet: true })
    expect(upOf({ kind: 'act', act }, 1).message?.text).toBeUndefined()
  },
)

describe('content that others wrote', () => {
  it('never throws, whatever it is', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void readContent(bytes, 'text')))
  })

  it.each([
    ['a mention outside of the text', { mentions: [{ user: 'bob', start: 2, length: 4 }] }],
    ['a mention of nobody', { mentions: [{ user: 'b/b', start: 0, length: 4 }] }],
    ['a place that is none', { location: { latitude: 91, longitude: 0 } }],
    ['a place without numbers', { location: { latitude: Number.NaN, longitude: 0 } }],
    ['an attachment without a place', { attachments: [{ name: 'x' }] }],
    ['a contact without a name', { contact: { phones: ['1'] } }],
  ])('shows no %s', (_, content) => {
    expect(readContent(encodeContent(content), 'text')).toEqual({ text: '' })
  })

  it('names mentions by where, in whatever order they came', () => {
    const [late, early] = [5, 0].map((start) => ({ user: 'bob', start, length: 4 }))
    const bytes = encodeContent({ mentions: [late, early].map((mention) => ({ ...mention })) })
    expect(readContent(bytes, '@bob @bob').said?.mentions).toEqual([early, late])
  })

  it('has no more of anything than its limit (G8)', () => {
    const { said } = readContent(
      encodeContent({
        mentions: Array.from({ length: MENTIONS_MAX + 1 }, () => ({ user: 'bob', start: 0, length: 1 })),
        attachments: Array.from({ length: ATTACHMENTS_MAX + 1 }, () => ({ url: 'x' })),
        contact: { name: 'x', phones: Array.from({ length: ATTACHMENTS_MAX + 1 }, () => '1') },
      }),
      'text',
    )
    expect(said?.mentions).toHaveLength(MENTIONS_MAX)
    expect(said?.attachments).toHaveLength(ATTACHMENTS_MAX)
    expect(said?.contact?.phones).toHaveLength(ATTACHMENTS_MAX)
  })

  it.each([
    ['an edit to nothing', { edit: 3 }],
    ['a reaction that is a text', { reaction: { seq: 3, emoji: 'buy this' } }],
    ['a reaction that is too long', { reaction: { seq: 3, emoji: 'x'.repeat(EMOJI_BYTES_MAX + 1) } }],
    ['a reaction that turns round what stands behind it', { reaction: { seq: 3, emoji: '\u202e👍' } }],
    ['a reaction to nothing', { reaction: { emoji: '👍' } }],
    ['an edit of nothing', { edit: 0, text: 'no message' }],
    ['a deletion of nothing', { delete: 0, text: 'no message' }],
  ])('does nothing by %s', (_, content) => {
    expect(readContent(encodeContent(content), '')).toEqual({ text: '' })
  })
})

describe('what cannot be said or done', () => {
  const wrong: [string, () => unknown][] = [
    ['a mention that the text does not have', () => commandOf({ text: 'hi @bobby', mentions: ['bob'] })],
    ['a mention of no user id', () => commandOf({ text: 'hi @b/b', mentions: ['b/b'] })],
    ['a mention outside', () => commandOf({ text: 'x', mentions: [{ user: 'bob', start: 0, length: 2 }] })],
    ['a reply to no seq', () => commandOf({ text: 'x', replyTo: 0 })],
    ['a place that is none', () => commandOf({ location: { latitude: 0, longitude: 181 } })],
    ['a contact without a name', () => commandOf({ contact: { name: '' } })],
    ['an attachment without a place', () => commandOf({ attachments: [{ url: '' }] })],
    ['no time at all', () => commandOf({ text: 'x', ttlS: 0 })],
    ['too long a time', () => commandOf({ text: 'x', ttlS: TTL_S_MAX + 1 })],
    ['an edit to nothing', () => editOf(1, '')],
    ['a reaction that is a text', () => reactionOf(1, 'two words')],
    ['a reaction that is too long', () => reactionOf(1, 'x'.repeat(EMOJI_BYTES_MAX + 1))],
    ['a reaction that turns round what stands behind it', () => reactionOf(1, '\u202e👍')],
    ['too many mentions', () => commandOf({ text: '@bob '.repeat(MENTIONS_MAX + 1), mentions: ['bob'] })],
    [
      'too many attachments',
      () => commandOf({ attachments: Array.from({ length: ATTACHMENTS_MAX + 1 }, () => ({ url: 'x' })) }),
    ],
  ]
  it.each(wrong)('%s is told before anything is stored: bad-content', (_, make) => {
    expect(make).toThrow(RestanteError)
    expect(make).toThrow(expect.objectContaining({ code: 'bad-content', retryable: false }))
  })

  it.each([{ text: '' }, { replyTo: 3 }, {}])(
    'a message that says nothing is refused as the server would: %j',
    (content) => {
      expect(() => commandOf(content)).toThrow(
        expect.objectContaining({ entry: expect.objectContaining({ name: 'invalid' }) as unknown }),
      )
    },
  )

  it('content beyond the limit, and half of a character, are told as for plain text', () => {
    const long = commandOf({ text: 'x', contact: { name: 'n'.repeat(65_536) } })
    expect(refusalOf(long)).toMatchObject({ entry: { name: 'too-large' } })
    expect(refusalOf({ kind: 'act', act: { kind: 'edit', seq: 1, text: 'n'.repeat(65_536) } })).toMatchObject(
      {
        entry: { name: 'too-large' },
      },
    )
    expect(refusalOf(commandOf({ text: 'x', contact: { name: '\ud800' } }))?.code).toBe('ill-formed-text')
  })
})
