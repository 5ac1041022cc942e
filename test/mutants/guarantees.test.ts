// Would the fault suite see it if the product broke a guarantee? Each one is broken on purpose, in a copy of the build.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { MAIN } from '../support/server.ts'
import { startEmbedded } from '../fault/embedded-topology.ts'
import { judgeFault } from '../fault/fault-run.ts'
import type { Rule } from '../fault/observation.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const DIST = dirname(dirname(dirname(MAIN)))
/** Inside node_modules, so that a copy finds its dependencies. */
const COPIES = join(ROOT, 'node_modules/.cache/restante-mutants')
afterAll(() => rmSync(COPIES, { recursive: true, force: true }))

const RUN = {
  seed: 7,
  sizes: { single: 14, double: 4, bridges: 8, directChats: 24, groups: 4, groupMembersMax: 8, doors: 0 },
  shape: { pauseMs: [20, 80], readShare: 0.1, cutShare: 0.02, restartShare: 0 },
  pauseMs: [700, 1_000],
  idleMsMax: 4_000,
} as const

interface Mutant {
  readonly breaks: string
  readonly rule: Rule
  readonly file: string
  readonly from: string
  readonly to: string
}
const MUTANTS: readonly Mutant[] = [
  {
    breaks: 'G1: the PUBACK goes out 200 ms before the store has it',
    rule: 'lost',
    file: 'broker/ingest/ingest.js',
    from: 'await this.#parts.node.take(this.#parts.connection, group);',
    to: 'setTimeout(() => this.#parts.node.take(this.#parts.connection, group).catch(() => undefined), 200);',
  },
  {
    breaks: 'G2: a lane begins at the end of the mailbox, not at its cursor',
    rule: 'lost',
    file: 'broker/lanes/lane.js',
    from: 'this.#feed.start(at.cursor, at.head);',
    to: 'this.#feed.start(at.head, at.head);',
  },
  {
    breaks: 'G4: every send is a new one',
    rule: 'doubled',
    file: 'workers/chat/idempotency.js',
    from: 'if (clientSeq > device.highestClientSeq)',
    to: 'if (clientSeq > 0)',
  },
  {
    breaks: 'G6: a receipt speaks for who has nothing yet',
    rule: 'receipt',
    file: 'workers/chat/lowest-mark.js',
    from: 'return member === this.#holder ? this.#second : this.#lowest;',
    to: 'return Number.MAX_SAFE_INTEGER;',
  },
]

test.each(MUTANTS)('the checker sees it: $breaks', async (mutant) => {
  const topology = await startEmbedded(copyOf(mutant))
  onTestFinished(() => topology.stop())
  const { violations } = await judgeFault(topology, 'kill', RUN)
  expect(new Set(violations.map(({ rule }) => rule))).toContain(mutant.rule)
})

/** @returns the main file of the broken build */
function copyOf({ file, from, to }: Mutant): string {
  const copy = join(COPIES, file.replaceAll('/', '-'))
  mkdirSync(copy, { recursive: true })
  cpSync(DIST, copy, { recursive: true })
  cpSync(join(ROOT, 'package.json'), join(copy, 'package.json'))
  const whole = readFileSync(join(copy, file), 'utf8')
  expect(whole.split(from), `what is to be broken stands once in ${file}`).toHaveLength(2)
  writeFileSync(
    join(copy, file),
    whole.replace(from, () => to),
  )
  return join(copy, 'clients/cli/main.js')
}
