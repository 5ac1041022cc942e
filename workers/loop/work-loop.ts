import type { Log } from '../../kit/log.ts'
import { isChatField } from '../../proto/codec.ts'
import { chatIdOf } from '../../proto/ids.ts'
import {
  type Batch,
  decodeWork,
  type DecodedWork,
  type Envelope,
  type StatePut,
} from '../../proto/server-codec.ts'
import { apply } from '../chat/apply.ts'
import type { Posting } from '../chat/posting.ts'
import type { ChatState } from '../chat/state.ts'
import { carryOut } from './carry-out.ts'
import { noteFresh } from './begun.ts'
import { DeliveryList, FanoutBuilder } from './fanout-builder.ts'
import { type FactSource, type FrameFacts, type Needs, needsNothing, noNeeds } from './facts.ts'
import { PARKED_CHAT, parkedInAll } from './waiting/parked.ts'
import { DIRTY_CHAT, Partition } from './partition.ts'
import { prepare, type Prepared } from './prepare.ts'
import { Pages } from './pages.ts'
import { answerRequest, type Overlay, type RequestEntry, tooManyPages } from './requests.ts'
import { Resumption } from './waiting/resumption.ts'
import type { Taken } from './waiting/taken.ts'
import { StepRunner } from './step-runner.ts'
import { TurnLimit } from './turn-limit.ts'
import { upContent } from './up-content.ts'
import type { WorkerMetrics } from '../metrics.ts'

/** A page of chats costs as much as so many recipients: the directory takes long for it. */
const PAGE_RECIPIENTS = 200

export interface WorkLoopParts {
  readonly facts: FactSource
  readonly metrics: WorkerMetrics
  readonly log: Log
  /** Chat state that may stay in memory, in fields of about 250 bytes. Beyond it chats are dropped and asked for again. */
  readonly cachedFieldsMax: number
  /** Whether the directory can be copied to just now. */
  readonly canCopy: () => boolean
  /** The step; tests put one in its place that throws. */
  readonly step?: typeof apply
}

interface PreparedBatch {
  readonly partition: Partition
  readonly from: number
  readonly entries: readonly Prepared[]
}

/**
 * Work frame in, Fanout out. Frames are carried out one after the other, entries in the order in which they stand.
 * What a batch decides leaves with its commit or not at all.
 */
export class WorkLoop implements Overlay {
  readonly #parts: WorkLoopParts
  readonly #runner: StepRunner
  readonly #resumption: Resumption
  readonly #pages: Pages
  readonly #partitions = new Map<number, Partition>()
  /** By partition, an epoch whose batches do not fit together: its entries wait for the next owner. */
  readonly #brokenEpochs = new Map<number, number>()
  /** Grows with each that is gone. */
  #connection = 0
  /** Entries of the frame, by kind: counters are too slow for each single one. */
  readonly #counts = new Map<string, number>()

  constructor(parts: WorkLoopParts) {
    this.#parts = parts
    this.#runner = new StepRunner(parts.step ?? apply, parts.metrics, parts.log)
    this.#resumption = new Resumption(parts.facts, this.#runner, parts.log)
    this.#pages = new Pages((asks) => parts.facts.pages(asks), this)
  }

  /** The partitions that this worker has now. */
  get partitions(): Iterable<Partition> {
    return this.#partitions.values()
  }

  /** The connection is gone: whatever comes next comes under new epochs. */
  forgetAll(): void {
    this.#connection++
    this.#partitions.clear()
    this.#brokenEpochs.clear()
    this.#pages.forgetAll()
  }

