import type { AedesOptions, AuthenticateError, Client } from 'aedes'
import { assert } from '../../../kit/assert.ts'
import { CONNACK, connackPacket } from '../../listeners/connack.ts'
import { authenticate, type Authentication } from './authenticate.ts'
import { authorizeSubscribe } from './authorize-subscribe.ts'
import { clientError } from './client-error.ts'
import { clientReady } from './client-ready.ts'
import { contained } from './contained.ts'
import { ClientRefused, wireOf, type ConnectRefusal, type HookContext } from './context.ts'
import { ping } from './ping.ts'
import { preConnect } from './pre-connect.ts'
import { unsubscribe } from './unsubscribe.ts'

/**
 * The table of hooks: everything a client sends enters here. Aedes' callbacks are wrapped here once.
 *
 * | packet | hook |
 * | --- | --- |
 * | CONNECT | preConnect, then authenticate, then clientReady |
 * | PUBLISH, PUBACK | authorizePublish, Delivery.acknowledge; read by `received.ts`, not by Aedes |
 * | SUBSCRIBE | authorizeSubscribe, for each filter |
 * | UNSUBSCRIBE | unsubscribe |
 * | PINGREQ | ping |
 * | whatever else, and all that is malformed | clientError, often by way of the packet reader |
 */
export function aedesHooks(context: HookContext): AedesOptions {
  return {
    preConnect: (client, packet, callback) => {
      const refusal = contained(context, client, () => preConnect(context, client, packet))
      if (!refusal) return callback(null, true)
      logRefusal(context, client, packet.clientId, refusal)
      // Aedes closes without a CONNACK here, so it is written by hand.
      wireOf(client).queue(connackPacket(refusal.code))
      callback(new ClientRefused(refusal.reason), false)
    },

    authenticate: (client, _username, password, callback) => {
      assert(password, 'pre-connect has checked that there is a password')
      authenticate(context, client, password)
        .catch((error: unknown): Authentication => {
          context.log.error({ err: error }, 'connect.failed')
          return { outcome: 'refused', refusal: { code: CONNACK.serverUnavailable, reason: 'internal' } }
        })
        .then((authentication) => {
          if (authentication.outcome === 'gone') return
          if (authentication.outcome === 'accepted') return callback(null, true)
          const { refusal } = authentication
          logRefusal(context, client, client.id, refusal)
          callback(new ClientRefused(refusal.reason, refusal.code) as AuthenticateError, false)
        })
        .catch((error: unknown) => context.log.error({ err: error }, 'connect.failed'))
    },

    authorizeSubscribe: (client, subscription, callback) => {
      const isGranted = contained(context, client, () => authorizeSubscribe(context, client, subscription))
      callback(null, isGranted === true ? subscription : null)
    },
  }
}

/** The events of Aedes that are hooks too. */
export interface AedesEvents {
  on(event: 'clientReady', listener: (client: Client) => void): unknown
  on(event: 'ping', listener: (packet: unknown, client: Client) => void): unknown
  on(event: 'unsubscribe', listener: (filters: string[], client: Client) => void): unknown
  on(event: 'clientError' | 'connectionError', listener: (client: Client, error: Error) => void): unknown
}

export function listenToAedes(aedes: AedesEvents, context: HookContext): void {
  const within = (client: Client, act: () => void): void => {
    contained(context, client, act)
  }
  const failed = (client: Client, error: Error): void =>
    within(client, () => clientError(context, client, error))
  aedes.on('clientReady', (client) => within(client, () => clientReady(context, client)))
  aedes.on('ping', (_packet, client) => within(client, () => ping(context, client)))
  aedes.on('unsubscribe', (filters, client) => within(client, () => unsubscribe(context, client, filters)))
  aedes.on('clientError', failed)
  aedes.on('connectionError', failed)
}

function logRefusal(
  { metrics, log, mistakes }: HookContext,
  client: Client,
  clientId: string,
  { code, reason }: ConnectRefusal,
): void {
  metrics.count('broker_connects_refused_total', 1, reason)
  const { address } = wireOf(client)
  // Of a storm there is a count and not a line for each drop.
  const level = code === CONNACK.serverUnavailable ? 'debug' : 'warn'
  mistakes.write(log, level, { reason, code, address, clientId: clientId.slice(0, 100) }, 'connect.refused')
}
