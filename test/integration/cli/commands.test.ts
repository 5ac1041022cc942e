// Do the commands do what their help says, and fail with a sentence that says what to do?
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeJwt, jwtVerify } from 'jose'
import { afterAll, describe, expect, test } from 'vitest'
import { connect } from '../../../clients/index.ts'
import { runCli, useCli } from '../../support/cli-run.ts'

const use = useCli()
const scratch = mkdtempSync(join(tmpdir(), 'restante-cli-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const ok = { code: 0, stderr: '' }

describe('token', () => {
  test('prints a token and nothing else, and makes the secret that signs it', async () => {
    const data = join(scratch, 'fresh')
    const args = [
      'token',
      'alice',
      '--device',
      'phone',
      '--role',
      'admin',
      '--expires',
      '12h',
      '--data',
      data,
    ]
    const { code, stdout, stderr } = await runCli(args, { home: scratch })
    expect({ code, stderr }).toEqual(ok)
    const secret = readFileSync(join(data, 'jwt-secret'))
    expect(statSync(join(data, 'jwt-secret')).mode & 0o777).toBe(0o600)
    expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/)
    const { payload } = await jwtVerify(stdout.trim(), secret)
    expect(payload).toMatchObject({ sub: 'alice', device: 'phone', role: 'admin' })
    expect((payload.exp as number) - (payload.iat as number)).toBe(12 * 3600)
  })

  test('leaves out what is the default: CONNECT carries every byte of it', async () => {
    const { stdout } = await runCli(['token', 'bob', '--data', join(scratch, 'fresh')], { home: scratch })
    expect(Object.keys(decodeJwt(stdout.trim())).sort()).toEqual(['exp', 'iat', 'sub'])
  })

  test.each([
    [['token', 'a b'], /"a b" is not a user id/],
    [['token', '__proto__'], /is not a user id/],
    [['token', 'alice', '--device', 'a/b'], /is not a device name/],
    [['token', 'alice', '--expires', 'soon'], /is not a duration/],
    [['token', 'alice', '--role', 'root'], /is not a role/],
  ])('refuses %j', async (args, sentence) => {
    const { code, stdout, stderr } = await runCli([...args, '--data', scratch], { home: scratch })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(sentence)
  })
})

describe('every command', () => {
  const commands = [
    'start',
    'broker',
    'worker',
    'migrate',
    'token',
    'user',
    'device',
    'dead',
    'chat',
    'send',
    'watch',
  ]
  test.each([...commands, 'frame'])('%s --help explains itself with an example', async (command) => {
    const { code, stdout } = await runCli([command, '--help'], { home: scratch })
    expect(code).toBe(0)
    const leaf = /^Commands:/m.test(stdout) ? '' : stdout
    if (leaf !== '') expect(leaf).toMatch(/Examples?:\n {2}\S/)
  })

  test('needs a server that answers', async () => {
    const target = ['--url', 'mqtt://127.0.0.1:1', '--data', use.server.dataDir]
    const ended = ['user add x', 'send alice bob x', 'watch alice --count 1'].map((line) =>
      runCli([...line.split(' '), ...target], { home: scratch }),
    )
    for (const { code, stderr } of await Promise.all(ended)) {
      expect(code).toBe(1)
      expect(stderr).toMatch(
        /^restante: No server answers at mqtt:\/\/127\.0\.0\.1:1: start one with [^\n]+\n$/,
      )
    }
  })

  test('a wrong address is told as what it is, with what to do', async () => {
    const { port, httpPort, dataDir } = use.server
    const told: [string, RegExp][] = [
      [`ws://127.0.0.1:${httpPort}/chat`, /answers with HTTP 404: .* on this path; Restante's is \/mqtt/],
      [`http://127.0.0.1:${httpPort}`, /does not begin with mqtt:/],
      [`mqtt://127.0.0.1:${httpPort}`, /speaks HTTP, not MQTT: .*write ws:/],
      [`ws://127.0.0.1:${port}/mqtt`, /hung up.*without WebSocket mqtt:/],
      [`mqtts://127.0.0.1:${port}`, /hung up.*without TLS it would be mqtt:/],
      [`wss://127.0.0.1:${httpPort}/mqtt`, /does not speak TLS: .*ws:/],
      ['mqtt://no-such-host.invalid', /there is no host|nobody could say/],
    ]
    for (const args of [
      ['user', 'add', 'x'],
      ['send', 'alice', 'bob', 'x'],
    ]) {
      const ended = await Promise.all(
        told.map(([url]) => runCli([...args, '--url', url, '--data', dataDir], { home: scratch })),
      )
      expect(ended.map(({ code }) => code)).toEqual(told.map(() => 1))
      for (const [i, [url, sentence]] of told.entries()) {
        const { stderr } = ended[i] as { stderr: string }
        expect(stderr).toMatch(sentence)
        expect(stderr).toMatch(/^restante: No connection to [^\n]+\n$/)
        expect(stderr).toContain(` ${url}: `)
      }
    }
  })

  test('needs a secret or a token, and the right one', async () => {
    const url = ['--url', `mqtt://127.0.0.1:${use.server.port}`]
    const without = await runCli(['send', 'alice', 'bob', 'x', ...url, '--data', join(scratch, 'none')], {
      home: scratch,
    })
    expect(without).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/no server's secret in .*--token/) as string,
    })
    const foreign = await runCli(['send', 'alice', 'bob', 'x', ...url, '--data', join(scratch, 'fresh')], {
      home: scratch,
    })
    expect(foreign).toMatchObject({ code: 1, stderr: expect.stringMatching(/refused the token/) as string })
  })
})

