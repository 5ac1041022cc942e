import type { Log } from '../../kit/log.ts'
import { isChatField, MalformedFrame } from '../../proto/codec.ts'
import { chatIdOf } from '../../proto/ids.ts'
import { PARTITIONS } from '../../proto/limits.ts'
import { decodeFanout, type Commit, type DecodedFanout, type Delivery } from '../../proto/server-codec.ts'
import type { Dispatch } from '../lanes/dispatch.ts'
import { answerBy } from '../mailbox/answer.ts'
import { userMailbox, type Append, type MailboxStore, type Put } from '../mailbox/store.ts'
import type { NodeMetrics } from '../metrics.ts'
import type { Partition } from './partition.ts'
import type { Partitions } from './partitions.ts'
import type { WorkLane } from './work-lane.ts'

export interface FanoutParts {
  readonly store: MailboxStore
  readonly partitions: Partitions
  /** Entries were appended that nobody was told of. */
  readonly untold: () => void
  readonly dispatch: Dispatch
  readonly metrics: NodeMetrics
  readonly log: Log
  /** How long a frame waits for the decisions of all its commits. */
  readonly patienceMs: number
  /** How long a commit waits for its own. */
  readonly answerMs: number
}

type Audiences = DecodedFanout['audiences']

/** Workers' results: each commit is decided by the store, once, and what it appended goes on from here. */
export class Fanouts {
  readonly #parts: FanoutParts
  /** The last commit under way of each partition: the next one of the same partition waits for it. */
  readonly #deciding: (Promise<void> | undefined)[] = Array.from({ length: PARTITIONS })

  constructor(parts: FanoutParts) {
    this.#parts = parts
  }

  /**
   * One Fanout frame. Its commits are decided each by itself; resolves when all are: done, or refused, or nobody knows,
   * which ends their partitions' leases and no others'. Partitions whose commits take longer than `patienceMs` step
   * aside, so that the worker gets on with the others. What is not done the worker is told to forget before it resolves.
   *
   * @throws MalformedFrame: the worker must not get its PUBACK
   */
  async take(lane: WorkLane, payload: Uint8Array): Promise<void> {
    const frame = decodeFanout(payload)
    const beyond = frame.commits.find(({ partition }) => (partition ?? 0) >= PARTITIONS)
    if (beyond !== undefined) throw new MalformedFrame(`no partition ${beyond.partition}`)
    this.#live(frame)
    if (frame.commits.length === 0) return
    lane.deciding()
    const undecided = new Set(frame.commits)
    const all = Promise.all(
      frame.commits.map(async (commit) => {
        await this.#inTurn(lane, commit, frame.audiences)
        undecided.delete(commit)
      }),
    )
    await atMost(this.#parts.patienceMs, all)
    for (const commit of undecided) this.#stepAside(commit)
    lane.decided()
    await all
    lane.tellRefused()
  }

  /** A frame at QoS 0: what is live in it, and nothing else. @throws MalformedFrame */
  takeEphemeral(payload: Uint8Array): void {
    this.#live(decodeFanout(payload))
  }

  #live({ ephemeral, audiences }: DecodedFanout): void {
    for (const delivery of ephemeral)
      this.#parts.dispatch.live({
        users: usersOf(delivery, audiences),
        entry: delivery.entry ?? new Uint8Array(),
        only: delivery.only || undefined,
        exceptUser: delivery.exceptUser || undefined,
        exceptDevice: delivery.exceptDevice || undefined,
      })
  }

  /** A commit that moves its partition on answers the batch that is at the worker; one of state alone nothing. */
  #stepAside({ partition, epoch, from, upTo }: Commit): void {
    const held = this.#parts.partitions.held(partition ?? 0)
    if (held?.epoch === (epoch ?? 0) && (upTo ?? 0) > (from ?? 0)) held.stepAside()
  }

  /** Never rejects. */
  #inTurn(lane: WorkLane, commit: Commit, audiences: Audiences): Promise<void> {
    const number = commit.partition ?? 0
    const held = this.#parts.partitions.held(number)
    const lease = held?.epoch === (commit.epoch ?? 0) ? held : undefined
    lease?.deciding()
    const decided = (this.#deciding[number] ?? Promise.resolve())
      .then(() => this.#decide(lane, lease, commit, audiences))
      .catch((error: unknown) => this.#unknown(lease, commit, error))
      .then(() => {
        lease?.settled()
        if (this.#deciding[number] === decided) this.#deciding[number] = undefined
      })
    this.#deciding[number] = decided
    return decided
  }

  /** Nobody knows whether it was or will be carried out. */
  #unknown(lease: Partition | undefined, { partition }: Commit, error: unknown): void {
    const { metrics, log } = this.#parts
    metrics.commit('unknown')
    log.warn({ err: error, partition: partition ?? 0 }, 'commit.failed')
    lease?.doubt()
  }

  /** If the lease is over, as it is behind a commit that nobody knows of, the store need not be asked. */
  async #decide(
    lane: WorkLane,
    lease: Partition | undefined,
    commit: Commit,
    audiences: Audiences,
  ): Promise<void> {
    const { store, untold, dispatch, metrics, answerMs } = this.#parts
    const { partition, epoch, dropped, wanted } = commit
    if (lease?.isAttached !== true) {
      metrics.commit('refused')
      lane.refuse(partition ?? 0, epoch ?? 0)
      return
    }
    const from = commit.from ?? 0
    const upTo = commit.upTo ?? 0
    const appends = expand(commit.deliveries ?? [], audiences)
    const asked = { partition: partition ?? 0, epoch: epoch ?? 0, from, upTo, puts: putsOf(commit), appends }
    // Decided late, it is found as done by whoever has the lease then, and all lanes are told to compare.
    const outcome = await answerBy(() => store.commit(asked), answerMs)
    metrics.commit(outcome.outcome)
    const isDone = outcome.outcome === 'done'
    if (isDone) {
      dispatch.appended(appends, outcome.appends)
      // It had been done before: then its entries are in the mailboxes, and who put them there may not have said so.
      if (outcome.appends.length < appends.length) untold()
    }
    const frame = lease.decided({ from, upTo, dropped: dropped ?? [], wanted: wanted ?? [] }, isDone)
    if (frame !== undefined) lease.lane.answered(frame)
  }
}

