import { availableParallelism } from 'node:os'
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'

type Options = TestProjectInlineConfiguration['test']

const project = (name: string, testTimeout: number, more: Options = {}): TestProjectInlineConfiguration => ({
  test: { name, include: [`test/${name}/**/*.test.ts`], testTimeout, hookTimeout: 180_000, ...more },
})

/** Projects that start the compiled program. */
const onServers = { setupFiles: 'test/support/leak-check.ts' }
const onPostgres = { ...onServers, globalSetup: 'test/support/stores/prepare-postgres.ts' }

/** The same tests on each pair of stores: they talk to a whole server, and need not know what it stores where. */
const onEachPair = (suite: string, include: string, testTimeout: number): TestProjectInlineConfiguration[] =>
  (['lmdb + PGlite', 'Redis + PostgreSQL', 'Redis Cluster + PostgreSQL'] as const).map((stores) =>
    project(`${suite} on ${stores}`, testTimeout, {
      include: [include],
      provide: { stores },
      ...(stores === 'lmdb + PGlite' ? onServers : onPostgres),
    }),
  )

/** Tests of the clients; the other integration tests are of one part, or of certain stores. */
const CLIENTS = 'test/integration/{sdk,cli}/*.test.ts'

/** Tests that need a Redis or a PostgreSQL. */
const production = (suite: string): string => `test/${suite}/production/*.test.ts`

/** It starts, kills and damages databases for half a minute: with the long ones, and not in `npm test`. */
const EMBEDDED_THREAD = 'test/integration/workers/embedded-thread.test.ts'

const FAULT_SEEDS = Array.from({ length: 20 }, (_, i) => 1_000 + i)

const fault = (name: string, faultSeeds: number[]): TestProjectInlineConfiguration =>
  project(name, 600_000, { ...onServers, include: ['test/fault/*.test.ts'], provide: { faultSeeds } })

// How long a test may take is no measure of anything: it ends what hangs, also on a machine with other things to do.
export default defineConfig({
  test: {
    // Most tests wait most of the time: for a server to start, for a disk, for a deadline.
    maxWorkers: 2 * availableParallelism(),
    projects: [
      project('unit', 30_000),
      project('house', 60_000),
      project('contract', 90_000, { exclude: [production('contract')] }),
      project('contract (production)', 90_000, { include: [production('contract')] }),
      ...onEachPair('conformance', 'test/conformance/*/*.test.ts', 90_000),
      project('integration', 180_000, {
        ...onServers,
        exclude: [CLIENTS, production('integration'), EMBEDDED_THREAD],
      }),
      project('integration (production)', 180_000, {
        ...onServers,
        include: [production('integration'), EMBEDDED_THREAD],
      }),
      ...onEachPair('integration', CLIENTS, 180_000),
      fault('fault', FAULT_SEEDS.slice(0, 2)),
      fault('fault (the other seeds)', FAULT_SEEDS.slice(2)),
      project('sim', 600_000),
      project('bench', 180_000, onServers),
      project('mutants', 600_000, onServers),
      // On many processes, against deadlines: after all others, one file at a time.
      project('cluster', 600_000, { ...onServers, fileParallelism: false }),
    ],
  },
})
