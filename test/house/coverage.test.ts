import { expect, test } from 'vitest'
import { GUARANTEES, TRAPS } from './traps.ts'
import { filesOf, isTest, titlesOf } from './tree.ts'

const files = filesOf('test', isTest)
const titles = files.flatMap(titlesOf)

test('the titles of the tests were found', () => {
  expect(files.length).toBeGreaterThan(20)
  expect(titles.length).toBeGreaterThan(100)
  expect(titles).toContain('the titles of the tests were found')
})

test.each(GUARANTEES)('%s has tests that are named after it', (guarantee) => {
  expect(titles.filter((title) => new RegExp(`\\b${guarantee}\\b`).test(title)).length).toBeGreaterThan(0)
})

test.each(TRAPS.filter((trap) => trap.notApplicable === undefined))(
  'trap $number has a test: $trap',
  ({ number }) => {
    expect(
      titles.filter((title) => new RegExp(`\\btraps? (?:\\d+, )*${number}\\b`).test(title)).length,
    ).toBeGreaterThan(0)
  },
)

test('the traps are numbered 1 to 30', () => {
  expect(TRAPS.map((trap) => trap.number)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1))
})
