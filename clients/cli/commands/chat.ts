import { Command } from 'commander'
import { ChatRoom } from '../terminal/chat-room.ts'
import { connectDurable, withDevice, type DeviceOptions } from '../device.ts'
import { CHAT_WORDS, findChat } from '../find-chat.ts'
import { Failure } from '../failure.ts'
import { Screen } from '../terminal/screen.ts'

interface ChatOptions extends DeviceOptions {
  readonly to?: string
}

export function chatCommand(): Command {
  return withDevice(
    new Command('chat')
      .description('chat in this terminal')
      .argument('<user>', 'who you are')
      .option('--to <chat>', `open this chat at once: ${CHAT_WORDS}`)
      .option('--store <directory>', 'where messages and the outbox of this device live'),
    'terminal',
  )
    .addHelpText(
      'after',
      `
Behind your messages: · waits for the server, ✓ the server has it, ✓✓ everybody's device has it, ✓✓ read.
/help in the chat lists the commands.

Examples:
  npx restante chat alice --to bob
  npx restante chat alice --url wss://chat.example.org/mqtt --token "$TOKEN"
`,
    )
    .action(chat)
}

async function chat(user: string, options: ChatOptions): Promise<void> {
  const { stdin, stdout } = process
  if (!stdin.isTTY || !stdout.isTTY) {
    throw new Failure('chat needs a terminal: in scripts use "restante send" and "restante watch".')
  }
  const client = await connectDurable(user, options)
  const first = options.to === undefined ? undefined : await findChat(client, options.to)
  const screen = new Screen(stdin, stdout)
  const room = new ChatRoom(client, screen, options.url)
  try {
    await room.enter(first)
    await room.ended
  } finally {
    screen.close()
    await client.close()
  }
}
