import { Role } from '../../../proto/codec.ts'
import type { Member } from '../member.ts'
import { type Refusal, refuse, type Step } from '../step.ts'

/** @returns the member who gives the command, if they may: an admin of a group. */
export function adminOf(step: Step): Member | Refusal {
  const member = step.chat.member(step.user)
  if (member === undefined) return refuse('unknown-chat')
  if (step.chat.head.direct) return refuse('invalid')
  return member.role === Role.ROLE_ADMIN ? member : refuse('forbidden')
}
