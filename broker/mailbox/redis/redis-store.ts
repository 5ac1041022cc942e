import { SYSTEM_TIME, type TimeSource } from '../../../kit/clock.ts'
import type { Log } from '../../../kit/log.ts'
import { ADVANCE_SCRIPT, COUNT_SCRIPT, DISCARD_SCRIPT, HEAD_SCRIPT, READ_SCRIPT } from './lua/entries.ts'
import { RENEW_SCRIPT, STATE_SCRIPT } from './lua/partitions.ts'
import { ANNOUNCE_SCRIPT, CHECK_SCRIPT, WITHDRAW_SCRIPT } from './lua/registry.ts'
import { RedisAppends } from './append.ts'
import { isBroken } from './calls.ts'
import { storeUnavailable } from './client.ts'
import { HEAVY, orElse, RedisBatches } from './batches.ts'
import { RedisBodies } from './bodies.ts'
import { RedisClock } from './clock.ts'
import { RedisCommits } from './commits/commits.ts'
import { warnOfLosses } from './durability.ts'
import { ANNOUNCE_PLACE, boxPlace, metaPlace, NODES_PLACE, stateKey } from './keys.ts'
import { checkFormat, FORMAT_VERSION } from './format.ts'
import { RedisReaders } from './readers.ts'
import { decodeGaps, decodeRecord, referenceIn, type Reference } from './record.ts'
import { bytesOf, listOf, numberOf, textOf, type Reply } from './script.ts'
import { RedisServers, type RedisServersOptions } from './servers.ts'
import { slotOf } from './slot.ts'
import { RedisSweeps } from './sweeps.ts'
import {
  partitionMailbox,
  type Advance,
  type Append,
  type AppendOutcome,
  type Attach,
  type AttachOutcome,
  type Bar,
  type Commit,
  type CommitOutcome,
  type Detach,
  type DeviceRecord,
  type Look,
  type MailboxId,
  type MailboxLimits,
  type MailboxStore,
  type NodeRecord,
  type ReadResult,
  type Renew,
  type StoredEntry,
} from '../store.ts'

export interface RedisStoreOptions extends Omit<RedisServersOptions, 'deadlineMs' | 'name'> {
  readonly limits: MailboxLimits
  /** This process, for `CLIENT LIST`. */
  readonly node: string
  /** An act failed because of what its mailbox's keys hold: something else than a mailbox. */
  readonly onBroken?: () => void
  /** How many entries of commits of this broker wait for servers that are away. */
  readonly onOwed?: (entries: number) => void
  /** Entries that had waited for a server are in their mailboxes, and nobody was told of them. */
  readonly onSettled?: () => void
  /** Any call that has no answer by then fails with StoreUnavailable. Default 5 s. */
  readonly deadlineMs?: number
  /** Only tests give one. Its wall clock takes the place of the server's as far as the end of entries is concerned. */
  readonly time?: TimeSource
}

const DEADLINE_MS = 5_000
/** Between two lines about one broken key, and how many of them are remembered. */
const BROKEN_TOLD_MS = 60_000
const BROKEN_KEYS_MAX = 1_000
/** Stands for the state of a chat that is something else in Redis: no worker has put such a field. */
const UNREADABLE: ReadonlyMap<string, Uint8Array> = new Map([['?', new Uint8Array()]])

/**
 * The mailbox store on Redis ≥ 7 or Redis Cluster. Says at the start what acknowledged messages the servers' settings
 * can lose.
 *
 * @throws StoreUnavailable if nobody answers; OperationalError `config` for a server that is too old or a wrong URL,
 *         `redis-newer` for mailboxes that a newer version has written, `redis-older-brokers` while brokers run that
 *         could not read what this one writes
 */
