import { Role } from '../../../proto/codec.ts'
import { postChange, takeChangeSeq } from '../entries.ts'
import { postAllReceipts } from '../receipts.ts'
import { type Decision, refuse, type Step } from '../step.ts'

/** A group is never without an admin: when the last one leaves, the member with the lowest number becomes one. */
export function leaveChat(step: Step): Decision {
  const { chat } = step
  const leaver = chat.member(step.user)
  if (leaver === undefined) return refuse('unknown-chat')
  if (chat.head.direct) return refuse('invalid')

  const before = chat.audience
  const seq = takeChangeSeq(step, leaver)
  chat.leave(leaver, seq)
  chat.forgetPast()
  postChange(step, leaver, before, { left: {} })
  const successor = chat.members[0]
  if (successor !== undefined && chat.members.every((member) => member.role !== Role.ROLE_ADMIN)) {
    takeChangeSeq(step, leaver)
    chat.setRole(successor, Role.ROLE_ADMIN)
    postChange(step, leaver, chat.audience, { roleSet: { member: successor.number, role: Role.ROLE_ADMIN } })
  }
  postAllReceipts(step)
  return seq
}