  /**
   * Carries out one Work frame. Must not be called again before it has resolved or `forgetAll` was called: a frame that
   * waited for its facts meanwhile comes to nothing. Never rejects.
   * @returns its Fanout, and behind it those for which one frame had no room; undefined if there is nothing to say
   */
  async handle(frame: Uint8Array): Promise<FanoutBuilder | undefined> {
    let work: DecodedWork
    try {
      work = decodeWork(frame)
    } catch (error) {
      this.#parts.metrics.broken()
      this.#parts.log.error({ err: error, bytes: frame.length }, 'work.unreadable')
      return undefined
    }
    for (const { partition, epoch } of work.refused) this.#forget(partition ?? 0, epoch ?? 0)

    const needs = noNeeds()
    const batches: PreparedBatch[] = []
    const limit = this.#turnLimit()
    for (const batch of work.batches) {
      const prepared = this.#prepare(batch, needs, limit)
      if (prepared !== undefined) batches.push(prepared)
    }
    const { facts } = this.#parts
    for (const { partition } of batches)
      if (partition.isOlder === undefined) needs.taken.set(partition.number, partition.takenAt)
    noteFresh(needs.founders, this.withNewRoster())
    const connection = this.#connection
    // Where nobody has to be asked, not even a turn is waited for.
    const frameFacts = needsNothing(needs) ? facts.plain : await facts.gather(needs)
    if (connection !== this.#connection) return undefined
    return this.#carryOut(work, batches, frameFacts)
  }

  /**
   * A Fanout of commits without entries, for partitions that have something to put or to ask for, and of what was decided
   * or answered beside the work; others may follow it.
   */
  idle(partitions: Iterable<Partition>): FanoutBuilder {
    const first = new FanoutBuilder()
    const builder = this.#resume(first, this.#takeBeside(), new Set())
    for (const partition of partitions) this.#finish(builder, partition, partition.position, [], [])
    return first
  }

  /** Whether a commit without entries is worth it. */
  isWaiting(partition: Partition, mayAsk: boolean): boolean {
    return partition.isWaiting(mayAsk) || this.#resumption.isReadyFor(partition)
  }

  /**
   * Looks at what waits: for the directory, while that is there, and for its sender's allowance.
   * @returns resolves when the next Fanout can decide something of it; undefined if nothing is to be looked at now
   */
  lookAtParked(): Promise<void> | undefined {
    return this.#resumption.look([...this.#partitions.values()], this.#parts.canCopy())
  }

  /** The same for pages of chats that wait. */
  lookAtPages(): Promise<void> | undefined {
    return this.#pages.look()
  }

  /** Whether something that was decided or answered beside the work has not left yet. */
  get isReady(): boolean {
    return this.#resumption.isReady || this.#pages.isReady
  }

  /** Nothing waits for the directory, an allowance, its turn to be copied or to be said. */
  get isAtRest(): boolean {
    if (this.isReady) return false
    for (const partition of this.#partitions.values())
      if (partition.unsaved.size > 0 || partition.parked.size > 0 || this.isWaiting(partition, true))
        return false
    return true
  }

  /** No commit is under way, and every frame that came has been carried out. */
  settled(): void {
    for (const partition of this.#partitions.values()) partition.settled()
  }

  /** Whether the partition is still this worker's, under the same epoch. */
  holds(partition: Partition): boolean {
    return this.#partitions.get(partition.number) === partition
  }

  cached(chat: Uint8Array): ChatState | undefined {
    return this.#partitions.get(chat[chat.length - 1] as number)?.cached(chat)
  }

  *withNewRoster(): Iterable<ChatState> {
    for (const partition of this.#partitions.values()) yield* partition.unsaved.withNewRoster()
  }

  #carryOut(
    work: DecodedWork,
    batches: readonly PreparedBatch[],
    facts: FrameFacts,
  ): FanoutBuilder | undefined {
    const { metrics } = this.#parts
    const stop = metrics.stepSeconds.startTimer()
    const first = new FanoutBuilder()
    let builder = first
    const beside = this.#takeBeside()
    const limit = this.#turnLimit()
    for (const batch of batches) {
      this.#runner.found(batch.partition, facts)
      builder = builder.withRoom()
      this.#applyBatch(builder, batch, facts, beside, limit)
    }
    builder = this.#resume(builder, beside, new Set(batches.map(({ partition }) => partition)))
    for (const envelope of work.ephemeral) this.#applyEphemeral(builder, envelope, facts)
    metrics.frame()
    for (const [kind, count] of this.#counts) metrics.entries(kind, count)
    this.#counts.clear()
    stop()
    return first.isEmpty ? undefined : first
  }

  #turnLimit(): TurnLimit {
    const { facts } = this.#parts
    return new TurnLimit(() => facts.uptimeMs)
  }

  /** Of entries that take long to read, those for which there is time; the others come again. */
  #prepare(batch: Batch, needs: Needs, limit: TurnLimit): PreparedBatch | undefined {
    const partition = this.#open(batch)
    if (partition === undefined) return undefined
    for (const { chat, fields } of batch.states ?? []) {
      if (!isChatField(chat)) continue
      if (partition.load(chat, fields ?? [])) continue
      this.#parts.metrics.broken()
      this.#parts.log.error({ partition: partition.number, chatId: chatIdOf(chat) }, 'state.unreadable')
    }
    const { facts } = this.#parts
    try {
      const entries: Prepared[] = []
      for (const bytes of batch.entries ?? []) {
        if (entries.length > 0 && limit.isReached()) break
        entries.push(prepare(bytes, partition, facts, needs))
      }
      return { partition, from: batch.from ?? 0, entries }
    } catch (error) {
      this.#parts.log.error({ err: error, partition: partition.number }, 'batch.incomplete')
      this.#break(partition.number, partition.epoch)
      return undefined
    }
  }

  /** @returns undefined if the batch does not follow what this worker has applied under the epoch */
  #open({ partition: number = 0, epoch = 0, from = 0, states }: BatchHead): Partition | undefined {
    const known = this.#partitions.get(number ?? 0)
    if ((this.#brokenEpochs.get(number ?? 0) ?? -1) >= (epoch ?? 0)) return undefined
    if (known === undefined || known.epoch < (epoch ?? 0)) {
      const fieldsOf = (name: Uint8Array) =>
        states?.find(({ chat }) => chat && Buffer.compare(chat, name) === 0)?.fields ?? []
      const [dirty, parked] = [fieldsOf(DIRTY_CHAT), fieldsOf(PARKED_CHAT)]
      const inAll = (user: string) =>
        parkedInAll(
          [...this.#partitions.values()].map(({ parked }) => parked),
          user,
        )
      const partition = new Partition(number ?? 0, epoch ?? 0, from ?? 0, dirty, parked, inAll)
      this.#partitions.set(number ?? 0, partition)
      return partition
    }
    // The broker may have passed entries itself, but never goes back under the same epoch.
    if (known.epoch === epoch && (from ?? 0) >= known.position) return known
    this.#parts.log.error({ partition: number, epoch, from, position: known.position }, 'batch.out-of-order')
    if (known.epoch === epoch) this.#break(known.number, known.epoch)
    return undefined
  }

  #applyBatch(
    builder: FanoutBuilder,
    { partition, from, entries }: PreparedBatch,
    facts: FrameFacts,
    beside: Beside,
    limit: TurnLimit,
  ): void {
    const deliveries = new DeliveryList(builder)
    const puts: StatePut[] = []
    this.#deliverBeside(builder, deliveries, partition, beside)
    let applied = 0
    for (const prepared of entries) {
      if (applied > 0 && (builder.isFull || limit.isReached())) break
      applied++
      this.#deliver(builder, deliveries, this.#applyOne(partition, from + applied, prepared, facts, puts))
    }
    partition.position = from
    this.#finish(builder, partition, from + applied, puts, deliveries.finish())
  }

  #takeBeside(): Beside {
    return { taken: this.#resumption.take(), answers: this.#pages.take() }
  }

  #deliverBeside(
    builder: FanoutBuilder,
    deliveries: DeliveryList,
    partition: Partition,
    { taken, answers }: Beside,
  ): void {
    taken.decide(partition, (postings) => this.#deliver(builder, deliveries, postings))
    this.#deliver(builder, deliveries, answers.get(partition) ?? [])
  }

  /** What was decided or answered beside the work, of partitions that have no batch in the frame. */
  #resume(first: FanoutBuilder, beside: Beside, done: ReadonlySet<Partition>): FanoutBuilder {
    let builder = first
    for (const partition of new Set([...beside.taken.partitions, ...beside.answers.keys()])) {
      if (done.has(partition) || !this.holds(partition)) continue
      builder = builder.withRoom()
      const deliveries = new DeliveryList(builder)
      this.#deliverBeside(builder, deliveries, partition, beside)
      this.#finish(builder, partition, partition.position, [], deliveries.finish())
    }
    return builder
  }

  /** @returns whether there is room for more in the frame */
  #deliver(builder: FanoutBuilder, deliveries: DeliveryList, postings: readonly Posting[]): boolean {
    for (const posting of postings) {
      if (posting.kind === 'rejected') this.#parts.metrics.rejected(posting.code)
      deliveries.add(posting)
    }
    return !builder.isFull
  }

  #finish(
    builder: FanoutBuilder,
    partition: Partition,
    upTo: number,
    puts: StatePut[],
    deliveries: ReturnType<DeliveryList['finish']>,
  ): void {
    const { cachedFieldsMax, canCopy } = this.#parts
    // Each partition has its share, so that one that has gone quiet leaves room for the others.
    const fieldsMax = cachedFieldsMax / Math.max(1, this.#partitions.size)
    const isAnswer = upTo > partition.position
    const { dropped, wanted } = partition.finish(puts, fieldsMax, canCopy(), isAnswer)
    const { number, epoch, position } = partition
    // States that came without entries need no answer.
    if (upTo === position && puts.length + deliveries.length + dropped.length + wanted.length === 0) return
    builder.addCommit(
      { partition: number, epoch, from: position, upTo, puts, deliveries, dropped, wanted },
      partition,
    )
    partition.position = upTo
    partition.unsettled++
  }

  #applyOne(
    partition: Partition,
    position: number,
    prepared: Prepared,
    facts: FrameFacts,
    puts: StatePut[],
  ): readonly Posting[] {
    const { metrics } = this.#parts
    this.#count(prepared)
    switch (prepared.kind) {
      case 'chat':
        partition.touch(prepared.chat)
        return carryOut(this.#runner, partition, position, prepared, facts)
      case 'request':
        return this.#answer(partition, prepared.entry, facts)
      case 'connected':
        if (!facts.isCreatedSaved) partition.noteUser(prepared.user, puts)
        return []
      case 'broken':
        metrics.broken()
        this.#parts.log.error({ partition: partition.number }, 'entry.unreadable')
        return []
    }
  }

  #answer(partition: Partition, entry: RequestEntry, facts: FrameFacts): readonly Posting[] {
    const { user, isAdmin, atMs, page } = entry
    if (page === undefined) return [answerRequest(entry, facts)]
    // Not when it is read: what a frame has no time for is read again, and paid for once.
    const waitS = isAdmin ? 0 : facts.take(user, { recipients: PAGE_RECIPIENTS }, atMs)
    return waitS > 0 ? [tooManyPages(entry, waitS)] : this.#pages.ask(partition, entry, page)
  }

