import { assert } from '../../kit/assert.ts'
import type { Log } from '../../kit/log.ts'
import { answerRepeat, type apply, costBefore, type Entry } from '../chat/apply.ts'
import type { Posting } from '../chat/posting.ts'
import type { ChatState } from '../chat/state.ts'
import { SPENT, WAITS, type Waits } from '../chat/step.ts'
import type { WorkerMetrics } from '../metrics.ts'
import type { FrameFacts } from './facts.ts'
import { mayWait } from './waiting/parked.ts'
import type { Partition } from './partition.ts'
import { revive } from './copy/revive.ts'

/** Applies entries to chats so that one bad entry never stops a partition. */
export class StepRunner {
  readonly #step: typeof apply
  readonly #metrics: WorkerMetrics
  readonly #log: Log

  constructor(step: typeof apply, metrics: WorkerMetrics, log: Log) {
    this.#step = step
    this.#metrics = metrics
    this.#log = log
  }

  /** If the step throws, its chat stays as it was, and its sender is told. */
  run(partition: Partition, chat: ChatState, entry: Entry, facts: FrameFacts): readonly Posting[] | Waits {
    try {
      // A chat taken for a new one would begin at seq 1 again.
      assert(!partition.isUnreadable(chat), 'the state of the chat can be read')
      if (chat.exists && !partition.isDoubtful(chat)) {
        // What was parked may have made the chat since the facts were gathered.
        return this.#step(chat, facts.mayBeLost(chat) ? { ...facts, mayBeLost: () => false } : facts, entry)
      }
      // Its partition may have turned out to be older since the facts were gathered.
      if (!facts.wasAsked(chat) && mayWait(entry)) return isBeyond(entry, facts) ? SPENT : WAITS
      this.#revive(partition, chat, facts)
      return this.#step(chat, facts, entry)
    } catch (error) {
      chat.restore()
      this.#metrics.stepFailed()
      this.#log.error({ err: error, partition: partition.number, chatId: chat.id }, 'step.failed')
      return entry.content.kind === 'delivered' ? [] : [internalError(chat, entry, entry.content)]
    }
  }

  /** Of a send behind others that wait: it need not wait for what was decided of it already. */
  repeat(partition: Partition, chat: ChatState, entry: Entry): readonly Posting[] | Waits {
    if (!chat.exists || partition.isUnreadable(chat) || partition.isDoubtful(chat)) return WAITS
    const answer = answerRepeat(chat, entry)
    return answer === undefined ? WAITS : [answer]
  }

  /** Of typing, which is dropped if anything is wrong with it. */
  runEphemeral(chat: ChatState, entry: Entry, facts: FrameFacts): readonly Posting[] {
    try {
      const postings = this.#step(chat, facts, entry)
      return typeof postings === 'string' ? [] : postings
    } catch {
      chat.restore()
      return []
    }
  }

  /** The directory may have said whether it has seen this partition further than it is. */
  found(partition: Partition, facts: FrameFacts): void {
    const isOlder = partition.isOlder === undefined ? facts.isOlder(partition.number) : undefined
    if (isOlder === undefined) return
    partition.found(isOlder)
    if (isOlder) this.#log.warn({ partition: partition.number }, 'partition.older-than-directory')
  }

  /** A chat that the store lost, or has older than the directory, goes on from the directory's copy. */
  #revive(partition: Partition, chat: ChatState, facts: FrameFacts): void {
    if (!facts.wasAsked(chat) || facts.mayBeLost(chat)) return
    const copy = facts.copyOf(chat)
    const isLater = partition.compared(chat, copy?.lastSeq ?? 0)
    // What was compared since, and found not to be older, has a later copy only because this worker has written it.
    if (copy === undefined || (chat.exists && !(partition.isOlder === true && isLater))) return
    revive(chat, copy)
    const { id: chatId, lastSeq } = chat
    this.#log.warn({ partition: partition.number, chatId, lastSeq }, 'chat.revived')
  }
}

/** Whether it was not asked about because its sender cannot pay it: then it is held for that. */
function isBeyond(entry: Entry, facts: FrameFacts): boolean {
  const cost = costBefore(entry)
  return cost !== undefined && facts.waitS(entry.user, cost, entry.atMs) > 0
}

/** Names what failed as its sender knows it. */
function internalError(
  chat: ChatState,
  { user, device }: Entry,
  content: Exclude<Entry['content'], { kind: 'delivered' }>,
): Posting {
  const body = (content.kind === 'up' ? content.up[content.is] : content.of) ?? {}
  const clientSeq = 'clientSeq' in body ? (body.clientSeq ?? 0) : 0
  const refusal = { kind: 'rejected', user, device, code: 'internal', clientSeq, retryAfterS: 0 } as const
  if ('request' in body) return { ...refusal, request: body.request ?? 0 }
  return clientSeq > 0 ? refusal : { ...refusal, chat: chat.bytes }
}
