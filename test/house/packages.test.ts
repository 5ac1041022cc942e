import { expect, test } from 'vitest'
import { read } from './tree.ts'

interface Lock {
  readonly packages: Record<
    string,
    {
      version: string
      hasInstallScript?: boolean
      engines?: { node?: string }
      dev?: boolean
      optional?: boolean
    }
  >
}
interface Manifest {
  readonly dependencies: Record<string, string>
  readonly devDependencies: Record<string, string>
  readonly engines: { node: string }
}
const lock = JSON.parse(read('package-lock.json')) as Lock
const manifest = JSON.parse(read('package.json')) as Manifest
const installed = Object.entries(lock.packages).filter(([path]) => path.startsWith('node_modules/'))

test('every dependency is pinned to one exact version', () => {
  const versions = Object.values({ ...manifest.dependencies, ...manifest.devDependencies })
  expect(versions.length).toBeGreaterThan(20)
  for (const version of versions) expect(version).toMatch(/^\d+\.\d+\.\d+$/)
})

test('trap 13: there is one aedes-persistence-redis, and it is the one without the flood', () => {
  const found = installed.filter(([path]) => path.endsWith('/aedes-persistence-redis'))
  expect(found.map(([path, entry]) => [path, entry.version.split('.')[0]])).toEqual([
    ['node_modules/aedes-persistence-redis', '12'],
  ])
})

test('trap 27: nothing that we run needs a newer Node than we promise', () => {
  expect(manifest.engines.node).toBe('>=20.19')
  const newer = installed.filter(([, { engines }]) => {
    const lowest = [...(engines?.node ?? '').matchAll(/(\^|>=?|~)? *v?(\d+)(?:\.(\d+))?/g)].map((match) => ({
      exact: match[1] === '^' || match[1] === '~',
      major: Number(match[2]),
      minor: Number(match[3] ?? 0),
    }))
    if (lowest.length === 0) return false
    const allows = lowest.some(({ exact, major, minor }) =>
      exact ? major === 20 && minor <= 19 : major < 20 || (major === 20 && minor <= 19),
    )
    return !allows
  })
  expect(newer.map(([path, { engines }]) => `${path} ${engines?.node}`)).toEqual([])
})

test('trap 29: nothing works only if its install script ran', () => {
  // esbuild and msgpackr-extract bring their binaries as optional packages and work without their script.
  const scripted = installed
    .filter(([, entry]) => entry.hasInstallScript)
    .map(([path]) => path.replace(/^.*node_modules\//, ''))
  const known = new Set(['esbuild', 'fsevents', 'lmdb', 'msgpackr-extract', 'protobufjs'])
  expect(scripted.filter((name) => !known.has(name))).toEqual([])
})
