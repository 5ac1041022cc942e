import { encodeDown } from '../../../proto/codec.ts'
import { refuseTooMuch, type Step } from '../step.ts'

/** Live only; nothing is kept, and who is not a member, or types too much, gets no answer. */
export function showTyping(step: Step, body: { readonly stopped?: boolean | null }): void {
  const { chat, user, device } = step
  const member = chat.member(user)
  if (member === undefined || refuseTooMuch(step, chat.members.length) !== undefined) return
  const entry = encodeDown({
    typing: [{ chat: chat.bytes, member: member.number, stopped: body.stopped === true }],
  })
  step.postings.push({
    kind: 'typing',
    audience: chat.audience,
    exceptUser: user,
    exceptDevice: device,
    entry,
  })
}
