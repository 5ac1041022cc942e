import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readBrokerConfig } from '../../broker/config.ts'
import { Settings } from '../../kit/settings.ts'
import { readWorkerConfig } from '../../workers/config.ts'
import { Compose, SECRETS } from '../support/compose.ts'
import { PRODUCTION } from '../support/stores/redis-server.ts'
import { hasProgram, needsProgram } from '../support/services.ts'
import { read, ROOT } from './tree.ts'

// docker-compose.yml says nothing that the program does not know. That it works is test/integration/production/compose.test.ts.

const defaults = readBrokerConfig(new Settings({}))
const [broker, balancer] = [new Compose('x-broker'), new Compose('services', 'balancer')]
const workers = ['worker-1', 'worker-2'].map((name) => new Compose('services', name))

test('docker compose accepts it', (context) => {
  const clients = [['docker', 'compose'], ['docker-compose']] as const
  const client = clients.find(
    ([program, ...args]) => hasProgram(program) && spawnSync(program, [...args, 'version']).status === 0,
  )
  if (client === undefined) return context.skip('neither docker compose nor docker-compose is on the PATH')
  const [program, ...args] = client
  const { status, stderr } = spawnSync(program, [...args, 'config', '--quiet'], {
    cwd: ROOT,
    env: { ...process.env, ...SECRETS },
    encoding: 'utf8',
  })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
})

describe('settings', () => {
  test('of a broker and of both workers are known and good', () => {
    const first = (workers[0] as Compose).environment
    for (const environment of [broker.environment, first, { ...first, ...workers[1]?.environment }]) {
      expect(Object.keys(environment).length).toBeGreaterThan(2)
      const settings = new Settings(environment)
      readBrokerConfig(settings)
      readWorkerConfig(settings)
      settings.finish()
    }
  })

  test('make each worker another, on another broker', () => {
    const ofEach = (name: string): (string | undefined)[] =>
      workers.map(({ environment }) => environment[name])
    expect(ofEach('RESTANTE_WORKER_NAME')).toEqual(['worker-1', 'worker-2'])
    expect(ofEach('RESTANTE_BROKER_URL')).toEqual(
      ['broker-1', 'broker-2'].map((name) => `mqtt://${name}:${defaults.mqttPort}`),
    )
  })

  test('of Redis are those that all tests of it run with, and a password', () => {
    const [program, ...flags] = new Compose('services', 'redis').words('command')
    expect(program).toBe('redis-server')
    const settings = { ...PRODUCTION, requirepass: SECRETS['REDIS_PASSWORD'] as string }
    expect(flags).toEqual(Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]))
  })
})

describe('secrets', () => {
  test('have no defaults, and the command of the first lines makes them all', (context) => {
    needsProgram(context, 'openssl', 'version')
    const file = read('docker-compose.yml')
    const secrets = Object.keys(SECRETS)
    for (const [, name, more] of file.matchAll(/\$\{(\w+)([^}]*)\}/g)) {
      expect(secrets).toContain(name)
      expect(more).toMatch(/^:\?/)
    }
    expect(file).not.toMatch(/PASSWORD: \w/)
    const command = /^# {3}(\(umask 077 .*)$/m.exec(file)?.[1] ?? 'false'
    const dir = mkdtempSync(join(tmpdir(), 'restante-env-'))
    try {
      expect(spawnSync('sh', ['-c', command], { cwd: dir }).status).toBe(0)
      const made = readFileSync(join(dir, '.env'), 'utf8').trim().split('\n')
      expect(made.map((line) => line.split('=')[0])).toEqual(secrets)
      for (const line of made) expect(line).toMatch(/=[0-9a-f]{48}$/)
      expect(statSync(join(dir, '.env')).mode & 0o777).toBe(0o600)
    } finally {
      rmSync(dir, { recursive: true })
    }
    for (const ignore of ['.gitignore', '.dockerignore']) expect(read(ignore).split('\n')).toContain('.env')
  })

  test('that sign tokens are at brokers alone; workers have their token, and can change nothing of it', () => {
    expect(broker.words('volumes')).toEqual(['keys:/data'])
    expect(new Compose('x-worker').words('volumes')).toEqual(['worker-token:/token:ro'])
    expect(new Compose('x-restante').text).not.toMatch(/volumes/)
  })
})