test('a token for the id of whom a login service knows says the name, of which servers make the id again', async () => {
  const mint = (user: string) => runCli(['token', user, '--data', use.server.dataDir], { home: use.home })
  expect(decodeJwt((await mint('x=auth0=7C7')).stdout.trim()).sub).toBe('auth0|7')
  expect(await mint('x=ann')).toMatchObject({ code: 1 })
  await expect(
    use.run(['send', 'x=auth0=7C7', 'x=auth0=7C7', 'x', '--device', 'phone']),
  ).resolves.toMatchObject({
    stderr: expect.not.stringMatching(/refused the token/) as string,
  })
  expect((await use.run(['device', 'list', 'x=auth0=7C7'])).stdout).toMatch(/^phone\t/)
})

describe('operator', () => {
  test('adds users, who can be written to from then on', async () => {
    const before = await use.run(['send', 'alice', 'dora', 'hi'])
    expect(before).toMatchObject({ code: 1, stderr: expect.stringMatching(/unknown-user/) as string })
    const added = await use.run(['user', 'add', 'dora', 'emil'])
    expect(added).toMatchObject({ ...ok, stdout: 'dora is a user\nemil is a user\n' })
    await expect(use.run(['send', 'alice', 'dora', 'hi'])).resolves.toMatchObject(ok)
  })

  test('is warned of ids that differ from others in case only', async () => {
    const added = await use.run(['user', 'add', 'Ida', 'kim', 'KIM', 'lea', 'x=Q=7C1'])
    expect(added.stdout).toBe(
      'Ida is a user\nkim is a user\nKIM is a user\nlea is a user\nx=Q=7C1 is a user\n',
    )
    expect(added.stderr.trim().split('\n')).toEqual([
      'Ids are told apart by case: Ida is not ida.',
      'Ids are told apart by case: KIM is not kim, who is a user too.',
    ])
    // Who is there already counts, however they came to be.
    await use.run(['send', 'Moe', 'KIM', 'hi'])
    const later = await use.run(['user', 'add', 'moe'])
    expect(later.stderr.trim()).toBe('Ids are told apart by case: moe is not Moe, who is a user too.')
  })

  test('lists and removes devices', async () => {
    await use.run(['send', 'frida', 'frida2', 'x', '--device', 'send']) // refused, but it has linked the device
    const { stdout } = await use.run(['device', 'list', 'frida'])
    expect(stdout).toMatch(/^send\taway\t\d+ waiting\tlinked 20\d\d-/)
    await expect(use.run(['device', 'remove', 'frida', 'send'])).resolves.toMatchObject(ok)
    await expect(use.run(['device', 'list', 'frida'])).resolves.toMatchObject({ ...ok, stdout: '' })
    const again = await use.run(['device', 'remove', 'frida', 'send'])
    expect(again).toMatchObject({ code: 1, stderr: expect.stringMatching(/unknown-device/) as string })
  })

  test('is told that the token of a clean session that it closed stays good, and what to do', async () => {
    const url = `mqtt://127.0.0.1:${use.server.port}`
    const token = await use.server.token('greta')
    const guest = await connect({ url, token, device: 'guest', isTransient: true })
    const { stdout } = await use.run(['device', 'remove', 'greta', 'guest'])
    expect(stdout).toMatch(/^greta\/guest is closed\. It was a clean session: its token stays good/)
    expect(stdout).toMatch(/npx restante user logout greta/)
    await guest.close()
  })

  test('finds no dead entries where none are', async () => {
    await expect(use.run(['dead', 'list'])).resolves.toMatchObject({ ...ok, stdout: '' })
    await expect(use.run(['dead', 'requeue', '1'])).resolves.toMatchObject({ code: 1 })
    await expect(use.run(['dead', 'requeue', 'x'])).resolves.toMatchObject({ code: 1 })
  })
})

