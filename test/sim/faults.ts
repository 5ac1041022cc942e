import type { Random } from '../support/random.ts'
import type { SimDisk } from './machine/sim-disk.ts'
import type { Machines } from './machines.ts'
import type { Phone } from './people/phone.ts'
import type { Network } from './world/network.ts'
import type { Process, World } from './world/world.ts'

export interface Scene extends Machines {
  readonly world: World
  readonly network: Network
  readonly phones: readonly Phone[]
  /** Of devices without the SDK. */
  readonly gateways: readonly Process[]
  /** Second ones of the same name, which end again. */
  readonly twins: Map<Phone, Phone>
}

const DAY_MS = 86_400_000

/** Does its harm, and undoes what lasts after a while. @returns what is told of it; undefined: it was none this time */
type Fault = (scene: Scene, random: Random) => string | undefined

/** Undoes a fault when its time is over. */
function later({ world }: Scene, ms: number, what: string, undo: () => void): void {
  world.after(ms, world.nobody, what, undo)
}

/** Starts what has ended, unless somebody else has. */
function restart(scene: Scene, one: Machine, ms: number): void {
  const { process } = one
  later(scene, ms, `starts what was ${process.name} again`, () => {
    if (one.process === process) one.start()
  })
}

/** What has a process on it, and can be started again. */
interface Machine {
  readonly process: Process
  start(): void
}

const someProcess = ({ redis, servers, workers, phones, gateways }: Scene, random: Random): Process => {
  const ours = [...servers, ...servers, ...workers, ...workers, ...(redis === undefined ? [] : [redis])]
  return random.pick([...ours, ...phones, ...gateways.map((process) => ({ process }))]).process
}

/** Their machine may go with them: then nobody tells the others. */
function withoutAWord(scene: Scene, random: Random, kill: () => void): void {
  scene.network.isSilent = random.chance(0.5)
  kill()
  scene.network.isSilent = false
}

/** No chance is asked where there is no choice. */
function oneOf<One>(all: readonly One[], random: Random): One {
  return all.length === 1 ? (all[0] as One) : random.pick(all)
}

/** The disk on which mailboxes are, if they are on one. */
function diskOf({ redis, servers }: Scene): SimDisk | undefined {
  return redis === undefined ? servers[0]?.disk : undefined
}

