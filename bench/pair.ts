import { directChatId, type DeviceId, type UserId } from '../proto/ids.ts'
import { chatTopic, clientId } from '../proto/topics.ts'
import { readDown, textUp, type DownVisitor } from './frames.ts'
import { MqttSocket, type MqttListener } from './mqtt-socket.ts'
import type { Server } from './server.ts'

/**
 * A sender and a receiver of one direct chat, both durable sessions, and what they saw. Each text starts with the
 * message's number in ten digits; the rest is filling.
 */
export class Pair {
  /** Milliseconds from send to arrival at the receiver, and to the delivered receipt at the sender. */
  readonly deliverMs: number[] = []
  readonly tickMs: number[] = []
  /** PUBACKs that the sender got. */
  acknowledged = 0
  duplicated = 0
  reordered = 0
  rejected = 0
  /** Connections that the server ended. */
  closed = 0
  /** PUBLISH packets that the receiver got, over all its connections. */
  frames = 0
  readonly #server: Server
  readonly #users: readonly [UserId, UserId]
  readonly #topic: Buffer
  readonly #peer: Uint8Array
  readonly #text: Buffer
  readonly #sentAt: number[] = []
  /** Accepted sends that have no tick yet: seq and message number, oldest first from #firstWaiting. */
  readonly #acceptedSeqs: number[] = []
  readonly #acceptedNumbers: number[] = []
  #firstWaiting = 0
  #deliveredUpTo = 0
  /** By message number. */
  readonly #arrivedAt = new Map<number, number>()
  #highestArrived = 0
  #arrivedUpTo = 0
  #sender: MqttSocket | undefined
  #receiver: MqttSocket | undefined
  #onTick: () => void = () => {}

  constructor(server: Server, name: string, bytes: number) {
    this.#server = server
    this.#users = [`tx.${name}` as UserId, `rx.${name}` as UserId]
    this.#topic = Buffer.from(chatTopic(directChatId(...this.#users)))
    this.#peer = Buffer.from(this.#users[1])
    this.#text = Buffer.alloc(Math.max(bytes, NUMBER_CHARS), 'a')
  }

  async connectSender(): Promise<void> {
    this.#sender = await this.#connect(this.#users[0], {
      message: ignore,
      accepted: (clientSeq, seq, more) => this.#accepted(clientSeq, seq, more),
      rejected: () => void this.rejected++,
      delivered: (upTo) => this.#delivered(upTo),
      puback: () => void this.acknowledged++,
    })
  }

  async connectReceiver(): Promise<void> {
    this.#receiver = await this.#connect(this.#users[1], {
      message: (_seq, chunk, textStart) => this.#arrival(chunk, textStart),
      accepted: ignore,
      rejected: ignore,
      delivered: ignore,
      puback: ignore,
    })
  }

  /** The receiver's device goes out of reach. */
  async disconnectReceiver(): Promise<void> {
    if (!this.#receiver) return
    this.frames += this.#receiver.publishes
    await this.#receiver.close()
    this.#receiver = undefined
  }

  send(): void {
    const number = this.#sentAt.length + 1
    this.#text.write(String(number).padStart(NUMBER_CHARS, '0'), 0, 'latin1')
    this.#sentAt.push(performance.now())
    const peer = this.#acceptedSeqs.length === 0 ? this.#peer : undefined
    this.#sender?.publish(this.#topic, textUp(number, this.#text, peer))
  }

  /** Puts `window` messages on their way; from then on every tick sends another, until `stopped`. */
  start(window: number): void {
    this.#onTick = () => this.send()
    for (let i = 0; i < window; i++) this.send()
  }

  stop(): void {
    this.#onTick = ignore
  }

  get sent(): number {
    return this.#sentAt.length
  }

  /** Milliseconds from send to arrival of the messages from this one on; of those that are not there, until now. */
  deliveriesFrom(number: number): number[] {
    const now = performance.now()
    return this.#sentAt.slice(number - 1).map((at, i) => (this.#arrivedAt.get(number + i) ?? now) - at)
  }

  get arrived(): number {
    return this.#arrivedAt.size
  }

  get isQuiet(): boolean {
    return this.acknowledged === this.sent && this.tickMs.length === this.sent
  }

  /** Up to which of the messages all have arrived. */
  get arrivedUpTo(): number {
    while (this.#arrivedAt.has(this.#arrivedUpTo + 1)) this.#arrivedUpTo++
    return this.#arrivedUpTo
  }

  /** Acknowledged to the sender, not refused afterwards, and never seen by the receiver. */
  get lost(): number {
    return this.acknowledged - this.rejected - this.arrived
  }

  async close(): Promise<void> {
    await this.disconnectReceiver()
    await this.#sender?.close()
  }

  async #connect(user: UserId, sees: DownVisitor & Pick<MqttListener, 'puback'>): Promise<MqttSocket> {
    const token = await this.#server.token(user)
    const login = { clientId: clientId(user, DEVICE), user, token }
    const listener = {
      publish: (chunk: Buffer, start: number, end: number) => readDown(chunk, start, end, sees),
      puback: sees.puback,
      closed: (reason: string) => {
        this.closed++
        console.error(reason)
      },
    }
    return MqttSocket.open(this.#server.port, login, listener, this.#server.dial)
  }

  #arrival(chunk: Buffer, textStart: number): void {
    let number = 0
    for (let i = 0; i < NUMBER_CHARS; i++) number = number * 10 + (chunk[textStart + i] as number) - 48
    if (this.#arrivedAt.has(number)) {
      this.duplicated++
      return
    }
    const now = performance.now()
    this.#arrivedAt.set(number, now)
    if (number !== this.#highestArrived + 1) this.reordered++
    if (number > this.#highestArrived) this.#highestArrived = number
    this.deliverMs.push(now - (this.#sentAt[number - 1] as number))
  }

  #accepted(clientSeq: number, seq: number, more: number): void {
    for (let i = 0; i <= more; i++) {
      this.#acceptedSeqs.push(seq + i)
      this.#acceptedNumbers.push(clientSeq + i)
    }
    this.#settle()
  }

  #delivered(upTo: number): void {
    if (upTo > this.#deliveredUpTo) this.#deliveredUpTo = upTo
    this.#settle()
  }

  /** A tick for every accepted send that the delivered mark covers. */
  #settle(): void {
    const now = performance.now()
    while (
      this.#firstWaiting < this.#acceptedSeqs.length &&
      (this.#acceptedSeqs[this.#firstWaiting] as number) <= this.#deliveredUpTo
    ) {
      const number = this.#acceptedNumbers[this.#firstWaiting++] as number
      this.tickMs.push(now - (this.#sentAt[number - 1] as number))
      this.#onTick()
    }
  }
}

const NUMBER_CHARS = 10
const DEVICE = 'bench' as DeviceId

function ignore(): void {}
