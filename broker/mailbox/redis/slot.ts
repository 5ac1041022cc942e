const CRC16 = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1
  return crc & 0xffff
})

export const SLOTS = 16_384

/** The slot of a tag of ASCII characters. Source: Redis Cluster specification, CRC16-XMODEM modulo 16,384. */
export function slotOf(tag: string): number {
  let crc = 0
  for (let i = 0; i < tag.length; i++) {
    crc = ((crc << 8) ^ (CRC16[((crc >> 8) ^ tag.charCodeAt(i)) & 0xff] as number)) & 0xffff
  }
  return crc % SLOTS
}
