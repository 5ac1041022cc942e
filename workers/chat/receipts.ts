import type { MarkKind, Member } from './member.ts'
import type { Step } from './step.ts'
import { forgetRead } from './unread.ts'

/**
 * Marks and what follows from them (G6). A member's receipt is the minimum of the other members' marks; it goes out
 * when that reaches the first own message which no receipt covers yet.
 */

/**
 * Raises a member's mark to `upTo`, at most to the chat's last seq, and posts the receipts that follow.
 * @returns whether it rose
 */
export function raiseMark(step: Step, member: Member, kind: MarkKind, upTo: number): boolean {
  const { chat } = step
  const mark = Math.min(upTo, chat.lastSeq)
  const before = kind === 'read' ? member.read : member.delivered
  if (mark <= before) return false
  const lowest = chat.lowest(kind)
  chat.touch(member)
  if (kind === 'read') {
    chat.meets(member)
    member.read = mark
    forgetRead(chat, member)
  } else member.delivered = mark
  if (lowest.rose(before, chat.members)) postReceipts(step, kind)
  return true
}

/** An own entry with the chat's last seq: nobody needs to tell its sender that it arrived, unless something stands unread before it. */
export function extendOwnMarks(step: Step, sender: Member): void {
  const seq = step.chat.lastSeq
  if (sender.delivered === seq - 1) raiseMark(step, sender, 'delivered', seq)
  if (sender.read === seq - 1) raiseMark(step, sender, 'read', seq)
}

/** From now on the sender waits for receipts of the own message that has the chat's last seq. */
export function awaitReceipts(step: Step, sender: Member): void {
  const { chat } = step
  chat.touch(sender)
  if (sender.awaitingDelivered === 0) chat.setAwaiting(sender, 'delivered', chat.lastSeq)
  if (sender.awaitingRead === 0) chat.setAwaiting(sender, 'read', chat.lastSeq)
  if (chat.members.length === 1) postAllReceipts(step)
}

/** After a change of members. */
export function postAllReceipts(step: Step): void {
  postReceipts(step, 'delivered')
  postReceipts(step, 'read')
}

function postReceipts(step: Step, kind: MarkKind): void {
  const { chat } = step
  if (chat.awaiting(kind).size === 0) return
  const lowest = chat.lowest(kind)
  for (const member of chat.awaiting(kind)) {
    const awaited = kind === 'read' ? member.awaitingRead : member.awaitingDelivered
    const seq = Math.min(lowest.ofOthers(member), chat.lastSeq)
    if (seq < awaited) continue
    step.postings.push({ kind: 'receipt', mark: kind, user: member.user, chat, seq })
    chat.setAwaiting(member, kind, stillAwaited(member, seq))
  }
}

function stillAwaited(member: Member, covered: number): number {
  return covered >= member.lastOwnSeq ? 0 : covered + 1
}
