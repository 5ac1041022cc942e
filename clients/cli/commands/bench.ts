import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'

const BENCH = fileURLToPath(new URL('../../../bench/main.js', import.meta.url))

/** The scenarios are a program of their own, so that the load generator loads nothing of this one. */
export function benchCommand(): Command {
  return new Command('bench')
    .description('measure a real server on this machine; "bench --help" lists the scenarios')
    .argument('[arguments...]', 'scenario and its options')
    .helpOption(false)
    .allowUnknownOption()
    .addHelpText('after', '\nExample:\n  npx restante bench ticks --pairs 20 --window 10 --json\n')
    .action(async (args: string[]) => {
      const child = spawn(process.execPath, [BENCH, ...args], { stdio: 'inherit' })
      const [code] = (await once(child, 'exit')) as [number | null]
      process.exitCode = code ?? 1
    })
}
