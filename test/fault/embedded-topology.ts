import type { Random } from '../support/random.ts'
import { Server } from '../support/server.ts'
import type { Topology } from './topology.ts'

/** `restante start`: one process, embedded stores. */
export async function startEmbedded(main?: string): Promise<Topology> {
  const server = await Server.start({ env: UNHURRIED, ...(main !== undefined && { main }) })
  return {
    name: 'embedded',
    endpoints: [server],
    token: (user) => server.token(user),
    faults: {
      /** SIGKILL, sometimes once more while it starts. */
      kill: async (random: Random) => {
        await server.kill()
        if (random.chance(0.25)) {
          const starting = server.restart().catch(() => undefined)
          await new Promise((resolve) => setTimeout(resolve, random.between(50, 900)))
          await server.kill()
          await starting
        }
        await server.restart()
      },
    },
    output: () => server.output,
    stop: () => server.dispose(),
  }
}

/** All devices come from one address here, and all come back at once. */
const UNHURRIED = {
  RESTANTE_LOG_LEVEL: 'warn',
  RESTANTE_CONNECTS_PER_S_MAX: '100000',
  RESTANTE_UNAUTHENTICATED_PER_ADDRESS_MAX: '0',
  RESTANTE_CONNECTS_PER_S_PER_ADDRESS_MAX: '0',
}
