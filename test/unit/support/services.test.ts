import { afterEach, expect, test, vi, type TestContext } from 'vitest'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.resetModules()
})

/** The module as it is when a run begins with this setting. */
async function servicesWith(required: string): Promise<typeof import('../../support/services.ts')> {
  vi.resetModules()
  vi.stubEnv('REQUIRE_SERVICES', required)
  return import('../../support/services.ts')
}
const skips: string[] = []
const context = { skip: (why: string) => skips.push(why) } as unknown as TestContext

test('trap 26: a missing program skips a test with a reason, and fails it where services are required', async () => {
  const missing = 'no-such-program-anywhere'
  const lenient = await servicesWith('')
  lenient.needsProgram(context, missing)
  expect(skips).toEqual([`${missing} is not on the PATH`])
  const strict = await servicesWith('1')
  expect(() => strict.needsProgram(context, missing)).toThrow('REQUIRE_SERVICES')
  strict.needsProgram(context, process.execPath, '--version')
  expect(skips).toHaveLength(1)
})

test('trap 26: so does a Python without a module; one that has it is named', async () => {
  skips.length = 0
  const lenient = await servicesWith('')
  lenient.needsPython(context, 'no_such_module')
  expect(skips).toEqual(['no Python here has no_such_module'])
  const strict = await servicesWith('1')
  expect(() => strict.needsPython(context, 'no_such_module')).toThrow('REQUIRE_SERVICES')
})
