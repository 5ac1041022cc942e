import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

/** A process of its own that does this behind its last line. */
function run(code: string): { status: number | null; stdout: string; stderr: string } {
  const root = new URL('../../../', import.meta.url)
  const imports = ['last-line', 'log'].map((name) => new URL(`kit/${name}.ts`, root).href)
  const program = `
    const { guardProcess, unhandledRejections } = await import('${imports[0]}')
    const { createLog } = await import('${imports[1]}')
    guardProcess(createLog('info'))
    ${code}`
  const args = ['--import', 'tsx', '--input-type=module', '--eval', program]
  return spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', timeout: 20_000 })
}

test('a rejection that nobody handles is logged and counted, and the process goes on', () => {
  const { status, stdout, stderr } = run(`
    void Promise.reject(new Error('a mistake'))
    setTimeout(() => console.log('rejections ' + unhandledRejections()), 20)`)
  expect([status, stdout]).toEqual([0, 'rejections 1\n'])
  expect(stderr).toMatch(/"message":"a mistake".*"msg":"process.unhandled-rejection"/)
})

test('an exception that nobody catches ends the process, with its stack in the log and a sentence for people', () => {
  const { status, stderr } = run(`
    setTimeout(() => { throw new Error('a mistake') })
    setTimeout(() => console.log('went on'), 500)`)
  expect(status).toBe(70)
  expect(stderr).toMatch(/"level":60.*"message":"a mistake".*"msg":"process.failed"/)
  expect(stderr).toContain('restante: ended by an error that nobody expected')
})
