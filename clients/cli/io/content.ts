import type { Command } from 'commander'
import { BODY_BYTES_MAX, TEXT_BYTES_MAX } from '../../../proto/limits.ts'
import type { Content } from '../../index.ts'
import { Failure } from '../failure.ts'
import { readBytes, readText } from './stdin.ts'

/** How a command is told what a message says. */
export interface ContentOptions {
  readonly body?: true
  readonly contentType?: string
}

export function withContent(command: Command): Command {
  return command
    .option('--body', 'stdin is not text but bytes, of any kind')
    .option('--content-type <type>', "the bytes' kind, e.g. image/png (default: application/octet-stream)")
}

/** What an argument or stdin says. @throws Failure if that is nothing, too much, or not what the options say */
export async function contentOf(text: string | undefined, options: ContentOptions): Promise<Content> {
  if (!options.body) {
    if (options.contentType !== undefined) throw new Failure('--content-type is that of --body.')
    const read = text ?? (await readText(process.stdin, TEXT_BYTES_MAX))
    if (read === '') throw new Failure('There is no text: give it as an argument or on stdin.')
    return { text: read }
  }
  if (text !== undefined) throw new Failure('--body takes its bytes from stdin: there is a text, too.')
  const body = await readBytes(process.stdin, BODY_BYTES_MAX)
  if (body.length === 0) throw new Failure('There is no body: stdin is empty.')
  return { body, ...(options.contentType !== undefined && { contentType: options.contentType }) }
}
