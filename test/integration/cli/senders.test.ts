// Do many short programs of one bot send at once, from several hosts with one token, without knowing of each other?
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ended, environment, useCli, type Ended } from '../../support/cli-run.ts'
import { MAIN } from '../../support/server.ts'

const use = useCli()
const hosts = Array.from({ length: 5 }, (_, i) => mkdtempSync(join(tmpdir(), `restante-host${i}-`)))
afterAll(() => hosts.forEach((home) => rmSync(home, { recursive: true, force: true })))

const PROGRAMS = 20
const TEST_MS_MAX = 180_000

test(
  'G4 all of them end with 0, each message is in the chat once, and none of them is a device',
  async () => {
    await use.run(['user', 'add', 'ops'])
    const token = await use.server.token('bot')
    const program = (i: number): Promise<Ended> => {
      const url = `mqtt://127.0.0.1:${use.server.port}`
      const args = [
        'send',
        'bot',
        'ops',
        `report ${i}`,
        '--json',
        '--timeout',
        '2m',
        '--url',
        url,
        '--token',
        token,
      ]
      return ended(
        spawn(process.execPath, [MAIN, ...args], { env: environment(hosts[i % hosts.length] as string) }),
      )
    }
    const runs = await Promise.all(Array.from({ length: PROGRAMS }, (_, i) => program(i)))
    expect(runs.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
      runs.map(() => ({ code: 0, stderr: '' })),
    )
    const seqs = runs.map(({ stdout }) => (JSON.parse(stdout) as { seq: number }).seq)
    expect(seqs.toSorted((a, b) => a - b)).toEqual(Array.from({ length: PROGRAMS }, (_, i) => i + 1))

    const { stdout } = await use.run(['watch', 'ops', '--count', String(PROGRAMS), '--json'])
    const messages = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { seq: number; text: string })
    const expected = seqs.map((seq, i) => ({ seq, text: `report ${i}` })).toSorted((a, b) => a.seq - b.seq)
    expect(messages.map(({ seq, text }) => ({ seq, text }))).toEqual(expected)
    expect(await use.run(['device', 'list', 'bot'])).toMatchObject({ code: 0, stdout: '' })
  },
  TEST_MS_MAX,
)

test('what a token is for one device only, it sends as that device', async () => {
  await use.run(['user', 'add', 'ops'])
  const token = await use.server.token({ user: 'meter', device: 'cellar' })
  await expect(use.run(['send', 'meter', 'ops', '21 degrees', '--token', token])).resolves.toMatchObject({
    code: 0,
    stderr: '',
  })
  expect((await use.run(['device', 'list', 'meter'])).stdout).toMatch(/^cellar\taway/)
})

test('--wait learns that it was delivered', async () => {
  await use.run(['user', 'add', 'ida'])
  const watching = use.run(['watch', 'ida', '--count', '1'])
  await expect(
    use.run(['send', 'bot', 'ida', 'there?', '--wait', '--timeout', '30s']),
  ).resolves.toMatchObject({ code: 0 })
  await expect(watching).resolves.toMatchObject({ stdout: 'bot: there?\n' })
})