export async function openRedisStore(options: RedisStoreOptions): Promise<MailboxStore> {
  const { node, deadlineMs = DEADLINE_MS, log } = options
  let store: RedisStore | undefined
  const onReset: RedisServersOptions['onReset'] = (isAffected) => {
    store?.bodies.reset()
    options.onReset?.(isAffected)
  }
  const servers = await RedisServers.open({ ...options, onReset, name: `restante:${node}`, deadlineMs })
  await Promise.allSettled(
    servers.placePerMaster('check').map(async ({ slot }) => {
      const client = await servers.ready(slot, performance.now() + deadlineMs)
      await warnOfLosses(client, servers.owner(slot), log)
    }),
  )
  const broken = brokenTeller(log, options.onBroken)
  const acts = new RedisBatches(servers, (error, act) => broken(error, act.keys[0] ?? ''))
  try {
    await checkFormat(acts)
  } catch (error) {
    servers.close()
    throw error
  }
  const time = options.time ?? { uptime: SYSTEM_TIME.uptime }
  const { bodies, clock } = (store = new RedisStore(servers, acts, options, time, broken))
  acts.onReleased = (packed) => bodies.released(packed)
  // If that server is away, nothing ends until a sweep has reached it.
  await clock.keep().catch((error: unknown) => log.warn({ err: error }, 'store.clock-unknown'))
  return store
}

type BrokenTeller = (error: Error, key: string) => void

/** Counts each, and says a line for a key once a minute. */
function brokenTeller(log: Log, onBroken: () => void = () => undefined): BrokenTeller {
  const toldAtMs = new Map<string, number>()
  return (err, key) => {
    onBroken()
    const now = performance.now()
    if (now - (toldAtMs.get(key) ?? Number.NEGATIVE_INFINITY) < BROKEN_TOLD_MS) return
    if (toldAtMs.size >= BROKEN_KEYS_MAX) toldAtMs.clear()
    toldAtMs.set(key, now)
    log.error({ err, key }, 'mailbox.broken')
  }
}

class RedisStore implements MailboxStore {
  readonly clock: RedisClock
  readonly bodies: RedisBodies
  readonly #servers: RedisServers
  readonly #acts: RedisBatches
  readonly #sweeps: RedisSweeps
  readonly #appends: RedisAppends
  readonly #commits: RedisCommits
  readonly #readers: RedisReaders

