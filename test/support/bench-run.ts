import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { ended, environment } from './cli-run.ts'
import { MAIN } from './server.ts'

const BENCH = join(MAIN, '../../../bench/main.js')

export const nothingWrong = { lost: 0, duplicated: 0, reordered: 0 }

/** Runs a scenario to its end. @returns the one line of JSON that it prints */
export async function bench(...args: string[]): Promise<Record<string, unknown>> {
  const lines = await benchLines(...args)
  expect(lines).toHaveLength(1)
  return lines[0] as Record<string, unknown>
}

/** Runs a scenario to its end. @returns the lines of JSON that it prints */
export async function benchLines(...args: string[]): Promise<Record<string, unknown>[]> {
  const child = spawn(process.execPath, [BENCH, ...args, '--json'], { env: environment(tmpdir()) })
  const { code, stdout, stderr } = await ended(child)
  expect(code, stderr).toBe(0)
  const lines = stdout.trimEnd().split('\n')
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>)
}
