import { isDeviceId, isUserId } from '../../proto/ids.ts'
import {
  decodeDeadEntry,
  decodeRequest,
  encodeDown,
  MalformedFrame,
  type DecodedRequest,
  type Rejected,
  type Response,
} from '../../proto/codec.ts'
import { errorCode, type ErrorName } from '../../proto/errors.ts'
import { peekRequest } from '../../proto/peek.ts'
import type { Connection } from '../listeners/connection.ts'
import type { Intake } from './intake.ts'
import {
  DEAD_MAILBOX,
  partitionMailbox,
  userMailbox,
  type Append,
  type MailboxStore,
} from '../mailbox/store.ts'

export interface RequestParts {
  readonly store: MailboxStore
  readonly intake: Intake
  readonly clock: () => number
  /** A device is no longer registered: its connection is to be closed, wherever it is. */
  readonly removed: (user: string, device: string, node: string) => void
  /** A user's connections are to be closed, wherever they are. @returns whether they were, in time */
  readonly closeAll: (user: string, nodes: readonly string[], reason: string) => Promise<boolean>
}

/** An answer waits so long for the device that asked. */
const ANSWER_TTL_MS = 60_000
/** Dead entries in one list, by number and by size. */
const DEAD_PAGE_MAX = 100
const DEAD_PAGE_BYTES_MAX = 64 * 1024

/**
 * A store's clock that is further ahead than this has believed a wrong one for good (ADR 0020): by it, nobody could come
 * back for as long. A broker that is so far behind the others refuses new tokens as dated ahead.
 */
const STORE_AHEAD_MS_MAX = 2 * 3_600_000

type Answer = Omit<Response, 'request'> | ErrorName

/**
 * What is published on `q`. Devices and dead letters live in the mailbox store, so the broker answers those itself;
 * all else goes to a worker.
 */
export class Requests {
  readonly #parts: RequestParts

  constructor(parts: RequestParts) {
    this.#parts = parts
  }

  /** Resolves when the request's effect and its answer, or the request itself, are durable. @throws StoreUnavailable */
  async take(connection: Connection, payload: Uint8Array): Promise<void> {
    const item = await this.#carryOut(connection, payload)
    await this.#parts.intake.append([item], connection)
  }

