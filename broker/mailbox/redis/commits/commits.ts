import { setTimeout as delay } from 'node:timers/promises'
import { COMMIT_SCRIPT, FINISHED_SCRIPT, PENDING_SCRIPT, RENUMBER_SCRIPT } from '../lua/partitions.ts'
import type { Appended, Fence, MailboxRecords, RedisAppends } from '../append.ts'
import type { Acts } from '../batches.ts'
import type { RedisBodies, SharedBodies } from '../bodies.ts'
import type { Argument } from '../call.ts'
import { isUnavailable } from '../client.ts'
import { boxPlace, partitionPlace, pendingKey } from '../keys.ts'
import { listOf, numberOf, textOf, type Reply } from '../script.ts'
import {
  partitionMailbox,
  type AppendOutcome,
  type Commit,
  type CommitOutcome,
  type MailboxId,
} from '../../store.ts'
import { APPENDS_MS_MAX, RedisOwed, type OwedParts } from './owed.ts'
import {
  bodyArguments,
  groupsOf,
  numberReferences,
  pendingElements,
  putArguments,
  shareRecords,
} from './pending.ts'

/** A commit that was decided, and when, by the partition's server. */
interface Decided {
  readonly partition: number
  readonly epoch: number
  readonly commitId: number
  readonly nowMs: number
}

/** A commit waits so long for another server than the partition's; what that has not taken by then is owed to it. */
const SERVER_MS_MAX = 1_000
/** Appends that a single server makes in the script that decides: a large group's message, and what else a commit says. */
const HERE_ENTRIES_MAX = 1_100

/**
 * Commits: ADR 0013.
 *
 * On a single server a commit is one script, appends and all, up to 1,100 of these. Otherwise the script in the
 * partition's slot decides and keeps the appends as pending; then they are made, or owed where a server is away; then
 * pending is removed.
 * States of a partition: nothing pending; pending (decided, some appends made, perhaps all). A new commit is taken
 * only in the first, whatever is owed.
 */
export class RedisCommits {
  readonly #acts: Acts
  readonly #appends: RedisAppends
  readonly #bodies: RedisBodies
  readonly #owed: RedisOwed
  readonly #isSingle: boolean
  readonly #serverOf: (mailbox: MailboxId) => string
  /** Per partition the commit whose appends this store has made last. */
  readonly #finished = new Map<number, string>()

  /** @param isSingle all mailboxes are on one server */
  constructor(parts: OwedParts, bodies: RedisBodies, isSingle: boolean) {
    this.#acts = parts.acts
    this.#appends = parts.appends
    this.#serverOf = parts.serverOf
    this.#owed = new RedisOwed(parts)
    this.#bodies = bodies
    this.#isSingle = isSingle
  }

