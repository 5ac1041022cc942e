import { userIdOf } from '../proto/ids.ts'
import type { LogLevel } from '../kit/log.ts'
import type { Secret, Settings } from '../kit/settings.ts'
import type { KeySettings } from './auth/key-source.ts'
import type { TokenRules } from './auth/token.ts'
import type { Intermediaries } from './listeners/intermediaries.ts'
import type { TlsSettings } from './listeners/tls/tls.ts'
import { STORE_ANSWER_MS } from './mailbox/answer.ts'
import type { MailboxLimits } from './mailbox/store.ts'

/** Everything that can be set about a broker. Frozen; each value is present. */
export interface BrokerConfig {
  readonly dataDir: string
  /** Undefined: all addresses of the machine. */
  readonly host: string | undefined
  /** 0: any free port. */
  readonly mqttPort: number
  readonly httpPort: number
  /** Where MQTT and HTTP without TLS listen. */
  readonly plainHost: string | undefined
  /** Undefined: no port has TLS. */
  readonly tls: TlsConfig | undefined
  readonly intermediaries: Intermediaries
  /** Of metrics. 0: any free port. */
  readonly operationsPort: number
  readonly operationsHost: string
  readonly logLevel: LogLevel
  /** Undefined: the embedded store in the data directory. */
  readonly redisUrls: readonly Secret[] | undefined
  readonly keys: KeySettings
  readonly tokens: TokenRules
  readonly connections: ConnectionLimits
  readonly mailboxes: MailboxLimits
  readonly node: NodeLimits
  /** How long a graceful stop may take. */
  readonly stopMsMax: number
}

/** Ports with TLS, on `host`. */
export interface TlsConfig extends TlsSettings {
  readonly mqttsPort: number
  readonly httpsPort: number
  /** What the keys of session tickets are derived from, on all brokers; undefined: the token secret, or by chance. */
  readonly ticketSecretFile: string | undefined
}

/** What connections may do. What happens at a limit stands beside it. */
export interface ConnectionLimits {
  /** A longer keep-alive, or none, is lowered to this, so that half-open connections end. */
  readonly keepAliveSMax: number
  /** Between the socket's opening and its CONNECT. Later: closed. */
  readonly connectTimeoutMs: number
  /** Open connections of this node. More: closed before CONNECT. */
  readonly connectionsMax: number
  /** Of those, without a CONNACK yet. More: closed before CONNECT. */
  readonly unauthenticatedMax: number
  /** Of those without CONNACK, from one address (0: no limit). More: closed before CONNECT. */
  readonly unauthenticatedPerAddressMax: number
  /** CONNECTs per second at this node, and from one address (0: no limit). More: CONNACK 3. */
  readonly connectsPerSMax: number
  readonly connectsPerSPerAddressMax: number
  /** Wrong tokens per minute from one address (0: no limit). More: each is answered 2 s late; good ones are not. */
  readonly failedLoginsPerMinPerAddressMax: number
  /** Connections of one user at this node, workers' not counted. More: CONNACK 3. */
  readonly connectionsPerUserMax: number
  /** MQTT packets of one user's connections per second; a filter counts as ten. More: they are not read for a while. */
  readonly packetsPerSMax: number
  /** Publishes of one user per second, and their bytes. More: not read for a while, and closed if too far ahead. */
  readonly publishesPerSMax: number
  readonly publishBytesPerSMax: number
  /** Publishes of one connection that wait for the store. At either: it is not read until half are stored. */
  readonly publishesWaitingMax: number
  readonly publishBytesWaitingMax: number
  /** How long a publish may wait for the store. Longer: closed without PUBACK. */
  readonly publishDeadlineMs: number
  /** Filters that one connection is subscribed to. More: SUBACK 0x80. */
  readonly filtersMax: number
}

