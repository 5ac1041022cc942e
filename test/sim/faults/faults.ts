import { AIMED_FAULTS } from './aimed.ts'
import { APP_FAULTS, healApps } from './apps.ts'
import type { Faults, Scene } from './fault.ts'
import { healNetwork, NETWORK_FAULTS } from './network.ts'
import { healRedis, REDIS_FAULTS } from './redis.ts'
import { healServers, SERVER_FAULTS } from './servers.ts'
import { TIME_FAULTS } from './time.ts'

/** Every kind of fault: a new one is one more entry in one of these. */
export const FAULTS: Faults = {
  ...SERVER_FAULTS,
  ...REDIS_FAULTS,
  ...APP_FAULTS,
  ...NETWORK_FAULTS,
  ...TIME_FAULTS,
  ...AIMED_FAULTS,
}

/** All that lasts is over but what is frozen or stuck, for a minute at most: what was ended runs, what broke is mended. */
export function heal(scene: Scene): void {
  const { redis, servers, workers, phones, gateways } = scene
  healApps(scene)
  healRedis(scene)
  healServers(scene)
  const machines = [...(redis === undefined ? [] : [redis]), ...servers, ...workers, ...phones]
  for (const one of machines) if (one.process.isDead) one.start()
  for (const process of [...machines.map((one) => one.process), ...gateways]) {
    process.clockAheadMs = 0
    process.clockDrift = 0
  }
  healNetwork(scene)
}
