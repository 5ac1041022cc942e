import type { MqttClient, IConnackPacket, IPublishPacket } from 'mqtt'
import type { Backoff } from './backoff.ts'
import type { UserId } from '../../../proto/ids.ts'
import { userTopic } from '../../../proto/topics.ts'
import { RestanteError } from '../errors.ts'
import type { Platform } from './platform.ts'
import { unreachable } from './unreachable.ts'
import { broken, Witness } from './witness.ts'

/**
 * The one connection of a device, made again for ever. States:
 *
 *   connecting --CONNACK 0--> connected --broken--> waiting --backoff, wake--> connecting
 *   connecting --failed--> waiting
 *   connecting --refused for good--> closed
 *   any --close--> closed
 *
 * mqtt.js does packets, packet ids and pings of one connection; each attempt has a new one of its own, so nothing of
 * what it remembers outlives the connection (trap 20). What must be sent again is the outbox's business.
 */
export class Connection {
  readonly #options: ConnectionOptions
  readonly #handlers: ConnectionHandlers
  #state: 'connecting' | 'connected' | 'waiting' | 'closed' = 'waiting'
  #mqtt: MqttClient | undefined
  #attempt = 0
  #connectedAtMs = 0
  /** Grows with everything that comes. */
  #heard = 0
  #answerDueAtMs = 0
  #unacknowledged = 0
  #unacknowledgedBytes = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #answerTimer: ReturnType<typeof setTimeout> | undefined

  constructor(options: ConnectionOptions, handlers: ConnectionHandlers) {
    this.#options = options
    this.#handlers = handlers
  }

  get isConnected(): boolean {
    return this.#state === 'connected'
  }