/** What a node holds and waits for. What happens at a limit stands beside it. */
export interface NodeLimits {
  /** A lane's frames and bytes in flight: at either, the lane waits for PUBACKs. One frame may always go. */
  readonly laneFramesMax: number
  readonly laneBytesMax: number
  /** How long an entry that is not urgent waits for another to ride with. */
  readonly patientMs: number
  /** A frame without PUBACK for so long closes the connection. */
  readonly ackTimeoutMs: number
  /** Entries and bytes of one Work frame; more wait for the next. */
  readonly workEntriesMax: number
  readonly workBytesMax: number
  /** A partition's lease lives so long without renewal. */
  readonly leaseTtlMs: number
  /** Between two renewals of all leases, announcements and rebalances. Well below `leaseTtlMs`. */
  readonly renewMs: number
  /**
   * A question about a partition that the store has not answered by then is given up: what it was to bring is asked
   * for again, under another lease if need be. Above the stores' own deadlines.
   */
  readonly storeAnswerMs: number
  /** A commit that the store has not decided by then no longer holds back other partitions of its worker. */
  readonly commitPatienceMs: number
  /** A worker that commits nothing for so long with entries outstanding loses its partitions and its connection. */
  readonly workerStallMs: number
  /** Leases in a row under which something was sent and not committed, from which on a partition's entries go one by one. */
  readonly takeoversMax: number
  /** Between two sweeps of expired entries, and mailboxes looked at in one. */
  readonly sweepMs: number
  readonly sweepMailboxesMax: number
}

