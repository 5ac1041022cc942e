import type { MailboxStore } from '../../../../broker/mailbox/store.ts'
import { until } from '../../../support/deadline.ts'
import { faulty } from '../delivery-support.ts'
import { chatIn, publish, type TestNode, type TestWorker } from '../node-support.ts'

export const WAIT_MS = 4_000
export const LIMITS = { storeAnswerMs: 150, commitPatienceMs: 20, leaseTtlMs: 1_000, workerStallMs: 60_000 }

export type Call = 'attach' | 'detach' | 'renew' | 'announce' | 'commit' | 'states' | 'read'
export type Fault = 'refuses' | 'never answers' | 'answers late'

/** A store whose calls go wrong as long as the test says so. */
export class Flawed {
  readonly store: MailboxStore
  fault: Fault | undefined
  /** How often it struck. */
  struck = 0

  constructor(store: MailboxStore, call: Call, concerns: (argument: unknown) => boolean = () => true) {
    const real = store[call].bind(store) as (...args: unknown[]) => Promise<unknown>
    const struck = async (...args: unknown[]): Promise<unknown> => {
      const { fault } = this
      if (fault === undefined || !concerns(args[0])) return real(...args)
      this.struck++
      if (fault === 'refuses') throw new Error('not now')
      if (fault === 'never answers') return new Promise(() => undefined)
      const answer = await real(...args)
      await new Promise((resolve) => setTimeout(resolve, 2 * LIMITS.storeAnswerMs))
      return answer
    }
    this.store = faulty(store, { [call]: struck })
  }
}

export const served = (...nodes: TestNode[]): Promise<unknown> =>
  until(
    () => nodes.every(({ node }) => node.unserved.partitions === 0),
    WAIT_MS,
    () => `${nodes.map(({ node }) => node.unserved.partitions).join(' and ')} partitions not served`,
  )

let clientSeq = 0
/** A message to each of some partitions comes through to one of the workers. */
export async function allGoOn(bench: TestNode, ...workers: TestWorker[]): Promise<void> {
  const alice = await bench.device('alice')
  const seqs = Array.from({ length: 16 }, () => ++clientSeq)
  await Promise.all(seqs.map((seq, i) => publish(bench.node, alice, seq, chatIn(i * 16))))
  const came = (): Set<number> => new Set(workers.flatMap((worker) => worker.clientSeqs))
  await until(
    () => seqs.every((seq) => came().has(seq)),
    WAIT_MS,
    () => `messages ${seqs.filter((seq) => !came().has(seq)).join(', ')}`,
  )
}
