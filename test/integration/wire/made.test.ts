import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { needsProgram, needsPython } from '../../support/services.ts'

const run = promisify(execFile)
const MAKE = fileURLToPath(new URL('../../../conformance/make', import.meta.url))

test('the vectors are what the implementation in Python makes, byte for byte', async (context) => {
  needsProgram(context, 'protoc', '--version')
  const python = needsPython(context, 'google.protobuf')
  await expect(run(python, ['-B', MAKE, '--check'])).resolves.toMatchObject({ stdout: '' })
})
