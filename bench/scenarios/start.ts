import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readOrMakeSecret } from '../../broker/auth/secret-file.ts'
import { mintToken } from '../../clients/cli/mint-token.ts'
import { connect } from '../../clients/index.ts'
import { MemoryWatch } from '../memory.ts'
import { run, type Running } from '../process.ts'
import { startRedis } from '../redis.ts'
import type { StoreName } from '../server.ts'

export interface StartResult {
  /** On a data directory that was not there before. */
  readonly first: boolean
  /** From the process's start until a message, sent by one SDK client as soon as the server said that it runs, is at another. */
  readonly ms_to_first_delivery: number
  /** Processor time of the server by then. */
  readonly cpu_ms_to_first_delivery: number
  /** PSS of all its processes, at rest and at most. */
  readonly rss_mb: number
  readonly rss_mb_max: number
}

const TOKEN_S = 3_600

/**
 * A first and a second `restante start` on the same data directory.
 *
 * @param settleS seconds from the message on until the server is at rest: the directory's thread has ended by then, and
 *        what V8 had in its hands is given back
 */
export async function* start(store: StoreName, settleS: number): AsyncGenerator<StartResult> {
  const directory = mkdtempSync(join(tmpdir(), 'restante-bench-'))
  const redis = store === 'redis' ? await startRedis(directory) : undefined
  try {
    for (const first of [true, false]) {
      const data = join(directory, 'restante')
      yield { first, ...(await measure(data, { ...(redis && { REDIS_URL: redis.url }) }, settleS)) }
    }
  } finally {
    await redis?.stop()
    rmSync(directory, { recursive: true, force: true })
  }
}

async function measure(
  data: string,
  env: Readonly<Record<string, string>>,
  settleS: number,
): Promise<Omit<StartResult, 'first'>> {
  const startedAtMs = performance.now()
  let memory: MemoryWatch | undefined
  let server: Running | undefined
  try {
    const args = ['start', '--port', '0', '--http-port', '0', '--data', data]
    server = await run(args, env, { spawned: (pid) => (memory = new MemoryWatch(pid)) })
    await deliver(data, server.port)
    const ms = Math.round(performance.now() - startedAtMs)
    const cpuMs = server.cpuMs()
    await new Promise((resolve) => setTimeout(resolve, settleS * 1_000))
    const figures = { ms_to_first_delivery: ms, cpu_ms_to_first_delivery: cpuMs }
    return { ...figures, rss_mb: memory?.look() ?? 0, rss_mb_max: memory?.mbMax ?? 0 }
  } finally {
    memory?.stop()
    await server?.stop()
  }
}

/** Resolves when bob has what alice sends him. */
async function deliver(data: string, port: number): Promise<void> {
  const secret = await readOrMakeSecret(data)
  const [alice, bob] = await Promise.all(
    ['alice', 'bob'].map(async (user) => {
      const token = await mintToken(secret, { user, expiresInS: TOKEN_S })
      return connect({ url: `mqtt://127.0.0.1:${port}`, token, device: 'phone' })
    }),
  )
  if (alice === undefined || bob === undefined) return
  const text = String(Date.now())
  try {
    const delivered = new Promise<void>((resolve) => {
      bob.on('message', (message) => {
        if (message.text === text) resolve()
      })
    })
    await alice.direct('bob').send({ text })
    await delivered
  } finally {
    await Promise.all([alice.close(), bob.close()])
  }
}
