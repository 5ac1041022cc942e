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
}

export function healRedis({ redis }: Scene): void {
  if (redis === undefined) return
  redis.slowness = 1
  redis.losing = 0
  redis.model.keys.isFull = false
}
