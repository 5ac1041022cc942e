import { APPEND_SCRIPT } from './lua/entries.ts'
import { mayShare } from '../shared-bodies.ts'
import type { Acts } from './batches.ts'
import type { RedisBodies, SharedBody } from './bodies.ts'
import { isBroken } from './calls.ts'
import { storeUnavailable } from './client.ts'
import type { RedisClock } from './clock.ts'
import { boxPlace } from './keys.ts'
import { encodeRecord, releaseOf } from './record.ts'
import { bytesOf, listOf, numberOf, textOf, type Reply } from './script.ts'
import type { RedisSweeps } from './sweeps.ts'
import type { Append, AppendOutcome, MailboxId, MailboxLimits } from '../store.ts'

/** Entries of one mailbox in one atomic act: a slice. */
export const SLICE_ENTRIES_MAX = 1_000

/** What keeps appends of a pending commit from coming twice or late. */
export interface Fence {
  readonly partition: number
  readonly commitId: number
  /** By the servers' clocks, Unix ms. */
  readonly notAfterMs: number
}

/** Ids of the parts of one commit lie below this distance from its own. */
const COMMIT_ID_STEP = 1_024

export interface Appended {
  /** One per item, in order. */
  readonly outcomes: AppendOutcome[]
  /** Mailboxes that keep a later commit's id than the fence's: these were given nothing. */
  readonly behind: readonly MailboxRecords[]
  /** The highest of those ids. */
  readonly highestId: number
}

/** Records for one mailbox, and where among the items they came from. */
export interface MailboxRecords {
  readonly mailbox: MailboxId
  readonly records: Uint8Array[]
  readonly items: number[]
}

/** Appending to mailboxes, wherever they are. */
export class RedisAppends {
  readonly #acts: Acts
  readonly #sweeps: RedisSweeps
  readonly #clock: RedisClock
  readonly #limits: MailboxLimits
  readonly #broken: (error: Error, key: string) => void
  readonly #bodies: RedisBodies

  /** @param broken is told of mailboxes that a commit could not append to, because of what their keys hold */
  constructor(
    acts: Acts,
    sweeps: RedisSweeps,
    clock: RedisClock,
    limits: MailboxLimits,
    bodies: RedisBodies,
    broken: (error: Error, key: string) => void = () => undefined,
  ) {
    this.#broken = broken
    this.#bodies = bodies
    this.#acts = acts
    this.#clock = clock
    this.#sweeps = sweeps
    this.#limits = limits
  }

  /** The items as records, one group per mailbox, in order. Equal ones near each other share their record. */
  recordsOf(items: readonly Append[], bodies?: ReadonlyMap<Uint8Array, SharedBody>): MailboxRecords[] {
    const groups = new Map<MailboxId, MailboxRecords>()
    const recent: { item: Append; mayExpire: boolean; record: Buffer }[] = []
    items.forEach((item, i) => {
      const mayExpire = item.mailbox.startsWith('u/')
      let made = recent.find((one) => one.mayExpire === mayExpire && isSameEntry(one.item, item))
      if (made === undefined) {
        const expiresAtMs = mayExpire
          ? this.#clock.latest() + Math.ceil(item.ttlMs ?? this.#limits.retentionMs)
          : 0
        const body = mayShare(item) ? bodies?.get(item.bytes) : undefined
        made = { item, mayExpire, record: encodeRecord(item, expiresAtMs, body?.reference) }
        recent.unshift(made)
        recent.length = Math.min(recent.length, RECENT_MAX)
      }
      const group = groups.get(item.mailbox)
      if (group) {
        group.records.push(made.record)
        group.items.push(i)
      } else {
        groups.set(item.mailbox, { mailbox: item.mailbox, records: [made.record], items: [i] })
      }
    })
    return [...groups.values()]
  }

  /** What a mailbox may hold, as the scripts take it: whether it drops at a cap, entries, bytes, percent for strangers. */
  limitsOf(mailbox: MailboxId): string {
    const limits = this.#limits
    if (mailbox.startsWith('u/'))
      return `1 ${limits.userEntriesMax} ${limits.userBytesMax} ${limits.strangersPercentMax}`
    if (mailbox.startsWith('p/')) return `0 ${limits.partitionEntriesMax} ${limits.partitionBytesMax} 0`
    return `1 ${limits.deadEntriesMax} ${Number.MAX_SAFE_INTEGER} 0`
  }

