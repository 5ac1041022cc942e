import { Failure } from '../failure.ts'

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf])
const LINE_FEED = 10
const CARRIAGE_RETURN = 13

/** A mark before a text, and a line break behind it. */
const AROUND_BYTES = BYTE_ORDER_MARK.length + 2

type Chunks = AsyncIterable<Buffer | string>

/**
 * Everything that comes until the end of the stream.
 *
 * @param around bytes that may come with it and are none of it
 * @throws Failure as soon as it is too much
 */
export async function readBytes(stream: Chunks, bytesMax: number, around = 0): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of stream) {
    chunks.push(Buffer.from(chunk))
    bytes += chunk.length
    if (bytes > bytesMax + around) throw tooLarge('stdin', bytesMax)
  }
  return Buffer.concat(chunks)
}

/**
 * Everything as one text, without a byte order mark and the last line break.
 *
 * @throws Failure that names the line if it is not UTF-8, or the limit if it is longer
 */
export async function readText(stream: Chunks, bytesMax: number): Promise<string> {
  const all = await readBytes(stream, bytesMax, AROUND_BYTES)
  const bytes = withoutLineEnd(withoutMark(all))
  if (bytes.length > bytesMax) throw tooLarge('stdin', bytesMax)
  return utf8(bytes) ?? utf8Of(linesIn(bytes))
}

/** One line of stdin: its text, or why it is none. */
export type Line = { readonly text: string } | { readonly problem: string }

/** The lines of a stream that are not empty, as they come. What is wrong with one does not end it. */
export async function* readLines(stream: Chunks, bytesMax: number): AsyncGenerator<Line> {
  let number = 0
  for await (const raw of splitLines(stream, bytesMax)) {
    number++
    const bytes = withoutLineEnd(number === 1 ? withoutMark(raw) : raw)
    if (bytes.length === 0) continue
    if (bytes.length > bytesMax) yield { problem: tooLarge(`line ${number}`, bytesMax).message }
    else yield asLine(number, bytes)
  }
}

function asLine(number: number, bytes: Buffer): Line {
  const text = utf8(bytes)
  return text === undefined ? { problem: notUtf8(number).message } : { text }
}

/** Cut behind each line feed. Of a line that is too long only so much is kept that it shows. */
async function* splitLines(stream: Chunks, bytesMax: number): AsyncGenerator<Buffer> {
  let parts: Buffer[] = []
  let kept = 0
  const keep = (part: Buffer): void => {
    // One byte that is too many shows that it is too long.
    const room = Math.max(0, bytesMax + AROUND_BYTES + 1 - kept)
    parts.push(part.subarray(0, room))
    kept += Math.min(room, part.length)
  }
  for await (const chunk of stream) {
    let rest = Buffer.from(chunk)
    for (let end = rest.indexOf(LINE_FEED); end >= 0; end = rest.indexOf(LINE_FEED)) {
      keep(rest.subarray(0, end))
      yield Buffer.concat(parts)
      parts = []
      kept = 0
      rest = rest.subarray(end + 1)
    }
    keep(rest)
  }
  if (kept > 0) yield Buffer.concat(parts)
}

function withoutMark(bytes: Buffer): Buffer {
  return bytes.subarray(0, 3).equals(BYTE_ORDER_MARK) ? bytes.subarray(3) : bytes
}

/** "\n" or "\r\n". */
function withoutLineEnd(bytes: Buffer): Buffer {
  let end = bytes.length
  if (bytes[end - 1] === LINE_FEED) end--
  if (bytes[end - 1] === CARRIAGE_RETURN) end--
  return bytes.subarray(0, end)
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

function* linesIn(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at <= bytes.length; ) {
    const end = bytes.indexOf(LINE_FEED, at)
    yield bytes.subarray(at, end < 0 ? bytes.length : end)
    if (end < 0) return
    at = end + 1
  }
}

/** @throws Failure that names the first line that is not UTF-8 */
function utf8Of(lines: Iterable<Buffer>): never {
  let number = 0
  for (const line of lines) {
    number++
    if (utf8(line) === undefined) break
  }
  throw notUtf8(number)
}

function notUtf8(number: number): Failure {
  return new Failure(`line ${number} of stdin is not UTF-8: --body sends bytes as they are.`)
}

function tooLarge(what: string, bytesMax: number): Failure {
  return new Failure(`${what} is larger than ${bytesMax} bytes, the most that one message may have.`)
}
