import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SignJWT } from 'jose'
import { Hopeless, until } from './deadline.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
/** The compiled program; TEST_DIST names another build of it. */
export const MAIN = join(ROOT, process.env['TEST_DIST'] ?? 'dist', 'clients/cli/main.js')
const START_MS_MAX = 25_000

// A test that is given up on can't dispose of its server any more.
const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

export interface ServerOptions {
  /** RESTANTE_* settings, REDIS_URL, DATABASE_URL. Nothing of the test's own environment gets through. */
  readonly env?: Readonly<Record<string, string>>
  /** A directory to start on; without one it gets its own, which is removed in the end. */
  readonly dataDir?: string
  readonly port?: number
  readonly httpPort?: number
  /** Another build of the program. */
  readonly main?: string
}

export interface Claims {
  readonly user: string
  readonly device?: string
  readonly role?: string
  /** Unix seconds. */
  readonly iat?: number
  readonly exp?: number
  readonly more?: Record<string, unknown>
}

/** A real `restante start` in a process of its own. It can be killed and started again on the same ports and data. */
export class Server {
  readonly dataDir: string
  readonly #env: Readonly<Record<string, string>>
  readonly #ownsDataDir: boolean
  readonly #main: string
  #child: ChildProcess | undefined
  #port: number
  #httpPort: number
  /** Everything the process printed, on both channels, over all its lives. */
  output = ''

  private constructor(options: ServerOptions) {
    this.#env = options.env ?? {}
    this.#ownsDataDir = options.dataDir === undefined
    this.dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'restante-test-'))
    this.#main = options.main ?? MAIN
    this.#port = options.port ?? 0
    this.#httpPort = options.httpPort ?? 0
  }

  static async start(options: ServerOptions = {}): Promise<Server> {
    const server = new Server(options)
    try {
      await server.restart()
    } catch (error) {
      await server.dispose()
      throw error
    }
    return server
  }

  get port(): number {
    return this.#port
  }
  get httpPort(): number {
    return this.#httpPort
  }
  get pid(): number {
    return this.#child?.pid as number
  }
  get isRunning(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** Starts the process (again), on the same data and, from the second time on, the same ports. */
  async restart(): Promise<void> {
    const before = this.output.length
    const child = spawnRestante(
      ['start', '--port', String(this.#port), '--http-port', String(this.#httpPort), '--data', this.dataDir],
      this.#env,
      this.#main,
    )
    this.#child = child
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text))
    await until(
      () => {
        if (!this.isRunning) throw new Hopeless(`the server ended: ${this.output.slice(before)}`)
        const port = /mqtt:\/\/[^:\s]+:(\d+)/.exec(this.output.slice(before))?.[1]
        const httpPort = /ws:\/\/[^:\s]+:(\d+)/.exec(this.output.slice(before))?.[1]
        if (port === undefined || httpPort === undefined) return false
        this.#port = Number(port)
        this.#httpPort = Number(httpPort)
        return true
      },
      START_MS_MAX,
      () => `the server's address; it printed: ${this.output.slice(before)}`,
    )
    await until(
      () => {
        if (!this.isRunning) throw new Hopeless(`the server ended: ${this.output.slice(before)}`)
        return this.isReady()
      },
      START_MS_MAX,
      () => `/readyz; it printed: ${this.output.slice(before)}`,
    )
  }

  async isReady(): Promise<boolean> {
    const answer = await fetch(`http://127.0.0.1:${this.#httpPort}/readyz`, {
      signal: AbortSignal.timeout(2_000),
    }).catch(() => undefined)
    await answer?.body?.cancel()
    return answer?.status === 200
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child
    if (!child || !this.isRunning) return child?.exitCode ?? null
    const exit = once(child, 'exit')
    child.kill(signal)
    child.kill('SIGCONT')
    const [code] = (await exit) as [number | null]
    return code
  }

  /** SIGKILL. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }
  /** SIGTERM. @returns its exit code */
  async stop(): Promise<number | null> {
    return this.#end('SIGTERM')
  }
  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal)
  }

  async dispose(): Promise<void> {
    await this.kill()
    if (this.#ownsDataDir) rmSync(this.dataDir, { recursive: true, force: true })
  }

  /** A token that this server takes, unless its claims are wrong. */
  async token(claims: Claims | string): Promise<string> {
    const secret = readFileSync(join(this.dataDir, 'jwt-secret'), 'utf8').trim()
    return mintToken(secret, typeof claims === 'string' ? { user: claims } : claims)
  }

  /** The samples of /metrics, by `name{labels}`. */
  async metrics(): Promise<Map<string, number>> {
    const at = [...this.output.matchAll(/http:\/\/\S+\/metrics/g)].at(-1)?.[0] as string
    const answer = await fetch(at)
    const lines = (await answer.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'))
    return new Map(
      lines.map((line) => [
        line.slice(0, line.lastIndexOf(' ')),
        Number(line.slice(line.lastIndexOf(' ') + 1)),
      ]),
    )
  }

  /** The sum of all samples of a metric. */
  async metric(name: string): Promise<number> {
    let sum = 0
    for (const [sample, value] of await this.metrics())
      if (sample === name || sample.startsWith(`${name}{`)) sum += value
    return sum
  }
}

export function mintToken(secret: string, claims: Claims): Promise<string> {
  const { user, device, role, iat, exp, more } = claims
  const nowS = Math.floor(Date.now() / 1000)
  const optional = { ...(device !== undefined && { device }), ...(role !== undefined && { role }), ...more }
  return new SignJWT(optional)
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(user)
    .setIssuedAt(iat ?? nowS)
    .setExpirationTime(exp ?? nowS + 3_600)
    .sign(new TextEncoder().encode(secret))
}

/** Runs the program with these arguments and settings, and nothing else that could change what it does. */
export function spawnRestante(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  main = MAIN,
): ChildProcess {
  const neutral = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('RESTANTE_') && name !== 'REDIS_URL' && name !== 'DATABASE_URL',
  )
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...Object.fromEntries(neutral), NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}
