import { errorCode, errorOf, type CatalogueEntry, type ErrorName } from '../../proto/errors.ts'

/**
 * Why something of the SDK did not work.
 *
 * | code | when |
 * | --- | --- |
 * | `unreachable` | there is no connection, or it broke: UnreachableError says why |
 * | `bad-token` | the token is no JWT, has no `sub`, or the token function failed or took too long |
 * | `protocol-refused`, `identifier-refused`, `server-unavailable`, `bad-credentials`, `not-authorized` | CONNACK 1 to 5 |
 * | `rejected` | the server refused it: RejectedError says why |
 * | `bad-content` | what a message is to say, or to do to another, is nothing that can be said or done: nothing was sent |
 * | `ill-formed-text` | a text, name or id holds half of a surrogate pair, which UTF-8 cannot carry: nothing was sent |
 * | `timeout` | a request got no answer in time |
 * | `malformed-frame` | the server sent bytes that are no frame; they were dropped (an `error` event) |
 * | `forgotten` | over 10,000 later sends of the chat wait for their receipts too: this one is no longer followed |
 * | `lost` | the server has lost the message: its store was restored from an older backup |
 * | `store-failed` | the local store could not write: the client closes itself |
 * | `store-taken` | another process or tab opened the local store: it is the device now, and this client closes itself |
 * | `wrong-store` | the local store belongs to another user or device |
 * | `closed` | the client was closed first; with a durable store what was sent goes out next time |
 */
export type RestanteErrorCode =
  | 'unreachable'
  | 'bad-token'
  | 'protocol-refused'
  | 'identifier-refused'
  | 'server-unavailable'
  | 'bad-credentials'
  | 'not-authorized'
  | 'rejected'
  | 'bad-content'
  | 'ill-formed-text'
  | 'timeout'
  | 'store-failed'
  | 'store-taken'
  | 'wrong-store'
  | 'malformed-frame'
  | 'forgotten'
  | 'lost'
  | 'closed'

export class RestanteError extends Error {
  override readonly name: string = 'RestanteError'
  readonly code: RestanteErrorCode
  /** Whether the same call can work later without anybody changing anything. */
  readonly retryable: boolean

  constructor(
    code: RestanteErrorCode,
    message: string,
    options: { retryable?: boolean; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.retryable = options.retryable ?? false
  }
}

/**
 * Why there is no connection.
 *
 * | reason | what happened |
 * | --- | --- |
 * | `bad-url` | it is no URL, or of a scheme that this platform cannot use |
 * | `unknown-host`, `no-route`, `refused` | the name, the network, the port: nobody is there |
 * | `no-answer` | nobody says anything, or a proxy says that nobody does |
 * | `needs-tls`, `no-tls` | the server expects TLS, or has none |
 * | `bad-certificate`, `tls-failed` | the certificate is not trusted; TLS found nothing in common |
 * | `not-mqtt`, `not-http`, `no-websocket` | another kind of server, port or path |
 * | `closed` | it hung up before CONNACK, without a word |
 * | `untold` | a browser tells no more than that it failed |
 * | `broken` | there was a connection, and it broke |
 */
export type UnreachableReason =
  | 'bad-url'
  | 'unknown-host'
  | 'no-route'
  | 'refused'
  | 'no-answer'
  | 'needs-tls'
  | 'no-tls'
  | 'bad-certificate'
  | 'tls-failed'
  | 'not-mqtt'
  | 'not-http'
  | 'no-websocket'
  | 'closed'
  | 'untold'
  | 'broken'

/** No connection. Its message says what was found, and what to do about it. */
export class UnreachableError extends RestanteError {
  override readonly name = 'UnreachableError'
  readonly reason: UnreachableReason

  constructor(
    reason: UnreachableReason,
    message: string,
    options: { retryable?: boolean; cause?: unknown } = {},
  ) {
    super('unreachable', message, { retryable: true, ...options })
    this.reason = reason
  }
}

/** The server's refusal of one message, command or request, with its entry of the error catalogue. */
export class RejectedError extends RestanteError {
  override readonly name = 'RejectedError'
  readonly entry: CatalogueEntry
  /** Seconds to wait before trying again; 0 if the server named none. */
  readonly retryAfterS: number

  constructor(entry: CatalogueEntry, retryAfterS = 0) {
    super('rejected', `${entry.name}: ${entry.text}`, { retryable: entry.advice === 'retry-later' })
    this.entry = entry
    this.retryAfterS = retryAfterS
  }
}

/** The refusal with that code; codes that a newer server may know are given up on. */
export function rejection(code: number, retryAfterS = 0): RejectedError {
  const unknown: CatalogueEntry = {
    code,
    name: `code-${code}`,
    fault: 'server',
    advice: 'give-up',
    text: 'This client does not know that code.',
  }
  return new RejectedError(errorOf(code) ?? unknown, retryAfterS)
}

const CONNACK_CODES: Record<number, readonly [RestanteErrorCode, string, retryable: boolean]> = {
  1: ['protocol-refused', 'the server does not speak MQTT 3.1.1', false],
  2: ['identifier-refused', 'the server does not take this client id', false],
  3: ['server-unavailable', 'the server cannot take connections just now', true],
  4: ['bad-credentials', 'the token is none, or not signed by whom the server trusts', false],
  5: [
    'not-authorized',
    'the token has expired, or this device may not be linked (removed, or too many)',
    false,
  ],
}

/** The error for a CONNACK return code other than 0. */
export function connackError(returnCode: number): RestanteError {
  const [code, text, retryable] = CONNACK_CODES[returnCode] ?? [
    'server-unavailable',
    `the server answered with the unknown code ${returnCode}`,
    true,
  ]
  return new RestanteError(code, text, { retryable })
}

/** What a store says whose place was opened by somebody else. */
export function storeTaken(): RestanteError {
  return new RestanteError('store-taken', 'another process or tab opened the local store')
}

/** A refusal that the SDK can tell without asking the server. */
export function refusal(name: ErrorName): RejectedError {
  return rejection(errorCode(name))
}

/** What a string says that is cut through in the middle of a character. */
export function illFormed(): RestanteError {
  return new RestanteError(
    'ill-formed-text',
    'the text holds half of a surrogate pair; UTF-8 cannot carry it',
  )
}
