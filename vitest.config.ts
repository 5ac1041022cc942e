import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'

type Options = TestProjectInlineConfiguration['test']

const project = (name: string, testTimeout: number, more: Options = {}): TestProjectInlineConfiguration => ({
  test: { name, include: [`test/${name}/**/*.test.ts`], testTimeout, hookTimeout: testTimeout, ...more },
})

/** Projects that start the compiled program. */
const onServers = { globalSetup: 'test/support/prepare.ts', setupFiles: 'test/support/leak-check.ts' }
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

export default defineConfig({
  test: {
    projects: [
      project('unit', 5_000),
      project('house', 20_000),
      project('contract', 30_000),
      ...onEachPair('conformance', 'test/conformance/*/*.test.ts', 30_000),
      project('integration', 60_000, { ...onServers, exclude: [CLIENTS] }),
      ...onEachPair('integration', CLIENTS, 60_000),
      project('fault', 600_000, onServers),
      // On many processes, against deadlines: after all others, one file at a time.
      project('cluster', 600_000, { ...onServers, fileParallelism: false }),
    ],
  },
})
