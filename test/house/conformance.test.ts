import { expect, test } from 'vitest'
import { NUMBERING } from '../conformance/numbering.ts'
import { filesOf, isTest, read } from './tree.ts'

const files = filesOf('test/conformance', isTest)

test('every conformance test has a number of the table, and every number has a test', () => {
  const numbers = new Set(files.map((path) => path.slice('test/conformance/'.length).slice(0, 2)))
  expect([...numbers].toSorted()).toEqual(Object.keys(NUMBERING).toSorted())
  for (const path of files) expect(path).toMatch(/^test\/conformance\/\d\d-[a-z0-9-]+\.test\.ts$/)
})

test.each(files)('%s says in its first line what it asks', (path) => {
  expect(read(path).split('\n')[0]).toMatch(/^\/\/ .{20,}/)
})
