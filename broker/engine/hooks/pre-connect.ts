import type { Client, ConnectPacket } from 'aedes'
import { parseClientId } from '../../../proto/topics.ts'
import { CONNACK } from '../../listeners/connack.ts'
import { wireOf, type ConnectRefusal, type HookContext } from './context.ts'

/** What can be said about a CONNECT before its token is looked at. Lowers its keep-alive if that is too long. */
export function preConnect(
  { admission, limits, uptime }: HookContext,
  client: Client,
  packet: ConnectPacket,
): ConnectRefusal | undefined {
  // Until CONNACK nothing more is read: what a stranger sends is not kept.
  wireOf(client).hold('connecting')
  if (!isMqtt311(packet)) return { code: CONNACK.unacceptableProtocol, reason: 'protocol-version' }
  const busy = admission.connect(wireOf(client).source, uptime())
  if (busy) return { code: CONNACK.serverUnavailable, reason: busy }
  if (packet.will) return { code: CONNACK.notAuthorized, reason: 'will-refused' }
  if (!parseClientId(packet.clientId)) return { code: CONNACK.identifierRejected, reason: 'bad-client-id' }
  // [MQTT-3.1.2-22]
  if (packet.password === undefined || packet.username === undefined)
    return { code: CONNACK.badCredentials, reason: 'no-token' }
  // 0 means never: such half-open sockets would stay for ever.
  if (!packet.keepalive || packet.keepalive > limits.keepAliveSMax) packet.keepalive = limits.keepAliveSMax
  return undefined
}

function isMqtt311(packet: ConnectPacket): boolean {
  // Bridges set the protocol level's first bit; mqtt-packet takes it off and notes it.
  const isBridge = 'bridgeMode' in packet
  return packet.protocolId === 'MQTT' && packet.protocolVersion === 4 && !isBridge
}
