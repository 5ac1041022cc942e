import type { MqttClient } from 'mqtt'
import { connackError, UnreachableError, type RestanteError } from '../errors.ts'
import { isConnack, unreachable } from './unreachable.ts'

/** Sees one connection, from its first packet on, and says why it ended. */
export class Witness {
  readonly #url: string
  #hasConnected = false
  #connackCode = 0
  #error: Error | undefined
  #firstBytes: Uint8Array | undefined

  constructor(mqtt: MqttClient, url: string) {
    this.#url = url
    const note = (error: Error): void => {
      this.#error ??= error
    }
    mqtt.stream.on('error', note)
    mqtt.on('error', (error) => {
      if ('code' in error && typeof error.code === 'number' && !this.#hasConnected)
        this.#connackCode = error.code
      else note(error)
    })
    mqtt.on('connect', () => (this.#hasConnected = true))
    mqtt.stream.once('data', (bytes: Uint8Array) => {
      this.#firstBytes = bytes
      // What speaks something else may never hang up, and mqtt.js waits for its CONNACK.
      if (!isConnack(bytes)) mqtt.stream.destroy()
    })
  }

  /** To be asked when the connection has ended. */
  get failure(): RestanteError {
    if (this.#connackCode > 0) return connackError(this.#connackCode)
    if (this.#hasConnected) return broken(this.#error)
    return unreachable(this.#url, { error: this.#error, firstBytes: this.#firstBytes })
  }
}

/** There was a connection, and something ended it. */
export function broken(cause: unknown): UnreachableError {
  const reason = cause instanceof Error && cause.message ? cause.message : 'the connection was closed'
  return new UnreachableError('broken', reason, { cause })
}