  async commit(commit: Commit): Promise<CommitOutcome> {
    const { partition, epoch } = commit
    const bodies = await this.#bodies.of(commit)
    const groups = this.#appends.recordsOf(commit.appends, bodies?.byBytes)
    const isHere = this.#isSingle && commit.appends.length <= HERE_ENTRIES_MAX
    for (;;) {
      const reply = await this.#decide(commit, groups, bodies, isHere)
      const outcome = reply === null ? 'refused' : textOf(listOf(reply)[0])
      if (outcome === 'refused') return { outcome }
      if (outcome === 'unfinished') {
        if (!(await this.finish(partition, epoch))) return { outcome: 'refused' }
        continue
      }
      if (outcome === 'done') return { outcome, appends: [] }
      const [, ...rest] = listOf(reply)
      if (outcome === 'here') return { outcome: 'done', appends: this.#outcomesOf(groups, rest) }
      const [commitId, nowMs] = rest.map(numberOf) as [number, number]
      const decided = { partition, epoch, commitId, nowMs }
      return { outcome: 'done', appends: await this.#makeAppends(decided, groups) }
    }
  }

  /**
   * A partition is ours from now on, with what the last owner has left.
   * @returns false if the epoch is not the partition's latest
   */
  async inherit(
    partition: number,
    epoch: number,
    { isPending, isOwed }: { isPending: boolean; isOwed: boolean },
  ): Promise<boolean> {
    if (!isOwed) this.#owed.forget(partition)
    else if (!(await this.#owed.load(partition, epoch))) return false
    return !isPending || this.finish(partition, epoch)
  }

  close(): void {
    this.#owed.close()
  }

  /**
   * Make the appends of the partition's pending commit, if there is one.
   * @returns false if the epoch is not the partition's latest
   */
  async finish(partition: number, epoch: number): Promise<boolean> {
    const { slot, keys } = partitionPlace(partition)
    const reply = await this.#acts.run({
      slot,
      keys: [keys[0] as string, pendingKey(partition)],
      script: PENDING_SCRIPT,
      args: [epoch],
      epoch,
    })
    if (reply === null || reply === 0) return false
    const [now, id, ...elements] = listOf(reply)
    if (id !== undefined) {
      const decided = { partition, epoch, commitId: Number(textOf(id)), nowMs: numberOf(now) }
      await this.#makeAppends(decided, groupsOf(elements))
    }
    return true
  }

  async #decide(
    commit: Commit,
    groups: readonly MailboxRecords[],
    bodies: SharedBodies | undefined,
    isHere: boolean,
  ): Promise<Reply> {
    const { partition, epoch, from, upTo } = commit
    const { slot, keys } = partitionPlace(partition)
    const puts = putArguments(partition, commit.puts)
    const boxes = isHere ? groups.flatMap(({ mailbox }) => boxPlace(mailbox).keys) : []
    return this.#acts.run({
      slot,
      keys: [...keys, ...puts.keys, ...(bodies === undefined ? [] : [bodies.key]), ...boxes],
      script: COMMIT_SCRIPT,
      args: [
        epoch,
        from,
        upTo,
        this.#finished.get(partition) ?? '',
        puts.keys.length,
        ...puts.args,
        ...bodyArguments(bodies),
        ...(isHere || groups.length === 0
          ? this.#hereArguments(groups)
          : ['pending', ...pendingElements(groups)]),
      ],
      weight: 1 + commit.puts.length + commit.appends.length,
      epoch,
    })
  }

  #hereArguments(groups: readonly MailboxRecords[]): Argument[] {
    const { records, indexes } = shareRecords(groups)
    return [
      'here',
      records.length,
      ...records,
      ...groups.flatMap(({ mailbox }, i) => {
        const own = indexes[i] as number[]
        return [this.#appends.limitsOf(mailbox), own.length, ...own]
      }),
    ]
  }

  async #makeAppends(
    { partition, epoch, commitId, nowMs }: Decided,
    groups: readonly MailboxRecords[],
  ): Promise<AppendOutcome[]> {
    const { slot, keys } = boxPlace(partitionMailbox(partition))
    const outcomes: AppendOutcome[] = []
    const owed: MailboxRecords[] = []
    let left: readonly MailboxRecords[] = numberReferences(groups)
    let number = commitId
    for (;;) {
      const fence = { partition, commitId: number, notAfterMs: nowMs + APPENDS_MS_MAX }
      const { behind, highestId } = await this.#appendWhereItGoes(left, fence, outcomes, owed)
      if (behind.length === 0) break
      const args = [String(number), highestId]
      const renumber = {
        slot,
        keys: [pendingKey(partition), keys[0] as string],
        script: RENUMBER_SCRIPT,
        args,
      }
      const reply = await this.#acts.run(renumber)
      // Somebody else has finished it, and gone on.
      if (reply === 0) return outcomes
      number = numberOf(reply)
      left = behind
    }
    const id = String(number)
    if (owed.length > 0) {
      await this.#owed.owe(partition, epoch, number, owed)
      for (const { items } of owed) for (const item of items) outcomes[item] = { outcome: 'owed' }
      return outcomes
    }
    this.#finished.set(partition, id)
    // Nobody waits for it: if it is lost, the next commit says so, or the next owner finds that all came before.
    const rides = `finished ${partition}`
    this.#acts
      .run({ slot, keys: [pendingKey(partition)], script: FINISHED_SCRIPT, args: [id], rides })
      .catch(() => {})
    return outcomes
  }

  /**
   * Appends to each server by itself. The partition's own has to take it; what another does not take in time is owed, and
   * so is what comes behind that.
   * @param outcomes and @param owed are added to
   */
  async #appendWhereItGoes(
    groups: readonly MailboxRecords[],
    fence: Fence,
    outcomes: AppendOutcome[],
    owed: MailboxRecords[],
  ): Promise<{ behind: MailboxRecords[]; highestId: number }> {
    const home = this.#serverOf(partitionMailbox(fence.partition))
    const servers = new Map<string, MailboxRecords[]>()
    for (const group of groups) {
      const server = this.#serverOf(group.mailbox)
      const own = servers.get(server)
      if (this.#owed.mustWait(fence.partition, group.mailbox)) owed.push(group)
      else if (own === undefined) servers.set(server, [group])
      else own.push(group)
    }
    const behind: MailboxRecords[] = []
    let highestId = 0
    await Promise.all(
      [...servers].map(async ([server, own]) => {
        const appending = this.#appends.append(own, fence)
        const appended = await (server === home ? appending : inTime(appending))
        if (appended === undefined) return void owed.push(...own)
        appended.outcomes.forEach((outcome, i) => (outcomes[i] = outcome))
        behind.push(...appended.behind)
        highestId = Math.max(highestId, appended.highestId)
      }),
    )
    return { behind, highestId }
  }

  #outcomesOf(groups: readonly MailboxRecords[], replies: readonly Reply[]): AppendOutcome[] {
    const outcomes: AppendOutcome[] = []
    groups.forEach((group, i) => {
      this.#appends.takeReply(group, 0, group.records.length, replies[i] as Reply, outcomes, false)
    })
    return outcomes
  }
}

/** @returns undefined if a server that is away has taken none, or nobody knows how much */
function inTime(appending: Promise<Appended>): Promise<Appended | undefined> {
  const late = delay(SERVER_MS_MAX, undefined, { ref: false })
  const answered = appending.catch((error: unknown) => {
    if (isUnavailable(error)) return undefined
    throw error
  })
  return Promise.race([answered, late])
}
