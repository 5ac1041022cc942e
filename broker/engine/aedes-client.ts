import type { Client, ConnectPacket, SubscribePacket, UnsubscribePacket } from 'aedes'

/**
 * What we use of Aedes 1.2.0 and mqtt-packet 9.0 beyond their types. The versions are pinned; the tests in
 * test/integration/broker/connections.test.ts fail if any of it changes.
 */
export interface AedesClient extends Client {
  readonly _parser: PacketParser
  /** Ends the connection if nothing comes for one and a half times its keep-alive. None before CONNECT. */
  readonly _keepaliveTimer: NodeJS.Timeout | null
}

interface PacketParser {
  /** What Aedes gives the bytes to that it reads from its connection. */
  parse(bytes: Buffer): void
  /** The packet being read. */
  readonly packet: { readonly cmd: string; readonly protocolVersion?: number | undefined }
  prependListener(event: 'packet', listener: (packet: ReceivedPacket) => void): this
  prependListener(event: 'error', listener: () => void): this
}

/** Of PUBLISH and PUBACK it never hears. */
export type ReceivedPacket = ConnectPacket | SubscribePacket | UnsubscribePacket
