// Do two people chat in two terminals: ticks, read marks, groups, and what came while one was away?
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, expect, test } from 'vitest'
import { columnsOf } from '../../../clients/cli/terminal/text-width.ts'
import { until } from '../../support/deadline.ts'
import { needsProgram } from '../../support/services.ts'
import { MAIN } from '../../support/server.ts'
import { environment, runCli, useCli } from '../../support/cli-run.ts'

const use = useCli()
const COLUMNS = 72
const ROWS = 16
const ESCAPE = '\u001b'
const CURSOR_TO_ROW = new RegExp(`${ESCAPE}\\[\\d+;1H`, 'g')
const ESCAPES = new RegExp(`${ESCAPE}\\[[0-9;?]*[A-Za-z]`, 'g')

/** A terminal with the chat in it: `script` gives it a pseudo-terminal, and the last drawing is what a person sees. */
class Terminal {
  readonly #child: ChildProcessWithoutNullStreams
  #output = ''

  constructor(args: readonly string[]) {
    const command = [process.execPath, MAIN, 'chat', ...args, ...use.target]
      .map((word) => `'${word}'`)
      .join(' ')
    const inTerminal = `stty rows ${ROWS} cols ${COLUMNS}; exec ${command}`
    this.#child = spawn('script', ['-qefc', inTerminal, '/dev/null'], {
      env: environment(use.home, { TERM: 'xterm', SHELL: '/bin/sh' }),
    })
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => (this.#output += text))
  }

  /** The rows of the last drawing, without what moves the cursor. */
  get rows(): string[] {
    const drawing = this.#output.slice(this.#output.lastIndexOf(`${ESCAPE}[H`))
    const placed = drawing.replaceAll(CURSOR_TO_ROW, '\r\n')
    return placed
      .replaceAll(ESCAPES, '')
      .split(/\r+\n/)
      .map((row) => row.trimEnd())
  }

  /** Waits for one drawing that has all of these, each in a row of its own or not; gives that drawing's rows. */
  async shows(...texts: (string | RegExp)[]): Promise<string[]> {
    let rows: string[] = []
    const isIn = (text: string | RegExp): boolean =>
      rows.some((row) => (typeof text === 'string' ? row.includes(text) : text.test(row)))
    await until(
      () => {
        rows = this.rows
        return texts.every(isIn)
      },
      15_000,
      () => `${texts.join(', ')} in:\n${rows.join('\n')}`,
    )
    return rows
  }

  type(line: string): void {
    this.#child.stdin.write(`${line}\r`)
  }

  async leave(): Promise<number | null> {
    if (this.#child.exitCode !== null) return this.#child.exitCode
    const exit = once(this.#child, 'exit')
    this.#child.stdin.write('\u0003')
    await exit
    return this.#child.exitCode
  }
}

let open: Terminal[] = []
afterEach(async () => {
  for (const terminal of open) await terminal.leave()
  open = []
})

async function chat(...args: string[]): Promise<Terminal> {
  const terminal = new Terminal(args)
  open.push(terminal)
  await terminal.shows('connected')
  return terminal
}

test('two people chat, with ticks, and each sees what came while away', async (context) => {
  needsProgram(context, 'script', '--version')
  await use.run(['user', 'add', 'alice', 'bob'])
  const alice = await chat('alice', '--to', 'bob')
  alice.type('hello bob')
  await alice.shows(/you: hello bob {2}✓$/)
  const bob = await chat('bob', '--to', 'alice')
  await bob.shows('alice: hello bob')
  await alice.shows('you: hello bob  ✓✓ read')
  bob.type('hi alice')
  await alice.shows('bob: hi alice')
  await bob.shows('you: hi alice  ✓✓ read')
  await expect(bob.leave()).resolves.toBe(0)
  alice.type('are you still there?')
  await alice.shows(/you: are you still there\? {2}✓$/)
  const again = await chat('bob', '--to', 'alice')
  await again.shows('alice: are you still there?')
  await again.shows('you: hi alice  ✓✓ read')
  await alice.shows('you: are you still there?  ✓✓ read')
})

test('G1 what is written while the server is away goes out when it is back', async (context) => {
  needsProgram(context, 'script', '--version')
  await use.run(['user', 'add', 'carol'])
  const dave = await chat('dave', '--to', 'carol')
  await use.server.kill()
  await dave.shows('no connection to')
  dave.type('into the void')
  await dave.shows('you: into the void  ·')
  await use.server.restart()
  await dave.shows(/you: into the void {2}✓$/)
  const watched = await use.run(['watch', 'carol', '--count', '1'])
  expect(watched.stdout).toBe('dave: into the void\n')
})

test('what was said is answered, put right, deleted and reacted to by commands, and both see it', async (context) => {
  needsProgram(context, 'script', '--version')
  await use.run(['user', 'add', 'jan', 'kim'])
  const jan = await chat('jan', '--to', 'kim')
  const kim = await chat('kim', '--to', 'jan')
  jan.type('lunch at 12?')
  await kim.shows('jan: lunch at 12?')
  kim.type('/react 👍')
  await jan.shows('you: lunch at 12? [👍 kim]')
  jan.type('/edit lunch at 13?')
  await kim.shows('jan: lunch at 13? (edited) [👍 kim]')
  kim.type('/reply yes')
  await jan.shows('kim: ↪ "lunch at 13?": yes')
  await kim.shows(/you: ↪ "lunch at 13\?": yes {2}✓/)
  kim.type('/delete')
  await jan.shows('kim: <deleted by kim>')
  await kim.shows('you: <deleted by kim>')
})

test('what is to disappear does, from both terminals, so long after it was read', async (context) => {
  needsProgram(context, 'script', '--version')
  await use.run(['user', 'add', 'lea', 'max'])
  const lea = await chat('lea', '--to', 'max')
  const max = await chat('max', '--to', 'lea')
  lea.type('/disappear soon the code is 1234')
  await lea.shows('write for example: /disappear 30s')
  lea.type('/disappear 1s the code is 1234')
  await max.shows('<disappeared>')
  await lea.shows('<disappeared>')
  max.type('/disappear 1s')
  await max.shows('-- you let messages disappear 1 second after they were read')
  await lea.shows('* max let messages disappear 1 second after they were read')
  lea.type('by itself')
  const gone = (): number => max.rows.filter((row) => row.includes('<disappeared>')).length
  await until(() => gone() === 2, 15_000, 'both')
  lea.type('/disappear off')
  await max.shows('* lea let messages stay')
})

test('a group is made, read, changed and left by commands', async (context) => {
  needsProgram(context, 'script', '--version')
  await use.run(['user', 'add', 'eve', 'fay', 'gus'])
  const eve = await chat('eve', '--to', 'fay')
  eve.type('/group trip fay')
  await eve.shows('* you created the group trip with fay')
  const fay = await chat('fay')
  await fay.shows('trip')
  fay.type('/open trip')
  eve.type('/add gus')
  await fay.shows('* eve added gus')
  eve.type('hello all')
  await fay.shows('eve: hello all')
  eve.type('/who')
  await eve.shows('read by 1 of 2: fay')
  eve.type('/rename holiday')
  await fay.shows('* eve renamed the group to holiday')
  fay.type('/add carol')
  await fay.shows('forbidden')
  fay.type('/leave')
  await eve.shows('* fay left')
  fay.type('still here?')
  await fay.shows('✗ not sent')
  eve.type('/nonsense')
  await eve.shows('there is no /nonsense')
})

test('a name of 60 wide characters is cut to the terminal, and leaves room for what is typed', async (context) => {
  needsProgram(context, 'script', '--version')
  await use.run(['user', 'add', 'hal', 'ivy'])
  const hal = await chat('hal', '--to', 'ivy')
  hal.type(`/group ${'漢'.repeat(60)} ivy`)
  await hal.shows('you created the group')
  hal.type('hello')
  const titled = /^ hal\/terminal · group 漢+…$/
  const asked = /^group 漢+…>$/
  // The prompt is written after the rest of a drawing: all is looked for in one.
  const rows = await hal.shows(/you: hello {2}✓/, titled, asked)
  const columns = [titled, asked].map((row) => columnsOf(rows.find((text) => row.test(text)) ?? ''))
  expect(columns[0]).toBeLessThanOrEqual(COLUMNS)
  expect(columns[1]).toBeLessThanOrEqual(COLUMNS / 2)
  expect(rows).toHaveLength(ROWS)
})

test('without a terminal it says what to use instead', async () => {
  const { code, stderr } = await runCli(['chat', 'alice', ...use.target], { home: use.home })
  expect(code).toBe(1)
  expect(stderr).toMatch(/chat needs a terminal: in scripts use "restante send" and "restante watch"/)
})
