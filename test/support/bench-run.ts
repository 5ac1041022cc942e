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
  const child = spawn(process.execPath, [BENCH, ...args, '--json'], { env: environment(tmpdir()) })
  const { code, stdout, stderr } = await ended(child)
  expect({ code, lines: stdout.split('\n').length }, stderr).toEqual({ code: 0, lines: 2 })
  return JSON.parse(stdout) as Record<string, unknown>
}
