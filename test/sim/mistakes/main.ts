// Does the simulator see anything? Each mistake is planted into a copy of the sources, and lives are drawn until one shows it.
import { parseArgs } from 'node:util'
import { MISTAKES } from './mistakes.ts'
import { Planter } from './planter.ts'

const HELP = `npm run -s sim:mistakes -- [options]

  --minutes N   lives of each mistake for so long, at most (10)
  --from N      the first of them (100)
  --scenario X  what happens in them (all)
  --only TEXT   mistakes whose names have that in them
`

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    from: { type: 'string', default: '100' },
    scenario: { type: 'string', default: 'all' },
    only: { type: 'string', default: '' },
    help: { type: 'boolean', default: false },
  },
})

async function hunt(): Promise<void> {
  const planter = new Planter()
  try {
    for (const mistake of MISTAKES.filter(({ name }) => name.includes(values.only))) {
      const { seed, lives, printed } = await planter.hunt(mistake, [
        '--from',
        values.from,
        '--minutes',
        values.minutes,
        '--scenario',
        values.scenario,
      ])
      process.stdout.write(
        seed === undefined
          ? `not in ${lives} lives: ${mistake.name}\n`
          : `in life ${lives}, seed ${seed}: ${mistake.name}\n${printed}\n`,
      )
      if (seed === undefined) process.exitCode = 1
    }
  } finally {
    planter.dispose()
  }
}

if (values.help) process.stdout.write(HELP)
else await hunt()
