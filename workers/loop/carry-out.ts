import { type Entry, passOver } from '../chat/apply.ts'
import type { Posting } from '../chat/posting.ts'
import type { ChatState } from '../chat/state.ts'
import { SPENT, type Waits } from '../chat/step.ts'
import type { FrameFacts } from './facts.ts'
import { mayWait, upsOf } from './waiting/parked.ts'
import type { Partition } from './partition.ts'
import type { Prepared } from './prepare.ts'
import type { StepRunner } from './step-runner.ts'

/** After how long to try again what finds too much waiting already. */
const NO_ROOM_RETRY_S = 30

/**
 * Carries out what one device sent to a chat at once, in order. The first that has to wait, or is behind one that does, is
 * parked, and what follows it with it.
 *
 * @param position of the entry in its partition's mailbox
 */
export function carryOut(
  runner: StepRunner,
  partition: Partition,
  position: number,
  { chat, entries, envelope }: Extract<Prepared, { kind: 'chat' }>,
  facts: FrameFacts,
): readonly Posting[] {
  const postings: Posting[] = []
  const waiting: number[] = []
  const { parked } = partition
  /** What the first of them waits for, and the others behind it. */
  let reason: Waits | undefined = parked.waitsFor(chat.key, envelope.user)
  entries.forEach((entry, i) => {
    const isBehind = reason !== undefined && mayWait(entry)
    const outcome = isBehind
      ? runner.repeat(partition, chat, entry)
      : runner.run(partition, chat, entry, facts)
    if (typeof outcome !== 'string') postings.push(...outcome)
    else {
      reason ??= outcome
      if (!parked.holds(chat.key, entry)) waiting.push(i)
    }
  })
  if (waiting.length === 0) return postings
  const ups = upsOf(envelope)
  const isParked = parked.park(
    position,
    envelope,
    waiting.map((i) => ups[i] as Uint8Array),
    reason === SPENT,
  )
  if (isParked) return postings
  return [...postings, ...waiting.map((i) => noRoom(partition, chat, entries[i] as Entry))]
}

/** It is refused for good, as all refusals are (G4): behind what waits of its device, once that is decided. */
function noRoom({ parked }: Partition, chat: ChatState, entry: Entry): Posting {
  const { user, device, content } = entry
  const body = content.kind === 'up' ? content.up[content.is] : undefined
  const clientSeq = body && 'clientSeq' in body ? (body.clientSeq ?? 0) : 0
  if (!parked.refuse(chat.key, entry, clientSeq)) passOver(chat, entry, clientSeq)
  return { kind: 'rejected', user, device, code: 'rate-limited', clientSeq, retryAfterS: NO_ROOM_RETRY_S }
}
