import type { Life, Outcome, Struck } from './life.ts'

/** Lives that may be lived for it. */
const LIVES_MAX = 150

type Simulate = (life: Life) => Promise<Outcome>

/**
 * The smallest life found that fails in the same way: fewer faults first, then fewer people and less time. Whoever leaves
 * something out draws another life from there on, so what is left out last may have been what mattered: each is tried.
 *
 * @param told after each life
 */
export async function shrink(
  failed: Outcome,
  simulate: Simulate,
  told: (lives: number, best: Outcome) => void,
): Promise<Outcome> {
  const rule = ruleOf(failed)
  let best = failed
  let lives = 0
  const fails = async (life: Life): Promise<boolean> => {
    if (lives >= LIVES_MAX) return false
    lives++
    const outcome = await simulate(life)
    const isSame = ruleOf(outcome) === rule
    if (isSame) best = outcome
    told(lives, best)
    return isSame
  }
  const { seed, scenario } = failed.life
  const life = (): Life => ({
    seed,
    ...(scenario !== undefined && { scenario }),
    people: best.people,
    days: best.days,
    minutes: best.minutes,
    faults: best.faults,
  })
  // From here on the faults are said, and not drawn: the life is another one, which must fail as well.
  if (!(await fails(life()))) return failed
  let isSmaller = true
  while (isSmaller && lives < LIVES_MAX) {
    const before = sizeOf(best)
    await fewerFaults(
      () => best.faults,
      (faults) => fails({ ...life(), faults }),
    )
    while (best.days > 1 && (await fails({ ...life(), days: best.days - 1 })));
    while (best.minutes > 0.25 && (await fails({ ...life(), minutes: best.minutes / 2 })));
    while (best.people > 2 && (await fails({ ...life(), people: best.people - 1 })));
    isSmaller = sizeOf(best) < before
  }
  return best
}

function sizeOf({ faults, people, days, minutes }: Outcome): number {
  return faults.length + people + days + minutes
}

/** What kind of promise is broken. */
function ruleOf({ violations }: Outcome): string | undefined {
  return violations[0]?.split(':')[0]
}

/** Leaves out halves, quarters, … and single ones, as long as that fails. */
async function fewerFaults(
  now: () => readonly Struck[],
  fails: (faults: readonly Struck[]) => Promise<boolean>,
): Promise<void> {
  for (let size = Math.ceil(now().length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < now().length; ) {
      const rest = now().toSpliced(at, size)
      if (!(await fails(rest))) at += size
    }
  }
}