  constructor(
    servers: RedisServers,
    acts: RedisBatches,
    { limits, log, onOwed, onSettled }: RedisStoreOptions,
    time: Pick<TimeSource, 'uptime'> & Partial<TimeSource>,
    broken: BrokenTeller,
  ) {
    this.#servers = servers
    this.#acts = acts
    this.clock = new RedisClock(this.#acts, time)
    this.#sweeps = new RedisSweeps(this.#acts, this.clock, log)
    this.bodies = new RedisBodies(this.#acts, this.clock, limits.retentionMs)
    this.#appends = new RedisAppends(this.#acts, this.#sweeps, this.clock, limits, this.bodies, broken)
    const owed = { onOwed: onOwed ?? (() => undefined), onSettled: onSettled ?? (() => undefined) }
    const commits = { ...owed, acts, appends: this.#appends, serverOf: this.serverOf.bind(this), log }
    this.#commits = new RedisCommits(commits, this.bodies, !servers.isCluster)
    const { devicesPerUserMax } = limits
    this.#readers = new RedisReaders(this.#acts, servers, this.#commits, this.clock, devicesPerUserMax)
  }

  serverOf(mailbox: MailboxId): string {
    return this.#servers.owner(slotOf(mailbox))
  }

  async append(items: readonly Append[]): Promise<AppendOutcome[]> {
    const { outcomes } = await this.#appends.append(this.#appends.recordsOf(items))
    return outcomes
  }

  async read(mailbox: MailboxId, after: number, entriesMax: number, bytesMax: number): Promise<ReadResult> {
    const args = [after, entriesMax, bytesMax, this.clock.now()]
    const [head, droppedUpTo, readUpTo, gaps, ...rest] = listOf(
      await this.#acts.run({ ...boxPlace(mailbox), script: READ_SCRIPT, args, weight: HEAVY }),
    )
    const { entries, missingUpTo, awayFrom } = await this.#entriesOf(rest)
    if (awayFrom <= after + 1)
      throw storeUnavailable('has bytes of the next entry at a server that does not answer')
    return {
      entries,
      head: numberOf(head),
      droppedUpTo: Math.max(numberOf(droppedUpTo), missingUpTo),
      readUpTo: Math.min(numberOf(readUpTo), awayFrom - 1),
      gaps: decodeGaps(bytesOf(gaps)).toSorted((a, b) => a.position - b.position),
    }
  }

  /**
   * What records say, with the bytes that they share. What is gone of these, which a failover can do, is a gap. What is
   * at a server that is away is none: it ends the page.
   */
  async #entriesOf(
    positionsAndRecords: readonly Reply[],
  ): Promise<{ entries: StoredEntry[]; missingUpTo: number; awayFrom: number }> {
    const entries: StoredEntry[] = []
    const shared = new Map<number, Reference>()
    for (let i = 0; i < positionsAndRecords.length; i += 2) {
      const position = numberOf(positionsAndRecords[i])
      const record = bytesOf(positionsAndRecords[i + 1])
      const reference = referenceIn(record)
      if (reference !== undefined) shared.set(position, reference)
      entries.push(decodeRecord(position, record))
    }
    if (shared.size === 0) return { entries, missingUpTo: 0, awayFrom: Number.POSITIVE_INFINITY }
    const found = await this.bodies.read([...shared.values()])
    const bodies = new Map([...shared.keys()].map((position, i) => [position, found[i]]))
    const whole: StoredEntry[] = []
    let missingUpTo = 0
    for (const entry of entries) {
      const bytes = bodies.get(entry.position) ?? entry.bytes
      if (bytes === 'away') return { entries: whole, missingUpTo, awayFrom: entry.position }
      if (bytes === 'gone') missingUpTo = entry.position
      else whole.push({ ...entry, bytes })
    }
    return { entries: whole, missingUpTo, awayFrom: Number.POSITIVE_INFINITY }
  }

  /**
   * Rides along with what goes to its server anyway: 50 ms late at most, and only to others than this broker; at once if
   * the reader has left. An advance that a server of several did not take is one that was coalesced away: true.
   */
  async advance(items: readonly Advance[]): Promise<boolean[]> {
    const replies = await this.#acts.settleAll(
      items.map(({ mailbox, reader, epoch, position, isLast }) => {
        const field = mailbox.startsWith('p/') ? 'lease' : `r:${reader}`
        const rides = `${mailbox} ${field} ${epoch}`
        const args = [field, epoch, position]
        return { ...boxPlace(mailbox), script: ADVANCE_SCRIPT, args, epoch, rides, isLast }
      }),
    )
    return orElse(replies, 1).map((reply) => reply === 1)
  }

  async attach(items: readonly Attach[]): Promise<AttachOutcome[]> {
    const attaches = items.map((item) => this.#readers.attach(item).catch((error: Error) => error))
    return orElse(await Promise.all(attaches), { outcome: 'unavailable' as const })
  }

  /** A lease that a server of several did not extend is as good as lost. */
  async renew(items: readonly Renew[]): Promise<(number | undefined)[]> {
    const replies = await this.#acts.settleAll(
      items.map(({ mailbox, epoch, ttlMs }) => ({
        ...metaPlace(mailbox),
        script: RENEW_SCRIPT,
        args: [epoch, ttlMs],
        epoch,
      })),
    )
    return orElse(replies, null).map((reply) =>
      reply === null || reply === -1 ? undefined : numberOf(reply),
    )
  }

  async detach(items: readonly Detach[]): Promise<void> {
    await Promise.all(items.map((item) => this.#readers.detach(item)))
  }

  commit(commit: Commit): Promise<CommitOutcome> {
    return this.#commits.commit(commit)
  }

  async states(partition: number, chats: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>[]> {
    const slot = slotOf(partitionMailbox(partition))
    const replies = await this.#acts.settleAll(
      chats.map((chat) => ({
        slot,
        keys: [stateKey(partition, chat)],
        script: STATE_SCRIPT,
        args: [],
        weight: HEAVY,
      })),
    )
    return replies.map((reply) => {
      if (reply instanceof Error && isBroken(reply)) return UNREADABLE
      if (reply instanceof Error) throw reply
      const fields = new Map<string, Uint8Array>()
      const list = listOf(reply)
      for (let i = 0; i < list.length; i += 2) fields.set(textOf(list[i]), bytesOf(list[i + 1]))
      return fields
    })
  }

  async heads(items: readonly Look[]): Promise<(number | undefined)[]> {
    const replies = await this.#acts.settleAll(
      items.map(({ mailbox, owned }) => ({
        ...metaPlace(mailbox),
        script: HEAD_SCRIPT,
        args: owned ? [`r:${owned.reader}`, owned.epoch] : [],
        ...(owned ? { epoch: owned.epoch } : undefined),
      })),
    )
    // Null: the server was reset, and readers are attached to it anew; nobody else has them for that.
    return replies.map((reply) => {
      // Of a broken mailbox nothing is known; its lane is not to end for that.
      if (reply instanceof Error && isBroken(reply)) return 0
      if (reply instanceof Error) throw reply
      return reply === -1 ? undefined : numberOf(reply ?? 0)
    })
  }

  async counts(mailboxes: readonly MailboxId[]): Promise<(number | undefined)[]> {
    const acts = mailboxes.map((id) => ({ ...metaPlace(id), script: COUNT_SCRIPT, args: [] }))
    const replies = orElse(await this.#acts.settleAll(acts), undefined)
    return replies.map((reply) => (reply === undefined ? undefined : numberOf(reply)))
  }

  devices(user: string): Promise<DeviceRecord[]> {
    return this.#readers.devices(user)
  }

  removeDevice(user: string, device: string, removedAtMs: number): Promise<string | undefined> {
    return this.#readers.removeDevice(user, device, removedAtMs)
  }

  async now(): Promise<number> {
    await this.clock.keep()
    return this.clock.now()
  }

  bar(user: string, bar: Bar): Promise<readonly string[]> {
    return this.#readers.bar(user, bar)
  }

  barred(user: string, tokenIssuedAtMs: number | undefined): Promise<'locked' | 'token-ended' | undefined> {
    return this.#readers.barred(user, tokenIssuedAtMs)
  }

  async discard(mailbox: MailboxId, position: number): Promise<boolean> {
    return (await this.#acts.run({ ...boxPlace(mailbox), script: DISCARD_SCRIPT, args: [position] })) === 1
  }

  async announce(node: string, workers: readonly string[], ttlMs: number): Promise<NodeRecord[]> {
    const args = [node, JSON.stringify(workers), ttlMs, FORMAT_VERSION]
    const list = listOf(await this.#acts.run({ ...ANNOUNCE_PLACE, script: ANNOUNCE_SCRIPT, args }))
    const records: NodeRecord[] = []
    for (let i = 0; i < list.length; i += 2) {
      records.push({ node: textOf(list[i]), workers: JSON.parse(textOf(list[i + 1])) as string[] })
    }
    return records.toSorted((a, b) => (a.node < b.node ? -1 : 1))
  }

  async withdraw(node: string): Promise<void> {
    await this.#acts.run({ ...NODES_PLACE, script: WITHDRAW_SCRIPT, args: [node] })
  }

  sweep(mailboxesMax: number): Promise<number> {
    return this.#sweeps.sweep(mailboxesMax)
  }

  check(): readonly Promise<void>[] {
    return this.#servers.placePerMaster('check').map(async (place) => {
      await this.#acts.run({ ...place, script: CHECK_SCRIPT, args: [] })
    })
  }

  async close(): Promise<void> {
    await this.#sweeps.settled()
    this.#commits.close()
    await this.bodies.close()
    await this.#acts.settled()
    this.#servers.close()
  }
}
