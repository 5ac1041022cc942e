/**
 * The catalogue of every refusal a client can see in a Rejected entry.
 *
 * `fault`: whose mistake it is. `advice`: what the client should do: `fix` the request, `retry-later`
 * (after `retryAfterS`, with a new clientSeq), `give-up`.
 */
export interface CatalogueEntry {
  readonly code: number
  readonly name: string
  readonly fault: 'caller' | 'peer' | 'server'
  readonly advice: 'fix' | 'retry-later' | 'give-up'
  readonly text: string
}

export const ERRORS = [
  {
    code: 1,
    name: 'malformed',
    fault: 'caller',
    advice: 'fix',
    text: 'The frame is not a valid protobuf frame of this protocol.',
  },
  {
    code: 2,
    name: 'too-large',
    fault: 'caller',
    advice: 'fix',
    text: 'The frame, text or body is larger than the limit.',
  },
  {
    code: 3,
    name: 'unknown-chat',
    fault: 'caller',
    advice: 'give-up',
    text: 'There is no such chat, or you are not a member of it.',
  },
  {
    code: 4,
    name: 'unknown-user',
    fault: 'caller',
    advice: 'fix',
    text: 'A user that the command names does not exist.',
  },
  { code: 5, name: 'forbidden', fault: 'caller', advice: 'give-up', text: 'Your role does not allow this.' },
  {
    code: 6,
    name: 'stale-client-seq',
    fault: 'caller',
    advice: 'give-up',
    text: 'This clientSeq, or a higher one, was used so long ago that nobody knows what became of it.',
  },
  {
    code: 7,
    name: 'chat-exists',
    fault: 'caller',
    advice: 'fix',
    text: 'The chat id is taken by others: make a new one.',
  },
  {
    code: 8,
    name: 'chat-full',
    fault: 'caller',
    advice: 'give-up',
    text: 'The chat would have more members, or have had more, than the limit.',
  },
  {
    code: 9,
    name: 'rate-limited',
    fault: 'caller',
    advice: 'retry-later',
    text: 'Too much in too short a time.',
  },
  {
    code: 10,
    name: 'internal',
    fault: 'server',
    advice: 'give-up',
    text: 'The entry failed in the server and was set aside.',
  },
  {
    code: 11,
    name: 'unavailable',
    fault: 'server',
    advice: 'retry-later',
    text: 'A store that this needs is away just now.',
  },
  {
    code: 12,
    name: 'invalid',
    fault: 'caller',
    advice: 'fix',
    text: 'A value is empty, out of range or does not fit this chat.',
  },
  {
    code: 13,
    name: 'unsupported',
    fault: 'caller',
    advice: 'give-up',
    text: 'This server does not know that kind of frame or request.',
  },
  {
    code: 14,
    name: 'unknown-device',
    fault: 'caller',
    advice: 'fix',
    text: 'The user has no device of that name.',
  },
  {
    code: 15,
    name: 'client-seq-reused',
    fault: 'caller',
    advice: 'retry-later',
    text: 'Another send has this clientSeq, or a higher one came before: nothing was stored for this one.',
  },
  {
    code: 16,
    name: 'too-many-chats',
    fault: 'caller',
    advice: 'give-up',
    text: 'You have begun as many chats as one user may: one that everybody has left makes room.',
  },
] as const satisfies readonly CatalogueEntry[]

export type ErrorName = (typeof ERRORS)[number]['name']

const byName = new Map<string, CatalogueEntry>(ERRORS.map((entry) => [entry.name, entry]))
const byCode = new Map<number, CatalogueEntry>(ERRORS.map((entry) => [entry.code, entry]))

/** The number of a catalogue name, as it stands in Rejected.code. */
export function errorCode(name: ErrorName): number {
  return (byName.get(name) as CatalogueEntry).code
}

/** The catalogue's entry for a code, or undefined for one that a newer server may have sent. */
export function errorOf(code: number): CatalogueEntry | undefined {
  return byCode.get(code)
}
