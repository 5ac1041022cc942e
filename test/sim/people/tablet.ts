import type { Observation } from '../../fault/observation.ts'
import type { Random } from '../../support/random.ts'
import { RawClient } from '../../support/raw-client.ts'
import type { Network } from '../world/network.ts'
import { Process, type World } from '../world/world.ts'
import type { Phone } from './phone.ts'
import { tokenOf } from './server.ts'

const DEVICE = 'tablet'
/** Unix s: its token is older than its removal, whatever clocks say. */
const LONG_AGO_S = 1_577_836_800
const PAUSE_MS = 5_000

/** A device that is linked, removed by its owner, and then tries to come back with the token that it had. */
export class Tablet {
  readonly process: Process
  readonly #world: World
  readonly #network: Network
  readonly #owner: Phone
  readonly #log: Observation[]
  readonly #random: Random
  #state: 'new' | 'linked' | 'removed' = 'new'

  constructor(world: World, network: Network, owner: Phone, log: Observation[]) {
    this.#world = world
    this.#network = network
    this.#owner = owner
    this.#log = log
    this.#random = world.random.fork()
    this.process = new Process(`${owner.user}/${DEVICE}`, world)
  }

  /** Whether something may be kept for it. */
  isOwed(user: string): boolean {
    return user === this.#owner.user && this.#state !== 'removed'
  }

  /** @param untilMs by the world's time */
  live(untilMs: number): void {
    this.#world.after(PAUSE_MS * (0.5 + this.#random.next()), this.process, 'is used', () => {
      if (this.#world.nowMs > untilMs) return
      void this.#act()
        .catch(() => undefined)
        .then(() => this.live(untilMs))
    })
  }

  async #act(): Promise<void> {
    switch (this.#state) {
      case 'new':
        if (await this.#connects(true)) this.#state = 'linked'
        return
      case 'linked':
        await this.#owner.removeDevice(DEVICE)
        this.#state = 'removed'
        return
      case 'removed': {
        const isDurable = this.#random.chance(0.5)
        if (!(await this.#connects(isDurable))) return
        const as = `with ${isDurable ? 'a durable' : 'a clean'} session after its removal`
        this.#log.push({ user: this.#owner.user, device: DEVICE, chat: '', what: 'let-in', as })
      }
    }
  }

  async #connects(isDurable: boolean): Promise<boolean> {
    const { user } = this.#owner
    const raw = new RawClient(this.#network.dial(this.process))
    try {
      const password = tokenOf(user, 'device', LONG_AGO_S)
      const clientId = `${user}/${DEVICE}`
      return (await raw.connect({ clientId, username: user, password, clean: !isDurable })).code === 0
    } finally {
      raw.cut()
    }
  }
}
