import { decodeDown, encodeUp } from '../../../proto/codec.ts'
import { chatIdOf, type ChatId } from '../../../proto/ids.ts'
import type { Observation } from '../../fault/observation.ts'
import { pubackPacket, publishPacket } from '../../support/mqtt-packets.ts'
import type { Random } from '../../support/random.ts'
import { RawClient } from '../../support/raw-client.ts'
import type { Network } from '../world/network.ts'
import { Process, type World } from '../world/world.ts'
import { tokenOf } from './server.ts'

const USER = 'mal'
const FLOOD = 200
/** Unix s: a token from before anything here happened. */
const LONG_AGO_S = 1_577_836_800

interface MalloryParts {
  readonly world: World
  readonly network: Network
  readonly log: Observation[]
  /** Chats of others, and these. */
  readonly chats: () => readonly string[]
  readonly victims: readonly { readonly user: string; readonly device: string }[]
}

/** Somebody who has an account, and no good in mind. */
export class Mallory {
  readonly process: Process
  readonly #parts: MalloryParts
  readonly #random: Random
  #raw: RawClient | undefined
  #sends = 0

  constructor(parts: MalloryParts) {
    this.#parts = parts
    this.#random = parts.world.random.fork()
    this.process = new Process('mal/box', parts.world)
  }

  /** @param untilMs by the world's time */
  live(pauseMs: number, untilMs: number): void {
    const { world } = this.#parts
    world.after(-Math.log(1 - this.#random.next()) * pauseMs, this.process, 'is up to something', () => {
      if (world.nowMs > untilMs) {
        this.#raw?.cut()
        return
      }
      void this.#act().catch(() => undefined)
      this.live(pauseMs, untilMs)
    })
  }

  async #act(): Promise<void> {
    const random = this.#random
    const raw = await this.#connected()
    switch (
      random.pick(['half', 'garbage', 'foreign', 'foreign', 'numbers', 'pubacks', 'flood', 'name', 'topic'])
    ) {
      case 'half': {
        const packet = this.#publish(this.#chat(), this.#message())
        raw.send(packet.subarray(0, random.between(1, packet.length)))
        return
      }
      case 'garbage':
        return raw.send(random.bytes(random.between(1, 200)))
      case 'foreign':
        return raw.send(this.#publish(this.#chat(), this.#intrusion()))
      case 'numbers':
        return raw.send(this.#publish(this.#chat(), this.#message(random.pick([0, 1, 2 ** 32, 2 ** 53 - 1]))))
      case 'pubacks':
        for (let i = 0; i < 20; i++) raw.send(pubackPacket(random.between(1, 65_536)))
        return
      case 'flood':
        for (let i = 0; i < FLOOD; i++) raw.send(this.#publish(this.#chat(), this.#message()))
        return
      case 'name':
        return this.#asVictim()
      case 'topic':
        await raw.subscribe(`u/${random.pick(this.#parts.victims).user}`)
    }
  }

  #intrusion(): Uint8Array {
    const { user } = this.#random.pick(this.#parts.victims)
    const clientSeq = ++this.#sends
    return this.#random.pick([
      () => this.#message(),
      () => encodeUp({ read: { upTo: this.#random.pick([1, 50, 2 ** 31]) } }),
      () => encodeUp({ add: { clientSeq, members: [USER] } }),
      () => encodeUp({ remove: { clientSeq, members: [user] } }),
      () => encodeUp({ create: { clientSeq, name: 'mine', members: [user] } }),
      () => encodeUp({ message: { clientSeq, text: `${USER} ${clientSeq}`, peer: user } }),
    ])()
  }

  /** Under the name of somebody else's device, with a token of its own. */
  async #asVictim(): Promise<void> {
    const { network, victims } = this.#parts
    const { user, device } = this.#random.pick(victims)
    const raw = new RawClient(network.dial(this.process))
    const { code } = await raw.connect({
      clientId: `${user}/${device}`,
      username: this.#random.pick([user, USER]),
      password: tokenOf(USER, 'device', LONG_AGO_S),
    })
    if (code === 0) this.#note('', { what: 'let-in', as: `as ${user}/${device}` })
    raw.cut()
  }

  async #connected(): Promise<RawClient> {
    if (this.#raw !== undefined && !this.#raw.isClosed) return this.#raw
    const raw = new RawClient(this.#parts.network.dial(this.process))
    this.#raw = raw
    raw.onPacket = (packet) => {
      if (packet.type !== 'publish') return false
      for (const { chat, seq, text } of decodeDown(packet.payload).messages)
        this.#note(chatIdOf(chat as Uint8Array), { what: 'let-in', as: `and given seq ${seq}: ${text}` })
      return true
    }
    await raw.connect({
      clientId: 'mal/box',
      username: USER,
      password: tokenOf(USER, 'device', LONG_AGO_S),
    })
    return raw
  }

  #chat(): string {
    return this.#random.pick(this.#parts.chats())
  }

  #message(clientSeq = ++this.#sends): Uint8Array {
    return encodeUp({ message: { clientSeq, text: `${USER} ${this.#sends}` } })
  }

  #publish(chat: string, payload: Uint8Array): Uint8Array {
    const packetId = this.#random.between(1, 65_536)
    return publishPacket({ topic: `g/${chat as ChatId}`, payload, packetId })
  }

  #note(chat: string, seen: { readonly what: 'let-in'; readonly as: string }): void {
    this.#parts.log.push({ user: USER, device: 'box', chat, ...seen })
  }
}
