#!/usr/bin/env node
import { Command } from 'commander'
import { benchCommand } from './bench.ts'
import { chatCommand } from './chat.ts'
import { sentenceOf } from './failure.ts'
import { frameCommand } from './frame.ts'
import { deadCommand, deviceCommand, userCommand } from './operator.ts'
import { brokerCommand, migrateCommand, workerCommand } from './roles.ts'
import { sendCommand } from './send.ts'
import { startCommand } from './start.ts'
import { tokenCommand } from './token.ts'
import { watchCommand } from './watch.ts'

const program = new Command('restante')
  .description('A self-hosted messaging system over plain MQTT 3.1.1.')
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

for (const make of [
  startCommand,
  brokerCommand,
  workerCommand,
  migrateCommand,
  tokenCommand,
  userCommand,
  deviceCommand,
  deadCommand,
  chatCommand,
  sendCommand,
  watchCommand,
  frameCommand,
  benchCommand,
]) {
  program.addCommand(make())
}

try {
  await program.parseAsync()
} catch (error) {
  console.error(program.opts<{ verbose?: true }>().verbose ? error : `restante: ${sentenceOf(error)}`)
  process.exit(1)
}
