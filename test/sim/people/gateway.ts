import type { Bridge } from '../../fault/bridge.ts'
import type { Process } from '../world/world.ts'
import type { ChatToUse, Habits } from './habits.ts'

/** A device without the SDK, which knows only what docs/wire.md says: a bridge of the fault suite, in the world. */
export class Gateway {
  readonly bridge: Bridge
  readonly process: Process
  #sends = 0

  constructor(bridge: Bridge, process: Process) {
    this.bridge = bridge
    this.process = process
  }

  /** It was restored from a backup: its next numbers are those of other sends. */
  restoreNumbers(): void {
    this.bridge.restoreNumbers(3)
  }

  live(habits: Habits): void {
    habits.live(this.process, this)
  }

  send(chat: ChatToUse): void {
    const { user, device } = this.bridge
    this.bridge.send(chat, `${user}/${device} ${++this.#sends}`)
  }

  markRead(chat: ChatToUse): void {
    this.bridge.markRead(chat)
  }
}
