import type { Client } from 'aedes'
import type { HookContext } from './context.ts'

/** A PINGREQ: an idle lane looks whether something came that nobody told it of. */
export function ping({ node, peers }: HookContext, client: Client): void {
  const peer = peers.of(client)
  if (peer) node.ping(peer.connection)
}
