import type { Edit } from '../../support/source-copy.ts'
import type { ScenarioName } from '../scenarios.ts'

/** A mistake that an earlier version had, or could have had, to be planted into a copy of the sources. */
export interface Mistake {
  readonly name: string
  readonly edits: readonly Edit[]
  /** A life that shows it, as the next ones do. Undefined: none was found. */
  readonly shown?: { readonly seed: number; readonly scenario?: ScenarioName }
}

const one = (name: string, file: string, from: string, to: string, shown?: Mistake['shown']): Mistake => ({
  name,
  edits: [{ file, from, to }],
  ...(shown && { shown }),
})

export const MISTAKES: readonly Mistake[] = [
  one(
    'a repeat is known by its number alone',
    'workers/chat/idempotency.ts',
    "return known === undefined || known === print ? { outcome: 'known', seq: run.seq + behind } : REUSED",
    "return { outcome: 'known', seq: run.seq + behind }",
    { seed: 7 },
  ),
  one(
    'what has no answer leaves under a new number on the next connection',
    'clients/sdk/outbox/outbox.ts',
    '    for (const entry of this.#entries.values()) entry.isPublished = false\n',
    `    for (const entry of [...this.#entries.values()].filter(({ isPublished }) => isPublished)) {
      const changes: StoreChange[] = [{ table: 'outbox', delete: entry.item.clientSeq }]
      this.#entries.delete(entry.item.clientSeq)
      const stored = this.#enter(this.#renumbered(entry, undefined, 0), changes)
      void this.#parts.write(changes).then(stored, () => {})
    }
`,
    { seed: 100, scenario: 'servers' },
  ),
  one(
    "a stranger's retry leaves under a new number while a copy is under way",
    'clients/sdk/outbox/outbox.ts',
    'const insteadOf = copies < 2 ? item.insteadOf : [...(item.insteadOf ?? []), item.clientSeq]',
    'const insteadOf = item.insteadOf',
  ),
  one(
    'what is accepted in different chats shares an entry',
    'workers/loop/fanout-builder.ts',
    `  #addAccepted({ chat, user, device, clientSeq, seq, facts }: PostingOf<'accepted'>): void {
    const open = this.#openOf(chat)`,
    `  readonly #ofAll: OpenRuns = {}
  #addAccepted({ user, device, clientSeq, seq }: PostingOf<'accepted'>): void {
    const open = this.#ofAll`,
  ),
  {
    name: 'what is handled passes a late message',
    edits: [
      {
        file: 'clients/sdk/chats/chats.ts',
        from: `    this.#handled.push({ table: 'unhandled', delete: [stored.chat, stored.seq] })`,
        to: `    for (let seq = Math.max(1, stored.seq - 100); seq <= stored.seq; seq++)
      this.#handled.push({ table: 'unhandled', delete: [stored.chat, seq] })`,
      },
    ],
  },
  one(
    'a removed device is let in with a clean session',
    'broker/mailbox/lmdb/acts/attach.ts',
    'const refusal = refusalOf(mailbox, item)',
    'const refusal = item.transient === true ? undefined : refusalOf(mailbox, item)',
    { seed: 3 },
  ),
  {
    name: 'a queue is emptied behind an await',
    shown: { seed: 1, scenario: 'servers' },
    edits: [
      {
        file: 'broker/lanes/marks.ts',
        from: `    this.#marks = new Map()
    this.#advances = new Map()
    if (marks.size === 0) return this.#move(advances)
    this.#writing = this.#write(marks, advances).finally(() => {`,
        to: `    if (marks.size === 0) {
      this.#advances = new Map()
      return this.#move(advances)
    }
    this.#writing = this.#write(new Map(marks), new Map(advances)).finally(() => {
      this.#marks = new Map()
      this.#advances = new Map()`,
      },
    ],
  },
  one(
    'a late FINISHED deletes what is pending of the next owner',
    'broker/mailbox/redis/lua/partitions.ts',
    "'finished',\n  /* lua */ `\n  if redis.call('LINDEX', KEYS[k], 0) ~= ARGV[a]",
    "'finished',\n  /* lua */ `\n  if false",
  ),
  {
    name: 'an answer that has expired is told as a gap',
    shown: { seed: 107, scenario: 'apps' },
    edits: [
      {
        file: 'broker/mailbox/lmdb/acts/read.ts',
        from: 'if (!entry.isBrief) droppedUpTo',
        to: 'droppedUpTo',
      },
      {
        file: 'broker/mailbox/lmdb/acts/sweep.ts',
        from: 'if (entry.isBrief) brief.push(entry.position)',
        to: 'if (entry.position === 0) brief.push(entry.position)',
      },
    ],
  },
  one(
    'retention believes a clock that has jumped',
    'kit/clock.ts',
    '    return Math.floor(this.#offsetMs + uptime)',
    '    return Math.max(Math.floor(this.#offsetMs + uptime), this.#time.wall())',
    { seed: 4, scenario: 'clocks' },
  ),
  one(
    'the PUBACK leaves before the store has the message',
    'broker/ingest/ingest.ts',
    'await this.#parts.node.take(this.#parts.connection, group)\n',
    'void this.#parts.node.take(this.#parts.connection, group).catch(() => undefined)\n',
    { seed: 2, scenario: 'servers' },
  ),
  one(
    'a cursor moves before its mark is durable',
    'broker/lanes/marks.ts',
    `    const left = await this.#append(marks)
    if (left.size > 0) this.#hold(left)
    this.#move(advances)`,
    // The embedded store takes along what was noted right before in the same transaction.
    `    this.#move(advances)
    await new Promise((resolve) => setTimeout(resolve, 300))
    const left = await this.#append(marks)
    if (left.size > 0) this.#hold(left)`,
    { seed: 106, scenario: 'servers' },
  ),
  one(
    'the journal is written without a flush',
    'broker/mailbox/lmdb/journal/journal-files.ts',
    "const DSYNC = process.platform === 'linux' ? constants.O_DSYNC : 0",
    'const DSYNC = constants.O_RDWR',
    { seed: 3, scenario: 'servers' },
  ),
  one(
    'a lane does not look after a lost word of the bus',
    'broker/node.ts',
    `      interrupted: () => {
        this.#lanes.compareAll()`,
    `      interrupted: () => {`,
  ),
  {
    name: 'a worker keeps what it decided in a refused commit',
    shown: { seed: 105, scenario: 'servers' },
    edits: [
      {
        file: 'workers/loop/work-loop.ts',
        from: 'this.#parts.metrics.leaseEnded()\n    this.#partitions.delete(number)',
        to: 'this.#parts.metrics.leaseEnded()',
      },
      // Alone that does no harm: each lease has an epoch of its own, and a partition begins anew with it.
      {
        file: 'workers/loop/work-loop.ts',
        from: `    if (known === undefined || known.epoch < (epoch ?? 0)) {
`,
        to: `    if (known !== undefined && known.epoch < (epoch ?? 0))
      return Object.assign(known, { epoch: epoch ?? 0, position: from ?? 0, unsettled: 0 })
    if (known === undefined) {
`,
      },
    ],
  },
  one(
    'the outbox publishes what is not stored yet',
    'clients/sdk/outbox/outbox.ts',
    'if (!entry.isStored || entry.notBeforeMs > now) {',
    'if (entry.notBeforeMs > now) {',
  ),
  {
    name: 'a partition stays attaching when a lease could not be handed back',
    edits: [
      {
        file: 'broker/work/leases.ts',
        from: `    await this.#handBackAll(server)
    this.#take(name, server)`,
        to: `    const hasTold = server.handBacks.length === 0
    const partitions = this.#parts.wanted(name)
    await this.#handBackAll(server)
    if (hasTold || server.handBacks.length === 0) this.#take(name, server, partitions)`,
      },
      {
        file: 'broker/work/leases.ts',
        from: `  #take(name: string, server: Server): void {
    const partitions = this.#parts.wanted(name)`,
        to: `  #take(name: string, server: Server, partitions: readonly Partition[]): void {`,
      },
    ],
  },
  one(
    'every send is a new one',
    'workers/chat/idempotency.ts',
    'if (clientSeq > device.highestClientSeq) return NEW',
    'if (clientSeq > 0) return NEW',
  ),
]
