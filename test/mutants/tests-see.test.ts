// Would our tests see it if the product were broken? Each thing is broken on purpose, in a copy of the sources.
import { afterAll, expect, test } from 'vitest'
import { MUTATIONS } from './mutations.ts'
import { Workbench } from './workbench.ts'

const bench = new Workbench()
afterAll(() => bench.dispose())

test.for(MUTATIONS)('a test sees it: $breaks', async (mutation, context) => {
  const said = (await bench.try(mutation)).map(({ status }) => status)
  if (said.length > 0 && said.every((status) => status === 'skipped' || status === 'pending'))
    context.skip('that test is skipped here')
  expect(said).toContain('failed')
})
