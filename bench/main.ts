import { Command, InvalidArgumentError } from 'commander'
import { ATTACKS } from './attacks/attacks.ts'
import { backlog } from './scenarios/backlog.ts'
import { bystander } from './scenarios/bystander.ts'
import { compare } from './scenarios/compare.ts'
import { mailbox } from './scenarios/mailbox.ts'
import { printResult, type Output } from './output.ts'
import { withServer, type StoreName } from './server.ts'
import { devices } from './scenarios/devices.ts'
import { fanout } from './scenarios/fanout.ts'
import { start } from './scenarios/start.ts'
import { ticks } from './scenarios/ticks.ts'
import { tls } from './scenarios/tls.ts'
import { wire } from './scenarios/wire.ts'

interface Flags extends Output {
  readonly store: StoreName
}

interface ServerFlags extends Flags {
  readonly cpuProf?: string
}

/** `npm run -s bench -- <scenario>`: each scenario starts its own server and prints one result. */
const program = new Command('bench')
  .description('Measure a real server on this machine: each scenario starts one in a process of its own.')
  .addHelpText(
    'after',
    '\nExample:\n  npm run -s bench -- ticks --pairs 20 --window 10 --seconds 6 --bytes 100 --json\n',
  )

profiled('ticks', 'pairs of users exchange messages; a tick: the sender has the delivered receipt')
  .option('--pairs <n>', 'pairs of users', wholeNumber, 20)
  .option('--window <n>', 'messages of a pair on their way at any moment', wholeNumber, 10)
  .option('--seconds <n>', 'how long', wholeNumber, 6)
  .option('--bytes <n>', 'text bytes of a message', wholeNumber, 100)
  .action(
    async (options: ServerFlags & { pairs: number; window: number; seconds: number; bytes: number }) => {
      const { pairs, window, seconds, bytes } = options
      const result = await withServer(options, (server) => ticks(server, { pairs, window, seconds, bytes }))
      printResult('ticks', { store: options.store, ...result }, options)
    },
  )

profiled('wire', 'bytes and packets on both links for a message of 5 characters between two SDK clients')
  .option('--messages <n>', 'how many, one after the other', wholeNumber, 100)
  .action(async (options: ServerFlags & { messages: number }) => {
    const result = await withServer(options, (server) => wire(server, options.messages))
    printResult('wire', { store: options.store, ...result }, options)
  })

profiled('backlog', 'a device comes back to a long backlog while live messages go on')
  .option('--messages <n>', 'messages that wait', wholeNumber, 10_000)
  .option('--bytes <n>', 'text bytes of a message', wholeNumber, 100)
  .option('--live-rate <n>', 'messages per second that are sent meanwhile', wholeNumber, 200)
  .action(async (options: ServerFlags & { messages: number; bytes: number; liveRate: number }) => {
    const { messages, bytes, liveRate } = options
    const result = await withServer(options, (server) => backlog(server, { messages, bytes, liveRate }))
    printResult('backlog', { store: options.store, ...result }, options)
  })

scenario('mailbox', 'the mailbox store alone: append, read and acknowledge, by entries in one append')
  .option('--mailboxes <n>', 'mailboxes, each with a writer', wholeNumber, 40)
  .option('--seconds <n>', 'how long each round', wholeNumber, 2)
  .option('--bytes <n>', 'bytes of an entry', wholeNumber, 150)
  .action(async (options: Flags & { mailboxes: number; seconds: number; bytes: number }) => {
    const { mailboxes, seconds, bytes } = options
    const result = await mailbox(options.store, { mailboxes, seconds, bytes })
    printResult('mailbox', { store: options.store, ...result }, options)
  })

scenario('fanout', 'the mailbox store alone: what it writes for a message to a group whose members are away')
  .option('--members <n>', 'members of the group', wholeNumber, 1_000)
  .option('--bytes <n>', 'text bytes of a message', wholeNumber, 200)
  .option('--messages <n>', 'how many, one after the other', wholeNumber, 100)
  .action(async (options: Flags & { members: number; bytes: number; messages: number }) => {
    const { members, bytes, messages } = options
    const result = await fanout(options.store, { members, bytes, messages })
    printResult('fanout', { store: options.store, ...result }, options)
  })

scenario('start', 'a first and a second start of a whole server: until a message arrives, and its memory')
  .option('--settle <s>', 'seconds from the message on until memory at rest is read', wholeNumber, 75)
  .action(async (options: Flags & { settle: number }) => {
    for await (const result of start(options.store, options.settle))
      printResult('start', { store: options.store, ...result }, options)
  })

scenario('devices', "a broker's start with no device registered, and with many; its store is Redis")
  .option('--devices <n>', 'registered devices', wholeNumber, 1_000_000)
  .action(async (options: Flags & { devices: number }) => {
    printResult('devices', { store: 'redis', ...(await devices(options.devices)) }, options)
  })

profiled('compare', 'ticks beside ejabberd (apt-get install ejabberd; as root), in turns, and their ratio')
  .option('--seconds <n>', 'how long each turn', wholeNumber, 6)
  .option('--rounds <n>', 'turns of each', wholeNumber, 3)
  .option('--bytes <n>', 'text bytes of a message', wholeNumber, 100)
  .action(async (options: ServerFlags & { seconds: number; rounds: number; bytes: number }) => {
    const { seconds, rounds, bytes } = options
    const result = await compare(options, { seconds, rounds, bytes, pairs: 20, windows: [10, 50] })
    printResult('compare', { store: options.store, ...result }, options)
  })

profiled('tls', 'ticks, connects and memory over TLS beside plain, and a certificate that changes meanwhile')
  .option('--connections <n>', 'devices that are connected and silent', wholeNumber, 1_000)
  .option('--seconds <n>', 'how long pairs exchange messages', wholeNumber, 6)
  .action(async (options: ServerFlags & { connections: number; seconds: number }) => {
    const { store, connections, seconds } = options
    printResult('tls', { store, ...(await tls(options, { connections, seconds })) }, options)
  })

profiled(
  'bystander',
  'a pair exchanges messages while one account, or a stranger, attacks under default limits',
)
  .option('--attack <name>', `one of them alone: ${Object.keys(ATTACKS).join(', ')}`, attackName)
  .option('--seconds <n>', 'how long each attack', wholeNumber, 10)
  .action(async (options: ServerFlags & { attack?: string; seconds: number }) => {
    const { attack, seconds } = options
    for (const each of attack === undefined ? Object.keys(ATTACKS) : [attack]) {
      const result = await bystander(options, each, seconds)
      printResult('bystander', { store: options.store, ...result }, options)
    }
  })

function scenario(name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .option(
      '--store <name>',
      'lmdb, or redis (REDIS_URL, or a redis-server from the PATH)',
      storeName,
      'lmdb',
    )
    .option('--json', 'print exactly one line of JSON')
    .option('--record', 'append the result to bench/results.jsonl')
}

/** One whose server can be looked into. */
function profiled(name: string, description: string): Command {
  return scenario(name, description).option(
    '--cpu-prof <directory>',
    'write CPU profiles of the server there, one for each of its threads',
  )
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.')
  return Number(text)
}

function storeName(text: string): StoreName {
  if (text !== 'lmdb' && text !== 'redis') throw new InvalidArgumentError('It must be lmdb or redis.')
  return text
}

function attackName(text: string): string {
  if (!Object.hasOwn(ATTACKS, text)) throw new InvalidArgumentError('There is no such attack.')
  return text
}

try {
  await program.parseAsync()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
