import { later, type Faults, type Scene } from './fault.ts'

/** Connections. */
export const NETWORK_FAULTS: Faults = {
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
}

export function healNetwork({ network, gateways }: Scene): void {
  network.latency = [0.2, 30]
  // They do not ping: what hears nothing would hear nothing for half an hour.
  for (const link of network.links) if (link.isHalfOpen && gateways.includes(link.near.process)) link.reset()
}