describe('networks', () => {
  const networksOf = (part: Compose): string[] => part.words('networks')

  test('show each part no more than it needs', () => {
    expect(networksOf(balancer)).toEqual(['edge'])
    expect(networksOf(broker)).toEqual(['edge', 'work', 'mailboxes'])
    expect(networksOf(new Compose('x-worker'))).toEqual(['work', 'directory'])
    expect(networksOf(new Compose('services', 'redis'))).toEqual(['mailboxes'])
    expect(networksOf(new Compose('services', 'postgres'))).toEqual(['directory'])
    expect(new Compose('services', 'keys').text).toMatch(/network_mode: none/)
  })

  test('of the balancer is the one whose PROXY headers brokers take, and it sends them to both ports', () => {
    const subnet = new Compose().find(/subnet: ([\d./]+)/)
    expect(broker.environment['RESTANTE_PROXY_PROTOCOL_FROM']).toBe(subnet)
    const servers = balancer.text.match(/^ +server .*$/gm) ?? []
    expect(servers).toHaveLength(4)
    for (const server of servers) expect(server).toContain('send-proxy-v2 check-send-proxy')
  })
})

describe('ports', () => {
  const { mqttPort, httpPort } = defaults

  test('are those that brokers listen on', () => {
    expect(balancer.words('ports')).toEqual([mqttPort, httpPort].map((port) => `${port}:${port}`))
    expect([...balancer.text.matchAll(/bind :(\d+)/g)].map(([, port]) => Number(port))).toEqual([
      mqttPort,
      httpPort,
    ])
    const servers = [...balancer.text.matchAll(/^ +server (\S+) (\S+)(?: check port (\d+))?/gm)].map(
      (match) => match.slice(1),
    )
    expect(servers).toEqual([
      ...['broker-1', 'broker-2'].map((name) => [name, `${name}:${mqttPort}`, `${httpPort}`]),
      ...['broker-1', 'broker-2'].map((name) => [name, `${name}:${httpPort}`, undefined]),
    ])
    expect(broker.text).toContain(`http://127.0.0.1:${httpPort}/readyz`)
  })

  test('that are asked for health are the workers’ own', () => {
    const port = workers[0]?.environment['RESTANTE_WORKER_HTTP_PORT']
    expect(new Compose('x-worker').text).toContain(`http://127.0.0.1:${port}/readyz`)
  })
})

describe('times', () => {
  const seconds = (part: Compose, name: string): number =>
    Number(part.find(new RegExp(`${name}:? +(\\d+)s$`, 'm')))

  test('of the balancer let idle phones stay', () => {
    const silenceSMax = 1.5 * defaults.connections.keepAliveSMax
    expect(seconds(balancer, 'timeout client')).toBeGreaterThan(silenceSMax)
    expect(seconds(balancer, 'timeout server')).toBeGreaterThan(silenceSMax)
  })

  test('let a role stop in order', () => {
    expect(seconds(new Compose('x-restante'), 'stop_grace_period') * 1_000).toBeGreaterThan(
      defaults.stopMsMax,
    )
  })
})

describe('images', () => {
  const manifest = JSON.parse(read('package.json')) as {
    engines: { node: string }
    bin: { restante: string }
  }
  const major = (text: string, image: string): number =>
    Number(new RegExp(`\\b${image}:(\\d+)`).exec(text)?.[1])

  test('are of versions that we support', () => {
    const guide = read('docs/design.md')
    const lowest = (name: string): number => Number(new RegExp(`${name} ≥ (\\d+)`).exec(guide)?.[1])
    expect(major(read('docker-compose.yml'), 'redis')).toBeGreaterThanOrEqual(lowest('Redis'))
    expect(major(read('docker-compose.yml'), 'postgres')).toBeGreaterThanOrEqual(lowest('PostgreSQL'))
    expect(major(read('docker-compose.yml'), 'haproxy')).toBeGreaterThanOrEqual(3)
    expect(major(read('Dockerfile'), 'node')).toBeGreaterThanOrEqual(
      Number(/\d+/.exec(manifest.engines.node)),
    )
  })

  test('are pinned by digest, each to one', () => {
    const used = ['docker-compose.yml', 'Dockerfile'].flatMap((file) =>
      [...read(file).matchAll(/^ *(?:image:|FROM) +(\S+)/gm)].map(([, image]) => image as string),
    )
    const others = used.filter((image) => image !== new Compose('x-restante').find(/image: (\S+)/))
    expect(others).toHaveLength(5)
    for (const image of others) expect(image).toMatch(/^[a-z]+:[\w.-]+@sha256:[0-9a-f]{64}$/)
    // Both stages of ours from the same.
    expect(new Set(others).size).toBe(4)
  })

  test('of ours start what the package calls restante, with settings that exist', () => {
    const main = manifest.bin.restante.replace(/^\.\//, '')
    expect(read('Dockerfile')).toContain(`ENTRYPOINT ["/app/${main}"]`)
    expect(new Compose('services', 'keys').text).toContain(`node ${main} token `)
    const data = /^ENV RESTANTE_DATA_DIR=(\S+)$/m.exec(read('Dockerfile'))?.[1]
    expect(broker.words('volumes')).toEqual([`keys:${data}`])
  })
})
