import { later, restart, withoutAWord, type Faults, type Scene } from './fault.ts'

/** The Redis server, and the bus over it. */
export const REDIS_FAULTS: Faults = {
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
      const behindMs = redis.isBehind ? random.between(500, 5_000) : 0
      const { name } = redis.process
      const awayMs = random.between(500, 10_000)
      withoutAWord(scene, random, () => redis.failOver(behindMs))
      restart(scene, redis, awayMs)
      // What is lost there is given anew to apps that have not looked at all yet.
      if (behindMs > 0)
        for (const phone of random.sample(scene.phones, 3))
          later(scene, awayMs + random.between(500, 10_000), 'ends an app', () => {
            if (phone.process.isDead) return
            phone.kill()
            restart(scene, phone, random.between(0, 3_000))
          })
      return `${name}, to one that is ${behindMs} ms behind`
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
        redis.dropListeners()
      })
      return `${redis.losing} of 100 frames`
    },
  },
  'worker back too soon': {
    weight: 2,
    strike: (scene, random) => {
      const { redis, workers, network } = scene
      if (redis === undefined || redis.process.isDead) return undefined
      const ms = random.between(2_500, 12_000)
      redis.process.freeze(ms)
      later(scene, random.between(0, 1_500), 'cuts the workers off', () => {
        for (const link of network.links)
          if (workers.some(({ process }) => process === link.near.process)) link.cut()
      })
      return `${redis.process.name} for ${ms} ms, and all workers connect anew meanwhile`
    },
  },
  'owner late': {
    weight: 3,
    strike: (scene, random) => {
      const { redis, servers } = scene
      const [late, ...others] = random.sample(servers, servers.length)
      if (redis === undefined || late === undefined || others.length === 0 || late.process.isDead)
        return undefined
      const ms = random.between(6_000, 15_000)
      late.process.freeze(ms)
      redis.slowness = random.pick([20, 100])
      later(scene, ms + random.between(0, 600), 'ends those who have its leases', () => {
        for (const other of others) {
          if (other.process.isDead) continue
          other.process.kill()
          restart(scene, other, random.between(50, 5_000))
        }
      })
      later(scene, ms + 2_000, 'makes Redis fast again', () => {
        redis.slowness = 1
      })
      return `${late.process.name} for ${ms} ms; when it goes on, the others end`
    },
  },
}

export function healRedis({ redis }: Scene): void {
  if (redis === undefined) return
  redis.slowness = 1
  if (redis.losing > 0) redis.dropListeners()
  redis.losing = 0
  redis.model.keys.isFull = false
}