export const NODE_LIMITS: NodeLimits = {
  laneFramesMax: 16,
  laneBytesMax: 256 * 1024,
  patientMs: 100,
  ackTimeoutMs: 60_000,
  workEntriesMax: 1_024,
  workBytesMax: 1024 * 1024,
  leaseTtlMs: 5_000,
  renewMs: 1_500,
  storeAnswerMs: STORE_ANSWER_MS,
  commitPatienceMs: 250,
  workerStallMs: 5_000,
  takeoversMax: 4,
  sweepMs: 10_000,
  sweepMailboxesMax: 100,
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
const MIB = 1024 * 1024
const DAY_MS = 86_400_000

/** Reads a broker's settings; what is wrong with them is noted in `settings`. */
export function readBrokerConfig(settings: Settings): BrokerConfig {
  /** Where the embedded stores and the token secret are. */
  const dataDir = settings.text('RESTANTE_DATA_DIR', './restante-data')
  const keys = readKeys(settings, dataDir)
  const httpPort = settings.whole('RESTANTE_HTTP_PORT', 8080, 0, 65_535)
  const tls = readTls(settings)
  const host = settings.text('RESTANTE_HOST')
  return Object.freeze({
    dataDir,
    /** The address to listen on. */
    host,
    // With TLS, what has none is for workers of this machine, unless somebody says that a network can be trusted.
    plainHost: settings.text('RESTANTE_PLAIN_HOST') ?? (tls ? '127.0.0.1' : host),
    mqttPort: settings.whole('RESTANTE_MQTT_PORT', 1883, 0, 65_535),
    /** For WebSocket and health. */
    httpPort,
    operationsPort: settings.whole('RESTANTE_OPERATIONS_PORT', operationsBeside(httpPort), 0, 65_535),
    /** Nobody but operators is to see how the server is. */
    operationsHost: settings.text('RESTANTE_OPERATIONS_HOST', '127.0.0.1'),
    tls,
    intermediaries: Object.freeze({
      proxyProtocolFrom: settings.networks('RESTANTE_PROXY_PROTOCOL_FROM'),
      forwardedForFrom: settings.networks('RESTANTE_FORWARDED_FOR_FROM'),
    }),
    logLevel: settings.oneOf('RESTANTE_LOG_LEVEL', 'info', LOG_LEVELS),
    /** Redis instead of the embedded mailbox store: one server, or some of a cluster's. */
    redisUrls: settings.urls('REDIS_URL', ['redis:', 'rediss:']),
    keys,
    tokens: readTokenRules(settings, keys.kind === 'secret-file'),
    connections: readConnectionLimits(settings),
    mailboxes: readMailboxLimits(settings),
    node: readNodeLimits(settings),
    stopMsMax: settings.whole('RESTANTE_STOP_MS_MAX', 10_000, 100, 600_000),
  })
}

/** A port of its own for each server of a machine whose HTTP ports differ. */
function operationsBeside(httpPort: number): number {
  const port = httpPort + 1_000
  return httpPort === 0 || port > 65_535 ? 0 : port
}

function readKeys(settings: Settings, dataDir: string): KeySettings {
  /** A PEM file: tokens must be signed with its private half. Instead of the secret in the data directory. */
  const path = settings.text('RESTANTE_JWT_PUBLIC_KEY_FILE')
  /** Where to get the public keys from, as a JSON Web Key Set. */
  const url = settings.url('RESTANTE_JWT_JWKS_URL', ['http:', 'https:'])
  if (path !== undefined && url !== undefined)
    settings.problem('RESTANTE_JWT_PUBLIC_KEY_FILE', 'and RESTANTE_JWT_JWKS_URL exclude each other')
  if (url !== undefined) return Object.freeze({ kind: 'jwks', url: url.reveal() })
  if (path !== undefined) return Object.freeze({ kind: 'public-key-file', path })
  return Object.freeze({ kind: 'secret-file', dataDir })
}

/** @param isOwnKey nobody but us signs with it: then a token may say any role, and needs no audience */
function readTokenRules(settings: Settings, isOwnKey: boolean): TokenRules {
  /** What a token's `aud` must contain. A login service signs tokens for others, too. */
  const audience = settings.text('RESTANTE_JWT_AUDIENCE')
  if (!isOwnKey && audience === undefined)
    settings.problem(
      'RESTANTE_JWT_AUDIENCE',
      'must be set with a key of a login service: whatever else it signs tokens for would let people in here',
    )
  const own = isOwnKey ? undefined : []
  return Object.freeze({
    /** What a token's `iss` must be. */
    issuer: settings.text('RESTANTE_JWT_ISSUER'),
    audience,
    userClaim: settings.text('RESTANTE_JWT_USER_CLAIM', 'sub'),
    lifeMsMax: settings.whole('RESTANTE_TOKEN_DAYS_MAX', 3_650, 1, 36_500) * DAY_MS,
    mayLackExpiry:
      settings.oneOf('RESTANTE_TOKENS_WITHOUT_EXPIRY', 'refused', ['refused', 'taken']) === 'taken',
    /** Users with whose tokens one may be an operator, or a worker. */
    admins: setOf(settings.list('RESTANTE_ADMINS') ?? own),
    workers: setOf(settings.list('RESTANTE_WORKERS') ?? own),
  })
}

function readTls(settings: Settings): TlsConfig | undefined {
  /** PEM files, several with commas: each certificate is shown for the names that it is for, the first for all others. */
  const certificates = settings.list('RESTANTE_TLS_CERTIFICATE_FILES') ?? []
  const keys = settings.list('RESTANTE_TLS_KEY_FILES') ?? []
  const mqttsPort = settings.whole('RESTANTE_MQTTS_PORT', 8883, 0, 65_535)
  const httpsPort = settings.whole('RESTANTE_HTTPS_PORT', 8443, 0, 65_535)
  const clientCaFile = settings.text('RESTANTE_TLS_CLIENT_CA_FILE')
  const ticketSecretFile = settings.text('RESTANTE_TLS_TICKET_SECRET_FILE')
  if (certificates.length !== keys.length)
    settings.problem(
      'RESTANTE_TLS_KEY_FILES',
      'must name a key for each of RESTANTE_TLS_CERTIFICATE_FILES, in the same order',
    )
  if (certificates.length > 0) {
    const pairs = certificates.map((certificate, i) => ({ certificate, key: keys[i] ?? '' }))
    return Object.freeze({ pairs, clientCaFile, ticketSecretFile, mqttsPort, httpsPort })
  }
  if (clientCaFile !== undefined || ticketSecretFile !== undefined)
    settings.problem('RESTANTE_TLS_CERTIFICATE_FILES', 'must be set: without certificates there is no TLS')
  return undefined
}

function setOf(list: readonly string[] | undefined): ReadonlySet<string> | undefined {
  return list === undefined ? undefined : new Set(list.map((name) => userIdOf(name) ?? name))
}

function readConnectionLimits(settings: Settings): ConnectionLimits {
  return Object.freeze({
    // 1.5 times as long is how long a vanished phone keeps its socket and its lane.
    keepAliveSMax: settings.whole('RESTANTE_KEEP_ALIVE_S_MAX', 1_200, 1, 65_535),
    connectTimeoutMs: settings.whole('RESTANTE_CONNECT_TIMEOUT_MS', 10_000, 100, 600_000),
    // About 20 KB each.
    connectionsMax: settings.whole('RESTANTE_CONNECTIONS_MAX', 100_000, 1, 10_000_000),
    unauthenticatedMax: settings.whole('RESTANTE_UNAUTHENTICATED_MAX', 2_000, 1, 10_000_000),
    // Set all three "per address" to 0 behind what hides addresses and says nothing of them: all would share one.
    unauthenticatedPerAddressMax: settings.whole(
      'RESTANTE_UNAUTHENTICATED_PER_ADDRESS_MAX',
      200,
      0,
      10_000_000,
    ),
    connectsPerSMax: settings.whole('RESTANTE_CONNECTS_PER_S_MAX', 1_000, 1, 1_000_000),
    connectsPerSPerAddressMax: settings.whole('RESTANTE_CONNECTS_PER_S_PER_ADDRESS_MAX', 500, 0, 1_000_000),
    failedLoginsPerMinPerAddressMax: settings.whole(
      'RESTANTE_FAILED_LOGINS_PER_MIN_PER_ADDRESS_MAX',
      60,
      0,
      1_000_000,
    ),
    connectionsPerUserMax: settings.whole('RESTANTE_CONNECTIONS_PER_USER_MAX', 32, 1, 1_000_000),
    packetsPerSMax: settings.whole('RESTANTE_PACKETS_PER_S_MAX', 10_000, 1, 10_000_000),
    publishesPerSMax: settings.whole('RESTANTE_PUBLISHES_PER_S_MAX', 5_000, 1, 1_000_000),
    publishBytesPerSMax: settings.whole('RESTANTE_PUBLISH_BYTES_PER_S_MAX', MIB, 1024, 1024 * MIB),
    publishesWaitingMax: settings.whole('RESTANTE_PUBLISHES_WAITING_MAX', 1_000, 1, 1_000_000),
    publishBytesWaitingMax: settings.whole('RESTANTE_PUBLISH_BYTES_WAITING_MAX', MIB, 1, 1024 * MIB),
    publishDeadlineMs: settings.whole('RESTANTE_PUBLISH_DEADLINE_MS', 10_000, 10, 600_000),
    filtersMax: settings.whole('RESTANTE_FILTERS_MAX', 8, 1, 10_000),
  })
}

function readMailboxLimits(settings: Settings): MailboxLimits {
  return Object.freeze({
    // A user's mailbox: at either the largest chat gives way, and the gap is marked.
    userEntriesMax: settings.whole('RESTANTE_MAILBOX_ENTRIES_MAX', 100_000, 1, 100_000_000),
    userBytesMax: settings.whole('RESTANTE_MAILBOX_BYTES_MAX', 64 * MIB, 1024, 1024 * 1024 * MIB),
    /** What of a mailbox is for messages of chats in which its user has neither sent nor read anything. */
    strangersPercentMax: settings.whole('RESTANTE_MAILBOX_STRANGERS_PERCENT_MAX', 20, 1, 100),
    // What workers have not processed: at either PUBACKs are held back.
    partitionEntriesMax: settings.whole('RESTANTE_PARTITION_ENTRIES_MAX', 1_000_000, 1, 100_000_000),
    partitionBytesMax: settings.whole('RESTANTE_PARTITION_BYTES_MAX', 256 * MIB, 1024, 1024 * 1024 * MIB),
    // What no worker could process: at the limit the oldest go.
    deadEntriesMax: settings.whole('RESTANTE_DEAD_ENTRIES_MAX', 10_000, 1, 1_000_000),
    devicesPerUserMax: settings.whole('RESTANTE_DEVICES_PER_USER_MAX', 3, 1, 1_000),
    /** How long an entry waits for its device. */
    retentionMs: settings.whole('RESTANTE_RETENTION_DAYS', 30, 1, 3_650) * DAY_MS,
  })
}

function readNodeLimits(settings: Settings): NodeLimits {
  const fixed = NODE_LIMITS
  const leaseTtlMs = settings.whole('RESTANTE_LEASE_TTL_MS', fixed.leaseTtlMs, 500, 600_000)
  return Object.freeze({
    ...fixed,
    leaseTtlMs,
    // Three chances to renew before a lease ends.
    renewMs: Math.min(fixed.renewMs, Math.floor(leaseTtlMs * 0.3)),
    laneFramesMax: settings.whole('RESTANTE_LANE_FRAMES_MAX', fixed.laneFramesMax, 1, 10_000),
    laneBytesMax: settings.whole('RESTANTE_LANE_BYTES_MAX', fixed.laneBytesMax, 1024, 1024 * MIB),
    ackTimeoutMs: settings.whole('RESTANTE_ACK_TIMEOUT_MS', fixed.ackTimeoutMs, 100, 3_600_000),
    workerStallMs: settings.whole('RESTANTE_WORKER_STALL_MS', fixed.workerStallMs, 100, 600_000),
  })
}
