import { Command } from 'commander'
import type { Client, Message, MessageStream } from '../../index.ts'
import { connectDurable, withDevice, type DeviceOptions } from '../device.ts'
import { connectFailure } from '../target.ts'
import { changeText, contentOf, messageJson, nameOf } from '../terminal/describe.ts'
import { CHAT_WORDS, findChat } from '../find-chat.ts'
import { wholeNumber } from '../io/numbers.ts'
import { printLine, ReaderGone } from '../io/output.ts'
import { untilStopped } from '../io/signals.ts'

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
      .option('--chat <chat>', `only those of this chat: ${CHAT_WORDS}`)
      .option('--count <n>', 'end after so many')
      .option('--mark-read', 'tell the senders that they were read')
      .option('--json', 'print a JSON object for each, bodies in base64')
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
    const source = options.chat === undefined ? client : await findChat(client, options.chat)
    const messages = source.messages({ withChanges: true })
    await Promise.race([stopped, printed(client, messages, options, countMax), ended(client, options.url)])
  } catch (error) {
    if (!(error instanceof ReaderGone)) throw error
  } finally {
    await client.close()
  }
}

/**
 * Prints until `countMax` messages were. A message is handled when stdout has taken it: what was not printed, for
 * whatever reason, waits for the next run.
 */
async function printed(
  client: Client,
  messages: MessageStream,
  options: WatchOptions,
  countMax: number,
): Promise<void> {
  // No `for await`: when its body throws it says that the message was handled.
  for (let count = 0; count < countMax; count++) {
    const { done, value: message } = await messages.next()
    if (done) return
    await printLine(options.json ? messageJson(message) : lineOf(client, message))
    if (options.markRead) client.chat(message.chatId).markRead(message.seq).catch(ignore)
  }
  await messages.return()
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
