import { randomBytes } from 'node:crypto'
import type { LogLevel } from '../kit/log.ts'
import type { Secret, Settings } from '../kit/settings.ts'
import { type DeviceId, isDeviceId } from '../proto/ids.ts'
import { GROUP_MEMBERS_MAX } from '../proto/limits.ts'
import { UNKNOWN_USERS_PER_HOUR_MAX } from './loop/asking.ts'
import { CHATS_PER_USER_MAX } from './loop/begun.ts'

/** Everything that can be set about a worker. Frozen; each value is present. */
export interface WorkerConfig {
  /** Of the broker to connect to. */
  readonly brokerUrl: string
  /** One of the two; a file is read anew for each connection. */
  readonly token: Secret | undefined
  readonly tokenFile: string | undefined
  /** The device part of the worker's client id: different for each worker process of one token. */
  readonly name: DeviceId
  /** Undefined: the embedded database in the data directory. */
  readonly databaseUrl: Secret | undefined
  readonly databaseConnectionsMax: number
  readonly dataDir: string
  readonly logLevel: LogLevel
  /** For metrics and health. Undefined: none; 0: any free port. */
  readonly httpPort: number | undefined
  readonly operationsHost: string
  readonly limits: WorkerLimits
  /** How long a graceful stop may take. */
  readonly stopMsMax: number
}

/** What happens at a limit stands beside it. */
export interface WorkerLimits {
  /** Members of one group. More: Rejected chat-full. */
  readonly groupMembersMax: number
  /** Recipients of what one user sends, members of groups counted. More: Rejected rate-limited. */
  readonly recipientsPerMinMax: number
  /** Bytes of it in all those mailboxes together. More: Rejected rate-limited. */
  readonly recipientBytesPerSMax: number
  /** Of both, what so many seconds fill may come at once: a device that comes back sends what has waited. */
  readonly recipientsBurstS: number
  /** Chats that one user begins, a day's worth at once. More: Rejected rate-limited. */
  readonly chatsPerDayMax: number
  /** Chats that one user has begun and that somebody is in. More: Rejected too-many-chats. */
  readonly chatsPerUserMax: number
  /** Chat state in memory, in fields of about 250 bytes. More: the longest unused is dropped and asked for again. */
  readonly cachedFieldsMax: number
  /** Users known to exist. More: the longest known are looked up again. */
  readonly knownUsersMax: number
  /** Names of nobody that a user may find out as such in an hour. More: whoever they name, Rejected rate-limited. */
  readonly unknownUsersPerHourMax: number
  /** A step that keeps its thread busy for longer is ended, with the thread. */
  readonly hangMsMax: number
  /** JavaScript's heap of the thread. More: the thread ends, and a new one begins. */
  readonly heapMbMax: number
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

/** Reads a worker's settings; what is wrong with them is noted in `settings`. */
export function readWorkerConfig(settings: Settings): WorkerConfig {
  const token = settings.secret('RESTANTE_WORKER_TOKEN')
  /** A file with the token, in its stead. */
  const tokenFile = settings.text('RESTANTE_WORKER_TOKEN_FILE')
  if (token !== undefined && tokenFile !== undefined)
    settings.problem('RESTANTE_WORKER_TOKEN', 'and RESTANTE_WORKER_TOKEN_FILE exclude each other')
  return Object.freeze({
    brokerUrl: settings.url('RESTANTE_BROKER_URL', ['mqtt:', 'mqtts:'])?.reveal() ?? 'mqtt://127.0.0.1:1883',
    token,
    tokenFile,
    name: readName(settings),
    /** PostgreSQL instead of the embedded database. */
    databaseUrl: settings.url('DATABASE_URL', ['postgres:', 'postgresql:']),
    databaseConnectionsMax: settings.whole('RESTANTE_DATABASE_CONNECTIONS_MAX', 4, 1, 1_000),
    dataDir: settings.text('RESTANTE_DATA_DIR', './restante-data'),
    logLevel: settings.oneOf('RESTANTE_LOG_LEVEL', 'info', LOG_LEVELS),
    httpPort:
      settings.text('RESTANTE_WORKER_HTTP_PORT') === undefined
        ? undefined
        : settings.whole('RESTANTE_WORKER_HTTP_PORT', 0, 0, 65_535),
    /** As a broker's: nobody but operators is to see how the server is. */
    operationsHost: settings.text('RESTANTE_OPERATIONS_HOST', '127.0.0.1'),
    limits: Object.freeze({
      groupMembersMax: settings.whole('RESTANTE_GROUP_MEMBERS_MAX', GROUP_MEMBERS_MAX, 2, 5_000),
      recipientsPerMinMax: settings.whole('RESTANTE_RECIPIENTS_PER_MIN_MAX', 600_000, 1, 1_000_000_000),
      recipientBytesPerSMax: settings.whole(
        'RESTANTE_RECIPIENT_BYTES_PER_S_MAX',
        4 * 1024 * 1024,
        1,
        1_000_000_000_000,
      ),
      recipientsBurstS: settings.whole('RESTANTE_RECIPIENTS_BURST_S', 5, 1, 3_600),
      chatsPerDayMax: settings.whole('RESTANTE_CHATS_PER_DAY_MAX', 10_000, 1, 1_000_000_000),
      chatsPerUserMax: settings.whole('RESTANTE_CHATS_PER_USER_MAX', CHATS_PER_USER_MAX, 1, 1_000_000),
      cachedFieldsMax: settings.whole('RESTANTE_CACHED_FIELDS_MAX', 1_000_000, 256, 1_000_000_000),
      knownUsersMax: settings.whole('RESTANTE_KNOWN_USERS_MAX', 200_000, 1, 100_000_000),
      unknownUsersPerHourMax: settings.whole(
        'RESTANTE_UNKNOWN_USERS_PER_HOUR_MAX',
        UNKNOWN_USERS_PER_HOUR_MAX,
        1,
        1_000_000_000,
      ),
      hangMsMax: settings.whole('RESTANTE_WORKER_HANG_MS_MAX', 5_000, 1_000, 600_000),
      heapMbMax: settings.whole('RESTANTE_WORKER_HEAP_MB_MAX', 1_024, 64, 1_000_000),
    }),
    stopMsMax: settings.whole('RESTANTE_STOP_MS_MAX', 10_000, 100, 600_000),
  })
}

function readName(settings: Settings): DeviceId {
  const name = settings.text('RESTANTE_WORKER_NAME', `worker-${randomBytes(6).toString('hex')}`)
  if (isDeviceId(name)) return name
  settings.problem(
    'RESTANTE_WORKER_NAME',
    'must be letters, digits and ._@-, at most 32, a letter or digit first',
  )
  return 'worker' as DeviceId
}
