import type { Log } from '../../kit/log.ts'
import type { DeviceId, UserId } from '../../proto/ids.ts'

/**
 * One authenticated MQTT connection as the rest of the broker sees it. Its identity is the object, never the client
 * id: while a device moves from one socket to the next, two connections of one client id live side by side.
 */
export interface Connection {
  readonly user: UserId
  readonly device: DeviceId
  readonly role: Role
  /** CONNECT with clean = 1: live entries only, nothing is kept for it. */
  readonly transient: boolean
  /** The token's `iat`, Unix ms; undefined if it carries none. */
  readonly tokenIssuedAtMs: number | undefined
  readonly log: Log
  /**
   * Queues one whole MQTT packet on the socket. The bytes belong to the connection from here on. After the close it
   * does nothing.
   *
   * @returns false if the socket holds more than its high-water mark: wait for `onceDrained` before the next frame
   */
  write(packet: Uint8Array): boolean
  /** Calls back once, when the socket has drained or closed. */
  onceDrained(callback: () => void): void
  /** Closes the socket; `reason` is a constant for logs and metrics, like `taken-over`. Idempotent. */
  close(reason: string): void
  readonly isClosed: boolean
}

export type Role = 'device' | 'worker' | 'admin'
