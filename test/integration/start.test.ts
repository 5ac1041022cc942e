// Does `restante start` say what it does, and say in one sentence why it can't?
import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { until } from '../support/deadline.ts'
import { MAIN, spawnRestante } from '../support/server.ts'
import { ended, environment, runCli, useCli } from '../support/cli-run.ts'

const use = useCli()
const scratch = mkdtempSync(join(tmpdir(), 'restante-cli-start-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const ONE_SENTENCE = /^restante: [^\n]+\.\n$/

describe('a server that runs', () => {
  test('has said where it listens, what it stores where, what that promises, and what to type next', () => {
    const { output, dataDir, port, httpPort } = use.server
    expect(output).toContain(`mqtt://127.0.0.1:${port}`)
    expect(output).toContain(`ws://127.0.0.1:${httpPort}/mqtt`)
    expect(output).toContain(`http://127.0.0.1:${httpPort}/healthz`)
    expect(output).toMatch(/http:\/\/127\.0\.0\.1:\d+\/metrics/)
    for (const part of ['mailboxes', 'directory', 'jwt-secret']) {
      expect(output).toContain(join(dataDir, part))
      expect(existsSync(join(dataDir, part))).toBe(true)
    }
    expect(output).toMatch(/survive kill -9 and power cuts/)
    expect(output).toMatch(/The directory is flushed to disk: it survives kill -9 and power cuts/)
    expect(output).toMatch(/To grow: set REDIS_URL and DATABASE_URL/)
    expect(output).toContain(
      `npx restante user add alice bob --url mqtt://127.0.0.1:${port} --data ${dataDir}`,
    )
  })

  test('keeps its data to itself: nobody else may read a file, or look into a directory', () => {
    const { dataDir } = use.server
    expect(statSync(join(dataDir, 'jwt-secret')).mode & 0o777).toBe(0o600)
    const all = readdirSync(dataDir, { recursive: true, withFileTypes: true })
    const wider = all.filter((entry) => {
      const path = join(entry.parentPath, entry.name)
      // What it had on the way of being written may be gone by now.
      const mode = statSync(path, { throwIfNoEntry: false })?.mode ?? 0
      return (mode & 0o077) !== 0 && !entry.isSocket()
    })
    expect(all.length).toBeGreaterThan(20)
    // PostgreSQL gives its own caches the mode that it likes; they lie in directories that are ours alone.
    expect(wider.map(({ name }) => name).filter((name) => name !== 'pg_internal.init')).toEqual([])
    expect(wider.filter((entry) => entry.isDirectory())).toEqual([])
  })

  test('serves metrics of broker and worker alike', async () => {
    await expect(use.server.metric('restante_broker_ready')).resolves.toBe(1)
    await expect(use.server.metric('restante_worker_broker_connected')).resolves.toBe(1)
  })

  test('lets no second process on its data directory', async () => {
    const args = ['start', '--port', '0', '--http-port', '0', '--data', use.server.dataDir]
    const { code, stdout, stderr } = await runCli(args, { home: use.home })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^restante: another process is using [^\n]+\n$/)
  })

  test('cannot be copied as it runs: the copy is refused, with what to do', async () => {
    const data = join(scratch, 'copied while it ran')
    cpSync(use.server.dataDir, data, { recursive: true, filter: (path) => !statSync(path).isSocket() })
    const { code, stdout, stderr } = await runCli(
      ['start', '--port', '0', '--http-port', '0', '--data', data],
      { home: use.home },
    )
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(
      /^restante: [^\n]+ was copied while a server used the original[^\n]+: stop the server[^\n]+\n$/,
    )
  })

  test('ends with 0 at SIGTERM, and goes on from there', async () => {
    await expect(use.run(['user', 'add', 'kept'])).resolves.toMatchObject({ code: 0 })
    await expect(use.server.stop()).resolves.toBe(0)
    await use.server.restart()
    const sent = await use.run(['send', 'alice', 'kept', 'hello'])
    expect(sent).toMatchObject({ code: 0, stderr: '' })
  })

  test('is there again after kill -9', async () => {
    await use.server.kill()
    await use.server.restart()
    await expect(use.run(['send', 'alice', 'kept', 'hello again', '--json'])).resolves.toMatchObject({
      code: 0,
    })
  })
})

describe('a server that cannot start', () => {
  test.each([['--port'], ['--http-port']])(
    'says that its %s is in use, and how to choose another',
    async (option) => {
      const other = createServer().listen(0)
      await once(other, 'listening')
      const port = String((other.address() as AddressInfo).port)
      const ports = { '--port': '0', '--http-port': '0', [option as string]: port }
      const args = ['start', ...Object.entries(ports).flat(), '--data', join(scratch, option as string)]
      const { code, stdout, stderr } = await runCli(args, { home: scratch })
      other.close()
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toMatch(ONE_SENTENCE)
      expect(stderr).toContain(`Port ${port} is in use`)
      expect(stderr).toContain('--port')
    },
  )

  test('lists all that is wrong with its settings', async () => {
    const env = { RESTANTE_MQTT_PORT: 'x', RESTANTE_DEVICES_PER_USER_MAX: '0', RESTANTE_NO_SUCH: '1' }
    const { code, stderr } = await runCli(['start', '--data', scratch], { home: scratch, env })
    expect(code).toBe(1)
    for (const name of Object.keys(env)) expect(stderr).toContain(name)
    expect(stderr).not.toMatch(/ at .*\.js:\d+/)
  })

  test('prints a stack only if asked to', async () => {
    const args = ['start', '--data', use.server.dataDir, '--port', '0', '--http-port', '0', '--verbose']
    const { code, stderr } = await runCli(args, { home: use.home })
    expect(code).toBe(1)
    expect(stderr).toMatch(/ at .*\.js:\d+/)
  })
})

async function freePorts(): Promise<[number, number]> {
  const others = [createServer().listen(0), createServer().listen(0)]
  await Promise.all(others.map((other) => once(other, 'listening')))
  const ports = others.map((other) => (other.address() as AddressInfo).port)
  for (const other of others) other.close()
  await Promise.all(others.map((other) => once(other, 'close')))
  return ports as [number, number]
}

test('a server says that it is ready, and that it runs, only when a worker answers; and can be stopped before', async () => {
  const [port, operations] = await freePorts()
  const args = ['start', '--port', '0', '--http-port', String(port), '--data', join(scratch, 'unready')]
  const claims = Buffer.from(JSON.stringify({ sub: 'worker' })).toString('base64url')
  // Nobody's token: its broker refuses the worker.
  const child = spawnRestante(args, {
    RESTANTE_WORKER_TOKEN: `x.${claims}.x`,
    RESTANTE_OPERATIONS_PORT: String(operations),
  })
  const printed = ended(child)
  const ask = async (path: string): Promise<number | undefined> =>
    (await fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined))?.status
  const refused = async (): Promise<boolean> =>
    /restante_broker_connects_refused_total\{[^}]*\} [1-9]/.test(
      await (await fetch(`http://127.0.0.1:${operations}/metrics`)).text(),
    )
  try {
    await until(async () => (await ask('/healthz')) === 200, 60_000, '/healthz')
    await until(refused, 60_000, 'a refused worker')
    expect(await ask('/readyz')).toBe(503)
  } finally {
    child.kill('SIGTERM')
  }
  const { code, stdout } = await printed
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
})

test('SIGINT while it starts ends it', async () => {
  const args = [MAIN, 'start', '--port', '0', '--http-port', '0', '--data', join(scratch, 'interrupted')]
  const child = spawn(process.execPath, args, { env: environment(scratch), stdio: 'ignore' })
  const exit = once(child, 'exit')
  child.kill('SIGINT')
  await exit
  expect(child.exitCode === null || child.exitCode > 0).toBe(true)
})
