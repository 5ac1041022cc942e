import { Role } from '../../../proto/codec.ts'
import { adminOf } from './admin.ts'
import { postChange, takeChangeSeq } from '../entries.ts'
import { type Decision, pay, refuse, type Step } from '../step.ts'

/** The last admin keeps the role: a group is never without one. */
export function setRole(
  step: Step,
  body: { readonly member?: string | null; readonly role?: number | null },
): Decision {
  const { chat } = step
  const admin = adminOf(step)
  if ('refused' in admin) return admin
  const target = chat.member(body.member ?? '')
  const role = roleOf(body.role)
  if (target === undefined || role === undefined) return refuse('invalid')
  if (target.role === role) return chat.lastSeq
  const admins = chat.members.filter((member) => member.role === Role.ROLE_ADMIN)
  if (role === Role.ROLE_MEMBER && admins.length === 1) return refuse('invalid')
  const refused = pay(step, chat.members.length - 1, 0)
  if (refused !== undefined) return refused

  const seq = takeChangeSeq(step, admin)
  chat.setRole(target, role)
  postChange(step, admin, chat.audience, { roleSet: { member: target.number, role } })
  return seq
}

function roleOf(value: number | null | undefined): Role | undefined {
  return value === Role.ROLE_ADMIN || value === Role.ROLE_MEMBER ? value : undefined
}