  #applyEphemeral(builder: FanoutBuilder, envelope: Envelope, facts: FrameFacts): void {
    const content = upContent(envelope.up)
    const chat = isChatField(envelope.chat) ? this.cached(envelope.chat) : undefined
    if (chat === undefined || content.kind !== 'up' || content.is !== 'typing') return
    const { user, device, transient, atMs } = envelope
    const entry = {
      user: user ?? '',
      device: device ?? '',
      isTransient: transient ?? false,
      atMs: atMs ?? 0,
      content,
    }
    for (const posting of this.#runner.runEphemeral(chat, entry, facts))
      if (posting.kind === 'typing')
        builder.addEphemeral(posting.audience, posting.exceptUser, posting.exceptDevice, posting.entry)
  }

  #count(prepared: Prepared): void {
    if (prepared.kind !== 'chat') return this.#countOne(prepared.kind)
    for (const { content } of prepared.entries)
      this.#countOne(content.kind === 'up' ? content.is : content.kind)
  }

  #countOne(kind: string): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1)
  }

  #forget(number: number, epoch: number): void {
    if (this.#partitions.get(number)?.epoch !== epoch) return
    this.#parts.metrics.leaseEnded()
    this.#partitions.delete(number)
  }

  #break(number: number, epoch: number): void {
    this.#partitions.delete(number)
    this.#brokenEpochs.set(number, epoch)
  }
}

/** What was decided or answered beside the work, and leaves with the next Fanout. */
interface Beside {
  readonly taken: Taken
  readonly answers: ReadonlyMap<Partition, readonly Posting[]>
}

type BatchHead = Pick<Batch, 'partition' | 'epoch' | 'from' | 'states'>
