// Does a process that ends with an open store in the middle of a write end, and lose nothing that was written?
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { expect, onTestFinished, test } from 'vitest'
import { durableStore } from '../../clients/index.ts'
import type { ChatId } from '../../proto/ids.ts'

const ROUNDS = 50
const AT_ONCE = 4
const END_MS_MAX = 8_000

/** The process as one file, which starts faster than its sources. */
async function bundled(home: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('exiting-process.ts', import.meta.url))],
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['lmdb'],
    write: false,
  })
  const file = join(home, 'exiting-process.mjs')
  const text = outputFiles[0]?.text ?? ''
  writeFileSync(file, text.replaceAll('from "lmdb"', `from "${import.meta.resolve('lmdb')}"`))
  return file
}

test('G2: process.exit in the middle of a write ends the process, and what was written is there', async () => {
  const home = mkdtempSync(join(tmpdir(), 'restante-exit-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const program = await bundled(home)
  const rounds = Array.from({ length: ROUNDS }, (_, round) => round)
  const ends: string[] = []

  async function run(round: number): Promise<void> {
    const directory = join(home, `${round}`)
    const child = spawn(process.execPath, [program, directory, `${1 + (round % 10)}`, `${round % 7}`])
    let printed = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (printed += text))
    const timer = setTimeout(() => child.kill('SIGKILL'), END_MS_MAX)
    const [code, signal] = (await once(child, 'close')) as [number | null, string | null]
    clearTimeout(timer)
    ends.push(`${code} ${signal}`)
    if (code !== 0) return
    const last = Number(printed.trim().split('\n').at(-1))
    const store = durableStore(directory)
    const { unhandled } = await store.open()
    const stored = await store.messages('AAAAAAAAAAAAAA' as ChatId, last - 1, last + 1, 1)
    await store.close()
    // The write that it ended in may be there as well.
    expect(unhandled.map(({ seq }) => seq - last)).toSatisfy(
      ([behind]: number[]) => behind === 0 || behind === 1,
    )
    expect(stored.length).toBe(1)
  }

  const next = async (): Promise<void> => {
    for (let round = rounds.shift(); round !== undefined; round = rounds.shift()) await run(round)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, next))
  expect(ends).toEqual(Array.from({ length: ROUNDS }, () => '0 null'))
}, 120_000)
