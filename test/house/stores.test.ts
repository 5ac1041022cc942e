import { expect, test } from 'vitest'
import config from '../../vitest.config.ts'
import { filesOf, isTest, read } from './tree.ts'

// Whatever talks to a whole server runs on each pair of stores.

const PAIRS = ['lmdb + PGlite', 'Redis + PostgreSQL', 'Redis Cluster + PostgreSQL']
const projects = (config as { test: { projects: { test: { name: string; include: string[] } }[] } }).test
  .projects

test.each(['conformance', 'integration'])(
  '%s tests run on each pair of stores, and their names say so',
  (suite) => {
    const onPairs = projects
      .map((project) => project.test)
      .filter(({ name }) => name.startsWith(`${suite} on `))
    expect(onPairs.map(({ name }) => name)).toEqual(PAIRS.map((pair) => `${suite} on ${pair}`))
    expect(new Set(onPairs.map(({ include }) => include.join())).size).toBe(1)
  },
)

// What other implementations say of the wire is the same whatever lies behind it, and conformance tests run on each pair.
test('no test that starts a server runs on the embedded stores alone, but those of these stores and of the wire', () => {
  const starts = (path: string): boolean => /\b(?:useServer|useCli)\(|\bServer\.start\(\)/.test(read(path))
  const isOnce = (path: string): boolean => !/\/(?:sdk|cli|production)\//.test(path)
  const once = filesOf('test/integration', isTest).filter(isOnce)
  expect(once.length).toBeGreaterThan(5)
  const others = once.filter((path) => !path.startsWith('test/integration/wire/'))
  expect(others.filter(starts)).toEqual(['test/integration/start.test.ts'])
})
