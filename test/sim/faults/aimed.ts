import type { Process } from '../world/world.ts'
import { later, restart, type Faults, type Scene } from './fault.ts'

/** Ends what runs in a process, if it is started again by somebody. @returns whether it is */
function kill(scene: Scene, process: Process, ms: number): boolean {
  const machine = [...scene.servers, ...scene.workers].find((one) => one.process === process)
  const phone = scene.phones.find((one) => one.process === process)
  if (machine !== undefined) {
    process.kill()
    restart(scene, machine, ms)
  } else if (phone !== undefined) {
    phone.kill()
    later(scene, ms, 'starts an app again', () => {
      if (phone.process === process) phone.start()
    })
  }
  return machine !== undefined || phone !== undefined
}

/** Not by itself, but when a message gets on: strikes whoever has one just now, between two steps of its life between which fewest faults came so far. */
export const AIMED_FAULTS: Faults = {
  'message caught': {
    weight: 0,
    strike: (scene, random) => {
      const caught = scene.world.passage.rarest()
      if (caught === undefined) return undefined
      const { step, at } = caught
      const process = random.pick(at)
      const told = `behind step ${step}: ${process.name}`
      const harm = random.pick(['cut', 'kill', 'freeze'] as const)
      const ms = random.between(50, 5_000)
      const link = scene.network.links.find(
        ({ near, far }) => at.includes(near.process) && at.includes(far.process),
      )
      if (harm === 'kill' && kill(scene, process, ms)) return `${told} is killed`
      if (harm === 'cut' && link !== undefined) {
        link.cut()
        return `${told} is cut off`
      }
      process.freeze(ms)
      return `${told} is frozen for ${ms} ms`
    },
  },
}