  async #carryOut(connection: Connection, payload: Uint8Array): Promise<Append> {
    let request: DecodedRequest
    try {
      request = decodeRequest(payload)
    } catch (error) {
      if (!(error instanceof MalformedFrame)) throw error
      return this.#refusal(connection, peekRequest(payload), 'malformed')
    }
    const answer = this.#answer(connection, request)
    if (answer === undefined) return this.#parts.intake.ofUser(connection, { request: payload })
    const answered = await answer
    return typeof answered === 'string'
      ? this.#refusal(connection, request.request, answered)
      : this.#reply(connection, { responses: [{ request: request.request, ...answered }] })
  }

  /** @returns undefined if a worker answers it */
  #answer(connection: Connection, request: DecodedRequest): Promise<Answer> | undefined {
    if (request.listDevices) return this.#listDevices(connection, request.listDevices.user ?? '')
    if (request.removeDevice) {
      const { user, device } = request.removeDevice
      return this.#removeDevice(connection, user ?? '', device ?? '')
    }
    if (request.lockUser) {
      const { user, unlock } = request.lockUser
      return this.#lockUser(connection, user ?? '', unlock !== true)
    }
    if (request.endTokens) return this.#endTokens(connection, request.endTokens.user ?? '')
    if (request.listDead) {
      return this.#listDead(connection, request.listDead.after ?? 0, request.listDead.limit ?? 0)
    }
    if (request.requeueDead) return this.#requeueDead(connection, request.requeueDead.position ?? 0)
    return undefined
  }

  async #listDevices(connection: Connection, of: string): Promise<Answer> {
    const user = of || connection.user
    if (!mayManage(connection, user)) return 'forbidden'
    if (!isUserId(user)) return 'invalid'
    const devices = await this.#parts.store.devices(user)
    return {
      devices: {
        devices: devices.map(({ device, linkedAtMs, node, waiting, isTransient }) => ({
          name: device,
          linkedAtMs,
          connected: node !== '',
          waiting,
          transient: isTransient,
        })),
      },
    }
  }

  async #removeDevice(connection: Connection, of: string, device: string): Promise<Answer> {
    const user = of || connection.user
    if (!mayManage(connection, user)) return 'forbidden'
    if (!isUserId(user) || !isDeviceId(device)) return 'invalid'
    const { store, removed } = this.#parts
    const tokensUpToMs = await this.#endOfSecond()
    const node = await store.removeDevice(user, device, tokensUpToMs)
    // A clean session is nothing to remove, but somebody wants it closed.
    const nodes = node === undefined ? await this.#transientsOf(user, device) : [node]
    if (nodes.length === 0) return 'unknown-device'
    for (const each of nodes) removed(user, device, each)
    await this.#passed()
    return { done: {} }
  }

  async #transientsOf(user: string, device: string): Promise<string[]> {
    const devices = await this.#parts.store.devices(user)
    return devices.filter((each) => each.isTransient && each.device === device).map(({ node }) => node)
  }

  async #lockUser(connection: Connection, user: string, isLocked: boolean): Promise<Answer> {
    if (connection.role !== 'admin') return 'forbidden'
    // Whoever locks the command line out could not let it in again.
    if (!isUserId(user) || user === connection.user) return 'invalid'
    const nodes = await this.#parts.store.bar(user, { isLocked })
    return isLocked ? this.#close(user, nodes, 'user-locked') : { done: {} }
  }

  async #endTokens(connection: Connection, user: string): Promise<Answer> {
    if (connection.role !== 'admin') return 'forbidden'
    if (!isUserId(user) || user === connection.user) return 'invalid'
    const tokensUpToMs = await this.#endOfSecond()
    const nodes = await this.#parts.store.bar(user, { tokensUpToMs })
    const answer = await this.#close(user, nodes, 'tokens-ended')
    await this.#passed()
    return answer
  }

  async #close(user: string, nodes: readonly string[], reason: string): Promise<Answer> {
    return { done: { stillConnected: !(await this.#parts.closeAll(user, nodes, reason)) } }
  }

  /**
   * Tokens date themselves by whole seconds: those of this one end with those of earlier ones. By the store's clock too:
   * this broker's may be behind that of who made them.
   */
  async #endOfSecond(): Promise<number> {
    const { store, clock } = this.#parts
    const storeMs = await store.now()
    const ownMs = clock()
    const nowMs = storeMs - ownMs > STORE_AHEAD_MS_MAX ? ownMs : Math.max(ownMs, storeMs)
    return Math.floor(nowMs / 1000) * 1000 + 999
  }

  /** Answers only when a token that is made upon the answer is a later one, whatever this broker's clock says. */
  async #passed(): Promise<void> {
    // A timer counts whole milliseconds, and may be early by a part of one.
    await new Promise((resolve) => setTimeout(resolve, 1_001))
  }

  async #listDead(connection: Connection, after: number, limit: number): Promise<Answer> {
    if (connection.role !== 'admin') return 'forbidden'
    const count = Math.min(limit || DEAD_PAGE_MAX, DEAD_PAGE_MAX)
    const { entries } = await this.#parts.store.read(DEAD_MAILBOX, after, count, DEAD_PAGE_BYTES_MAX)
    return {
      dead: {
        entries: entries.map(({ position, bytes }) => Object.assign(decodeDeadEntry(bytes), { position })),
      },
    }
  }

  /** Back into its partition first: if the node dies in between, it is in both, and workers drop repeats. */
  async #requeueDead(connection: Connection, position: number): Promise<Answer> {
    if (connection.role !== 'admin') return 'forbidden'
    const { store, intake } = this.#parts
    const { entries } = await store.read(DEAD_MAILBOX, position - 1, 1, DEAD_PAGE_BYTES_MAX)
    const [entry] = entries
    if (entry?.position !== position) return 'invalid'
    const { partition, envelope } = decodeDeadEntry(entry.bytes)
    await intake.append([{ mailbox: partitionMailbox(partition), bytes: envelope }], connection)
    await store.discard(DEAD_MAILBOX, position)
    return { done: {} }
  }

  #refusal(connection: Connection, request: number, code: ErrorName): Append {
    const rejected: Rejected = { code: errorCode(code), request }
    return this.#reply(connection, { rejected: [rejected] })
  }

  #reply(connection: Connection, down: Parameters<typeof encodeDown>[0]): Append {
    return {
      mailbox: userMailbox(connection.user),
      bytes: encodeDown(down),
      only: connection.device,
      ttlMs: ANSWER_TTL_MS,
    }
  }
}

function mayManage(connection: Connection, user: string): boolean {
  return user === connection.user || connection.role === 'admin'
}
