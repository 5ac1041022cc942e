import { isDeviceId, type DeviceId, type UserId } from '../../proto/ids.ts'
import { jitteredBackoff, type Backoff } from './connection/backoff.ts'
import { Client } from './client.ts'
import { RestanteError, UnreachableError } from './errors.ts'
import type { LocalStore, StoredMeta, StoredState } from './store/local-store.ts'
import { inTime } from './connection/in-time.ts'
import { memoryStore } from './store/memory-store.ts'
import { upgraded } from './store/upgrade.ts'
import type { Platform } from './connection/platform.ts'
import { Session } from './session.ts'
import { claimsOf, fetchToken, type Token } from './connection/token.ts'

export interface ConnectOptions {
  /** `mqtt://`, `mqtts://`, `ws://` or `wss://`; the latter two in browsers. */
  readonly url: string
  /** A JWT, or a function that gets one for each connection. */
  readonly token: Token
  /** The token's claim that names the user, as the server's RESTANTE_JWT_USER_CLAIM says. Default: `sub`. */
  readonly userClaim?: string
  /** This device's name, unless the token names it: 1 to 32 letters, digits, `._@-`. */
  readonly device?: string
  /**
   * For programs that send something and end: not a linked device, but one for as long as it is connected. It gets what
   * comes meanwhile, and nothing is kept for it. Its `device` must be another for each process at a time.
   */
  readonly isTransient?: boolean
  /** Where messages and the outbox live. Default: memory, until the process ends. */
  readonly store?: LocalStore
  /** A ping after so many seconds without traffic. Default: 240. */
  readonly keepaliveS?: number
  /** How long to try to connect at first. Default: 30,000. Later it goes on for ever. */
  readonly connectTimeoutMs?: number
  /** Asked at each attempt that fails before: whether to reject with that at once. Default: no. */
  readonly givesUp?: (error: RestanteError) => boolean
  /** Do not wait for a connection at all. Default: false. */
  readonly offline?: boolean
  /** When to try again. Default: 0.5 s to 60 s, doubling, with jitter. */
  readonly backoff?: Backoff
  /** Handled messages that stay in the store, per chat. Default: 1,000. */
  readonly messagesKept?: number
}

/**
 * Resolves when the server has let the device in and, with an empty store, has told its chats (or 10 s have passed).
 *
 * @throws RestanteError: refused by the server, no server in time, a bad token, the store of somebody else
 */
export async function connectOn(platform: Platform, options: ConnectOptions): Promise<Client> {
  const keepaliveS = options.keepaliveS ?? KEEPALIVE_S
  if (!Number.isInteger(keepaliveS) || keepaliveS < 1 || keepaliveS > KEEPALIVE_S_MAX) {
    throw new RangeError(`keepaliveS is ${keepaliveS}, not a whole number from 1 to ${KEEPALIVE_S_MAX}`)
  }
  if (options.isTransient && options.store) throw new RangeError('a transient session has no store')
  const store = options.store ?? memoryStore()
  const state = await opened(store)
  try {
    const identity = await identityOf(options, state.meta)
    checkOwner(identity, state.meta)
    const session = new Session({
      platform,
      store,
      state,
      ...identity,
      url: options.url,
      isTransient: options.isTransient ?? false,
      // Who does not wait for a connection need not be told that there is none.
      givesUp: (!options.offline && options.givesUp) || (() => false),
      isTokenFixed: typeof options.token === 'string',
      keepaliveS,
      backoff: options.backoff ?? jitteredBackoff(),
      messagesKept: options.messagesKept ?? MESSAGES_KEPT,
    })
    await session.open()
    if (!options.offline) await firstConnection(session, state, options.connectTimeoutMs ?? CONNECT_MS)
    // Listeners that are added as soon as connect resolves hear of everything from the beginning.
    setTimeout(() => session.release())
    return new Client(session, identity.device)
  } catch (error) {
    await store.close()
    throw error
  }
}

const KEEPALIVE_S = 240
/** What CONNECT has room for. */
const KEEPALIVE_S_MAX = 65_535
const CONNECT_MS = 30_000
const MESSAGES_KEPT = 1_000
const FIRST_CHATS_MS_MAX = 10_000

async function opened(store: LocalStore): Promise<StoredState> {
  try {
    return await upgraded(store, await store.open())
  } catch (cause) {
    if (cause instanceof RestanteError) throw cause
    throw new RestanteError('store-failed', 'the local store cannot be opened', { cause })
  }
}

interface Identity {
  readonly user: UserId
  readonly device: DeviceId
  readonly tokenIssuedAtMs: number
  readonly token: () => Promise<string>
}

/** Who this is, by the token; offline, if there is none to be had, by the store. */
async function identityOf(options: ConnectOptions, meta: StoredMeta | undefined): Promise<Identity> {
  let first: string | undefined
  try {
    first = await fetchToken(options.token)
  } catch (error) {
    if (!options.offline || !meta) throw error
  }
  const claims = first === undefined ? undefined : claimsOf(first, options.userClaim)
  const user = claims?.user ?? (meta?.user as UserId)
  const device = options.device ?? claims?.device ?? meta?.device ?? ''
  if (!isDeviceId(device))
    throw new RangeError(`"${device}" is not a device name: 1 to 32 letters, digits, "._@-"`)
  const token = async (): Promise<string> => {
    const next = first ?? (await fetchToken(options.token))
    first = undefined
    if (claimsOf(next, options.userClaim).user !== user)
      throw new RestanteError('bad-token', `the token is not one of ${user}`)
    return next
  }
  return { user, device, tokenIssuedAtMs: claims?.issuedAtMs ?? 0, token }
}

function checkOwner({ user, device }: Identity, meta: StoredMeta | undefined): void {
  if (!meta || (meta.user === user && meta.device === device)) return
  throw new RestanteError(
    'wrong-store',
    `the store is that of ${meta.user}/${meta.device}, not of ${user}/${device}`,
  )
}

async function firstConnection(session: Session, state: StoredState, msMax: number): Promise<void> {
  try {
    await inTime(session.firstConnected, msMax, () => {
      const last = session.lastError
      const reason = last instanceof UnreachableError ? last.reason : 'no-answer'
      return new UnreachableError(reason, `no connection in ${msMax} ms${last ? `: ${last.message}` : ''}`, {
        cause: last,
      })
    })
  } catch (error) {
    await session.close(0)
    throw error
  }
  if (state.meta) return
  // The rest of the pages comes behind.
  const pages = session.pages()
  const rest = async (): Promise<void> => {
    for await (const _page of pages);
  }
  const first = pages.next().then(() => void rest().catch(() => {}))
  await inTime(first, FIRST_CHATS_MS_MAX, () => new Error('late')).catch(() => {})
}
