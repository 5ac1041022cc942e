import type { Client } from 'aedes'
import type { HookContext } from './context.ts'

/** The filters of an UNSUBSCRIBE. Aedes also says so of a client that has closed: its lane is gone by then. */
export function unsubscribe({ node, peers }: HookContext, client: Client, filters: readonly string[]): void {
  const peer = peers.of(client)
  if (!peer || client.closed) return
  for (const filter of filters) {
    peer.filters.delete(filter)
    node.unsubscribe(peer.connection, filter)
  }
}
