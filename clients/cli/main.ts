#!/usr/bin/env -S node --max-semi-space-size=32 --heap-growing-percent=100
// What a message leaves in memory lives as long as it is on its way. With 32 MB for what is young (the default is 16)
// most of it is gone before it is looked at: a seventh of the processor time under load (docs/benchmarks.md). What is old
// is looked through when it is twice what it was: left to itself, V8 does so for each tenth more of a small heap, some
// times a second.
import { Command } from 'commander'
import { sentenceOf } from './failure.ts'
import { version } from './version.ts'

/** In the order of --help. Only the one that was asked for is loaded: most need little of the program. */
const COMMANDS: Record<string, () => Promise<Command>> = {
  start: async () => (await import('./commands/start.ts')).startCommand(),
  broker: async () => (await import('./commands/roles.ts')).brokerCommand(),
  worker: async () => (await import('./commands/roles.ts')).workerCommand(),
  migrate: async () => (await import('./commands/roles.ts')).migrateCommand(),
  token: async () => (await import('./commands/token.ts')).tokenCommand(),
  user: async () => (await import('./commands/operator.ts')).userCommand(),
  device: async () => (await import('./commands/operator.ts')).deviceCommand(),
  dead: async () => (await import('./commands/operator.ts')).deadCommand(),
  chat: async () => (await import('./commands/chat.ts')).chatCommand(),
  send: async () => (await import('./commands/send.ts')).sendCommand(),
  watch: async () => (await import('./commands/watch.ts')).watchCommand(),
  frame: async () => (await import('./commands/frame.ts')).frameCommand(),
  bench: async () => (await import('./commands/bench.ts')).benchCommand(),
}

// Secrets, messages, sockets: whatever any command makes is its user's alone.
process.umask(0o077)

const program = new Command('restante')
  .description('A self-hosted messaging system over plain MQTT 3.1.1.')
  .version(version())
  .option('--verbose', 'print stacks of errors')
  .showHelpAfterError('Add --help for what there is.')
  .addHelpText(
    'after',
    `
The first minutes:
  npx restante start
  npx restante user add alice bob
  npx restante chat alice --to bob      (in a second terminal)
  npx restante chat bob --to alice      (in a third)
`,
  )

const asked = process.argv.slice(2).find((argument) => !argument.startsWith('-')) ?? ''
const names = Object.hasOwn(COMMANDS, asked) ? [asked] : Object.keys(COMMANDS)
for (const name of names) program.addCommand(await (COMMANDS[name] as () => Promise<Command>)())

try {
  await program.parseAsync()
} catch (error) {
  console.error(program.opts<{ verbose?: true }>().verbose ? error : `restante: ${sentenceOf(error)}`)
  process.exit(1)
}
