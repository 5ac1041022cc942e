import { spawnSync } from 'node:child_process'
import type { TestContext } from 'vitest'

const REQUIRED = process.env['REQUIRE_SERVICES'] === '1'

/** Whether the program is on the PATH. */
export function hasProgram(name: string, ...args: string[]): boolean {
  return spawnSync(name, args, { stdio: 'ignore' }).error === undefined
}

/** Skips the test, loudly, if a program is missing; with REQUIRE_SERVICES=1 that is a failure. */
export function needsProgram(context: TestContext, name: string, ...args: string[]): void {
  if (!hasProgram(name, ...args)) missing(context, `${name} is not on the PATH`)
}

/** Debian's own Python first: its packages are not those of another that stands before it on the PATH. */
const PYTHONS = ['/usr/bin/python3', 'python3']

/** The same for a Python that has the module. @returns its path */
export function needsPython(context: TestContext, module: string): string {
  const has = (python: string): boolean =>
    spawnSync(python, ['-c', `import ${module}`], { stdio: 'ignore' }).status === 0
  return PYTHONS.find(has) ?? missing(context, `no Python here has ${module}`)
}

/** Skips the test and says why; with REQUIRE_SERVICES=1 it fails. */
export function missing(context: TestContext, what: string): never {
  if (REQUIRED) throw new Error(`${what}, and REQUIRE_SERVICES=1`)
  return context.skip(what)
}
