// Do send and watch lose nothing between a pipe and a chat: what was not printed, what is no text, what is not read?
import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { until } from '../../support/deadline.ts'
import { MAIN } from '../../support/server.ts'
import { ended, environment, useCli } from '../../support/cli-run.ts'

const use = useCli()
const ok = { code: 0, stderr: '' }

function watch(user: string, stdout: 'pipe' | number): ChildProcess {
  const args = [MAIN, 'watch', user, ...use.target]
  return spawn(process.execPath, args, { env: environment(use.home), stdio: ['ignore', stdout, 'pipe'] })
}

async function rest(user: string, count: number): Promise<string> {
  return (await use.run(['watch', user, '--count', String(count)])).stdout
}

describe('watch', () => {
  test('G4 ends quietly when its reader is gone, as behind `| head -1`, and keeps what that has not taken', async () => {
    await use.run(['user', 'add', 'ann'])
    await use.run(['send', 'bob', 'ann', 'one'])
    const child = watch('ann', 'pipe')
    const end = ended(child)
    let printed = ''
    child.stdout?.on('data', (text: string) => (printed += text))
    await until(() => printed !== '', 20_000, 'the first line')
    child.stdout?.destroy()
    await use.run(['send', 'bob', 'ann', '--lines'], 'two\nthree\n')
    expect(await end).toEqual({ code: 0, stdout: 'bob: one\n', stderr: '' })
    expect(await rest('ann', 2)).toBe('bob: two\nbob: three\n')
  })

  test.skipIf(!existsSync('/dev/full'))(
    'G4 says that a disk is full, ends with 1, and keeps what was not written',
    async () => {
      await use.run(['user', 'add', 'cid'])
      await use.run(['send', 'bob', 'cid', '--lines'], 'one\ntwo\n')
      const full = openSync('/dev/full', 'w')
      const { code, stderr } = await ended(watch('cid', full))
      closeSync(full)
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: expect.stringMatching(/^restante: stdout takes no more: .*ENOSPC.*\n$/) as string,
      })
      expect(await rest('cid', 2)).toBe('bob: one\nbob: two\n')
    },
  )

  test('G4 --chat leaves the messages of other chats to whoever asks for them', async () => {
    await use.run(['user', 'add', 'dan'])
    await use.run(['send', 'bob', 'dan', 'from bob'])
    await use.run(['send', 'eve', 'dan', 'from eve'])
    const only = await use.run(['watch', 'dan', '--chat', 'eve', '--count', '1'])
    expect(only).toMatchObject({ ...ok, stdout: 'eve: from eve\n' })
    expect(await rest('dan', 1)).toBe('bob: from bob\n')
  })

  test('--json prints a body in base64', async () => {
    await use.run(['user', 'add', 'fay'])
    const bytes = Buffer.from([0, 0xff, 0xef, 0xbb, 0xbf, 10])
    const args = ['send', 'bob', 'fay', '--body', '--content-type', 'image/png']
    await expect(use.run(args, bytes)).resolves.toMatchObject(ok)
    const { stdout } = await use.run(['watch', 'fay', '--count', '1', '--json'])
    expect(JSON.parse(stdout)).toMatchObject({
      sender: 'bob',
      contentType: 'image/png',
      body: bytes.toString('base64'),
    })
  })
})

describe('send', () => {
  test('refuses what is not UTF-8 or too long by line and limit, before anything is sent', async () => {
    await use.run(['user', 'add', 'gus'])
    const send = (input: Buffer, ...more: string[]): Promise<unknown> =>
      use.run(['send', 'bob', 'gus', ...more], input)
    const refused = (sentence: RegExp): object => ({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(sentence) as string,
    })
    expect(await send(Buffer.from('a\ncaf\xe9\n', 'latin1'))).toEqual(
      refused(/line 2 of stdin is not UTF-8: --body/),
    )
    expect(await send(Buffer.alloc(65_537, 'x'))).toEqual(refused(/stdin is larger than 65536 bytes/))
    expect(await send(Buffer.alloc(65_537, 'x'), '--body')).toEqual(
      refused(/stdin is larger than 65536 bytes/),
    )
    expect(await send(Buffer.from('\n'))).toEqual(refused(/There is no text/))
    expect(await send(Buffer.from('x'), 'text', '--body')).toEqual(
      refused(/--body takes its bytes from stdin/),
    )
    await expect(use.run(['send', 'bob', 'gus'], '\ufeffmarked\r\n')).resolves.toMatchObject(ok)
    expect(await rest('gus', 1)).toBe('bob: marked\n')
  })

  test('--lines goes on behind a line that is no message, and ends with 1', async () => {
    await use.run(['user', 'add', 'hal'])
    const input = Buffer.concat([
      Buffer.from('\ufeffone\n'),
      Buffer.from('caf\xe9\n', 'latin1'),
      Buffer.alloc(70_000, 'x'),
      Buffer.from('\nfour\n'),
    ])
    expect(await use.run(['send', 'bob', 'hal', '--lines'], input)).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /line 2 of stdin is not UTF-8.*\n.*line 3 is larger than 65536.*\n.*2 lines were not sent/,
      ) as string,
    })
    expect(await rest('hal', 2)).toBe('bob: one\nbob: four\n')
  })
})
