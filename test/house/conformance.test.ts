import { expect, test } from 'vitest'
import { NUMBERING } from '../conformance/numbering.ts'
import { STATEMENTS } from '../conformance/statements.ts'
import { filesOf, isTest, read } from './tree.ts'

const files = filesOf('test/conformance', isTest)

test('every conformance test has a number of the table, and every number has a test', () => {
  const numbers = new Set(files.map((path) => (path.split('/')[3] as string).slice(0, 2)))
  expect([...numbers].toSorted()).toEqual(Object.keys(NUMBERING).toSorted())
  for (const path of files)
    expect(path).toMatch(/^test\/conformance\/(?:mqtt\/[01]|chat\/2)\d-[a-z0-9-]+\.test\.ts$/)
})

test.each(files)('%s says in its first line what it asks', (path) => {
  expect(read(path).split('\n')[0]).toMatch(/^\/\/ .{20,}/)
})

const named = new Set(
  files.flatMap((path) =>
    [...read(path).matchAll(/MQTT-(\d[\d.]*-\d+)/g)].map((match) => match[1] as string),
  ),
)

test.each(STATEMENTS)('MQTT-$id has a test, or a reason to have none: $says', ({ id, untested }) => {
  expect(named.has(id), 'named by a test').toBe(untested === undefined)
})

test('every statement that a test names is in the list', () => {
  const known = new Set(STATEMENTS.map(({ id }) => id))
  expect([...named].filter((id) => !known.has(id))).toEqual([])
})
