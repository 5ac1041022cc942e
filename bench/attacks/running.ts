import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Target } from './client.ts'

/** An attack in a process of its own, ready. */
export interface RunningAttack {
  begin(): void
  stop(): Promise<void>
}

const MAIN = fileURLToPath(new URL('main.js', import.meta.url))

/** Resolves when it is ready. @throws if its process ends before */
export async function startAttack(name: string, target: Target): Promise<RunningAttack> {
  const child = spawn(process.execPath, [MAIN, name, JSON.stringify(target)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const exit = once(child, 'exit')
  const ended = exit.then(() => Promise.reject(new Error(`the attack ${name} ended by itself`)))
  ended.catch(() => {}) // also after the race
  await Promise.race([once(child.stdout, 'data'), ended])
  return {
    begin: () => void child.stdin.write('go\n'),
    stop: async () => {
      child.kill('SIGKILL')
      await exit
    },
  }
}
