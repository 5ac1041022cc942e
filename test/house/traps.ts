/**
 * The traps in the parts we build on, by number, and where none of our tests can fail because of one, why not. A trap
 * without a reason here must be named (`trap 4`) by a test's title.
 */
export const TRAPS: readonly {
  readonly number: number
  readonly trap: string
  readonly notApplicable?: string
}[] = [
  { number: 1, trap: 'PUBACK is written before anything is stored' },
  { number: 2, trap: 'an error from authorizePublish closes the connection and says nothing' },
  { number: 3, trap: 'QoS 1 messages that are overtaken are dropped for the live session' },
  { number: 4, trap: 'at most 1001 messages of a backlog per CONNECT' },
  { number: 5, trap: 'packet ids have two owners' },
  { number: 6, trap: 'a restart hands stored messages to another user' },
  { number: 7, trap: 'a SUBSCRIBE with two topics never gets its SUBACK' },
  { number: 8, trap: 'ten Redis commands per message' },
  { number: 9, trap: 'pub/sub between nodes is at most once' },
  { number: 10, trap: 'a frozen reader blocks the slots of others' },
  { number: 11, trap: 'a PUBACK that the persistence does not know closes the client' },
  { number: 12, trap: 'messageId is MQTT’s packet identifier' },
  { number: 13, trap: 'aedes pulls in the old persistence' },
  { number: 14, trap: 'MQTT 3.1.1 only' },
  { number: 15, trap: 'wills after three minutes, keep-alive 0 for ever' },
  {
    number: 16,
    trap: 'the ack event has the packet only for persistent sessions',
    notApplicable: 'PUBACKs reach lanes without Aedes',
  },
  { number: 17, trap: 'no packet size limit; ids such as __proto__' },
  { number: 18, trap: 'without TCP_NODELAY every hop costs 40 ms' },
  { number: 19, trap: 'mqtt.js handles one packet at a time' },
  { number: 20, trap: 'reconnect storms, and an outbox that dies with the process' },
  { number: 21, trap: 'timers stall in the background' },
  { number: 22, trap: 'PGlite has no directory lock' },
  { number: 23, trap: 'lmdb is durable only after flushed' },
  { number: 24, trap: 'Redis can lose acknowledged writes; another run id after a failover' },
  { number: 25, trap: 'Redis Cluster wants one slot' },
  { number: 26, trap: 'no package ships a Redis server: skips must be loud' },
  { number: 27, trap: 'versions that need Node 22' },
  { number: 28, trap: 'protobufjs: Long objects, recursion, sizes' },
  { number: 29, trap: 'install scripts' },
  { number: 30, trap: 'a checker that saw no files reports success' },
]

export const GUARANTEES = ['G1', 'G2', 'G3', 'G4', 'G5', 'G6', 'G7', 'G8'] as const
