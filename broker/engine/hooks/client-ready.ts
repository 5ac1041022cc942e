import type { Client } from 'aedes'
import type { HookContext } from './context.ts'

/** CONNACK has been written: the lane may send, and what the client sent meanwhile is read. */
export function clientReady({ node, peers }: HookContext, client: Client): void {
  const peer = peers.of(client)
  if (!peer) return
  node.ready(peer.connection)
  peer.wire.release('connecting')
}
