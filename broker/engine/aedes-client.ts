import type { Client, ConnectPacket, PublishPacket, SubscribePacket, UnsubscribePacket } from 'aedes'

/**
 * What we use of Aedes 1.2.0 and mqtt-packet 9.0 beyond their types. The versions are pinned; the tests in
 * test/integration/broker/connections.test.ts fail if any of it changes.
 */
export interface AedesClient extends Client {
  readonly _parser: PacketParser
}

interface PacketParser {
  /** Reads the remaining length; false while bytes of it are missing. The packet's type and flags stand by then. */
  _parseLength(): boolean
  /** Reads the packets in these bytes and in those that were left of earlier ones. */
  parse(bytes: Uint8Array): number
  /** Ends parsing and, through Aedes, the connection. */
  _emitError(error: Error): void
  /** The packet being read. */
  readonly packet: PacketHeader
  prependListener(event: 'packet', listener: (packet: ReceivedPacket) => void): this
  prependListener(event: 'error', listener: () => void): this
}

/** A packet whose fixed header has been read. */
export interface PacketHeader {
  readonly cmd: string
  readonly qos: number
  readonly retain: boolean
  readonly dup: boolean
  /** Remaining length, in bytes. */
  readonly length: number
  /** Of a CONNECT, as soon as it has been read. */
  readonly protocolVersion?: number | undefined
}

export type ReceivedPacket =
  | (ConnectPacket & PacketHeader)
  | (SubscribePacket & PacketHeader)
  | (UnsubscribePacket & PacketHeader)
  | (PublishPacket & PacketHeader)
