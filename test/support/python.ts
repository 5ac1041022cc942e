import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished, type TestContext } from 'vitest'
import { needsProgram, needsPython } from './services.ts'

const PROTO = fileURLToPath(new URL('../../proto/', import.meta.url))

export interface Python {
  readonly path: string
  /** With the schemas as Python's modules, until the test is over. */
  readonly env: NodeJS.ProcessEnv
}

/** A Python that has these modules, or the test is skipped (fails, where services are required). */
export function pythonWith(context: TestContext, ...modules: string[]): Python {
  needsProgram(context, 'protoc', '--version')
  const path = needsPython(context, modules.join(', '))
  const folder = mkdtempSync(join(tmpdir(), 'restante-python-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  execFileSync('protoc', [`-I${PROTO}`, `--python_out=${folder}`, 'up.proto', 'down.proto'])
  return { path, env: { ...process.env, PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: '1' } }
}
