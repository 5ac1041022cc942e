import { Failure, sentenceOf } from '../failure.ts'

/** Whoever read stdout has what it wanted, as `head` does, and is gone. */
export class ReaderGone extends Error {
  override readonly name = 'ReaderGone'
}

/**
 * Writes a line to stdout. Resolves when the system has taken it, so that what is handled then is not lost.
 *
 * @throws ReaderGone; Failure for anything else that keeps it from being written, like a full disk
 */
export function printLine(line: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error: NodeJS.ErrnoException | null | undefined): void => {
      if (!error) resolve()
      else if (error.code === 'EPIPE') reject(new ReaderGone())
      else reject(new Failure(`stdout takes no more: ${sentenceOf(error)}`))
    }
    // Without a listener the stream's own event would end the process before the callback is called.
    if (process.stdout.listenerCount('error') === 0) process.stdout.on('error', () => {})
    process.stdout.write(`${line}\n`, settle)
  })
}
