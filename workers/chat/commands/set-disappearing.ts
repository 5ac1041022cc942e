import { DISAPPEAR_AFTER_S_MAX } from '../../../proto/limits.ts'
import { postChange, takeChangeSeq } from '../entries.ts'
import type { Member } from '../member.ts'
import { type Decision, pay, type Refusal, refuse, type Step } from '../step.ts'
import { adminOf } from './admin.ts'

/** Messages behind it disappear so long after they were read. Of a direct chat either of the two may say so. */
export function setDisappearing(step: Step, body: { readonly afterS?: number | null }): Decision {
  const { chat } = step
  const setter = setterOf(step)
  if ('refused' in setter) return setter
  const afterS = body.afterS ?? 0
  if (afterS > DISAPPEAR_AFTER_S_MAX) return refuse('invalid')
  if (afterS === chat.head.disappearAfterS) return chat.lastSeq
  const refused = pay(step, chat.members.length - 1, 0)
  if (refused !== undefined) return refused

  chat.setDisappearing(afterS)
  const seq = takeChangeSeq(step, setter)
  postChange(step, setter, chat.audience, { disappearingSet: { afterS } })
  return seq
}

function setterOf(step: Step): Member | Refusal {
  const { chat, user } = step
  if (!chat.head.direct) return adminOf(step)
  return chat.member(user) ?? refuse('unknown-chat')
}
