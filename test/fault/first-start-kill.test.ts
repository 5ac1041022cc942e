// Is a server that was killed in the first seconds of its first start one that can be started?
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { runCli } from '../support/cli-run.ts'
import { Random } from '../support/random.ts'
import { Server, spawnRestante } from '../support/server.ts'
import { SEEDS } from './seeds.ts'

const scratch = mkdtempSync(join(tmpdir(), 'restante-first-start-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

/** Kills in a row, each at an earlier or later step of what the one before left. */
const KILLS_MAX = 3
const KILL_MS_MAX = 2_500

test.each(SEEDS)(
  'G1 trap 22: SIGKILL in the first seconds of a first start leaves a directory that starts, and no process (seed %i)',
  async (seed) => {
    const random = new Random(seed)
    const dataDir = join(scratch, `data-${seed}`)
    for (let kills = random.between(1, KILLS_MAX + 1); kills > 0; kills--) {
      const child = spawnRestante(['start', '--port', '0', '--http-port', '0', '--data', dataDir])
      const exit = once(child, 'exit')
      await new Promise((resolve) => setTimeout(resolve, random.between(0, KILL_MS_MAX)))
      child.kill('SIGKILL')
      await exit
      expect(processesWith(dataDir)).toEqual([])
    }
    const server = await Server.start({ dataDir })
    try {
      const run = (...args: string[]): Promise<unknown> =>
        runCli([...args, '--url', `mqtt://127.0.0.1:${server.port}`, '--data', dataDir], { home: scratch })
      // It has said that it runs: so it answers.
      await expect(run('user', 'add', 'bob')).resolves.toMatchObject({ code: 0 })
      await expect(run('send', `alice-${seed}`, 'bob', 'hello')).resolves.toMatchObject({ code: 0 })
    } finally {
      await server.dispose()
    }
    expect(processesWith(dataDir)).toEqual([])
  },
)

/** Command lines of processes that name it. */
function processesWith(path: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      } catch {
        return '' // it has just ended
      }
    })
    .filter((line) => line.includes(path))
}
