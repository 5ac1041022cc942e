import type { ChatMark } from '../../../broker/lanes/lane-frame.ts'
import { Lane } from '../../../broker/lanes/lane.ts'
import type { Append, MailboxLimits, MailboxStore } from '../../../broker/mailbox/store.ts'
import { NODE_LIMITS, type NodeLimits } from '../../../broker/config.ts'
import { Turn } from '../../../kit/turn.ts'
import {
  endOfTurn,
  freshStore,
  messageEntry,
  TestConnection,
  TestMetrics,
  unexpected,
} from './delivery-support.ts'

/** One lane of alice's phone on a mailbox of its own; the test plays the dispatcher, the marks and the clock. */
export class LaneBench {
  readonly store: MailboxStore
  readonly metrics = new TestMetrics()
  readonly connection: TestConnection
  readonly lane: Lane
  readonly passed: { position: number; marks: readonly ChatMark[] }[] = []
  readonly watched: Lane[] = []
  nowMs = 1_000_000
  #seq = 0

  constructor(store: MailboxStore, connection: TestConnection, limits: Partial<NodeLimits>) {
    this.store = store
    this.connection = connection
    this.lane = new Lane(
      {
        store,
        turn: new Turn(unexpected),
        limits: { ...NODE_LIMITS, ...limits },
        metrics: this.metrics.metrics,
        uptime: () => this.nowMs,
        acknowledged: (_, position, marks) => this.passed.push({ position, marks }),
        watch: (lane) => {
          lane.isWatched = true
          this.watched.push(lane)
        },
      },
      connection,
    )
  }

  async attach(repeatUpTo = 0): Promise<void> {
    const { user, device, transient } = this.connection
    const [outcome] = await this.store.attach([
      { mailbox: `u/${user}`, reader: device, node: 'n', ttlMs: 0, transient, tokenIssuedAtMs: Date.now() },
    ])
    if (outcome?.outcome !== 'attached') throw new Error(`attach: ${outcome?.outcome}`)
    this.lane.attached(outcome, repeatUpTo)
  }

  /** Appends and tells, as the dispatcher does. */
  async put(...items: Partial<Append>[]): Promise<void> {
    for (const entry of await this.append(...items)) this.lane.tell(entry)
  }

  /** Appends without telling. @returns what was not told */
  async append(...items: Partial<Append>[]): Promise<(Append & { position: number })[]> {
    const appends = items.map((item) => ({
      mailbox: `u/${this.connection.user}`,
      bytes: messageEntry(++this.#seq),
      ...item,
    }))
    const outcomes = await this.store.append(appends)
    return appends.flatMap((append, i) => {
      const outcome = outcomes[i]
      return outcome?.outcome === 'stored' ? [{ ...append, position: outcome.position }] : []
    })
  }

  ack(...frames: number[]): void {
    for (const frame of frames) this.lane.acknowledge(this.connection.sent[frame]?.packetId as number)
  }
}

interface BenchOptions {
  limits?: Partial<NodeLimits>
  mailboxes?: Partial<MailboxLimits>
  connection?: TestConnection
}

export async function openLane({
  limits = {},
  mailboxes = {},
  connection,
}: BenchOptions = {}): Promise<LaneBench> {
  const store = await freshStore(mailboxes)
  const bench = new LaneBench(store, connection ?? new TestConnection('alice'), limits)
  await bench.attach()
  if (!bench.connection.transient) bench.lane.open(1)
  await endOfTurn()
  return bench
}

export const many = (count: number): Partial<Append>[] => Array.from({ length: count }, () => ({}))
export const names = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => `m${from + i}`)

/** The bench with `put` bound, for destructuring. */
export function bound(bench: LaneBench): Pick<LaneBench, 'connection' | 'metrics' | 'put'> {
  return { connection: bench.connection, metrics: bench.metrics, put: bench.put.bind(bench) }
}
