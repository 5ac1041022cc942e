import type { Log } from '../../kit/log.ts'
import type { DeviceId, UserId } from '../../proto/ids.ts'
import { CONNACK, connackPacket } from './connack.ts'
import type { Connection, Role } from './connection.ts'
import type { Wire } from './wire.ts'

/** The connection of an authenticated client, over its wire. Closed before its CONNACK, it gets one that refuses. */
export class MqttConnection implements Connection {
  readonly user: UserId
  readonly device: DeviceId
  readonly role: Role
  readonly transient: boolean
  readonly tokenIssuedAtMs: number | undefined
  readonly log: Log
  readonly #wire: Wire
  #closeReason: string | undefined

  constructor(
    wire: Wire,
    of: Pick<Connection, 'user' | 'device' | 'role' | 'transient' | 'tokenIssuedAtMs' | 'log'>,
  ) {
    this.#wire = wire
    this.user = of.user
    this.device = of.device
    this.role = of.role
    this.transient = of.transient
    this.tokenIssuedAtMs = of.tokenIssuedAtMs
    this.log = of.log
  }

  write(packet: Uint8Array): boolean {
    return this.#wire.queue(packet)
  }

  onceDrained(callback: () => void): void {
    this.#wire.onceDrained(callback)
  }

  close(reason: string): void {
    this.#closeReason ??= reason
    if (!this.#wire.hasWritten) this.#wire.queue(connackPacket(CONNACK.serverUnavailable))
    this.#wire.destroy()
  }

  /** For how long nothing has come from its client. */
  get quietMs(): number {
    return performance.now() - this.#wire.heardAtMs
  }

  /** Why it was closed; `gone` if the client left or its socket broke. */
  get closeReason(): string {
    return this.#closeReason ?? 'gone'
  }

  get isClosed(): boolean {
    return this.#wire.destroyed
  }
}
