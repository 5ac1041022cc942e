import { DEVICE_PACKET_BYTES_MAX, WORKER_PACKET_BYTES_MAX } from '../../proto/limits.ts'
import type { AedesClient, PacketHeader } from './aedes-client.ts'
import type { Role } from '../listeners/connection.ts'

/** A packet that is refused for what its fixed header says. */
export class PacketRefused extends Error {
  override readonly name = 'PacketRefused'
  /** For logs and metrics. */
  readonly reason: string

  constructor(reason: string) {
    super(reason)
    this.reason = reason
  }
}

/** Packets that only carry ids and filters, and CONNECT with its token. */
const CONTROL_BYTES_MAX = 8 * 1024

/** The remaining length that a packet may announce. */
interface LengthRule {
  readonly min: number
  readonly max: number
}

// Every packet that a client may send. QoS 2 (PUBREC, PUBREL, PUBCOMP) is not among them.
const RULES: ReadonlyMap<string, LengthRule> = new Map([
  ['connect', { min: 12, max: CONTROL_BYTES_MAX }],
  ['publish', { min: 3, max: DEVICE_PACKET_BYTES_MAX }],
  ['puback', { min: 2, max: 2 }],
  ['subscribe', { min: 6, max: CONTROL_BYTES_MAX }],
  ['unsubscribe', { min: 5, max: CONTROL_BYTES_MAX }],
  ['pingreq', { min: 0, max: 0 }],
  ['disconnect', { min: 0, max: 0 }],
])

/**
 * Refuses packets from their fixed header, before a byte of the rest is buffered: too long, of a type or quality of
 * service that we don't speak, retained, or anything but CONNECT as the first one.
 *
 * Aedes has no option for it (stock buffers 40 MB of an unauthenticated CONNECT), so this wraps the parser's step that
 * reads the length.
 *
 * @param roleOf undefined until the client is authenticated
 * @param onPacket called for each packet with its type
 * @param mayRead asked once before each packet that is read: if not now, the parser stands until it is called anew
 */
export function guardPackets(
  client: AedesClient,
  roleOf: () => Role | undefined,
  onPacket: (type: string) => void,
  mayRead: () => boolean,
): void {
  const parser = client._parser
  const parseLength = parser._parseLength.bind(parser)
  let isFirst = true
  let mayReadThis = false
  parser._parseLength = function guardedParseLength(): boolean {
    mayReadThis ||= mayRead()
    if (!mayReadThis || !parseLength()) return false
    mayReadThis = false
    const refusal = refusalOf(parser.packet, isFirst, roleOf())
    isFirst = false
    if (refusal !== undefined) {
      parser._emitError(new PacketRefused(refusal))
      return false
    }
    onPacket(parser.packet.cmd)
    return true
  }
}

function refusalOf(packet: PacketHeader, isFirst: boolean, role: Role | undefined): string | undefined {
  // [MQTT-3.1.0-1]
  if (isFirst && packet.cmd !== 'connect') return 'no-connect'
  const rule = RULES.get(packet.cmd)
  if (!rule) return 'packet-type-refused'
  if (packet.cmd === 'publish') {
    if (packet.qos === 2) return 'qos-2-refused'
    if (packet.retain) return 'retained-refused'
    // [MQTT-3.3.1-2]
    if (packet.dup && packet.qos === 0) return 'dup-at-qos-0'
  }
  if (packet.length < rule.min) return 'packet-too-short'
  const max = packet.cmd === 'publish' && role === 'worker' ? WORKER_PACKET_BYTES_MAX : rule.max
  return packet.length > max ? 'packet-too-large' : undefined
}