describe('send and watch', () => {
  test('G3 G4 each message is printed once, in order, also what came while nobody watched', async () => {
    await use.run(['user', 'add', 'gina'])
    await expect(use.run(['send', 'hans', 'gina', 'one'])).resolves.toMatchObject(ok)
    await expect(use.run(['send', 'hans', 'gina'], 'two\nlines\n')).resolves.toMatchObject(ok)
    const first = await use.run(['watch', 'gina', '--count', '2'])
    expect(first).toMatchObject({ ...ok, stdout: 'hans: one\nhans: two lines\n' })
    await expect(use.run(['send', 'hans', 'gina', '--lines'], 'three\n\nfour\n')).resolves.toMatchObject(ok)
    const second = await use.run(['watch', 'gina', '--count', '2', '--json'])
    expect(second).toMatchObject(ok)
    const messages = second.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(messages).toMatchObject([
      { seq: 3, sender: 'hans', text: 'three', isOwn: false },
      { seq: 4, sender: 'hans', text: 'four' },
    ])
  })

  test('G4 --count leaves what came with the last one to the next run', async () => {
    await use.run(['user', 'add', 'lea'])
    await expect(use.run(['send', 'hans', 'lea', '--lines'], 'one\ntwo\nthree\n')).resolves.toMatchObject(ok)
    const watch = async (count: string): Promise<string> =>
      (await use.run(['watch', 'lea', '--count', count])).stdout
    expect(await watch('1')).toBe('hans: one\n')
    expect(await watch('2')).toBe('hans: two\nhans: three\n')
  })

  test('a device too many is told what may be wrong with it', async () => {
    await use.run(['user', 'add', 'max'])
    for (const device of ['a', 'b', 'c']) {
      await expect(use.run(['send', 'max', 'hans', 'x', '--device', device])).resolves.toMatchObject(ok)
    }
    const fourth = await use.run(['send', 'max', 'hans', 'x', '--device', 'd'])
    expect(fourth).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/refused this device: .* has as many as are allowed/) as string,
    })
  })

  test('--wait ends with 0 when everybody has it, and with a sentence when the time is up', async () => {
    await use.run(['user', 'add', 'ida'])
    const alone = await use.run(['send', 'hans', 'ida', 'anyone?', '--wait', '--timeout', '1s'])
    expect(alone).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/chat has it, but not every member/) as string,
    })
    const watching = use.run(['watch', 'ida', '--count', '2'])
    await expect(use.run(['send', 'hans', 'ida', 'now?', '--wait'])).resolves.toMatchObject(ok)
    await expect(watching).resolves.toMatchObject({ ...ok, stdout: 'hans: anyone?\nhans: now?\n' })
  })

  test('--json says which seq it got', async () => {
    await use.run(['user', 'add', 'jan'])
    const { stdout } = await use.run(['send', 'hans', 'jan', 'x', '--json'])
    expect(JSON.parse(stdout)).toMatchObject({ seq: 1, state: 'accepted' })
  })

  test('a device that is in use says so', async () => {
    await use.run(['user', 'add', 'kim'])
    await use.run(['send', 'hans', 'kim', 'x'])
    const store = join(scratch, 'kim')
    const watching = use.run(['watch', 'kim', '--count', '3', '--store', store])
    await use.run(['send', 'hans', 'kim', 'first', '--wait'])
    const second = await use.run(['watch', 'kim', '--count', '1', '--store', store])
    expect(second).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/in use by another process/) as string,
    })
    await use.run(['send', 'hans', 'kim', 'last'])
    await watching
  })
})
