import type { Client } from 'aedes'
import type { Peer } from '../peer.ts'
import type { HookContext } from './context.ts'

/** Looking costs a read of the store: more PINGREQs than this are answered and no more. */
const LOOK_MS_MIN = 1_000

/** Who publishes all the time sends no PINGREQ, and must not go on for ever once it is removed (G7). */
const PUBLISHER_LOOK_MS = 60_000

/** A PINGREQ: an idle lane looks at the store for what nobody told it of. */
export function ping(context: HookContext, client: Client): void {
  const peer = context.peers.of(client)
  if (peer) lookEvery(LOOK_MS_MIN, context, peer)
}

/** A PUBLISH stands for the PINGREQ that it makes needless. */
export function publishing(context: HookContext, peer: Peer): void {
  lookEvery(PUBLISHER_LOOK_MS, context, peer)
}

function lookEvery(ms: number, { node, uptime }: HookContext, peer: Peer): void {
  const nowMs = uptime()
  if (nowMs - peer.lookedAtMs < ms) return
  peer.lookedAtMs = nowMs
  node.ping(peer.connection)
}
