import type { Client } from 'aedes'
import { isTyping } from '../../../proto/peek.ts'
import type { Topic } from '../../../proto/topics.ts'
import type { Role } from '../../listeners/connection.ts'
import type { ReceivedPublish } from '../packet-reader.ts'
import { ClientRefused, type HookContext } from './context.ts'
import { publishing } from './ping.ts'

/**
 * A PUBLISH of a client. At QoS 1 the ingest stores it and writes its PUBACK: Aedes, which does not hear of it, would
 * write that before anything is stored (trap 1).
 *
 * @returns why the connection must be closed, if so; then the publish is not taken
 */
export function authorizePublish(
  context: HookContext,
  client: Client,
  { topic, payload, qos, packetId }: ReceivedPublish,
): ClientRefused | undefined {
  const peer = context.peers.of(client)
  if (!peer) return new ClientRefused('gone')
  const { connection } = peer
  if (!topic || !mayPublish(connection.role, topic, qos)) return new ClientRefused('topic-refused')
  publishing(context, peer)
  if (qos === 0) {
    // A message without PUBACK would be nobody's: its sender is to know, as at QoS 2.
    if (topic.kind === 'chat' && !isTyping(payload)) return new ClientRefused('qos-0-refused')
    if (peer.ingest.mayTakeEphemeral()) context.node.takeEphemeral(connection, topic, payload)
    return undefined
  }
  // [MQTT-2.3.1-1]
  if (packetId === 0) return new ClientRefused('malformed-publish')
  peer.ingest.take(topic, payload, packetId)
  return undefined
}

function mayPublish(role: Role, topic: Topic, qos: number): boolean {
  switch (topic.kind) {
    case 'chat':
      return role !== 'worker'
    case 'request':
      return role !== 'worker' && qos === 1
    case 'fanout':
      return role === 'worker'
    case 'user':
    case 'work':
      return false
  }
}
