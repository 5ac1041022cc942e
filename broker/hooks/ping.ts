import type { Client } from 'aedes'
import type { HookContext } from './context.ts'

/** Looking costs a read of the store: more PINGREQs than this are answered and no more. */
const LOOK_MS_MIN = 1_000

/** A PINGREQ: an idle lane looks whether something came that nobody told it of. */
export function ping({ node, peers, clock }: HookContext, client: Client): void {
  const peer = peers.of(client)
  if (!peer) return
  const nowMs = clock()
  if (nowMs - peer.lookedAtMs < LOOK_MS_MIN) return
  peer.lookedAtMs = nowMs
  node.ping(peer.connection)
}
