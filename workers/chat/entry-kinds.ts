import type { DecodedUp } from '../../proto/codec.ts'
import { addMembers } from './commands/add-members.ts'
import { createChat } from './commands/create.ts'
import { leaveChat } from './commands/leave.ts'
import { sendMessage, usersOfMessage } from './commands/message.ts'
import { answerQuery } from './commands/query.ts'
import { readUpTo } from './commands/read.ts'
import { removeMembers } from './commands/remove-members.ts'
import { renameChat } from './commands/rename.ts'
import { setDisappearing } from './commands/set-disappearing.ts'
import { setRole } from './commands/set-role.ts'
import type { ChatState } from './state.ts'
import type { Decision, Step } from './step.ts'
import { showTyping } from './commands/typing.ts'

/** The tables in which the kinds of Up fan out; the names are those of Up's oneof. */

export type UpKind = NonNullable<DecodedUp['body']>
type SignalKind = 'read' | 'typing' | 'query'
type CommandKind = Exclude<UpKind, SignalKind>
type BodyOf<Kind extends UpKind> = NonNullable<DecodedUp[Kind]>

/** What has a clientSeq: decided once, and answered by Accepted or Rejected. */
export interface Command<Body> {
  readonly apply: (step: Step, body: Body) => Decision
  /** The user ids in it that must exist, if any: facts are gathered for them before. */
  readonly users?: (body: Body, chat: ChatState) => readonly string[]
}

export const COMMANDS: { readonly [Kind in CommandKind]: Command<BodyOf<Kind>> } = {
  message: { apply: sendMessage, users: usersOfMessage },
  create: { apply: createChat, users: (body) => body.members ?? [] },
  add: { apply: addMembers, users: (body) => body.members ?? [] },
  remove: { apply: removeMembers },
  leave: { apply: leaveChat },
  rename: { apply: renameChat },
  setRole: { apply: setRole },
  setDisappearing: { apply: setDisappearing },
}

/** What has none: repeating it changes nothing. */
export const SIGNALS: { readonly [Kind in SignalKind]: (step: Step, body: BodyOf<Kind>) => void } = {
  read: readUpTo,
  typing: showTyping,
  query: answerQuery,
}

export function isCommand(kind: UpKind): kind is CommandKind {
  return Object.hasOwn(COMMANDS, kind)
}
