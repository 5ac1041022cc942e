import type { Client } from 'aedes'
import { wireOf, type HookContext } from './context.ts'

/**
 * A mistake of ours in what a client made us do ends its connection, and not the process: thrown on through Aedes' parser
 * and the socket's events, nobody could catch it.
 *
 * @returns undefined if it threw; the client is gone then
 */
export function contained<Result>(
  { log, metrics, peers }: HookContext,
  client: Client,
  act: () => Result,
): Result | undefined {
  try {
    return act()
  } catch (error) {
    log.error({ err: error, clientId: client.id?.slice(0, 100) }, 'hook.failed')
    metrics.count('broker_hooks_failed_total')
    peers.of(client)?.connection.close('internal')
    wireOf(client).destroy()
    return undefined
  }
}
