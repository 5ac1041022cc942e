import { COMMIT_SCRIPT, FINISHED_SCRIPT, PENDING_SCRIPT, RENUMBER_SCRIPT } from './lua/partitions.ts'
import type { MailboxRecords, RedisAppends } from './append.ts'
import type { Acts } from './batches.ts'
import type { RedisBodies, SharedBodies } from './bodies.ts'
import type { Argument } from './call.ts'
import { boxPlace, partitionPlace, pendingKey, stateKey } from './keys.ts'
import { isNumbered, numberedRecord, referenceIn } from './record.ts'
import { bytesOf, listOf, numberOf, textOf, type Reply } from './script.ts'
import { partitionMailbox, type AppendOutcome, type Commit, type CommitOutcome, type Put } from '../store.ts'

/** How long after a commit was decided its appends may still be made. Whoever comes later must ask again. */
const APPENDS_MS_MAX = 60_000
/** Appends that a single server makes in the script that decides: a large group's message, and what else a commit says. */
const HERE_ENTRIES_MAX = 1_100

/**
 * Commits: ADR 0013.
 *
 * On a single server a commit is one script, appends and all, up to 1,100 of these. Otherwise the script in the
 * partition's slot decides and keeps the appends as pending; then they are made; then pending is removed.
 * States of a partition: nothing pending; pending (decided, some appends made, perhaps all). A new commit is taken
 * only in the first.
 */
export class RedisCommits {
  readonly #acts: Acts
  readonly #appends: RedisAppends
  readonly #bodies: RedisBodies
  readonly #isSingle: boolean
  /** Per partition the commit whose appends this store has made last. */
  readonly #finished = new Map<number, string>()

  constructor(acts: Acts, appends: RedisAppends, bodies: RedisBodies, isSingle: boolean) {
    this.#acts = acts
    this.#appends = appends
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
      return { outcome: 'done', appends: await this.#makeAppends(partition, commitId, nowMs, groups) }
    }
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
      await this.#makeAppends(partition, Number(textOf(id)), numberOf(now), groupsOf(elements))
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
    partition: number,
    commitId: number,
    nowMs: number,
    groups: readonly MailboxRecords[],
  ): Promise<AppendOutcome[]> {
    const { slot, keys } = boxPlace(partitionMailbox(partition))
    const notAfterMs = nowMs + APPENDS_MS_MAX
    let { outcomes, behind, highestId } = await this.#appends.append(numberReferences(groups), {
      partition,
      commitId,
      notAfterMs,
    })
    let number = commitId
    while (behind.length > 0) {
      const reply = await this.#acts.run({
        slot,
        keys: [pendingKey(partition), keys[0] as string],
        script: RENUMBER_SCRIPT,
        args: [String(number), highestId],
      })
      // Somebody else has finished it, and gone on.
      if (reply === 0) return outcomes
      number = numberOf(reply)
      const again = await this.#appends.append(behind, { partition, commitId: number, notAfterMs })
      outcomes = outcomes.map((outcome, i) => again.outcomes[i] ?? outcome)
      ;({ behind, highestId } = again)
    }
    const id = String(number)
    this.#finished.set(partition, id)
    // Nobody waits for it: if it is lost, the next commit says so, or the next owner finds that all came before.
    this.#acts
      .run({ slot, keys: [pendingKey(partition)], script: FINISHED_SCRIPT, args: [id] })
      .catch(() => {})
    return outcomes
  }

  #outcomesOf(groups: readonly MailboxRecords[], replies: readonly Reply[]): AppendOutcome[] {
    const outcomes: AppendOutcome[] = []
    groups.forEach((group, i) => {
      this.#appends.takeReply(group, 0, group.records.length, replies[i] as Reply, outcomes, false)
    })
    return outcomes
  }
}

function putArguments(partition: number, puts: readonly Put[]): { keys: string[]; args: Argument[] } {
  const chats = new Map<string, Map<string, Uint8Array | undefined>>()
  for (const { chat, field, value } of puts) {
    const fields = chats.get(chat) ?? new Map<string, Uint8Array | undefined>()
    chats.set(chat, fields.set(field, value))
  }
  const args: Argument[] = []
  for (const fields of chats.values()) {
    const sets = [...fields].flatMap(([field, value]) => (value === undefined ? [] : [field, value]))
    const deletes = [...fields].flatMap(([field, value]) => (value === undefined ? [field] : []))
    args.push(sets.length, deletes.length, ...sets, ...deletes)
  }
  return { keys: [...chats.keys()].map((chat) => stateKey(partition, chat)), args }
}

/** How many bodies, and for each its id, its bytes, and how many are to share it. */
function bodyArguments(bodies: SharedBodies | undefined): Argument[] {
  const all = [...(bodies?.byBytes.values() ?? [])]
  return [all.length, ...all.flatMap(({ id, bytes, copies }) => [id, bytes, copies])]
}

/** Each record once, and for each group which of them are its own: one message goes to many. */
function shareRecords(groups: readonly MailboxRecords[]): { records: Uint8Array[]; indexes: number[][] } {
  const known = new Map<Uint8Array, number>()
  const indexes = groups.map((group) =>
    group.records.map((record) => {
      const index = known.get(record) ?? known.size
      known.set(record, index)
      return index
    }),
  )
  return { records: [...known.keys()], indexes }
}

/** Whoever makes the appends of a commit gives its references the same numbers, those of each body from 0. */
function numberReferences(groups: readonly MailboxRecords[]): MailboxRecords[] {
  const next = new Map<string, number>()
  return groups.map((group) => ({
    ...group,
    records: group.records.map((record) => {
      const id = referenceIn(record)?.id
      if (id === undefined || !isNumbered(record)) return record
      const number = next.get(id) ?? 0
      next.set(id, number + 1)
      return numberedRecord(record, number)
    }),
  }))
}

/** Elements of what is pending: how many records, they, then per mailbox `<indexes, with commas> <mailbox>`. */
function pendingElements(groups: readonly MailboxRecords[]): Argument[] {
  const { records, indexes } = shareRecords(groups)
  return [
    records.length,
    ...records,
    ...groups.map(({ mailbox }, i) => `${indexes[i]?.join(',')} ${mailbox}`),
  ]
}

function groupsOf(elements: readonly Reply[]): MailboxRecords[] {
  const count = Number(textOf(elements[0]))
  return elements.slice(1 + count).map((element) => {
    const [indexes = '', mailbox = ''] = textOf(element).split(' ')
    const records = indexes.split(',').map((index) => bytesOf(elements[1 + Number(index)]))
    return { mailbox, records, items: records.map((_, i) => i) }
  })
}
