import type { Socket } from 'node:net'

// What clients send: protocol 3.0, "Message Formats" in PostgreSQL's manual. PGlite ends at what is no such message and
// then goes round in circles, in the worst case until the memory of the whole process is gone: none may reach it.

const PROTOCOL = 196_608
const SSL_REQUEST = 80_877_103
const LENGTH_BYTES = 4
/** Length and code. */
const FIRST_BYTES_MIN = 8
/** Type and length, of all others. */
const HEADER_BYTES = 5

/** PostgreSQL's own limit, for the first message and for those that carry no data. */
const SHORT_BYTES_MAX = 10_000
/** Far above our longest, which write a thousand rows. */
const LONG_BYTES_MAX = 64 * 1024 * 1024
/** Query, Parse, Bind, FunctionCall, CopyData. */
const LONG_TYPES = Buffer.from('QPBFd')
/** Close, Describe, Execute, Flush, Sync, CopyDone, CopyFail. */
const SHORT_TYPES = Buffer.from('CDEHScf')

/** Query and Sync. */
const ANSWERED_TYPES = Buffer.from('QS')

/** What PGlite is told instead of what the client says of itself: it has one user and one database. */
const STARTUP = Buffer.from('\0\0\0\x29\0\x03\0\0user\0postgres\0database\0postgres\0\0', 'latin1')

/**
 * What a client wants PGlite to be told: as many whole messages at a time as have come, up to one that is followed by an
 * answer. It ends when the client does, or breaks the protocol, or wants something else (to cancel a query).
 */
export async function* messagesOf(socket: Socket): AsyncGenerator<Uint8Array> {
  const incoming = new Incoming(socket)
  if (!(await isGreeted(incoming, socket))) return
  yield STARTUP
  let needed: number | undefined = HEADER_BYTES
  while (needed !== undefined) {
    const bytes = await incoming.peek(needed)
    if (bytes === undefined) return
    const whole = wholeMessages(bytes)
    if (whole.length > 0) yield bytes.subarray(0, whole.length)
    incoming.skip(whole.length)
    needed = whole.needed
  }
}

/** Takes the client's first message; if it asks for encryption first, it is refused that. */
async function isGreeted(incoming: Incoming, socket: Socket): Promise<boolean> {
  for (let attempt = 1; attempt <= 2; attempt++) {
    const size = (await incoming.peek(LENGTH_BYTES))?.readUInt32BE()
    if (size === undefined || size < FIRST_BYTES_MIN || size > SHORT_BYTES_MAX) return false
    const code = (await incoming.peek(size))?.readUInt32BE(LENGTH_BYTES)
    incoming.skip(size)
    if (code === PROTOCOL) return true
    if (code !== SSL_REQUEST) return false
    socket.write('N')
  }
  return false
}

/** How many bytes of whole messages these begin with, and with how many a look at the rest is worth it: never, if undefined. */
function wholeMessages(bytes: Buffer): { length: number; needed: number | undefined } {
  let length = 0
  while (bytes.length - length >= HEADER_BYTES) {
    const type = bytes[length] as number
    const size = 1 + bytes.readUInt32BE(length + 1)
    if (size < HEADER_BYTES || size > sizeMax(type)) return { length, needed: undefined }
    if (bytes.length - length < size) return { length, needed: size }
    length += size
    if (ANSWERED_TYPES.includes(type)) break
  }
  return { length, needed: HEADER_BYTES }
}

function sizeMax(type: number): number {
  if (LONG_TYPES.includes(type)) return LONG_BYTES_MAX
  return SHORT_TYPES.includes(type) ? SHORT_BYTES_MAX : 0
}

/** The bytes of a socket, read when they are wanted. */
class Incoming {
  readonly #chunks: AsyncIterator<Buffer>
  #bytes: Buffer = Buffer.alloc(0)

  constructor(socket: Socket) {
    this.#chunks = socket[Symbol.asyncIterator]()
  }

  /** @returns what has come, at least so much of it; undefined if the socket ends before */
  async peek(lengthMin: number): Promise<Buffer | undefined> {
    const parts = [this.#bytes]
    for (let { length } = this.#bytes; length < lengthMin; ) {
      // A broken connection has ended.
      const next = await this.#chunks.next().catch(() => undefined)
      if (next === undefined || next.done === true) return undefined
      parts.push(next.value)
      length += next.value.length
    }
    if (parts.length > 1) this.#bytes = Buffer.concat(parts)
    return this.#bytes
  }

  skip(length: number): void {
    this.#bytes = this.#bytes.subarray(length)
  }
}
