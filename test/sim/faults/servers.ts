import type { SimDisk } from '../machine/sim-disk.ts'
import { later, oneOf, restart, withoutAWord, type Faults, type Scene } from './fault.ts'

/** The disk on which mailboxes are, if they are on one. */
function diskOf({ redis, servers }: Scene): SimDisk | undefined {
  return redis === undefined ? servers[0]?.disk : undefined
}

/** Brokers, workers, the disk and the directory. */
export const SERVER_FAULTS: Faults = {
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
}

export function healServers({ servers, directory }: Scene): void {
  for (const { disk } of servers) {
    disk.slowness = 1
    disk.failing = 0
    disk.isFull = false
  }
  directory.isAway = false
  directory.slowness = 1
}
