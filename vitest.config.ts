import { defineConfig } from 'vitest/config'

const project = (
  name: string,
  testTimeout: number,
  more: { globalSetup?: string; setupFiles?: string } = {},
) => ({
  test: { name, include: [`test/${name}/**/*.test.ts`], testTimeout, hookTimeout: testTimeout, ...more },
})

/** Projects that start the compiled program. */
const onServers = { globalSetup: 'test/support/prepare.ts', setupFiles: 'test/support/leak-check.ts' }

export default defineConfig({
  test: {
    projects: [
      project('unit', 5_000),
      project('house', 20_000),
      project('contract', 30_000),
      project('conformance', 30_000, onServers),
      project('integration', 60_000),
      project('fault', 600_000, onServers),
      // Minutes long: `npm run test:cluster`, not part of `npm test`.
      project('cluster', 600_000, onServers),
    ],
  },
})
