import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { until } from '../deadline.ts'
import { keepWatch } from '../watchdog.ts'

/** Where Debian puts PostgreSQL's programs, which are not on the PATH; the newest that we find first. */
const DIRS = [18, 17, 16, 15].map((version) => `/usr/lib/postgresql/${version}/bin`)
const START_MS_MAX = 30_000

/**
 * Whether the tests of this file can have PostgreSQL. If not they are skipped, loudly; with REQUIRE_SERVICES=1 that is
 * a failure.
 */
export function hasPostgres(): boolean {
  if (postgresBin() !== undefined) return true
  if (process.env['REQUIRE_SERVICES'] === '1')
    throw new Error('PostgreSQL is not installed, and REQUIRE_SERVICES=1')
  process.stderr.write('SKIPPED: PostgreSQL is not installed; tests of the directory on it do not run\n')
  return false
}

function postgresBin(): string | undefined {
  const onPath = (process.env['PATH'] ?? '').split(':')
  return [...onPath, ...DIRS].find(
    (dir) => existsSync(join(dir, 'initdb')) && existsSync(join(dir, 'postgres')),
  )
}

interface Database {
  readonly url: string
  readonly drop: () => Promise<void>
  /** Copies it; nobody may be connected. @returns what puts the copy back */
  readonly backUp: () => Promise<() => Promise<void>>
}

/** A new, empty database in the server at this address. */
export async function freshDatabase(serverUrl: string): Promise<Database> {
  const name = `restante_test_${randomBytes(6).toString('hex')}`
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  await execute(serverUrl, `create database ${name}`)
  const drop = (which = name): Promise<void> =>
    execute(serverUrl, `drop database if exists ${which} with (force)`)
  const copy = (from: string, to: string): Promise<void> =>
    execute(serverUrl, `create database ${to} template ${from}`)
  const backUp = async (): Promise<() => Promise<void>> => {
    await copy(name, `${name}_copy`)
    return async () => {
      await drop()
      await copy(`${name}_copy`, name)
      await drop(`${name}_copy`)
    }
  }
  return { url: url.href, drop: () => drop(), backUp }
}

/** The rows that a query gives. */
export async function rowsOf<Row extends pg.QueryResultRow>(url: string, query: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(query)).rows
  } finally {
    await client.end()
  }
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/**
 * A private PostgreSQL in a directory and on a port of its own. It can be ended and started again on the same data.
 * It refuses to run as root, so then it runs as the user `postgres`.
 */
export class PostgresServer {
  readonly #bin: string
  readonly #dir: string
  readonly port: number
  #child: ChildProcess | undefined
  output = ''

  private constructor(bin: string, dir: string, port: number) {
    this.#bin = bin
    this.#dir = dir
    this.port = port
  }

  static async start(): Promise<PostgresServer> {
    const bin = postgresBin()
    if (bin === undefined) throw new Error('PostgreSQL is not installed here')
    const dir = mkdtempSync(join(tmpdir(), 'restante-postgres-'))
    const owner = ownerIds()
    if (owner !== undefined) chownSync(dir, owner.uid, owner.gid)
    const server = new PostgresServer(bin, dir, await freePort())
    try {
      server.#initialize()
      await server.restart()
    } catch (error) {
      await server.dispose()
      throw error
    }
    return server
  }

  get url(): string {
    return `postgresql://postgres@127.0.0.1:${this.port}/postgres`
  }
  get pid(): number {
    return this.#child?.pid as number
  }

  /** Starts the server (again); resolves when it answers. */
  async restart(): Promise<void> {
    const settings = [
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      'max_connections=200',
      'fsync=off',
    ]
    const child = spawn(
      join(this.#bin, 'postgres'),
      ['-D', this.#data, '-p', String(this.port), ...settings.flatMap((setting) => ['-c', setting])],
      { stdio: ['ignore', 'pipe', 'pipe'], cwd: this.#dir, ...ownerIds() },
    )
    this.#child = child
    keepWatch(child, this.#dir)
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text))
    await until(
      () => this.#answers(child),
      START_MS_MAX,
      () => `PostgreSQL; it printed: ${this.output}`,
      50,
    )
  }

  /** Ends it at once, as a crash would: its processes notice and end too. */
  async kill(): Promise<void> {
    await this.#end('SIGQUIT')
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal)
  }

  /** Copies its files, while it does not run. @returns what puts them back */
  async backUp(): Promise<() => Promise<void>> {
    const copy = mkdtempSync(join(tmpdir(), 'restante-postgres-copy-'))
    await this.kill()
    this.#copy(this.#dir, copy)
    await this.restart()
    return async () => {
      await this.kill()
      rmSync(this.#data, { recursive: true })
      this.#copy(copy, this.#dir)
      rmSync(copy, { recursive: true })
      await this.restart()
    }
  }

  /** With owners and modes, which PostgreSQL insists on. */
  #copy(from: string, to: string): void {
    execFileSync('cp', ['-a', join(from, 'data'), to])
  }

  async dispose(): Promise<void> {
    await this.kill()
    rmSync(this.#dir, { recursive: true, force: true })
  }

  get #data(): string {
    return join(this.#dir, 'data')
  }

  #initialize(): void {
    execFileSync(
      join(this.#bin, 'initdb'),
      ['-D', this.#data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
      { stdio: 'pipe', cwd: this.#dir, ...ownerIds() },
    )
  }

  async #answers(child: ChildProcess): Promise<boolean> {
    if (child.exitCode !== null) throw new Error(`PostgreSQL ended: ${this.output}`)
    const client = new pg.Client({ connectionString: this.url, connectionTimeoutMillis: 1_000 })
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.query('select 1')
      return true
    } catch {
      return false
    } finally {
      await client.end().catch(() => undefined)
    }
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const exit = once(child, 'exit')
    child.kill(signal)
    await exit
  }
}

/** As whom it runs: root hands over to `postgres`, everybody else runs it themselves. */
function ownerIds(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
