import { expect, test } from 'vitest'
import { ERRORS, errorCode, errorOf } from '../../../proto/errors.ts'

test('codes run from 1 without a gap or a repeat, names are kebab-case and unique', () => {
  expect(ERRORS.map((entry) => entry.code)).toEqual(ERRORS.map((_, i) => i + 1))
  expect(new Set(ERRORS.map((entry) => entry.name)).size).toBe(ERRORS.length)
  for (const { name, text } of ERRORS) {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(text).toMatch(/^[A-Z].*\.$/)
  }
})

test('a code is found by its name and its entry by the code; a newer code is unknown, not a crash', () => {
  for (const entry of ERRORS) {
    expect(errorCode(entry.name)).toBe(entry.code)
    expect(errorOf(entry.code)).toBe(entry)
  }
  for (const code of [0, 9_999, -1, Number.NaN]) expect(errorOf(code)).toBeUndefined()
})