  /** Begins an attempt, unless there is a connection or an attempt. */
  open(): void {
    if (this.#state !== 'waiting') return
    clearTimeout(this.#timer)
    this.#state = 'connecting'
    void this.#dial()
  }

  /** QoS 1. @param onPuback not called if the connection breaks first */
  publish(topic: string, payload: Uint8Array, onPuback: () => void): void {
    const mqtt = this.#mqtt
    if (this.#state !== 'connected' || !mqtt) return
    this.#unacknowledged++
    this.#unacknowledgedBytes += payload.length
    this.#expectAnswer(mqtt, PUBACK_MS_MAX)
    mqtt.publish(topic, payload as Buffer, { qos: 1 }, (error) => {
      if (error || mqtt !== this.#mqtt) return
      this.#unacknowledged--
      this.#unacknowledgedBytes -= payload.length
      if (this.#unacknowledged === 0) this.#expectNoAnswer()
      onPuback()
    })
  }

  /** QoS 0: dropped while there is no connection. */
  publishAtMostOnce(topic: string, payload: Uint8Array): void {
    if (this.#state === 'connected') this.#mqtt?.publish(topic, payload as Buffer, { qos: 0 })
  }

  /** After a sleep: try at once if waiting; a connection that gives no answer to a ping is given up (trap 21). */
  check(): void {
    this.open()
    const mqtt = this.#mqtt
    if (this.#state !== 'connected' || !mqtt) return
    this.#expectAnswer(mqtt, PING_MS_MAX)
    mqtt.sendPing()
  }

  /** Says DISCONNECT if there is a connection. Resolves when the socket is closed. */
  async close(): Promise<void> {
    const mqtt = this.#mqtt
    const wasConnected = this.#state === 'connected'
    this.#leave('closed')
    if (mqtt) await ended(mqtt, wasConnected && this.#unacknowledged === 0)
  }

  async #dial(): Promise<void> {
    try {
      const token = await this.#options.token()
      if (this.#state !== 'connecting') return
      this.#attach(this.#options.platform.open(this.#options.url, this.#mqttOptions(token)))
    } catch (error) {
      this.#failed(error instanceof RestanteError ? error : unreachable(this.#options.url, { error }))
    }
  }

  #mqttOptions(token: string): Parameters<Platform['open']>[1] {
    const { clientId, user, keepaliveS } = this.#options
    return {
      clean: this.#options.isTransient,
      clientId,
      username: user,
      password: token,
      keepalive: keepaliveS,
      reschedulePings: true,
      // Timers of a worker thread, mqtt.js's choice in browsers, need a Content-Security-Policy that allows them.
      timerVariant: 'native',
      reconnectPeriod: 0,
      connectTimeout: CONNACK_MS_MAX,
      resubscribe: false,
      queueQoSZero: false,
    }
  }

  #attach(mqtt: MqttClient): void {
    this.#mqtt = mqtt
    const witness = new Witness(mqtt, this.#options.url)
    mqtt.on('connect', (connack) => {
      if (mqtt !== this.#mqtt) return
      if (this.#options.isTransient) this.#subscribe(mqtt, connack)
      else this.#connected(connack)
    })
    // Bytes, not packets: on a slow line a long frame is under way for a while.
    mqtt.stream.on('data', () => {
      this.#heard++
    })
    mqtt.on('close', () => {
      if (mqtt === this.#mqtt) this.#failed(witness.failure)
    })
    // PUBACK goes out when this calls back, and the next packet is looked at (trap 19).
    mqtt.handleMessage = (packet: IPublishPacket, callback) => {
      mqtt.reschedulePing()
      this.#handlers
        .frame(packet.payload as Uint8Array, () => callback())
        // Not acknowledged, so it comes again with the next connection.
        .catch((error: unknown) => this.#drop(mqtt, broken(error)))
    }
  }

  /**
   * The server sends to a transient session from SUBSCRIBE on. At QoS 0: its acknowledgements would tell senders that
   * this user has what only a passer-by has seen.
   */
  #subscribe(mqtt: MqttClient, connack: IConnackPacket): void {
    this.#expectAnswer(mqtt, PUBACK_MS_MAX)
    mqtt.subscribe(userTopic(this.#options.user), { qos: 0 }, (error) => {
      if (mqtt !== this.#mqtt) return
      this.#expectNoAnswer()
      if (error) this.#drop(mqtt, broken(error))
      else this.#connected(connack)
    })
  }

  #connected(connack: IConnackPacket): void {
    this.#state = 'connected'
    this.#connectedAtMs = performance.now()
    this.#handlers.connected(connack.sessionPresent)
  }

  #failed(error: RestanteError): void {
    if (this.#state === 'closed') return
    const wasStable = this.#state === 'connected' && performance.now() - this.#connectedAtMs >= STABLE_MS
    if (wasStable) this.#attempt = 0
    if (this.#handlers.isFinal(error)) {
      this.#leave('closed')
      this.#handlers.refused(error)
      return
    }
    this.#leave('waiting')
    const retryInMs = this.#options.backoff(this.#attempt++)
    this.#timer = setTimeout(() => this.open(), retryInMs)
    this.#handlers.disconnected(error, retryInMs)
  }

  #leave(state: 'waiting' | 'closed'): void {
    this.#state = state
    this.#mqtt = undefined
    this.#unacknowledged = 0
    this.#unacknowledgedBytes = 0
    clearTimeout(this.#timer)
    this.#expectNoAnswer()
  }

  #drop(mqtt: MqttClient, error: RestanteError): void {
    if (mqtt !== this.#mqtt) return
    this.#failed(error)
    mqtt.end(true)
  }

  /**
   * Gives the connection up unless something is heard of the server within that time, and the time that what is under
   * way takes on the slowest line. A sooner deadline stays.
   */
  #expectAnswer(mqtt: MqttClient, answerMsMax: number): void {
    const msMax = answerMsMax + (this.#unacknowledgedBytes / SLOWEST_BYTES_PER_S) * 1000
    const dueAtMs = performance.now() + msMax
    if (this.#answerTimer && this.#answerDueAtMs <= dueAtMs) return
    this.#expectNoAnswer()
    this.#answerDueAtMs = dueAtMs
    const heardBefore = this.#heard
    this.#answerTimer = setTimeout(() => {
      this.#answerTimer = undefined
      if (this.#heard === heardBefore) this.#drop(mqtt, broken(new Error('the server gave no answer')))
      else if (this.#unacknowledged > 0) this.#expectAnswer(mqtt, PUBACK_MS_MAX)
    }, msMax)
  }

  #expectNoAnswer(): void {
    clearTimeout(this.#answerTimer)
    this.#answerTimer = undefined
  }
}

/** How long CONNECT may take, from the first SYN to CONNACK. */
const CONNACK_MS_MAX = 20_000
/** A server that is there acknowledges within 10 s or closes. */
const PUBACK_MS_MAX = 20_000
const PING_MS_MAX = 10_000
const SLOWEST_BYTES_PER_S = 1_024
/** A connection that lived so long resets the backoff. */
const STABLE_MS = 10_000
/** How long the other side may take to close after DISCONNECT. */
const CLOSE_MS_MAX = 1_000

export interface ConnectionOptions {
  readonly url: string
  readonly platform: Platform
  readonly clientId: string
  readonly user: UserId
  /** A clean session: the server keeps nothing for it. */
  readonly isTransient: boolean
  readonly token: () => Promise<string>
  readonly keepaliveS: number
  readonly backoff: Backoff
}

export interface ConnectionHandlers {
  /** @param sessionPresent false: the server did not know this device, it gets only what comes from now on */
  connected(sessionPresent: boolean): void
  disconnected(error: RestanteError, retryInMs: number): void
  /** Whether there is no point in another attempt. */
  isFinal(error: RestanteError): boolean
  refused(error: RestanteError): void
  /** One Down frame. `acknowledge` lets its PUBACK go out and the next one come. */
  frame(payload: Uint8Array, acknowledge: () => void): Promise<void>
}

/** @param inOrder with DISCONNECT; otherwise mqtt.js would wait for acknowledgements that may never come */
function ended(mqtt: MqttClient, inOrder: boolean): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      mqtt.stream.destroy()
      resolve()
    }, CLOSE_MS_MAX)
    mqtt.once('close', () => {
      clearTimeout(timer)
      resolve()
    })
    mqtt.end(!inOrder)
  })
}
