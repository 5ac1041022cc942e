import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { ROOT } from '../../house/tree.ts'

/** What a process prints on stderr that logs this error. */
function logged(error: string): Record<string, unknown> {
  const program = `
    import { createLog } from './kit/log.ts'
    import { OperationalError } from './kit/operational-error.ts'
    createLog('info').warn({ err: ${error} }, 'x.failed')`
  const { stderr } = spawnSync('node', ['--import', 'tsx', '--input-type=module', '-e', program], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  return (JSON.parse(stderr.trim()) as { err: Record<string, unknown> }).err
}

test('what was expected is logged as one sentence with its code: no stack, no cause said twice', () => {
  const error = `new OperationalError('gone', 'Redis does not answer: no route',
    { retryable: true, cause: new Error('no route') })`
  expect(logged(error)).toEqual({ code: 'gone', message: 'Redis does not answer: no route' })
})

test('what nobody expected is logged with its stack', () => {
  expect(logged(`new TypeError('no such thing')`)).toMatchObject({
    type: 'TypeError',
    message: 'no such thing',
    stack: expect.stringContaining('TypeError: no such thing'),
  })
})
