import type { Client, SubscribePacket, Subscription } from 'aedes'
import type { HookContext } from './context.ts'

/** Stands before a filter that its packet has had already, behind a number that makes it another one to Aedes. */
const AGAIN = '\0/'

/**
 * Makes Aedes answer a SUBSCRIBE as the standard wants it; to be called before Aedes reads the packet. Its SUBACK
 * repeats the QoS that was asked for, and QoS 2 is granted as QoS 1 [MQTT-3.8.4-6]. And it drops filters that stand
 * there twice, where each must have its own code [MQTT-3.8.4-5].
 *
 * @returns whether it is well formed: filters must not hold NUL [MQTT-1.5.3-2]
 */
export function prepareSubscribe({ subscriptions }: SubscribePacket): boolean {
  const seen = new Set<string>()
  for (const subscription of subscriptions) {
    const { topic, qos } = subscription
    if (topic.includes('\0')) return false
    if (qos === 2) subscription.qos = 1
    if (seen.has(topic)) subscription.topic = `${seen.size}${AGAIN}${topic}`
    seen.add(subscription.topic)
  }
  return true
}

/** One filter of a SUBSCRIBE. @returns whether it is granted; if not, SUBACK says 0x80 */
export function authorizeSubscribe(
  { node, peers, limits, metrics, mistakes }: HookContext,
  client: Client,
  { topic, qos }: Subscription,
): boolean {
  const filter = topic.includes(AGAIN) ? topic.slice(topic.indexOf(AGAIN) + AGAIN.length) : topic
  const peer = peers.of(client)
  // Aedes restores a session's filters before CONNACK: ours live in the mailbox.
  if (!peer || !client.connected) return false
  const isRoom = peer.filters.has(filter) || peer.filters.size < limits.filtersMax
  if (isRoom && node.subscribe(peer.connection, filter, qos) !== 128) {
    peer.filters.add(filter)
    return true
  }
  metrics.count('broker_filters_refused_total')
  mistakes.write(peer.connection.log, 'info', { filter: filter.slice(0, 100), qos }, 'subscribe.refused')
  return false
}
