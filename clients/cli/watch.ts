import { Command } from 'commander'
import type { Client, Message } from '../index.ts'
import { connectDurable, findChat, withDevice, type DeviceOptions } from './device.ts'
import { connectFailure } from './target.ts'
import { changeText, contentOf, nameOf } from './describe.ts'
import { wholeNumber } from './numbers.ts'
import { untilStopped } from './signals.ts'

interface WatchOptions extends DeviceOptions {
  readonly chat?: string
  readonly count?: string
  readonly markRead?: true
  readonly json?: true
}

export function watchCommand(): Command {
  return withDevice(
    new Command('watch')
      .description("print a user's messages as they come, each once; what came meanwhile is printed first")
      .argument('<user>', 'whose messages')
      .option('--chat <chat>', "only those of this chat: another user, a group's name, or a chat id")
      .option('--count <n>', 'end after so many')
      .option('--mark-read', 'tell the senders that they were read')
      .option('--json', 'print a JSON object for each')
      .option('--store <directory>', 'where this device remembers what it has printed'),
    'watch',
  )
    .addHelpText(
      'after',
      `
Examples:
  npx restante watch bob
  npx restante watch bob --json | jq -r .text
  npx restante watch bob --chat alice --count 1
`,
    )
    .action(watch)
}

async function watch(user: string, options: WatchOptions): Promise<void> {
  const countMax = options.count === undefined ? Number.POSITIVE_INFINITY : wholeNumber(options.count)
  const client = await connectDurable(user, options)
  const stopped = untilStopped()
  try {
    const only = options.chat === undefined ? undefined : (await findChat(client, options.chat)).id
    await Promise.race([stopped, printed(client, options, only, countMax), ended(client, options.url)])
  } finally {
    await client.close()
  }
}

/** Resolves when `countMax` messages were printed. A message counts as handled when it was written. */
function printed(
  client: Client,
  options: WatchOptions,
  only: string | undefined,
  countMax: number,
): Promise<void> {
  let count = 0
  return new Promise((resolve) => {
    const print = (message: Message): void => {
      if (only !== undefined && message.chatId !== only) return
      console.log(options.json ? JSON.stringify(message) : lineOf(client, message))
      if (options.markRead) client.chat(message.chatId).markRead(message.seq).catch(ignore)
      if (++count < countMax) return
      // What came with it waits for the next run.
      client.off('message', print).off('change', print)
      resolve()
    }
    client.on('message', print)
    client.on('change', print)
  })
}

/** Rejects when the server refuses the device for good; connections that break are made again. */
function ended(client: Client, url: string): Promise<never> {
  return new Promise((_resolve, reject) => {
    client.on('closed', ({ error }) => {
      if (error) reject(connectFailure(url, error))
    })
  })
}

/** `alice: hello`, with the group's name in front; line breaks and what a terminal obeys are spaces. */
function lineOf(client: Client, message: Message): string {
  const chat = client.chat(message.chatId)
  const group = chat.kind === 'group' ? `[${nameOf(chat)}] ` : ''
  const what = message.change
    ? `* ${message.sender} ${changeText(message.change)}`
    : `${message.sender}: ${contentOf(message)}`
  return `${group}${what}`.replaceAll('\n', ' ')
}

function ignore(): void {}
