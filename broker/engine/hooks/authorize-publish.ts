import type { Client, PublishPacket } from 'aedes'
import { isTyping } from '../../../proto/peek.ts'
import { parseTopic, type Topic } from '../../../proto/topics.ts'
import type { Role } from '../../listeners/connection.ts'
import { ClientRefused, type HookContext } from './context.ts'
import { publishing } from './ping.ts'

/**
 * A PUBLISH of a client. At QoS 1 the ingest stores it and writes its PUBACK: Aedes would write it before anything is
 * stored (trap 1), and a hook that held many publishes until then would keep it from reading on, to a PINGREQ for
 * one. So Aedes is told that the publish is done and was of QoS 0.
 *
 * @returns why the connection must be closed, if so; then the publish is not taken
 */
export function authorizePublish(
  context: HookContext,
  client: Client,
  packet: PublishPacket,
): ClientRefused | undefined {
  const peer = context.peers.of(client)
  // Aedes goes on with what it has read of a client whose socket is gone.
  if (!peer) return new ClientRefused('gone')
  const { connection } = peer
  const topic = parseTopic(packet.topic)
  if (!topic || !mayPublish(connection.role, topic, packet.qos)) return new ClientRefused('topic-refused')
  publishing(context, peer)
  const payload = packet.payload as Buffer
  if (packet.qos === 0) {
    // A message without PUBACK would be nobody's: its sender is to know, as at QoS 2.
    if (topic.kind === 'chat' && !isTyping(payload)) return new ClientRefused('qos-0-refused')
    if (peer.ingest.mayTakeEphemeral()) context.node.takeEphemeral(connection, topic, payload)
    return undefined
  }
  const packetId = packet.messageId ?? 0
  // [MQTT-2.3.1-1]; and a packet whose id is cut off, which mqtt-packet would read from the next packet's bytes.
  const length = 4 + packet.topic.length + payload.length
  if (packetId < 1 || length !== packet.length) return new ClientRefused('malformed-publish')
  packet.qos = 0
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
