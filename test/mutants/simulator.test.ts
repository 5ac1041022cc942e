// Does the simulator see a mistake? Each is planted into a copy of the sources, and lived from a life on that shows it.
import { afterAll, expect, test } from 'vitest'
import { MISTAKES } from '../sim/mistakes/mistakes.ts'
import { Planter } from '../sim/mistakes/planter.ts'

/** The product draws another life as soon as it asks for chance once more: the next ones show it as well. */
const LIVES_MAX = 60

const planter = new Planter()
afterAll(() => planter.dispose())

test.for(MISTAKES.flatMap((mistake) => (mistake.shown === undefined ? [] : [mistake])))(
  'the simulator sees it: $name',
  async ({ name, edits, shown }) => {
    const { seed = 0, scenario = 'all' } = shown ?? {}
    const args = ['--from', String(seed), '--seeds', String(LIVES_MAX), '--scenario', scenario]
    const found = await planter.hunt({ name, edits }, args)
    expect(found.seed, `none of ${found.lives} lives shows it`).toBeDefined()
  },
)
