import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { filesOf, isTypeScript, ROOT } from './tree.ts'

/** Runs the linter as `npm run lint` does. */
function lint(cwd: string): { files: number; found: { code: string; file: string }[] } {
  const oxlint = join(ROOT, 'node_modules/.bin/oxlint')
  let output: string
  try {
    output = execFileSync(oxlint, ['--type-aware', '-c', 'oxlint.config.mjs', '--format=json'], {
      cwd,
      encoding: 'utf8',
      maxBuffer: 64 << 20,
    })
  } catch (error) {
    output = (error as { stdout: string }).stdout
  }
  const report = JSON.parse(output) as {
    number_of_files: number
    diagnostics: { code: string; filename: string }[]
  }
  return {
    files: report.number_of_files,
    found: report.diagnostics.map(({ code, filename }) => ({ code, file: filename })),
  }
}

const scratch = mkdtempSync(join(tmpdir(), 'restante-lint-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

test('trap 30: the linter passes, and it has seen every file', () => {
  const ours = new Set(filesOf('.', isTypeScript))
  expect(ours.size).toBeGreaterThan(300)
  const { files, found } = lint(ROOT)
  expect(found.filter(({ file }) => ours.has(file))).toEqual([])
  expect(files).toBeGreaterThanOrEqual(ours.size)
})

test('each forbidden import, cycle and floating promise is found when it is planted', () => {
  cpSync(join(ROOT, 'oxlint.config.mjs'), join(scratch, 'oxlint.config.mjs'))
  cpSync(join(ROOT, 'tsconfig.json'), join(scratch, 'tsconfig.json'))
  symlinkSync(join(ROOT, 'node_modules'), join(scratch, 'node_modules'))
  const planted: Record<string, string> = {
    'proto/a.ts': "import '../kit/a.ts'\n",
    'kit/a.ts': "import '../proto/b.ts'\n",
    'broker/a.ts': "import '../workers/b.ts'\n",
    'broker/b.ts': "import 'pg'\n",
    'workers/a.ts': "import '../broker/c.ts'\n",
    'workers/c.ts': "import 'ioredis'\n",
    'clients/sdk/a.ts': "import '../../kit/b.ts'\n",
    'clients/sdk/b.ts': "import '../../proto/server-codec.ts'\n",
    'broker/mailbox/a.ts': "import '../lanes/b.ts'\n",
    'broker/lanes/a.ts': "import '../node.ts'\n",
    'broker/work/a.ts': "import '../sessions/b.ts'\n",
    'broker/engine/a.ts': "import 'kysely'\n",
    'workers/chat/a.ts': "import '../loop/b.ts'\n",
    'workers/directory/a.ts': "import '../../broker/c.ts'\n",
    'clients/sdk/store/a.ts': "import type { Inbox } from '../inbox/b.ts'\nexport type I = Inbox\n",
    'clients/sdk/outbox/a.ts': "import '../../../proto/server-codec.ts'\n",
    'broker/cycle-a.ts': "export { b } from './cycle-b.ts'\nexport const a = 1\n",
    'broker/cycle-b.ts': "export { a } from './cycle-a.ts'\nexport const b = 1\n",
    'broker/floating.ts':
      "import { readFile } from 'node:fs/promises'\nexport function f(): void {\n  readFile('x')\n}\n",
    'broker/environment.ts': 'export const home = process.env.HOME\n',
    'workers/chatty.ts': "console.log('x')\nexport {}\n",
    'workers/any.ts': 'export const x: any = 1\n',
    'kit/BadName.ts': 'export {}\n',
    'kit/default.ts': 'export default 1\n',
  }
  const fine = [
    'proto/b.ts',
    'proto/server-codec.ts',
    'kit/b.ts',
    'broker/c.ts',
    'broker/node.ts',
    'broker/lanes/b.ts',
    'broker/sessions/b.ts',
    'workers/b.ts',
    'workers/loop/b.ts',
  ]
  for (const path of fine) planted[path] = 'export {}\n'
  // What a room is on a floor for.
  const below = { 'broker/lanes/c.ts': "import '../mailbox/b.ts'\nimport '../config.ts'\n" }
  Object.assign(planted, below, {
    'clients/sdk/inbox/b.ts': 'export interface Inbox {\n  readonly a: 1\n}\n',
  })
  fine.push(...Object.keys(below), 'clients/sdk/inbox/b.ts')
  for (const [path, text] of Object.entries(planted)) {
    mkdirSync(dirname(join(scratch, path)), { recursive: true })
    writeFileSync(join(scratch, path), text)
  }
  const caught = new Set(lint(scratch).found.map(({ file }) => file))
  const missed = Object.keys(planted).filter((path) => !fine.includes(path) && !caught.has(path))
  // A cycle is reported at one of its files.
  expect(missed.filter((path) => !path.startsWith('broker/cycle-'))).toEqual([])
  expect([...caught].some((path) => path.startsWith('broker/cycle-'))).toBe(true)
  expect(fine.filter((path) => caught.has(path))).toEqual([])
})
