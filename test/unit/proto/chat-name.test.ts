import { expect, test } from 'vitest'
import { chatNameOf } from '../../../proto/chat-name.ts'
import { CHAT_NAME_CHARS_MAX } from '../../../proto/limits.ts'

test.each([
  ['trip', 'trip'],
  ['  trip to Rome\u3000', 'trip to Rome'],
  ['cafe\u0301', 'caf\u00e9'],
  ['\u0928\u092e\u0938\u094d\u0924\u0947', '\u0928\u092e\u0938\u094d\u0924\u0947'],
  ['👩‍👩‍👧', '👩‍👩‍👧'],
  ['🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
  ['...', '...'],
])('%j is spelled %j', (text, name) => {
  expect(chatNameOf(text)).toBe(name)
  expect(chatNameOf(name)).toBe(name)
})

test.each([
  ['nothing', ''],
  ['spaces', ' \u00a0\u2003'],
  ['characters without width', '\u200b\u200d\u2060\ufeff'],
  ['a mark without a letter', '\u0301'],
  ['letters that show nothing', '\u3164\u115f\uffa0'],
  ['the empty braille pattern', '\u2800'],
  ['a control character', 'a\u0007b'],
  ['a control character of Latin 1', 'a\u0085b'],
  ['a line break', 'a\nb'],
  ['a line separator', 'a\u2028b'],
  ['a mark that turns text around', 'exe\u202etxt'],
  ['an isolate', 'a\u2066b'],
  ['an Arabic letter mark', 'a\u061cb'],
  ['half an emoji', 'a\ud83d'],
])('%s is no name', (_what, text) => {
  expect(chatNameOf(text)).toBeUndefined()
})

test('it is as long as the limit when it is spelled, and not longer (G8)', () => {
  const decomposed = 'e\u0301'.repeat(CHAT_NAME_CHARS_MAX)
  expect(chatNameOf(decomposed)).toBe('\u00e9'.repeat(CHAT_NAME_CHARS_MAX))
  expect(chatNameOf(`${decomposed}x`)).toBeUndefined()
  const greek = '\u03b1\u0313\u0300\u0345'
  expect(chatNameOf(greek.repeat(CHAT_NAME_CHARS_MAX))).toBe('\u1f82'.repeat(CHAT_NAME_CHARS_MAX))
  expect(chatNameOf(`a${'\u0301'.repeat(100_000)}`)).toBeUndefined()
})