/** Resolves when what is waited for has, or after `ms`. */
async function atMost(ms: number, waited: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([waited, late])
  clearTimeout(timer)
}

/** Deliveries as appends: one for each user of an audience. Order is kept. */
export function expand(deliveries: readonly Delivery[], audiences: Audiences): Append[] {
  const appends: Append[] = []
  for (const delivery of deliveries) {
    const { entry, key, only, exceptUser, exceptDevice, ttlS } = delivery
    const shared = {
      bytes: entry ?? new Uint8Array(),
      ...(key?.length ? { key: Buffer.from(key).toString('latin1'), version: delivery.version ?? 0 } : {}),
      ...(ttlS ? { ttlMs: ttlS * 1000 } : {}),
      ...(only ? { only } : {}),
    }
    const strangers = strangersOf(delivery, audiences)
    let next = 0
    usersOf(delivery, audiences).forEach((user, i) => {
      const isFromStranger = strangers[next] === i
      if (isFromStranger) next++
      appends.push({
        mailbox: userMailbox(user),
        ...shared,
        ...(user === exceptUser && exceptDevice ? { except: exceptDevice } : {}),
        ...(isFromStranger ? { isFromStranger } : {}),
      })
    })
  }
  return appends
}

function usersOf({ user, audience }: Delivery, audiences: Audiences): readonly string[] {
  if (user) return [user]
  return (audience ? audiences[audience - 1]?.users : undefined) ?? []
}

/** Indexes of those of an audience to whom this is a stranger's, ascending. */
function strangersOf({ user, audience }: Delivery, audiences: Audiences): readonly number[] {
  if (user) return []
  return (audience ? audiences[audience - 1]?.strangers : undefined) ?? []
}

function putsOf({ puts }: Commit): Put[] {
  return (puts ?? []).map(({ chat, field, value, gone }) => ({
    chat: chatNameOf(chat ?? new Uint8Array()),
    field: field ?? '',
    ...(gone ? {} : { value: value ?? new Uint8Array() }),
  }))
}

/** As the store knows a chat: its id's text, or the name of a pseudo-chat. */
function chatNameOf(chat: Uint8Array): string {
  return isChatField(chat) ? chatIdOf(chat) : Buffer.from(chat).toString('latin1')
}
