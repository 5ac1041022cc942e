import { expect, test } from 'vitest'
import { filesOf, isTypeScript, read, tableRows } from './tree.ts'

const NAME = /\b(?:RESTANTE_[A-Z0-9_]+|REDIS_URL|DATABASE_URL)\b/g
const namesIn = (text: string): Set<string> => new Set(text.match(NAME))

/** What the program reads: every name in a config.ts and in the command line. */
const read_ = new Set(
  filesOf('.', isTypeScript)
    .filter((path) => path.endsWith('config.ts') || path.startsWith('clients/cli/'))
    .filter((path) => path !== 'vitest.config.ts')
    .flatMap((path) => [...namesIn(read(path))]),
)
const documented = new Set(
  tableRows(read('docs/operating.md'))
    .map((row) => row[0] ?? '')
    .flatMap((cell) => [...namesIn(cell)]),
)

test('every setting that is read stands in the table of docs/operating.md, and nothing else does', () => {
  expect(read_.size).toBeGreaterThan(5)
  expect([...documented].toSorted()).toEqual([...read_].toSorted())
})

test('every setting that README or another page names exists', () => {
  for (const page of ['README.md', ...filesOf('docs', (path) => path.endsWith('.md'))])
    for (const name of namesIn(read(page))) expect([...read_], `${page} names ${name}`).toContain(name)
})
