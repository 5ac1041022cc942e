import { describe, expect, test } from 'vitest'
import { columnsOf, cut, fit, printable, wrap } from '../../../../clients/cli/terminal/text-width.ts'

describe('printable', () => {
  test('takes out what a terminal would obey, and keeps line breaks', () => {
    expect(printable('a\u001b[2Jb\u0007\u009b31mc\r\nd\te')).toBe('a [2Jb  31mc\nd  e')
  })
  test('takes out marks that turn the direction of text around', () => {
    expect(printable('exe\u202etxt\u061c.\u2028')).toBe('exe txt . ')
  })
  test('leaves other scripts and emoji alone', () => {
    expect(printable('żółw 漢字 👩‍👩‍👧 ✓✓')).toBe('żółw 漢字 👩‍👩‍👧 ✓✓')
  })
})

describe('columnsOf', () => {
  test.each([
    ['hello', 5],
    ['é', 1],
    ['漢字', 4],
    ['👩‍👩‍👧', 2],
    ['✓✓', 2],
    ['🇵🇱', 2],
    ['', 0],
  ])('%s takes %i columns', (text, columns) => {
    expect(columnsOf(text)).toBe(columns)
  })
})

describe('cut and fit', () => {
  test.each([
    ['hello', 5, 'hello', 'hello'],
    ['hello!', 5, 'hell…', 'hell…'],
    ['hi', 5, 'hi', 'hi   '],
    ['漢字漢字', 8, '漢字漢字', '漢字漢字'],
    ['漢字漢字', 7, '漢字漢…', '漢字漢…'],
    ['漢字漢字', 6, '漢字…', '漢字… '],
    ['👩‍👩‍👧👩‍👩‍👧', 3, '👩‍👩‍👧…', '👩‍👩‍👧…'],
    ['', 2, '', '  '],
  ])('%s in %i columns', (text, columns, cutText, fitText) => {
    expect(cut(text, columns)).toBe(cutText)
    expect(fit(text, columns)).toBe(fitText)
    expect(columnsOf(fit(text, columns))).toBe(columns)
  })
})

describe('wrap', () => {
  test('cuts at spaces and indents what follows', () => {
    expect(wrap('alice: one two three', 12, 3)).toEqual(['alice: one', '   two three'])
  })
  test('cuts words that are longer than a line', () => {
    expect(wrap('abcdefghij', 4, 1)).toEqual(['abcd', ' efg', ' hij'])
  })
  test('keeps line breaks', () => {
    expect(wrap('a\nb', 10, 2)).toEqual(['a', '  b'])
  })
  test('never makes a line that is wider than the terminal', () => {
    const text = '漢字漢字 wide 👩‍👩‍👧👩‍👩‍👧 and narrow words of any length whatsoever'
    for (let columns = 10; columns < 60; columns++) {
      for (const line of wrap(text, columns, 4)) expect(columnsOf(line)).toBeLessThanOrEqual(columns)
    }
  })
})