/** Every kind of fault: a new one is one more line here. */
export const FAULTS: Readonly<Record<string, { readonly weight: number; readonly strike: Fault }>> = {
  'broker killed': {
    weight: 3,
    strike: (scene, random) => {
      const server = oneOf(scene.servers, random)
      if (server.process.isDead) return undefined
      server.process.kill()
      restart(scene, server, random.between(50, 5_000))
      return server.process.name
    },
  },
  'power cut': {
    weight: 2,
    strike: (scene, random) => {
      const server = oneOf(scene.servers, random)
      if (server.process.isDead) return undefined
      withoutAWord(scene, random, () => server.process.kill())
      server.disk.cutPower()
      restart(scene, server, random.between(1_000, 30_000))
      return server.process.name
    },
  },
  'redis killed': {
    weight: 2,
    strike: (scene, random) => {
      const { redis } = scene
      if (redis === undefined || redis.process.isDead) return undefined
      withoutAWord(scene, random, () => redis.kill())
      restart(scene, redis, random.between(50, 10_000))
      return redis.process.name
    },
  },
  'redis failed over': {
    weight: 1,
    strike: (scene, random) => {
      const { redis } = scene
      if (redis === undefined || redis.process.isDead) return undefined
      withoutAWord(scene, random, () => redis.failOver(0))
      restart(scene, redis, random.between(500, 10_000))
      return redis.process.name
    },
  },
  'redis full': {
    weight: 1,
    strike: (scene, random) => {
      const { redis } = scene
      if (redis === undefined) return undefined
      redis.model.keys.isFull = true
      later(scene, random.between(500, 20_000), 'makes room in Redis', () => {
        redis.model.keys.isFull = false
      })
      return ''
    },
  },
  'redis slow': {
    weight: 2,
    strike: (scene, random) => {
      const { redis } = scene
      if (redis === undefined) return undefined
      redis.slowness = random.pick([10, 100, 2_000])
      later(scene, random.between(500, 20_000), 'makes Redis fast again', () => {
        redis.slowness = 1
      })
      return `${redis.slowness} times`
    },
  },
  'bus losing': {
    weight: 3,
    strike: (scene, random) => {
      const { redis } = scene
      if (redis === undefined) return undefined
      redis.losing = random.pick([10, 50, 100])
      later(scene, random.between(500, 30_000), 'lets the bus carry all again', () => {
        redis.losing = 0
      })
      return `${redis.losing} of 100 frames`
    },
  },
  'worker killed': {
    weight: 4,
    strike: (scene, random) => {
      const worker = oneOf(scene.workers, random)
      if (worker.process.isDead) return undefined
      worker.process.kill()
      restart(scene, worker, random.between(50, 5_000))
      return worker.process.name
    },
  },
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
  'process frozen': {
    weight: 4,
    strike: (scene, random) => {
      const process = someProcess(scene, random)
      const ms = random.pick([50, 500, 3_000, 20_000, 70_000])
      process.freeze(ms)
      return `${process.name} for ${ms} ms`
    },
  },
  'connection cut': {
    weight: 6,
    strike: (scene, random) => {
      if (scene.network.links.length === 0) return undefined
      const link = random.pick(scene.network.links)
      link.cut()
      return link.near.process.name
    },
  },
  'connection half open': {
    weight: 3,
    strike: (scene, random) => {
      if (scene.network.links.length === 0) return undefined
      const link = random.pick(scene.network.links)
      const which = random.pick(['near', 'far', 'both'] as const)
      link.deafen(which)
      return `${link.near.process.name}: ${which === 'far' ? 'the broker' : which === 'near' ? 'it' : 'neither'} hears nothing`
    },
  },
  'connection stuck': {
    weight: 4,
    strike: (scene, random) => {
      if (scene.network.links.length === 0) return undefined
      const link = random.pick(scene.network.links)
      const ms = random.pick([200, 2_000, 12_000, 40_000])
      link.stick(ms)
      return `${link.near.process.name} for ${ms} ms`
    },
  },
  'network slow': {
    weight: 1,
    strike: (scene, random) => {
      scene.network.latency = [20, random.pick([300, 3_000])]
      later(scene, random.between(2_000, 30_000), 'makes the network fast again', () => {
        scene.network.latency = [0.2, 30]
      })
      return `up to ${scene.network.latency[1]} ms`
    },
  },
  'disk slow': {
    weight: 2,
    strike: (scene, random) => {
      const disk = diskOf(scene)
      if (disk === undefined) return undefined
      disk.slowness = random.pick([10, 100, 2_000])
      later(scene, random.between(500, 20_000), 'makes the disk fast again', () => {
        disk.slowness = 1
      })
      return `${disk.slowness} times`
    },
  },
  'disk failing': {
    weight: 2,
    strike: (scene, random) => {
      const disk = diskOf(scene)
      if (disk === undefined) return undefined
      disk.failing = random.pick([2, 20, 100])
      later(scene, random.between(100, 8_000), 'mends the disk', () => {
        disk.failing = 0
      })
      return `${disk.failing} of 100`
    },
  },
  'disk full': {
    weight: 1,
    strike: (scene, random) => {
      const disk = diskOf(scene)
      if (disk === undefined) return undefined
      disk.isFull = true
      later(scene, random.between(500, 20_000), 'makes room on the disk', () => {
        disk.isFull = false
      })
      return ''
    },
  },
  'directory away': {
    weight: 2,
    strike: (scene, random) => {
      scene.directory.isAway = true
      later(scene, random.between(100, 30_000), 'brings the directory back', () => {
        scene.directory.isAway = false
      })
      return ''
    },
  },
  'directory slow': {
    weight: 2,
    strike: (scene, random) => {
      scene.directory.slowness = random.pick([20, 400])
      later(scene, random.between(500, 20_000), 'makes the directory fast again', () => {
        scene.directory.slowness = 1
      })
      return `${scene.directory.slowness} times`
    },
  },
  'clock leaps': {
    weight: 1,
    strike: (scene, random) => {
      const process = someProcess(scene, random)
      process.clockAheadMs = 40 * DAY_MS
      later(scene, 8_000, 'sets a clock right', () => {
        process.clockAheadMs = 0
      })
      return `${process.name}: 40 days ahead for 8 s`
    },
  },
  'clock drifts': {
    weight: 1,
    strike: (scene, random) => {
      const process = someProcess(scene, random)
      process.clockDrift = random.pick([-0.1, -0.001, 0.001, 0.1])
      return `${process.name}: ${process.clockDrift} s a second`
    },
  },
  'clock jumps': {
    weight: 2,
    strike: (scene, random) => {
      const process = someProcess(scene, random)
      const ms = random.pick([-86_400_000, -3_600_000, -5_000, 5_000, 3_600_000, 86_400_000])
      process.clockAheadMs = process.clockAheadMs === 0 ? ms : 0
      return `${process.name}: ${process.clockAheadMs} ms ahead`
    },
  },
}

function endTwin({ twins }: Scene, phone: Phone): void {
  const twin = twins.get(phone)
  if (twin === undefined) return
  twins.delete(phone)
  phone.endTwin(twin)
}

/** All that lasts is over but what is frozen or stuck, for a minute at most: what was ended runs, what broke is mended. */
export function heal(scene: Scene): void {
  const { network, redis, servers, workers, directory, phones, gateways } = scene
  for (const phone of phones) endTwin(scene, phone)
  for (const { flash } of phones) flash.slowness = 1
  network.latency = [0.2, 30]
  if (redis !== undefined) {
    redis.slowness = 1
    redis.losing = 0
    redis.model.keys.isFull = false
  }
  for (const { disk } of servers) {
    disk.slowness = 1
    disk.failing = 0
    disk.isFull = false
  }
  directory.isAway = false
  directory.slowness = 1
  const machines = [...(redis === undefined ? [] : [redis]), ...servers, ...workers, ...phones]
  for (const one of machines) if (one.process.isDead) one.start()
  for (const process of [...machines.map((one) => one.process), ...gateways]) {
    process.clockAheadMs = 0
    process.clockDrift = 0
  }
  // They do not ping: what hears nothing would hear nothing for half an hour.
  for (const link of network.links) if (gateways.includes(link.near.process)) link.reset()
}
