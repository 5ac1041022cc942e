/** aedes-persistence-redis has no types: what is used of its class. */
declare module 'aedes-persistence-redis/asyncPersistence.js' {
  import type { Cluster, Redis } from 'ioredis'

  interface ClientId {
    readonly id: string
  }
  interface Subscription {
    readonly topic: string
    readonly qos: number
  }
  interface Packet {
    readonly topic: string
    readonly payload: Uint8Array
    readonly qos: number
    readonly messageId?: number
  }

  export default class AsyncRedisPersistence {
    constructor(options: { conn: Redis | Cluster })
    setup(broker: object): Promise<void>
    storeRetained(packet: Packet): Promise<void>
    createRetainedStreamCombi(filters: string[]): AsyncIterable<Packet>
    addSubscriptions(client: ClientId, subscriptions: readonly Subscription[]): Promise<void>
    removeSubscriptions(client: ClientId, filters: readonly string[]): Promise<void>
    cleanSubscriptions(client: ClientId): Promise<void>
    subscriptionsByClient(client: ClientId): Promise<Subscription[]>
    incomingStorePacket(client: ClientId, packet: Packet): Promise<void>
    incomingGetPacket(client: ClientId, packet: { readonly messageId: number }): Promise<Packet>
    incomingDelPacket(client: ClientId, packet: { readonly messageId: number }): Promise<void>
    cleanIncoming(client: ClientId): Promise<void>
    subscriptionsByTopic(topic: string): Promise<object[]>
    outgoingEnqueue(subscription: object, packet: Packet): Promise<void>
    outgoingEnqueueCombi(subscriptions: readonly object[], packet: Packet): Promise<void>
    outgoingUpdate(client: ClientId, packet: Packet): Promise<void>
    outgoingClearMessageId(client: ClientId, packet: { readonly messageId: number }): Promise<unknown>
    outgoingStream(client: ClientId): AsyncIterable<Packet>
    putWill(client: ClientId, packet: Packet): Promise<void>
    getWill(client: ClientId): Promise<object | null>
    delWill(client: ClientId & { readonly brokerId?: string }): Promise<object | null>
    streamWill(brokers: Readonly<Record<string, number>>): AsyncIterable<Packet>
  }
}
