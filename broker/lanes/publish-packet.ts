/** Payload parts by index: an array of them, or a feed. */
export interface Parts {
  at(i: number): { readonly bytes: Uint8Array } | undefined
}

/**
 * A PUBLISH packet whose payload is the first `count` parts, in one buffer. Lanes send too many for a general packet
 * writer.
 *
 * @param topic UTF-8
 * @param packetId 1 … 65535 for QoS 1; 0 for QoS 0
 * @param payloadBytes the parts' length in sum
 */
export function publishPacket(
  topic: Uint8Array,
  packetId: number,
  isRepeat: boolean,
  parts: Parts,
  count: number,
  payloadBytes: number,
): Uint8Array {
  const hasId = packetId !== 0
  const remaining = 2 + topic.length + (hasId ? 2 : 0) + payloadBytes
  const lengthBytes = remaining < 128 ? 1 : remaining < 16_384 ? 2 : remaining < 2_097_152 ? 3 : 4
  const packet = Buffer.allocUnsafe(1 + lengthBytes + remaining)
  packet[0] = 0x30 | (hasId ? 0x02 : 0) | (isRepeat ? 0x08 : 0)
  let at = 1
  for (let rest = remaining, i = 0; i < lengthBytes; i++, rest >>>= 7)
    packet[at++] = (rest & 127) | (i < lengthBytes - 1 ? 128 : 0)
  packet[at++] = topic.length >> 8
  packet[at++] = topic.length & 255
  packet.set(topic, at)
  at += topic.length
  if (hasId) {
    packet[at++] = packetId >> 8
    packet[at++] = packetId & 255
  }
  for (let i = 0; i < count; i++) {
    const { bytes } = parts.at(i) as { bytes: Uint8Array }
    packet.set(bytes, at)
    at += bytes.length
  }
  return packet
}
