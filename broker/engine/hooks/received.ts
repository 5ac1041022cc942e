import type { AedesClient } from '../aedes-client.ts'
import { PacketRefused } from '../packet-guard.ts'
import { PacketReader } from '../packet-reader.ts'
import { Reading } from '../reading.ts'
import { authorizePublish } from './authorize-publish.ts'
import { contained } from './contained.ts'
import { wireOf, type HookContext } from './context.ts'

/**
 * Everything that a client sends comes in here: Aedes, which reads it from the wire, gives it to its parser, and we stand
 * before that. Aedes' parser gets the packets that Aedes answers, whole.
 *
 * @returns how fast it is read
 */
export function readPackets(context: HookContext, client: AedesClient): Reading {
  const { metrics, node, peers } = context
  const wire = wireOf(client)
  const parser = client._parser
  const parse = parser.parse.bind(parser)
  const reading = new Reading(wire, (bytes) => reader.read(bytes))
  const reader = new PacketReader({
    mayRead: () => reading.mayRead(),
    role: () => peers.of(client)?.connection.role,
    get isGone() {
      return wire.destroyed
    },
    publish(packet) {
      const refusal = contained(context, client, () => authorizePublish(context, client, packet))
      if (refusal) client.emit('error', refusal)
    },
    acknowledge(packetId) {
      contained(context, client, () => {
        const peer = peers.of(client)
        if (peer) node.acknowledge(peer.connection, packetId)
      })
    },
    other(type, packet) {
      metrics.count('broker_packets_received_total', 1, type)
      parse(packet)
    },
    refuse: (reason) => client.emit('error', new PacketRefused(reason)),
    wasRead(publishes, pubacks) {
      if (publishes > 0) metrics.count('broker_packets_received_total', publishes, 'publish')
      if (pubacks > 0) metrics.count('broker_packets_received_total', pubacks, 'puback')
      // Aedes does so for what it hears of [MQTT-3.1.2-24].
      client._keepaliveTimer?.refresh()
    },
  })
  parser.parse = (bytes) => reader.read(bytes)
  return reading
}
