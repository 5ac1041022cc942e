import { createInterface } from 'node:readline'
import { Command } from 'commander'
import type { DirectChat, Group, SentMessage } from '../index.ts'
import { connectBriefly, findChat, withDevice, type DeviceOptions } from './device.ts'
import { Failure } from './failure.ts'
import { durationS } from './mint-token.ts'
import { readAll } from './stdin.ts'

interface SendOptions extends DeviceOptions {
  readonly lines?: true
  readonly wait?: true
  readonly timeout: string
  readonly json?: true
}

export function sendCommand(): Command {
  return withDevice(
    new Command('send')
      .description('send a message and end; 0 means that the chat has it')
      .argument('<user>', 'who sends')
      .argument('<to>', "another user, a group's name, or a chat id")
      .argument('[text]', 'without it, all of stdin is the text')
      .option('--lines', 'each line of stdin is a message of its own')
      .option('--wait', 'wait until it is on a device of every other member')
      .option('--timeout <duration>', 'how long to wait', '30s')
      .option('--json', 'print a JSON object for each message'),
    'send',
  )
    .addHelpText(
      'after',
      `
Examples:
  npx restante send alice bob 'hello bob'
  df -h | npx restante send alice bob
  tail -f app.log | npx restante send alice operators --lines
  npx restante send alice bob 'are you there?' --wait --timeout 1m && echo delivered
`,
    )
    .action(send)
}

async function send(user: string, to: string, text: string | undefined, options: SendOptions): Promise<void> {
  const timeoutMs = durationS(options.timeout) * 1000
  const client = await connectBriefly(user, options)
  try {
    const chat = await findChat(client, to)
    for await (const message of texts(text, options)) {
      const sent = await chat.send({ text: message })
      await inTime(options.wait ? sent.delivered : sent.accepted, timeoutMs, sent)
      if (options.json) console.log(JSON.stringify(described(chat, sent)))
    }
  } finally {
    await client.close()
  }
}

async function* texts(argument: string | undefined, options: SendOptions): AsyncGenerator<string> {
  if (argument !== undefined) yield argument
  else if (options.lines) yield* nonEmpty(createInterface({ input: process.stdin }))
  else yield (await readAll(process.stdin)).replace(/\r?\n$/, '')
}

async function* nonEmpty(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) if (line !== '') yield line
}

/** @throws Failure when the time is up, which says how far the message came */
async function inTime(milestone: Promise<unknown>, ms: number, sent: SentMessage): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const state =
        sent.state === 'accepted' ? 'The chat has it, but not every member yet' : `It is ${sent.state}`
      reject(new Failure(`${state} after ${ms / 1000} s.`))
    }, ms)
  })
  await Promise.race([milestone, late]).finally(() => clearTimeout(timer))
}

function described(chat: DirectChat | Group, { seq, clientSeq, state }: SentMessage): object {
  return { chat: chat.id, seq, clientSeq, state }
}
