import type { Log } from '../../kit/log.ts'
import { SimRedis } from './machine/sim-redis.ts'
import { Server } from './people/server.ts'
import { SimDirectory } from './people/sim-directory.ts'
import { Worker } from './people/worker.ts'
import type { Network } from './world/network.ts'
import type { World } from './world/world.ts'

/** What the people of a life talk through. */
export interface Machines {
  /** Where mailboxes are, if they are not on the one broker's own disk. */
  readonly redis: SimRedis | undefined
  readonly servers: readonly Server[]
  readonly workers: readonly Worker[]
  readonly directory: SimDirectory
}

type Settings = Readonly<Record<string, string>>

/**
 * One broker and one worker, on the embedded store.
 * @param isPatient they are to live for days
 */
export function twoMachines(
  world: World,
  network: Network,
  log: Log,
  settings: Settings,
  isPatient: boolean,
): Machines {
  const server = new Server(world, network, log, 'broker', { isPatient })
  const directory = new SimDirectory(world)
  const worker = new Worker(world, network, directory, log, 'worker', settings)
  return { redis: undefined, servers: [server], workers: [worker], directory }
}

/** Two or three brokers and one to three workers, over one Redis. */
export function manyMachines(world: World, network: Network, log: Log, settings: Settings): Machines {
  const random = world.random.fork()
  const redis = new SimRedis(world, network, 'redis:6379', random.chance(0.5), random.chance(0.3))
  const directory = new SimDirectory(world)
  const names = ['a', 'b', 'c']
  return {
    redis,
    directory,
    servers: names
      .slice(0, random.between(2, 4))
      .map((name) => new Server(world, network, log, `broker-${name}`, redis)),
    workers: names
      .slice(0, random.between(1, 4))
      .map((name) => new Worker(world, network, directory, log, `worker-${name}`, settings)),
  }
}
