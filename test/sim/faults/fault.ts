import type { Random } from '../../support/random.ts'
import type { Machines } from '../machines.ts'
import type { Phone } from '../people/phone.ts'
import type { Network } from '../world/network.ts'
import type { Process, World } from '../world/world.ts'

export interface Scene extends Machines {
  readonly world: World
  readonly network: Network
  readonly phones: readonly Phone[]
  /** Of devices without the SDK. */
  readonly gateways: readonly Process[]
  /** Second ones of the same name, which end again. */
  readonly twins: Map<Phone, Phone>
}

interface Fault {
  /** How often it happens, in proportion. */
  readonly weight: number
  /** Does its harm, and undoes what lasts after a while. @returns what is told of it; undefined: it was none this time */
  readonly strike: (scene: Scene, random: Random) => string | undefined
}

/** Kinds of faults, by what they are called in a story. */
export type Faults = Readonly<Record<string, Fault>>

/** Undoes a fault when its time is over. */
export function later({ world }: Scene, ms: number, what: string, undo: () => void): void {
  world.after(ms, world.nobody, what, undo)
}

/** What has a process on it, and can be started again. */
interface Machine {
  readonly process: Process
  start(): void
}

/** Starts what has ended, unless somebody else has. */
export function restart(scene: Scene, one: Machine, ms: number): void {
  const { process } = one
  later(scene, ms, `starts what was ${process.name} again`, () => {
    if (one.process === process) one.start()
  })
}

/** Their machine may go with them: then nobody tells the others. */
export function withoutAWord(scene: Scene, random: Random, kill: () => void): void {
  scene.network.isSilent = random.chance(0.5)
  kill()
  scene.network.isSilent = false
}

/** No chance is asked where there is no choice. */
export function oneOf<One>(all: readonly One[], random: Random): One {
  return all.length === 1 ? (all[0] as One) : random.pick(all)
}
