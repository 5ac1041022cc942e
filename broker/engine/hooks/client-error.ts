import type { Client } from 'aedes'
import { PacketRefused } from '../packet-guard.ts'
import { ClientRefused, wireOf, type HookContext } from './context.ts'

/** Aedes' own errors, by their texts; whatever else it says is a violation of the protocol. */
const REASONS = new Map([
  ['keep alive timeout', 'keep-alive'],
  ['drain timeout', 'not-reading'],
  ['connect did not arrive in time', 'connect-timeout'],
])
/** Phones in tunnels: nobody's fault. */
const QUIET = new Set(['keep-alive', 'not-reading'])
/** Said after the fact, of a socket that had gone: no reason of its own. */
const AFTERTHOUGHT = 'connection closed'

/** Aedes ends a connection because of an error. A refused CONNECT has been logged where it was refused. */
export function clientError(
  { peers, metrics, log, mistakes }: HookContext,
  client: Client,
  error: Error,
): void {
  if (error.message === AFTERTHOUGHT) return
  const reason = reasonOf(error)
  const peer = peers.of(client)
  if (peer) {
    const level = QUIET.has(reason) ? 'debug' : 'warn'
    mistakes.write(peer.connection.log, level, { reason, err: error.message }, 'connection.refused')
    peer.connection.close(reason)
  } else if (!(error instanceof ClientRefused)) {
    metrics.count('broker_connects_refused_total', 1, reason)
    const { address } = wireOf(client)
    mistakes.write(log, 'info', { reason, err: error.message, address }, 'connect.refused')
  }
}

function reasonOf(error: Error): string {
  if (error instanceof PacketRefused || error instanceof ClientRefused) return error.reason
  return REASONS.get(error.message) ?? 'protocol-error'
}
