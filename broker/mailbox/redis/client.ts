import { Cluster, Redis, type RedisOptions } from 'ioredis'
import { OperationalError } from '../../../kit/operational-error.ts'

/** How to reach any server of the deployment, from a URL: redis[s]://[user:password@]host[:port][/database]. */
export type ServerOptions = Pick<RedisOptions, 'username' | 'password' | 'db' | 'tls'> & {
  readonly host: string
  readonly port: number
}

export function parseRedisUrl(text: string): ServerOptions {
  const url = new URL(text)
  if (url.protocol !== 'redis:' && url.protocol !== 'rediss:') {
    throw new OperationalError('config', `not a redis:// or rediss:// URL: ${url.protocol}//…`, {
      retryable: false,
    })
  }
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? 6379 : Number(url.port),
    ...(url.username === '' ? {} : { username: decodeURIComponent(url.username) }),
    ...(url.password === '' ? {} : { password: decodeURIComponent(url.password) }),
    ...(url.pathname.length > 1 ? { db: Number(url.pathname.slice(1)) } : {}),
    ...(url.protocol === 'rediss:' ? { tls: {} } : {}),
  }
}

/**
 * A connection to one server that keeps coming back. It never keeps a command for later and never sends one a second
 * time by itself, as ioredis does unless told: an append would come twice, and behind later ones. TCP_NODELAY is
 * ioredis' default.
 *
 * @param deadlineMs a command without an answer fails after it; a connection without any is made anew after twice
 *                   that, so that what waits on it is let go
 */
export function createClient(server: ServerOptions, name: string, deadlineMs: number): Redis {
  const client = new Redis(clientOptions(server, name, deadlineMs))
  // Without a listener ioredis prints them. What they break says so itself, by StoreUnavailable.
  client.on('error', () => {})
  return client
}

/**
 * A client to the whole deployment, for commands of one key that may be carried out twice: on a cluster it is ioredis'
 * own, which follows a key to its master. It connects by itself, and refuses what comes while it is not connected.
 * Its maker closes it.
 *
 * @throws StoreUnavailable if nobody answers
 */
export async function openClient(
  urls: readonly string[],
  name: string,
  deadlineMs: number,
): Promise<Redis | Cluster> {
  const servers = urls.map(parseRedisUrl)
  const [first] = servers as [ServerOptions, ...ServerOptions[]]
  const info = await firstAnswer(servers, { name, deadlineMs }, (client) => client.info('cluster'))
  const client = /^cluster_enabled:1/m.test(info)
    ? new Cluster(servers, {
        lazyConnect: true,
        enableOfflineQueue: false,
        redisOptions: clientOptions(first, name, deadlineMs),
        // Certificates are for names.
        dnsLookup: (address, done) => done(null, address),
      }).on('error', () => {})
    : createClient(first, name, deadlineMs)
  client.connect().catch(() => {})
  return client
}

function clientOptions(server: ServerOptions, name: string, deadlineMs: number): RedisOptions {
  return {
    ...server,
    connectionName: name,
    // Two commands of each connection, and a file of ioredis' own that is read for them.
    disableClientInfo: true,
    lazyConnect: true,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    autoResubscribe: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (times) => Math.min(25 * 2 ** Math.min(times, 5), 500) * (0.5 + Math.random()),
    connectTimeout: deadlineMs,
    commandTimeout: deadlineMs,
    socketTimeout: 2 * deadlineMs,
    keepAlive: 15_000,
    // A master that became a replica: connect again, its name may lead elsewhere.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
  }
}

/** Asks one server after the other, each over a connection of its own. @throws StoreUnavailable */
export async function firstAnswer<Answer>(
  servers: readonly ServerOptions[],
  { name, deadlineMs }: { readonly name: string; readonly deadlineMs: number },
  ask: (client: Redis) => Promise<Answer>,
): Promise<Answer> {
  let cause: unknown
  for (const server of servers) {
    const client = createClient(server, name, deadlineMs)
    try {
      await client.connect()
      return await ask(client)
    } catch (error) {
      cause = error
    } finally {
      client.disconnect()
    }
  }
  throw storeUnavailable(`at ${servers.map(nodeKey).join(', ')} does not answer`, cause)
}

export function nodeKey(server: ServerOptions): string {
  return `${server.host}:${server.port}`
}

export function storeUnavailable(what: string, cause?: unknown): OperationalError {
  const reason = cause instanceof Error ? `: ${cause.message}` : ''
  return new OperationalError('store-unavailable', `Redis ${what}${reason}`, { retryable: true, cause })
}

export function isUnavailable(error: unknown): boolean {
  return error instanceof OperationalError && error.code === 'store-unavailable'
}
