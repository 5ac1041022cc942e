import { isChatId, isDeviceId, isUserId, type ChatId, type DeviceId, type UserId } from './ids.ts'

/**
 * The topic grammar. Nobody else joins strings with "/".
 *
 * | topic | who publishes | who gets it | QoS | payload |
 * | --- | --- | --- | --- | --- |
 * | `g/<chat>` | devices | workers, by the filter `g/#` | 1; 0 for typing | Up |
 * | `q` | devices, operators | workers, brokers | 1 | Request |
 * | `u/<user>` | brokers | that user's devices | 1; 0 for ephemeral | Down |
 * | `g` | brokers | one worker | 0 | Work |
 * | `f` | workers | brokers | 1; 0 for ephemeral | Fanout |
 */
export type Topic =
  | { readonly kind: 'chat'; readonly chat: ChatId }
  | { readonly kind: 'request' }
  | { readonly kind: 'user'; readonly user: UserId }
  | { readonly kind: 'work' }
  | { readonly kind: 'fanout' }

export const REQUEST_TOPIC = 'q'
export const WORK_TOPIC = 'g'
export const FANOUT_TOPIC = 'f'
/** What a worker subscribes to. */
export const WORK_FILTER = 'g/#'

export function chatTopic(chat: ChatId): string {
  return `g/${chat}`
}

export function userTopic(user: UserId): string {
  return `u/${user}`
}

/** @returns undefined for anything outside the topic map; such a publish closes the connection. */
export function parseTopic(topic: string): Topic | undefined {
  if (topic.startsWith('g/')) {
    const chat = topic.slice(2)
    return isChatId(chat) ? { kind: 'chat', chat } : undefined
  }
  if (topic.startsWith('u/')) {
    const user = topic.slice(2)
    return isUserId(user) ? { kind: 'user', user } : undefined
  }
  if (topic === REQUEST_TOPIC) return { kind: 'request' }
  if (topic === WORK_TOPIC) return { kind: 'work' }
  if (topic === FANOUT_TOPIC) return { kind: 'fanout' }
  return undefined
}

/** An MQTT client id is `<user>/<device>`. */
export function clientId(user: UserId, device: DeviceId): string {
  return `${user}/${device}`
}

export function parseClientId(id: string): { user: UserId; device: DeviceId } | undefined {
  const slash = id.indexOf('/')
  if (slash < 0) return undefined
  const user = id.slice(0, slash)
  const device = id.slice(slash + 1)
  return isUserId(user) && isDeviceId(device) ? { user, device } : undefined
}