  /**
   * Append groups, each in slices one after the other, the groups side by side. Of what a fence kept back because it
   * had come before, the outcome is superseded.
   * @throws StoreUnavailable also if a fence's time is over: nothing of that slice was done
   */
  async append(groups: readonly MailboxRecords[], fence?: Fence): Promise<Appended> {
    const outcomes: AppendOutcome[] = []
    const behind: MailboxRecords[] = []
    let highestId = 0
    let left = groups
    for (let part = 0; left.length > 0; part++) {
      const at = part * SLICE_ENTRIES_MAX
      const slices = left.map(({ records }) => records.slice(at, at + SLICE_ENTRIES_MAX))
      const fenceArgument = fence ? `a${fence.partition} ${fence.commitId + part} ${fence.notAfterMs}` : ''
      const replies = await this.#acts.settleAll(
        left.map(({ mailbox }, i) => {
          const slice = slices[i] as Uint8Array[]
          const args = [this.limitsOf(mailbox), fenceArgument, ...slice]
          return { ...boxPlace(mailbox), script: APPEND_SCRIPT, args, weight: slice.length }
        }),
      )
      for (const reply of replies) if (reply instanceof Error && !isBroken(reply)) throw reply
      if (replies.includes(TOO_LATE)) throw storeUnavailable('got a pending commit too late')
      left.forEach((group, i) => {
        const reply = replies[i] as Reply | Error
        this.takeReply(group, at, slices[i]?.length ?? 0, reply, outcomes, true)
        if (!fence || typeof reply !== 'number' || -reply < fence.commitId + COMMIT_ID_STEP) return
        behind.push(group)
        highestId = Math.max(highestId, -reply)
      })
      left = left.filter((group) => goesOn(group, at + SLICE_ENTRIES_MAX, outcomes))
    }
    return { outcomes, behind, highestId }
  }

  /**
   * Turns what a script said about `count` records of a group, from `at` on, into outcomes.
   * @param isCounted references that were not stored were counted all the same
   */
  takeReply(
    group: MailboxRecords,
    at: number,
    count: number,
    reply: Reply | Error,
    outcomes: AppendOutcome[],
    isCounted: boolean,
  ): void {
    if (reply instanceof Error && !isBroken(reply)) this.#broken(reply, boxPlace(group.mailbox).keys[0] ?? '')
    if (typeof reply === 'number' || reply instanceof Error) {
      const outcome = reply instanceof Error ? 'broken' : 'superseded'
      for (let i = at; i < at + count; i++) outcomes[group.items[i] as number] = { outcome }
      return
    }
    const list = listOf(reply)
    const nodes = bytesOf(list[0]).length === 0 ? NO_NODES : textOf(list[0]).split(' ')
    const sweepHour = numberOf(list[1])
    if (sweepHour > 0) this.#sweeps.note(group.mailbox, sweepHour)
    for (let i = 0; i < count; i++) {
      const position = numberOf(list[2 + i])
      const released = position > 0 || !isCounted ? undefined : releaseOf(group.records[at + i] as Uint8Array)
      if (released !== undefined) this.#bodies.released(released)
      outcomes[group.items[at + i] as number] =
        position > 0
          ? { outcome: 'stored', position, nodes }
          : { outcome: position === 0 ? 'superseded' : 'full' }
    }
  }
}

/** To members who know a chat and to those who do not, the same message is two records, in turns. */
const RECENT_MAX = 2
const TOO_LATE = -3
const NO_NODES: readonly string[] = []

/** Whether there is more of a group. After an entry that found its mailbox full or broken there is not: so is the rest. */
function goesOn({ items }: MailboxRecords, next: number, outcomes: AppendOutcome[]): boolean {
  if (items.length <= next) return false
  const last = outcomes[items[next - 1] as number]?.outcome
  if (last !== 'full' && last !== 'broken') return true
  for (const item of items.slice(next)) outcomes[item] = { outcome: last }
  return false
}

function isSameEntry(a: Append, b: Append): boolean {
  return (
    a.bytes === b.bytes &&
    a.key === b.key &&
    a.version === b.version &&
    a.ttlMs === b.ttlMs &&
    a.only === b.only &&
    a.isFromStranger === b.isFromStranger &&
    a.except === b.except
  )
}
