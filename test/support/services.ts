import { spawnSync } from 'node:child_process'
import type { TestContext } from 'vitest'

const REQUIRED = process.env['REQUIRE_SERVICES'] === '1'

/** Whether the program is on the PATH. */
export function hasProgram(name: string, ...args: string[]): boolean {
  return spawnSync(name, args, { stdio: 'ignore' }).error === undefined
}

/** Skips the test, loudly, if a program is missing; with REQUIRE_SERVICES=1 that is a failure. */
export function needsProgram(context: TestContext, name: string, ...args: string[]): void {
  if (hasProgram(name, ...args)) return
  if (REQUIRED) throw new Error(`${name} is not on the PATH, and REQUIRE_SERVICES=1`)
  context.skip(`${name} is not on the PATH`)
}
