import type { Marks } from '../../../proto/server-codec.ts'
import { isCount } from '../../../proto/codec.ts'
import { raiseMark } from '../receipts.ts'
import type { Step } from '../step.ts'

/** Marks that brokers made from PUBACKs. Of who is not a member (any more) they say nothing. */
export function markDelivered(step: Step, marks: Marks): void {
  for (const { user, upTo } of marks.marks ?? []) {
    const member = step.chat.member(user ?? '')
    if (member !== undefined && isCount(upTo ?? 0)) raiseMark(step, member, 'delivered', upTo ?? 0)
  }
}
