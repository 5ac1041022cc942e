import type { Client } from 'aedes'
import { assert } from '../../../kit/assert.ts'
import { parseClientId } from '../../../proto/topics.ts'
import type { Identity, TokenRefusal } from '../../auth/token.ts'
import { CONNACK } from '../../listeners/connack.ts'
import { MqttConnection } from '../../listeners/mqtt-connection.ts'
import type { AttachResult } from '../../sessions/sessions.ts'
import type { Wire } from '../../listeners/wire.ts'
import { wireOf, type ConnectRefusal, type HookContext } from './context.ts'

/** Until an address with too many wrong tokens is told of its next. It keeps an unauthenticated place meanwhile. */
const FAILED_LOGIN_DELAY_MS = 2_000

export type Authentication =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'refused'; readonly refusal: ConnectRefusal }
  /** The client left meanwhile: there is nobody to answer. */
  | { readonly outcome: 'gone' }

const TOKEN_CODES: Record<TokenRefusal, ConnectRefusal['code']> = {
  'malformed-token': CONNACK.badCredentials,
  'bad-signature': CONNACK.badCredentials,
  'expired-token': CONNACK.notAuthorized,
  'bad-claims': CONNACK.notAuthorized,
  'issued-in-future': CONNACK.notAuthorized,
  'no-expiry': CONNACK.notAuthorized,
  'lives-too-long': CONNACK.notAuthorized,
  'role-not-allowed': CONNACK.notAuthorized,
  'keys-unavailable': CONNACK.serverUnavailable,
}

const ATTACH_CODES: Record<Exclude<AttachResult['outcome'], 'attached'>, ConnectRefusal> = {
  'too-many-devices': { code: CONNACK.notAuthorized, reason: 'too-many-devices' },
  removed: { code: CONNACK.notAuthorized, reason: 'device-removed' },
  locked: { code: CONNACK.notAuthorized, reason: 'user-locked' },
  'token-ended': { code: CONNACK.notAuthorized, reason: 'token-ended' },
  registered: { code: CONNACK.identifierRejected, reason: 'clean-session-of-registered-device' },
  unavailable: { code: CONNACK.serverUnavailable, reason: 'store-unavailable' },
}

/** Who comes back with a token that can be no good any more guesses, too. */
const BARRED: ReadonlySet<string> = new Set(['removed', 'locked', 'token-ended'])

/**
 * Checks the token and attaches the device, before CONNACK: session present is known then, and every refusal has its
 * return code. Accepting tells Aedes' persistence whether there is a session.
 */
export async function authenticate(
  context: HookContext,
  client: Client,
  password: Uint8Array,
): Promise<Authentication> {
  const { tokens, node, peers, persistence } = context
  const wire = wireOf(client)
  const verification = await tokens.verify(new TextDecoder().decode(password))
  if (verification.outcome === 'refused') {
    const { reason } = verification
    const refusal = { code: TOKEN_CODES[reason], reason }
    return reason === 'keys-unavailable' ? refused(refusal) : failedLogin(context, wire, refusal)
  }
  const connection = connectionOf(context, client, verification.identity)
  if (!connection) {
    return failedLogin(context, wire, { code: CONNACK.notAuthorized, reason: 'foreign-client-id' })
  }
  if (wire.destroyed) return { outcome: 'gone' }
  // Asked before the store is: whoever comes too often costs it nothing.
  const share = peers.enter(client, connection)
  if (share === undefined) {
    return refused({ code: CONNACK.serverUnavailable, reason: 'too-many-connections' })
  }
  const attached = await node.attach(connection)
  if (attached.outcome !== 'attached') {
    peers.turnAway(connection)
    node.release(connection)
    const refusal = ATTACH_CODES[attached.outcome]
    // Each try costs the store something.
    return BARRED.has(attached.outcome) ? failedLogin(context, wire, refusal) : refused(refusal)
  }
  if (wire.destroyed) {
    peers.turnAway(connection)
    node.release(connection)
    return { outcome: 'gone' }
  }
  peers.join(client, connection, share, verification.identity.expiresAtMs)
  if (attached.sessionPresent) persistence.markPresent(client.id)
  return { outcome: 'accepted' }
}

/** @returns undefined if the client id is not one that the token allows */
function connectionOf({ log }: HookContext, client: Client, identity: Identity): MqttConnection | undefined {
  const id = parseClientId(client.id)
  assert(id, 'pre-connect has checked the client id')
  const { user, device } = id
  if (user !== identity.user || (identity.device ?? device) !== device) return undefined
  return new MqttConnection(wireOf(client), {
    user,
    device,
    role: identity.role,
    transient: client.clean,
    tokenIssuedAtMs: identity.issuedAtMs,
    log: log.child({ clientId: client.id }),
  })
}

/** Whoever guesses waits; whoever has a good token and the same address does not. */
async function failedLogin(
  { admission, uptime }: HookContext,
  wire: Wire,
  refusal: ConnectRefusal,
): Promise<Authentication> {
  if (admission.failedLogin(wire.source, uptime()) === 'too-many')
    await new Promise((resolve) => setTimeout(resolve, FAILED_LOGIN_DELAY_MS))
  return wire.destroyed ? { outcome: 'gone' } : refused(refusal)
}

function refused(refusal: ConnectRefusal): Authentication {
  return { outcome: 'refused', refusal }
}
