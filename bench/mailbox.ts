import type { MailboxStore } from '../broker/mailbox/store.ts'
import { percentiles, round, type Percentiles } from './figures.ts'

export interface MailboxOptions {
  readonly mailboxes: number
  /** Payload bytes of an entry. */
  readonly bytes: number
  readonly seconds: number
}

export interface MailboxRound {
  /** Entries of one append call. */
  readonly batch: number
  readonly entries_per_s: number
  /** From the append call until the entries are durable. */
  readonly append_ms: Percentiles
  /** CPU time of the process, all threads, for each entry appended, read and acknowledged. */
  readonly cpu_us_per_entry: number
}

export interface MailboxResult {
  readonly mailboxes: number
  readonly bytes: number
  readonly rounds: readonly MailboxRound[]
}

const BATCHES = [1, 10, 100]
const READ_BYTES_MAX = 1_000_000

/** The store alone: every mailbox has a writer that appends, reads what it appended and acknowledges it, in turns. */
export async function mailbox(store: MailboxStore, options: MailboxOptions): Promise<MailboxResult> {
  const { mailboxes, bytes, seconds } = options
  const writers = await store.attach(
    Array.from({ length: mailboxes }, (_, i) => ({
      mailbox: `u/user${i}`,
      reader: 'phone',
      node: 'bench',
      ttlMs: 0,
    })),
  )
  const epochs = writers.map((outcome) => (outcome.outcome === 'attached' ? outcome.epoch : 0))
  const rounds: MailboxRound[] = []
  for (const batch of BATCHES) rounds.push(await runRound(store, epochs, bytes, batch, seconds))
  return { mailboxes, bytes, rounds }
}

async function runRound(
  store: MailboxStore,
  epochs: readonly number[],
  bytes: number,
  batch: number,
  seconds: number,
): Promise<MailboxRound> {
  const payload = new Uint8Array(bytes).fill(7)
  const latencies: number[] = []
  let entries = 0
  const startedAt = performance.now()
  const cpu = process.cpuUsage()
  const write = async (epoch: number, i: number): Promise<void> => {
    const mailboxId = `u/user${i}`
    const items = Array.from({ length: batch }, () => ({ mailbox: mailboxId, bytes: payload }))
    let [head = 0] = await store.heads([mailboxId])
    while (performance.now() - startedAt < seconds * 1_000) {
      const calledAt = performance.now()
      await store.append(items)
      latencies.push(performance.now() - calledAt)
      const read = await store.read(mailboxId, head, batch, READ_BYTES_MAX)
      head = read.readUpTo
      entries += read.entries.length
      await store.advance([{ mailbox: mailboxId, reader: 'phone', epoch, position: head }])
    }
  }
  await Promise.all(epochs.map(write))
  const elapsedMs = performance.now() - startedAt
  const used = process.cpuUsage(cpu)
  return {
    batch,
    entries_per_s: Math.round(entries / (elapsedMs / 1_000)),
    append_ms: percentiles(latencies),
    cpu_us_per_entry: round((used.user + used.system) / entries),
  }
}
