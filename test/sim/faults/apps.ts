import type { Phone } from '../people/phone.ts'
import { later, type Faults, type Scene } from './fault.ts'

/** Apps, and what they keep. */
export const APP_FAULTS: Faults = {
  'app killed': {
    weight: 4,
    strike: (scene, random) => {
      const phone = random.pick(scene.phones)
      const { process } = phone
      if (process.isDead) return undefined
      phone.kill()
      // Long enough, now and then, for an answer to end that it had asked for.
      later(scene, random.between(0, random.pick([10_000, 60_000, 150_000])), 'starts an app again', () => {
        if (phone.process === process) phone.start()
      })
      return process.name
    },
  },
  'last word': {
    weight: 4,
    strike: (scene, random) => {
      const phone = random.pick(scene.phones)
      const { process } = phone
      if (process.isDead || scene.twins.has(phone)) return undefined
      const what = random.pick(['ask', 'send'] as const)
      phone.flash.slowness = random.pick([1, 100, 1_000])
      scene.world.after(0, process, 'is used once more', () => phone.doLast(what))
      const killMs = random.between(0, random.pick([20, 300, 3_000]))
      later(scene, killMs, 'ends an app', () => {
        phone.flash.slowness = 1
        if (phone.process === process) phone.kill()
      })
      // An answer for which nobody waits ends after a minute.
      const awayMs = what === 'ask' ? random.between(65_000, 150_000) : random.between(0, 20_000)
      later(scene, killMs + awayMs, 'starts an app again', () => {
        if (phone.process === process) phone.start()
      })
      return `${process.name} ends as it ${what === 'ask' ? 'asks' : 'says'} something`
    },
  },
  'backup restored': {
    weight: 1,
    strike: (scene, random) => {
      const phone = random.pick(scene.phones)
      const { process } = phone
      const which = random.pick(['backup', 'nothing'] as const)
      if (process.isDead || scene.twins.has(phone)) return undefined
      phone.restore(which)
      later(scene, random.between(500, 20_000), 'starts an app again', () => {
        if (phone.process === process) phone.start()
      })
      return `${process.name}: ${which === 'backup' ? 'it is as it was' : 'its app is new'}`
    },
  },
  'run twice': {
    weight: 1,
    strike: (scene, random) => {
      const phone = random.pick(scene.phones)
      if (phone.process.isDead || scene.twins.has(phone)) return undefined
      const twin = phone.twin()
      scene.twins.set(phone, twin)
      twin.start()
      later(scene, random.between(2_000, 60_000), 'ends a twin', () => endTwin(scene, phone))
      return phone.process.name
    },
  },
  'flash slow': {
    weight: 2,
    strike: (scene, random) => {
      const phone = random.pick(scene.phones)
      phone.flash.slowness = random.pick([10, 100, 1_000])
      later(scene, random.between(1_000, 30_000), 'makes a flash fast again', () => {
        phone.flash.slowness = 1
      })
      return `${phone.process.name}, ${phone.flash.slowness} times`
    },
  },
}

function endTwin({ twins }: Scene, phone: Phone): void {
  const twin = twins.get(phone)
  if (twin === undefined) return
  twins.delete(phone)
  phone.endTwin(twin)
}

export function healApps(scene: Scene): void {
  for (const phone of scene.phones) {
    endTwin(scene, phone)
    phone.flash.slowness = 1
  }
}
