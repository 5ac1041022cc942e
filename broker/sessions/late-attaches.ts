import type { Lanes } from '../lanes/lanes.ts'
import { answerBy } from '../mailbox/answer.ts'
import type { MailboxStore } from '../mailbox/store.ts'
import type { Neighbours } from '../bus/neighbours.ts'

export interface LateAttachesParts {
  readonly store: MailboxStore
  readonly lanes: Lanes
  readonly neighbours: Neighbours
}

const LOOK_MS = 1_000
/** The store's answers until it is believed: what was sent to it before may be carried out behind the first one. */
const ANSWERS = 2
/** Devices that are looked after; of more the first are forgotten, and notice at their next PINGREQ. */
const DEVICES_MAX = 10_000

interface Unsure {
  readonly user: string
  readonly device: string
  answers: number
}

/**
 * Attaches whose outcome nobody knows, because the store did not answer in time (G7).
 *
 * Such a one may be carried out late, behind the attach of the device's next connection at another node. The lane
 * there is fenced then, and it is not told of entries any more: a quiet device would not notice. So the store is
 * asked where the device is, when it answers again. If it says here, and the device is not, whoever has it is told to
 * close it. Of a node that is gone nobody asks: the others compare all that they have when it leaves.
 */
export class LateAttaches {
  readonly #parts: LateAttachesParts
  readonly #unsure = new Map<string, Unsure>()
  #timer: NodeJS.Timeout | undefined
  #isLooking = false

  constructor(parts: LateAttachesParts) {
    this.#parts = parts
  }

  note(user: string, device: string): void {
    const key = `${user}/${device}`
    this.#unsure.delete(key)
    this.#unsure.set(key, { user, device, answers: 0 })
    if (this.#unsure.size > DEVICES_MAX) this.#unsure.delete(this.#unsure.keys().next().value as string)
    this.#timer ??= setInterval(() => void this.#look(), LOOK_MS).unref()
  }

  /** Nobody looks after them any more: the others are to compare what they have. */
  stop(): void {
    clearInterval(this.#timer)
    if (this.#unsure.size > 0) this.#parts.neighbours.compare()
    this.#unsure.clear()
  }

  /** One look at a time: a store that does not answer is not asked more and more. */
  async #look(): Promise<void> {
    if (this.#isLooking) return
    this.#isLooking = true
    await Promise.allSettled([...this.#unsure].map(([key, unsure]) => this.#ask(key, unsure)))
    this.#isLooking = false
    if (this.#unsure.size > 0) return
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  /** Rejects while the store does not answer. */
  async #ask(key: string, unsure: Unsure): Promise<void> {
    const { store, lanes, neighbours } = this.#parts
    const { user, device } = unsure
    const known = await answerBy(() => store.devices(user))
    if (++unsure.answers < ANSWERS || this.#unsure.get(key) !== unsure) return
    this.#unsure.delete(key)
    const isSaidHere = known.some((record) => record.device === device && record.node === neighbours.self)
    const isHere = lanes.of(user).some((lane) => lane.device === device)
    if (isSaidHere && !isHere) neighbours.oustAnywhere(user, device, 'taken-over')
  }
}
