import { Role } from '../../../proto/codec.ts'
import { isUserId } from '../../../proto/ids.ts'
import { adminOf } from './admin.ts'
import { audienceOf } from '../state.ts'
import { memberShape, postChange, takeChangeSeq } from '../entries.ts'
import { bytesOfUsers, type Decision, pay, refuse, refuseUnknown, type Step } from '../step.ts'

/**
 * Members that a chat may ever have had, those who left included: their numbers name the senders of old messages, so they
 * stay in its state, about 100 bytes each. More: Rejected chat-full; who was a member may come back.
 */
export const MEMBERS_EVER_MAX = 10_000

/** The new ones get the chat as they find it; the others get who is new. */
export function addMembers(step: Step, body: { readonly members?: readonly string[] | null }): Decision {
  const { chat, facts } = step
  const admin = adminOf(step)
  if ('refused' in admin) return admin
  const named = new Set(body.members ?? [])
  if (named.size === 0) return refuse('invalid')
  if (named.size > facts.membersMax) return refuse('chat-full')
  for (const user of named) if (!isUserId(user)) return refuse('unknown-user')

  const users = [...named].filter((user) => chat.member(user) === undefined)
  if (users.length === 0) return chat.lastSeq
  const numbersNew = users.filter((user) => chat.ever(user) === undefined).length
  if (
    chat.members.length + users.length > facts.membersMax ||
    chat.head.nextNumber + numbersNew > MEMBERS_EVER_MAX
  )
    return refuse('chat-full')
  const recipients = chat.members.length - 1 + users.length
  // The old ones get who is new, the new ones get everybody.
  const bytes = bytesOfUsers(users) + (users.length / recipients) * bytesOfUsers(chat.audience.users)
  const refused = refuseUnknown(step, users) ?? pay(step, recipients, bytes)
  if (refused !== undefined) return refused

  const before = chat.audience
  const seq = takeChangeSeq(step, admin)
  const joined = users.map((user) => chat.join(user, Role.ROLE_MEMBER, seq))
  const added = joined.map(memberShape)
  postChange(step, admin, before, { added: { members: added } })
  const { name, disappearAfterS } = chat.head
  const roster = { name, members: chat.members.map(memberShape), disappearAfterS }
  postChange(step, admin, audienceOf(joined), { added: { members: added, roster } })
  return seq
}
