import { decodeDown, type Change, type DecodedDown, type Message } from '../../../proto/codec.ts'
import { errorOf } from '../../../proto/errors.ts'
import { chatIdOf } from '../../../proto/ids.ts'
import { DEVICE_PACKET_BYTES_MAX } from '../../../proto/limits.ts'
import { printable } from './text-width.ts'

/**
 * Cuts a stream of Down frames into its items. Frames put one behind the other, as `mosquitto_sub -N` writes them,
 * are themselves one long Down, so the stream needs no marks between them.
 */
export class DownStream {
  #rest: Uint8Array = new Uint8Array(0)

  /** Whether what has come ends with an item, and not inside one. */
  get isComplete(): boolean {
    return this.#rest.length === 0
  }

  /** @returns one Down per complete item. @throws MalformedFrame, RangeError if this is no stream of Downs */
  take(chunk: Uint8Array): DecodedDown[] {
    const data = Buffer.concat([this.#rest, chunk])
    const items: DecodedDown[] = []
    let at = 0
    for (;;) {
      const end = itemEnd(data, at)
      if (end === undefined) break
      items.push(decodeDown(data.subarray(at, end)))
      at = end
    }
    this.#rest = data.subarray(at)
    return items
  }
}

/** @returns where the item at `start` ends; undefined if the data ends before it */
function itemEnd(data: Uint8Array, start: number): number | undefined {
  // All items of a Down are messages of their own: wire type 2, and then their length.
  if (start < data.length && ((data[start] as number) & 7) !== 2) throw noDown()
  let length = 0
  for (let at = start + 1; at < data.length; at++) {
    const byte = data[at] as number
    length += (byte & 127) * 2 ** (7 * (at - start - 1))
    if (length > DEVICE_PACKET_BYTES_MAX * 2) throw noDown()
    if (byte < 128) return at + 1 + length <= data.length ? at + 1 + length : undefined
  }
  return undefined
}

function noDown(): RangeError {
  return new RangeError('this is not a stream of Down frames')
}

/** One line per item, for people. Members of direct chats are named as soon as the chat's first message was seen. */
export class DownLines {
  readonly #names = new Map<string, Map<number, string>>()

  of(down: DecodedDown): string[] {
    return [
      ...down.messages.map((message) => this.#message(message)),
      ...down.accepted.map(({ clientSeq, seq, more }) =>
        more
          ? `accepted ${clientSeq} to ${Number(clientSeq) + more} as #${seq} and on`
          : `accepted ${clientSeq} as #${seq}`,
      ),
      ...down.rejected.map(
        ({ clientSeq, code }) => `rejected ${clientSeq}: ${errorOf(code ?? 0)?.text ?? `code ${code}`}`,
      ),
      ...down.receipts.map(({ chat, delivered, read, ownRead }) => {
        const mark = delivered
          ? `✓✓ delivered up to #${delivered}`
          : read
            ? `read up to #${read}`
            : `you read up to #${ownRead}`
        return `${chatText(chat)} ${mark}`
      }),
      ...down.typing.map(
        ({ chat, member, stopped }) =>
          `${chatText(chat)} ${this.#name(chatText(chat), member ?? 0)} ${stopped ? 'stopped typing' : 'is typing'}`,
      ),
      ...down.responses.map((response) => `response ${JSON.stringify(response)}`),
      ...down.gaps.map(
        ({ dropped }) => `gap: ${dropped || 'some'} entries were dropped before this device got them`,
      ),
    ]
  }

  #message(message: Message): string {
    const chat = chatText(message.chat)
    for (const [number, user] of (message.directMembers ?? []).entries()) this.#learn(chat, number, user)
    const members = [
      ...(message.change?.created?.members ?? []),
      ...(message.change?.added?.members ?? []),
      ...(message.change?.added?.roster?.members ?? []),
    ]
    for (const member of members) this.#learn(chat, member.number ?? 0, member.user ?? '')
    return `${chat} #${message.seq} ${this.#name(chat, message.sender ?? 0)}: ${contentText(message)}`
  }

  #learn(chat: string, number: number, user: string): void {
    const names = this.#names.get(chat) ?? new Map<number, string>()
    names.set(number, user)
    this.#names.set(chat, names)
  }

  #name(chat: string, number: number): string {
    return this.#names.get(chat)?.get(number) ?? `member ${number}`
  }
}

function contentText(message: Message): string {
  if (message.change) return changeText(message.change)
  if (message.text) return printable(message.text).replaceAll('\n', ' ')
  if (message.content?.length) return `<${message.content.length} bytes of content>`
  const body = message.body ?? new Uint8Array(0)
  return `<${body.length} bytes of ${message.contentType || 'application/octet-stream'}>`
}

const CHANGES = ['created', 'added', 'removed', 'left', 'renamed', 'roleSet', 'disappearingSet'] as const

function changeText(change: Change): string {
  const what = CHANGES.find((name) => change[name])
  return `<${what ?? 'a change of a newer version'}>`
}

function chatText(chat: Uint8Array | null | undefined): string {
  return chat?.length === 10 ? chatIdOf(chat) : '?'
}

/** A frame as JSON: chat ids as text, other bytes as base64; what is missing is 0, false or empty. */
export function frameJson(frame: object): string {
  return JSON.stringify(frame, function (this: object, key: string, value: unknown) {
    // Buffer has a toJSON of its own that has run by now: look at what stands in the holder.
    const raw: unknown = Reflect.get(this, key)
    if (Array.isArray(raw) && raw.length === 0) return undefined
    if (!(raw instanceof Uint8Array)) return value
    return key === 'chat' && raw.length === 10 ? chatIdOf(raw) : Buffer.from(raw).toString('base64')
  })
}
