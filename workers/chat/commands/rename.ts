import { chatNameOf } from '../../../proto/chat-name.ts'
import { adminOf } from './admin.ts'
import { postChange, takeChangeSeq } from '../entries.ts'
import { type Decision, pay, refuse, type Step } from '../step.ts'

export function renameChat(step: Step, body: { readonly name?: string | null }): Decision {
  const { chat } = step
  const admin = adminOf(step)
  if ('refused' in admin) return admin
  const name = chatNameOf(body.name ?? '')
  if (name === undefined) return refuse('invalid')
  if (name === chat.head.name) return chat.lastSeq
  const refused = pay(step, chat.members.length - 1, name.length)
  if (refused !== undefined) return refused

  chat.rename(name)
  const seq = takeChangeSeq(step, admin)
  postChange(step, admin, chat.audience, { renamed: { name } })
  return seq
}
