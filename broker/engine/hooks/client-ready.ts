import type { Client } from 'aedes'
import type { HookContext } from './context.ts'

/** CONNACK has been written: the lane may send, and what the client sent meanwhile is read. */
export function clientReady({ node, peers, readings }: HookContext, client: Client): void {
  const peer = peers.of(client)
  if (!peer) return
  node.ready(peer.connection)
  peer.wire.release('connecting')
  // A worker is one of us: its frames are large and few, and what they may cost others is limited before.
  readings.get(client)?.accepted(peer.connection.role === 'worker' ? undefined : peer.share.packets)
}
