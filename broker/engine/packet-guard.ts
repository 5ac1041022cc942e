import { DEVICE_PACKET_BYTES_MAX, WORKER_PACKET_BYTES_MAX } from '../../proto/limits.ts'
import type { Role } from '../listeners/connection.ts'

/** A packet that is refused for what its fixed header says, or for its form. */
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

/** The types that a client may send, and the upper half of their first byte. QoS 2 (PUBREC, PUBREL, PUBCOMP) is not among them. */
const NUMBERS = {
  connect: 1,
  publish: 3,
  puback: 4,
  subscribe: 8,
  unsubscribe: 10,
  pingreq: 12,
  disconnect: 14,
} as const

export type PacketType = keyof typeof NUMBERS

/** What its fixed header may say of a packet: flags, and the remaining length. */
interface HeaderRule {
  readonly type: PacketType
  /** [MQTT-2.2.2-2] Undefined: they mean something. */
  readonly flags: number | undefined
  readonly min: number
  readonly max: number
}

const RULES: readonly HeaderRule[] = [
  { type: 'connect', flags: 0, min: 12, max: CONTROL_BYTES_MAX },
  { type: 'publish', flags: undefined, min: 3, max: DEVICE_PACKET_BYTES_MAX },
  { type: 'puback', flags: 0, min: 2, max: 2 },
  { type: 'subscribe', flags: 2, min: 6, max: CONTROL_BYTES_MAX },
  { type: 'unsubscribe', flags: 2, min: 5, max: CONTROL_BYTES_MAX },
  { type: 'pingreq', flags: 0, min: 0, max: 0 },
  { type: 'disconnect', flags: 0, min: 0, max: 0 },
]
const BY_NUMBER: readonly (HeaderRule | undefined)[] = Array.from({ length: 16 }, (_, number) =>
  RULES.find(({ type }) => NUMBERS[type] === number),
)

/** @param first byte of a packet that may be sent */
export function typeOf(first: number): PacketType | undefined {
  return BY_NUMBER[first >> 4]?.type
}

/**
 * What is wrong with a packet, as far as its fixed header says it: too long, of a type or quality of service that we don't
 * speak, retained, or anything but CONNECT as the first one. So it is refused before a byte of the rest is kept.
 *
 * @param first its first byte
 * @param length its remaining length
 * @param sender its role is undefined until it is authenticated
 * @returns undefined: nothing
 */
export function refusalOf(
  first: number,
  length: number,
  isFirst: boolean,
  sender: { role(): Role | undefined },
): string | undefined {
  const rule = BY_NUMBER[first >> 4]
  // [MQTT-3.1.0-1]
  if (isFirst && rule?.type !== 'connect') return 'no-connect'
  if (rule === undefined) return 'packet-type-refused'
  const flags = first & 15
  if (rule.flags === undefined) {
    const refusal = publishRefusal(flags)
    if (refusal !== undefined) return refusal
  } else if (flags !== rule.flags) return 'protocol-error'
  if (length < rule.min) return 'packet-too-short'
  if (length <= rule.max) return undefined
  const isWorkers = rule.type === 'publish' && length <= WORKER_PACKET_BYTES_MAX && sender.role() === 'worker'
  return isWorkers ? undefined : 'packet-too-large'
}

/** @param flags of a PUBLISH: DUP, QoS, RETAIN */
function publishRefusal(flags: number): string | undefined {
  const qos = (flags >> 1) & 3
  // [MQTT-3.3.1-4]
  if (qos === 3) return 'protocol-error'
  if (qos === 2) return 'qos-2-refused'
  if ((flags & 1) !== 0) return 'retained-refused'
  // [MQTT-3.3.1-2]
  return qos === 0 && (flags & 8) !== 0 ? 'dup-at-qos-0' : undefined
}
