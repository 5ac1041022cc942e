import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { within } from './deadline.ts'
import { MAIN, type Server } from './server.ts'
import { useServer } from './use-server.ts'

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** The environment of a person's shell, with a home of its own and nothing that changes what the program does. */
export function environment(home: string, more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const neutral = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('RESTANTE_') && name !== 'REDIS_URL' && name !== 'DATABASE_URL',
  )
  return { ...Object.fromEntries(neutral), XDG_DATA_HOME: home, NO_COLOR: '1', ...more }
}

/** Less than a test may take, so that the error can say which command it was. */
const RUN_MS_MAX = 40_000

/** Runs `restante` to its end, and kills it when it finds none. @param stdin what it reads; none if missing */
export async function runCli(
  args: readonly string[],
  options: {
    readonly home: string
    readonly stdin?: Uint8Array | string
    readonly env?: Record<string, string>
    /** What else helps to find out why it does not end. */
    readonly more?: () => string
  },
): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN, ...args], { env: environment(options.home, options.env) })
  child.stdin.end(options.stdin ?? '')
  const printed = ended(child)
  try {
    await within(once(child, 'exit'), RUN_MS_MAX, () => `the end of "restante ${args.join(' ')}"`)
  } catch (error) {
    child.kill('SIGKILL')
    const { stdout, stderr } = await printed
    throw new Error(`it printed: ${stdout}${stderr}${options.more?.() ?? ''}`, { cause: error })
  }
  return printed
}

export async function ended(child: ChildProcess): Promise<Ended> {
  let stdout = ''
  let stderr = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stdout, stderr }
}

/** A server for the tests of a file, and the command line of somebody beside it. */
export function useCli() {
  const home = mkdtempSync(join(tmpdir(), 'restante-home-'))
  const running = useServer()
  const target = (): string[] => {
    const { port, dataDir } = running.server
    return ['--url', `mqtt://127.0.0.1:${port}`, '--data', dataDir]
  }
  afterAll(() => rmSync(home, { recursive: true, force: true }))
  return {
    home,
    get server(): Server {
      return running.server
    },
    /** `--url` and `--data` of the server. */
    get target(): string[] {
      return target()
    },
    run: (args: readonly string[], stdin?: Uint8Array | string): Promise<Ended> =>
      runCli([...args, ...target()], {
        home,
        ...(stdin !== undefined && { stdin }),
        more: () => `; the server printed: ${running.server.output.slice(-4_000)}`,
      }),
  }
}
