import { adminOf } from './admin.ts'
import { postChange, takeChangeSeq } from '../entries.ts'
import { isMemberNow } from '../member.ts'
import { postAllReceipts } from '../receipts.ts'
import { type Decision, pay, refuse, type Step } from '../step.ts'

const NUMBER_BYTES = 2

/** The removed ones get the change as their last entry. Nobody removes themselves: that is leaving. */
export function removeMembers(step: Step, body: { readonly members?: readonly string[] | null }): Decision {
  const { chat } = step
  const admin = adminOf(step)
  if ('refused' in admin) return admin
  const named = new Set(body.members ?? [])
  if (named.size === 0 || named.has(step.user)) return refuse('invalid')
  const removed = [...named].map((user) => chat.ever(user)).filter(isMemberNow)
  if (removed.length === 0) return chat.lastSeq
  // Each gets the numbers, and may get a receipt that counted on who is removed.
  const refused = pay(step, 2 * (chat.members.length - 1), NUMBER_BYTES * removed.length)
  if (refused !== undefined) return refused

  const before = chat.audience
  const seq = takeChangeSeq(step, admin)
  for (const member of removed) chat.leave(member, seq)
  chat.forgetPast()
  postChange(step, admin, before, { removed: { members: removed.map((member) => member.number) } })
  postAllReceipts(step)
  return seq
}
