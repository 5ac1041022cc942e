// Lives of the whole system in one thread, drawn from seeds. See docs/simulation.md.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** @returns what it printed: with violations too */
async function sim(...args: string[]): Promise<string> {
  const run = promisify(execFile)(process.execPath, ['--import', 'tsx', 'test/sim/main.ts', ...args], {
    cwd: ROOT,
  })
  return run.then(
    ({ stdout }) => stdout,
    ({ stdout, stderr }: { stdout: string; stderr: string }) => stdout + stderr,
  )
}

test('the same seed makes the same life, byte for byte', async () => {
  const [one, other] = await Promise.all([sim('--seed', '1', '--trace'), sim('--seed', '1', '--trace')])
  expect(one.split('\n').length).toBeGreaterThan(1_000)
  expect(other).toBe(one)
})

test('G1 G2 G3 G4 G5 G6: what goes wrong in these lives loses, doubles and reorders nothing, and all heals', async () => {
  const printed = await sim('--kept')
  const last = printed.trimEnd().split('\n').at(-1) ?? ''
  expect(last, printed).toMatch(/^\{"seeds":/)
  const sums = JSON.parse(last) as Record<string, number>
  expect(sums['failures'], printed).toBe(0)
  expect(sums['messages']).toBeGreaterThan(100)
})
