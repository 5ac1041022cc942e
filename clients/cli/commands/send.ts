import { Command } from 'commander'
import { TEXT_BYTES_MAX } from '../../../proto/limits.ts'
import type { Content, SentMessage } from '../../index.ts'
import { contentOf, withContent, type ContentOptions } from '../io/content.ts'
import { connectBriefly, withBriefDevice, type BriefOptions } from '../device.ts'
import { Failure } from '../failure.ts'
import { CHAT_WORDS, sendToMeant, type AnyChat } from '../find-chat.ts'
import { durationS } from '../mint-token.ts'
import { printLine } from '../io/output.ts'
import { readLines } from '../io/stdin.ts'

interface SendOptions extends BriefOptions, ContentOptions {
  readonly lines?: true
  readonly wait?: true
  readonly timeout: string
  readonly json?: true
}

export function sendCommand(): Command {
  return withBriefDevice(
    withContent(
      new Command('send')
        .description('send a message and end; 0 means that the chat has it')
        .argument('<user>', 'who sends')
        .argument('<to>', CHAT_WORDS)
        .argument('[text]', 'without it, all of stdin is the text')
        .option(
          '--lines',
          'each line of stdin is a message of its own; one that is none is told, and the end is 1',
        )
        .option('--wait', 'wait until it is on a device of every other member')
        .option('--timeout <duration>', 'how long to wait', '30s')
        .option('--json', 'print a JSON object for each message'),
    ),
  )
    .addHelpText(
      'after',
      `
Examples:
  npx restante send alice bob 'hello bob'
  df -h | npx restante send alice bob
  tail -f app.log | npx restante send alice operators --lines
  npx restante send alice bob --body --content-type image/png < photo.png
  npx restante send alice bob 'are you there?' --wait --timeout 1m && echo delivered
`,
    )
    .action(send)
}

async function send(user: string, to: string, text: string | undefined, options: SendOptions): Promise<void> {
  const timeoutMs = durationS(options.timeout) * 1000
  if (options.lines && (options.body || text !== undefined))
    throw new Failure('--lines reads texts from stdin: there is another text, or --body.')
  // What can be read at once is, so that nothing is begun for what is no message.
  const content = options.lines ? undefined : await contentOf(text, options)
  const client = await connectBriefly(user, options)
  const post = async (chat: AnyChat, message: Content): Promise<void> => {
    const sent = await chat.send(message)
    await inTime(options.wait ? sent.delivered : sent.accepted, timeoutMs, sent)
    if (options.json) await printLine(JSON.stringify(described(chat, sent)))
  }
  // The first message decides whom a name means.
  let chat: AnyChat | undefined
  const postToMeant = async (message: Content): Promise<void> => {
    if (chat) await post(chat, message)
    else chat = await sendToMeant(client, to, (candidate) => post(candidate, message))
  }
  try {
    if (content) await postToMeant(content)
    else await postLines(postToMeant)
  } finally {
    await client.close()
  }
}

/** A line that is no message is told, and the next one follows. @throws Failure in the end if there was one */
async function postLines(post: (message: Content) => Promise<void>): Promise<void> {
  let bad = 0
  for await (const line of readLines(process.stdin, TEXT_BYTES_MAX)) {
    if ('text' in line) await post(line)
    else {
      bad++
      console.error(`restante: ${line.problem}`)
    }
  }
  if (bad > 0) throw new Failure(`${bad === 1 ? 'One line was' : `${bad} lines were`} not sent.`)
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

function described(chat: AnyChat, { seq, clientSeq, state }: SentMessage): object {
  return { chat: chat.id, seq, clientSeq, state }
}
