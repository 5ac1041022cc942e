import { UnreachableError, type UnreachableReason } from '../errors.ts'

/** What is known of an attempt that ended before CONNACK. */
export interface Evidence {
  /** What the socket, TLS, WebSocket or mqtt.js said first. */
  readonly error?: unknown
  /** What the server said before anything went wrong. */
  readonly firstBytes?: Uint8Array | undefined
}

/** Why there is no connection, and what to do about it, as far as it can be told from here. */
export function unreachable(url: string, evidence: Evidence): UnreachableError {
  if (!URL.canParse(url)) return new UnreachableError('bad-url', `${url} is not a URL`, { retryable: false })
  const { hostname, host, protocol } = new URL(url)
  const at: Address = {
    hostname,
    host,
    isTls: protocol === 'mqtts:' || protocol === 'wss:',
    isWeb: protocol.startsWith('ws'),
  }
  const [reason, sentence] = ofBytes(at, evidence.firstBytes) ?? ofError(at, evidence.error)
  return new UnreachableError(reason, sentence, { cause: evidence.error })
}

interface Address {
  readonly hostname: string
  /** With the port, if the URL names one. */
  readonly host: string
  readonly isTls: boolean
  readonly isWeb: boolean
}

type Finding = readonly [UnreachableReason, string]

/** Whether the server speaks MQTT: its first packet is CONNACK. */
export function isConnack(bytes: Uint8Array): boolean {
  return bytes[0] === 0x20
}

/** TLS says with these that it does not understand. */
const TLS_ALERT = [0x15, 0x03]

/** mqtt.js sees through WebSocket and TLS: what comes is what speaks in MQTT's place. */
function ofBytes({ host }: Address, bytes: Uint8Array | undefined): Finding | undefined {
  if (!bytes || isConnack(bytes)) return undefined
  if (TLS_ALERT.every((byte, i) => bytes[i] === byte))
    return ['needs-tls', `${host} expects TLS: write mqtts:// (or wss://)`]
  if (new TextDecoder().decode(bytes.subarray(0, 5)) === 'HTTP/')
    return ['not-mqtt', `${host} speaks HTTP, not MQTT: for MQTT over WebSocket write ws://${host}/mqtt`]
  return ['not-mqtt', `${host} answers, but not in MQTT: is it the port of the server?`]
}

function ofError(at: Address, error: unknown): Finding {
  const { code, message = '' } = (error ?? {}) as { code?: unknown; message?: string }
  const finding = typeof code === 'string' ? ofCode(at, code, message) : undefined
  if (finding) return finding
  // `ws` has no other word for an HTTP answer instead of a WebSocket.
  const status = /^Unexpected server response: (\d{3})$/.exec(message)?.[1]
  if (status !== undefined) return ofHttp(at, Number(status))
  if (/timeout/i.test(message))
    return ['no-answer', `${at.host} takes connections, but does not answer: is it the port of the server?`]
  if (error === undefined) return closed(at)
  // All that mqtt.js has from a browser, which hides from pages what others' servers are like.
  if (message === 'WebSocket error') return untold(at)
  if ((error as Error).name === 'SecurityError')
    return ['untold', `the browser forbids it: ${allowed(at.host)}`]
  return ['broken', message || 'the connection was closed']
}

const allowed = (host: string): string =>
  `a page from https:// connects to wss:// only, and its Content-Security-Policy must name ${host} in connect-src`

function untold({ host }: Address): Finding {
  const { navigator } = globalThis as { navigator?: { onLine?: boolean } }
  if (navigator?.onLine === false) return ['no-route', 'this device is offline']
  return [
    'untold',
    `no WebSocket with ${host}, and the browser does not tell why: does the server run, is the path right (Restante's is /mqtt), is its certificate trusted? ${allowed(host)}`,
  ]
}

function ofHttp({ host }: Address, status: number): Finding {
  const at = `${host} answers with HTTP ${status}:`
  if (status >= 500)
    return ['no-answer', `${at} what stands in front of the server does not reach it just now`]
  if (status === 401 || status === 403)
    return ['no-websocket', `${at} what stands in front of the server lets nobody in on this path`]
  if (status >= 300 && status < 400)
    return ['no-websocket', `${at} it sends elsewhere; with TLS it would be wss://`]
  return ['no-websocket', `${at} there is no MQTT over WebSocket on this path; Restante's is /mqtt`]
}

function ofCode(at: Address, code: string, message: string): Finding | undefined {
  const { hostname, host, isTls } = at
  switch (code) {
    case 'ENOTFOUND':
      return ['unknown-host', `there is no host ${hostname} (${code}): is its name right?`]
    case 'EAI_AGAIN':
      return ['unknown-host', `nobody could say where ${hostname} is (${code}): is there a network?`]
    case 'ECONNREFUSED':
      return ['refused', `nothing listens at ${host} (${code}): does the server run, and is the port right?`]
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EADDRNOTAVAIL':
    case 'ENETDOWN':
      return ['no-route', `there is no way to ${host} (${code}): is there a network?`]
    case 'ETIMEDOUT':
      return [
        'no-answer',
        `${host} does not answer (${code}): is the address right, and no firewall between?`,
      ]
    case 'EPROTO':
      return /wrong version number|packet length too long|unexpected message/.test(message)
        ? ['no-tls', `${host} does not speak TLS: write mqtt:// (or ws://)`]
        : ['tls-failed', `TLS with ${host} failed: ${message.trim()}`]
    case 'ECONNRESET':
    case 'EPIPE':
      return closed(at)
  }
  if (code.startsWith('HPE_'))
    return ['not-http', `${host} answers, but not in HTTP: MQTT without WebSocket is mqtt://`]
  if (isTls && (CERTIFICATE.test(code) || code === 'ERR_TLS_CERT_ALTNAME_INVALID'))
    return ['bad-certificate', `the certificate of ${host} is not to be trusted (${code}): ${message}`]
  return undefined
}

/** OpenSSL's names for what is wrong with a certificate. */
const CERTIFICATE = /CERT|SELF_SIGNED|ISSUER|CRL|SIGNATURE|CA$/

/** Without a word: each protocol hangs up on those that it does not understand. */
function closed({ host, isTls, isWeb }: Address): Finding {
  const others = isTls
    ? `without TLS it would be ${isWeb ? 'ws' : 'mqtt'}://`
    : isWeb
      ? 'with TLS it would be wss://, without WebSocket mqtt://'
      : 'with TLS it would be mqtts://, over WebSocket ws://'
  return [
    'closed',
    `${host} hung up before it had answered: does it speak ${isTls ? 'TLS' : isWeb ? 'HTTP' : 'MQTT'}? ${others}`,
  ]
}
