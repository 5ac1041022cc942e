import { chatNameOf } from '../../../proto/chat-name.ts'
import { type CreateChat, Role } from '../../../proto/codec.ts'
import { isDirectChat, isUserId } from '../../../proto/ids.ts'
import { memberShape, postChange, takeChangeSeq } from '../entries.ts'
import {
  bytesOfUsers,
  type Cost,
  costOf,
  type Decision,
  pay,
  refuse,
  refuseTooManyChats,
  refuseUnknown,
  type Step,
} from '../step.ts'

/** A chat is more than an entry: it is kept, and copied to the directory. So a small one costs as much as this. */
const RECIPIENTS_MIN = 100

/** What it costs, about: who names somebody twice pays less. */
export function costOfCreate({ members }: CreateChat): Partial<Cost> {
  const named = members ?? []
  return costOf(recipientsOf(named.length), bytesOfUsers(named), 1)
}

function recipientsOf(members: number): number {
  return Math.max(RECIPIENTS_MIN, members)
}

/** Makes a group under an id of the creator's choice. A repeat by the same device is answered before it comes here. */
export function createChat(step: Step, body: CreateChat): Decision {
  const { chat, facts, user } = step
  if (isDirectChat(chat.id)) return refuse('invalid')
  if (chat.exists) return refuse('chat-exists')
  const name = chatNameOf(body.name ?? '')
  if (name === undefined) return refuse('invalid')

  const others = new Set(body.members ?? [])
  others.delete(user)
  if (others.size + 1 > facts.membersMax) return refuse('chat-full')
  for (const other of others) if (!isUserId(other)) return refuse('unknown-user')
  const refused =
    refuseTooManyChats(step) ??
    refuseUnknown(step, others) ??
    pay(step, recipientsOf(others.size), bytesOfUsers(others), 1)
  if (refused !== undefined) return refused
  facts.began(user)

  chat.rename(name)
  const creator = chat.join(user, Role.ROLE_ADMIN, 1)
  for (const other of others) chat.join(other, Role.ROLE_MEMBER, 1)
  const seq = takeChangeSeq(step, creator)
  postChange(step, creator, chat.audience, { created: { name, members: chat.members.map(memberShape) } })
  return seq
}
