import './long.ts'
import protobuf from 'protobufjs/minimal.js'
import { restante as client } from './gen/client.js'
import {
  CHAT_ID_BYTES,
  CONTENT_BYTES_MAX,
  NUMBER_MAX,
  UP_BYTES_MAX,
  DEVICE_PACKET_BYTES_MAX,
} from './limits.ts'

/**
 * Frames to bytes and back, for both ends of a phone's link; `server-codec.ts` has the frames that stay inside.
 *
 * Zero, empty and false fields are not sent. Decoders look at the size before anything else, refuse depth beyond
 * 16 levels (long.ts), skip what they do not know, and throw only MalformedFrame.
 */
export type Up = client.Up.$Properties
export type SendMessage = client.SendMessage.$Properties
export type CreateChat = client.CreateChat.$Properties
export type ChatQuery = client.ChatQuery.$Properties
export type Request = client.Request.$Properties
export type Content = client.Content.$Properties
export type Down = client.Down.$Properties
export type Message = client.Message.$Properties
export type Change = client.Change.$Properties
export type Member = client.Member.$Properties
export type Accepted = client.Accepted.$Properties
export type Rejected = client.Rejected.$Properties
export type Receipt = client.Receipt.$Properties
export type TypingNotice = client.TypingNotice.$Properties
export type Response = client.Response.$Properties
export type ChatSummary = client.ChatSummary.$Properties
export type ChatDetail = client.ChatDetail.$Properties
export type ReceiptDetail = client.ReceiptDetail.$Properties
export type DeadEntry = client.DeadEntry.$Properties
export type DecodedUp = client.Up
export type DecodedRequest = client.Request
export type DecodedDown = client.Down
export const Role = client.Role
export type Role = client.Role

/** The bytes are not the frame they should be: too long, cut off, nested too deep, a number beyond 2^53. */
export class MalformedFrame extends Error {
  override readonly name = 'MalformedFrame'
}

interface Coder<Shape, Decoded> {
  encode(message: Shape, writer: protobuf.Writer): protobuf.Writer
  decode(bytes: Uint8Array): Decoded
}

/** Bytes of a frame whose buffer is not kept for the next ones. */
const WRITER_BYTES_MAX = 64 * 1024

/** Frames are many and small: they are written in one buffer and copied out of it. In use, or spoilt by an error: undefined. */
let spare: protobuf.Writer | undefined

export function encodeWith<Shape>(coder: Coder<Shape, unknown>, message: Shape): Uint8Array {
  const writer = spare ?? protobuf.Writer.create()
  spare = undefined
  const bytes = coder.encode(message, writer).finish()
  if (bytes.length <= WRITER_BYTES_MAX) spare = writer.reset()
  return bytes
}

/** One decoder's border: size first, and every failure as MalformedFrame. */
export function decodeWith<Decoded>(
  coder: Coder<never, Decoded>,
  bytes: Uint8Array,
  bytesMax: number,
): Decoded {
  if (bytes.length > bytesMax)
    throw new MalformedFrame(`frame of ${bytes.length} bytes, ${bytesMax} are allowed`)
  try {
    return coder.decode(bytes)
  } catch (cause) {
    throw new MalformedFrame('not a frame of this protocol', { cause })
  }
}

export function encodeUp(up: Up): Uint8Array {
  return encodeWith(client.Up, up)
}
export function decodeUp(bytes: Uint8Array): client.Up {
  return decodeWith(client.Up, bytes, UP_BYTES_MAX)
}
export function encodeRequest(request: Request): Uint8Array {
  return encodeWith(client.Request, request)
}
export function decodeRequest(bytes: Uint8Array): client.Request {
  return decodeWith(client.Request, bytes, UP_BYTES_MAX)
}
export function encodeDown(down: Down): Uint8Array {
  return encodeWith(client.Down, down)
}
/** Down frames may be as large as one entry plus the coalescing limit. */
export function decodeDown(bytes: Uint8Array): client.Down {
  return decodeWith(client.Down, bytes, DEVICE_PACKET_BYTES_MAX * 2)
}

/** What a message says. Only clients read it. */
export function encodeContent(content: Content): Uint8Array {
  return encodeWith(client.Content, content)
}
export function decodeContent(bytes: Uint8Array): client.Content {
  return decodeWith(client.Content, bytes, CONTENT_BYTES_MAX)
}

/** What the dead mailbox holds: one entry that was set aside. `position` is empty there: it is the mailbox's own. */
export function encodeDeadEntry(entry: DeadEntry): Uint8Array {
  return encodeWith(client.DeadEntry, entry)
}
export function decodeDeadEntry(bytes: Uint8Array): client.DeadEntry {
  return decodeWith(client.DeadEntry, bytes, DEVICE_PACKET_BYTES_MAX * 2)
}

/** Whether a decoded 64-bit field is a whole number that we can count with. */
export function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= NUMBER_MAX
}

export function isChatField(bytes: Uint8Array | null | undefined): bytes is Uint8Array {
  return bytes?.length === CHAT_ID_BYTES
}
