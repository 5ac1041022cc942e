import { isIPv4, isIPv6 } from 'node:net'
import { plainAddress } from './source.ts'

/**
 * What a connection through a balancer begins with: the PROXY protocol, versions 1 and 2
 * (https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt). Nothing but the client's address is taken from it.
 */
export type ProxyHeader =
  | {
      readonly outcome: 'header'
      /** How long it is; what is behind it is the client's. */
      readonly length: number
      /** The client's address. Undefined: the balancer speaks for itself, or does not know. */
      readonly address: string | undefined
    }
  /** It may become a header yet. */
  | { readonly outcome: 'incomplete' }
  | { readonly outcome: 'malformed' }

const SIGNATURE_1 = Buffer.from('PROXY ')
const SIGNATURE_2 = Buffer.from('\r\n\r\n\0\r\nQUIT\n', 'latin1')
/** By the standard. */
const V1_BYTES_MAX = 107
/** A fixed part, addresses, and what balancers add, certificates of clients for one. The standard allows 64 KiB. */
const V2_BYTES_MAX = 4 * 1024
const V2_FIXED_BYTES = 16

const INCOMPLETE = { outcome: 'incomplete' } as const
const MALFORMED = { outcome: 'malformed' } as const

/** @param bytes all that came so far, from the connection's first byte on */
export function readProxyHeader(bytes: Buffer): ProxyHeader {
  if (beginsAs(SIGNATURE_1, bytes)) return bytes.length < SIGNATURE_1.length ? INCOMPLETE : version1(bytes)
  if (beginsAs(SIGNATURE_2, bytes)) return bytes.length < V2_FIXED_BYTES ? INCOMPLETE : version2(bytes)
  return MALFORMED
}

/** Whether the bytes are the signature, or as much of it as there are bytes. */
function beginsAs(signature: Buffer, bytes: Buffer): boolean {
  const length = Math.min(signature.length, bytes.length)
  return signature.subarray(0, length).equals(bytes.subarray(0, length))
}

const V1_KNOWN = /^PROXY (TCP[46]) (\S+) (\S+) (\d{1,5}) (\d{1,5})$/
const PORT_MAX = 65_535

function version1(bytes: Buffer): ProxyHeader {
  const end = bytes.subarray(0, V1_BYTES_MAX).indexOf('\r\n')
  if (end < 0) return bytes.length < V1_BYTES_MAX ? INCOMPLETE : MALFORMED
  const line = bytes.toString('latin1', 0, end)
  const length = end + 2
  if (line === 'PROXY UNKNOWN' || line.startsWith('PROXY UNKNOWN '))
    return { outcome: 'header', length, address: undefined }
  const [, family, from = '', to = '', ...ports] = V1_KNOWN.exec(line) ?? []
  if (family === undefined || ports.some((port) => Number(port) > PORT_MAX)) return MALFORMED
  const isAddress = family === 'TCP4' ? isIPv4 : isPlainIPv6
  return isAddress(from) && isAddress(to)
    ? { outcome: 'header', length, address: plainAddress(from) }
    : MALFORMED
}

/** Without a zone, which means nothing on another machine. */
function isPlainIPv6(text: string): boolean {
  return isIPv6(text) && !text.includes('%')
}

const COMMANDS = { local: 0x20, proxy: 0x21 }
/** Protocol and family, and the bytes that addresses and ports have. */
const V2_TCP4 = { is: 0x11, addressBytes: 4, bytes: 12 }
const V2_TCP6 = { is: 0x21, addressBytes: 16, bytes: 36 }
const V2_WITHOUT_ADDRESS = new Map([
  [0x00, 0],
  [0x31, 216],
])

function version2(bytes: Buffer): ProxyHeader {
  const [command, family] = bytes.subarray(SIGNATURE_2.length)
  const rest = bytes.readUInt16BE(SIGNATURE_2.length + 2)
  const length = V2_FIXED_BYTES + rest
  if (command !== COMMANDS.local && command !== COMMANDS.proxy) return MALFORMED
  if (length > V2_BYTES_MAX) return MALFORMED
  const tcp = [V2_TCP4, V2_TCP6].find(({ is }) => is === family)
  const needs = tcp?.bytes ?? V2_WITHOUT_ADDRESS.get(family as number)
  // A balancer's own connection may say of itself what it likes.
  if (command === COMMANDS.proxy && (needs === undefined || rest < needs)) return MALFORMED
  if (bytes.length < length) return INCOMPLETE
  if (command === COMMANDS.local || tcp === undefined)
    return { outcome: 'header', length, address: undefined }
  const address = bytes.subarray(V2_FIXED_BYTES, V2_FIXED_BYTES + tcp.addressBytes)
  const text = tcp === V2_TCP4 ? address.join('.') : ipv6Text(address)
  return { outcome: 'header', length, address: plainAddress(text) }
}

function ipv6Text(bytes: Buffer): string {
  return Array.from({ length: 8 }, (_, i) => bytes.readUInt16BE(2 * i).toString(16)).join(':')
}
