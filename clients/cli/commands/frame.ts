import { Command } from 'commander'
import { encodeUp, MalformedFrame, type Up } from '../../../proto/codec.ts'
import { directChatId, isChatId, isUserId } from '../../../proto/ids.ts'
import { chatTopic, userTopic } from '../../../proto/topics.ts'
import { contentOf, withContent, type ContentOptions } from '../io/content.ts'
import { DownLines, DownStream, frameJson } from '../terminal/down-lines.ts'
import { Failure } from '../failure.ts'
import { wholeNumber } from '../io/numbers.ts'

/** Frames for MQTT clients that know nothing of Restante, such as mosquitto_pub and mosquitto_sub. */
export function frameCommand(): Command {
  const command = new Command('frame').description('make and read frames, for chatting with any MQTT client')
  command
    .command('topic')
    .description("print a topic: what a user's devices get, or the direct chat of two users")
    .argument('<user>')
    .argument('[peer]', 'the other user of a direct chat, or a chat id')
    .action((user: string, peer: string | undefined) => console.log(topicOf(user, peer)))
  withContent(command.command('encode'))
    .description('write an Up frame to stdout; publish it to the topic of a chat')
    .argument('[text]', 'text of the message; without it, stdin is the text')
    .option('--peer <user>', 'the other user: needed until the first message of a direct chat was accepted')
    .option('--client-seq <n>', 'number of this send; the same one again is the same message', wholeNumber)
    .option('--json <up>', 'another frame, as JSON, e.g. {"read":{"upTo":3}}')
    .action(async (text: string | undefined, options: EncodeOptions) => {
      const up =
        options.json === undefined ? await messageUp(text, options) : jsonUp(options.json, options.clientSeq)
      process.stdout.write(encodeUp(up))
    })
  command
    .command('decode')
    .description('read Down frames from stdin, as they come, and print one line per item')
    .option('--json', 'one JSON object per line')
    .action(decode)
  command.addHelpText('after', EXAMPLES)
  return command
}

const EXAMPLES = `
Examples:
  mosquitto_sub -i bob/mosquitto -c -q 1 -u bob -P "$(npx restante token bob)" \\
    -t "$(npx restante frame topic bob)" -N | npx restante frame decode
  npx restante frame encode --peer bob 'hello bob' | mosquitto_pub -i alice/mosquitto -c -q 1 -u alice \\
    -P "$(npx restante token alice)" -t "$(npx restante frame topic alice bob)" -s
  npx restante frame encode --json '{"create":{"name":"trip","members":["bob"]}}' > create.frame
`

interface EncodeOptions extends ContentOptions {
  readonly peer?: string
  readonly clientSeq?: number
  readonly json?: string
}

function topicOf(user: string, peer: string | undefined): string {
  if (!isUserId(user)) throw new Failure(`"${user}" is not a user id.`)
  if (peer === undefined) return userTopic(user)
  if (isUserId(peer) && peer !== user) return chatTopic(directChatId(user, peer))
  if (isChatId(peer)) return chatTopic(peer)
  throw new Failure(`"${peer}" is neither another user nor a chat id.`)
}

async function messageUp(text: string | undefined, options: EncodeOptions): Promise<Up> {
  const { clientSeq = clockClientSeq(), peer } = options
  return { message: { ...(await contentOf(text, options)), clientSeq, ...(peer !== undefined && { peer }) } }
}

const KINDS_WITH_CLIENT_SEQ = [
  'message',
  'create',
  'add',
  'remove',
  'leave',
  'rename',
  'setRole',
  'setDisappearing',
] as const

function jsonUp(json: string, clientSeq: number | undefined): Up {
  let up: Up
  try {
    up = JSON.parse(json) as Up
  } catch (cause) {
    throw new Failure(`--json is not JSON: ${(cause as Error).message}`)
  }
  for (const kind of KINDS_WITH_CLIENT_SEQ) {
    const command = up[kind]
    if (command) command.clientSeq ??= clientSeq ?? clockClientSeq()
  }
  return up
}

/** A client without memory numbers its sends by the clock, in microseconds. */
function clockClientSeq(): number {
  return Math.floor((performance.timeOrigin + performance.now()) * 1000)
}

async function decode(options: { json?: true }): Promise<void> {
  const stream = new DownStream()
  const lines = new DownLines()
  try {
    for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
      for (const down of stream.take(chunk)) {
        for (const line of options.json ? [frameJson(down)] : lines.of(down)) console.log(line)
      }
    }
  } catch (error) {
    if (error instanceof MalformedFrame || error instanceof RangeError) {
      throw new Failure(
        'What comes on stdin are not Down frames; mosquitto_sub needs -N to write them as they are.',
      )
    }
    throw error
  }
  if (!stream.isComplete) throw new Failure('What came on stdin ended in the middle of a frame.')
}
