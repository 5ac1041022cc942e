/** CONNACK's return codes. */
export const CONNACK = {
  unacceptableProtocol: 1,
  identifierRejected: 2,
  serverUnavailable: 3,
  badCredentials: 4,
  notAuthorized: 5,
} as const

export type ConnackCode = (typeof CONNACK)[keyof typeof CONNACK]

/** A CONNACK that refuses, for where Aedes would close without one. */
export function connackPacket(code: ConnackCode): Uint8Array {
  return Uint8Array.of(0x20, 2, 0, code)
}
