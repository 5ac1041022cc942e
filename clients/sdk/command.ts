import { chatNameOf } from '../../proto/chat-name.ts'
import { Role, type SendMessage, type Up } from '../../proto/codec.ts'
import {
  BODY_BYTES_MAX,
  CONTENT_BYTES_MAX,
  CONTENT_TYPE_CHARS_MAX,
  DISAPPEAR_AFTER_S_MAX,
  TEXT_BYTES_MAX,
  TTL_S_MAX,
} from '../../proto/limits.ts'
import { isUserId } from '../../proto/ids.ts'
import { carriageOf, saidOf, type Carriage, type Composed } from './content/compose.ts'
import type { Act, Said } from './said.ts'
import { bytesOfAct, bytesOfSaid } from './content/wire.ts'
import { illFormed, refusal, type RestanteError } from './errors.ts'

/** What goes to a chat with a clientSeq: a message, or a change of the chat. */
export type Command =
  | ({ readonly kind: 'text'; readonly text: string; readonly said?: Said } & Carriage)
  | ({ readonly kind: 'body'; readonly body: Uint8Array; readonly contentType: string } & Carriage)
  /** @property ttlS missing: as long as the chat's messages */
  | { readonly kind: 'act'; readonly act: Act; readonly ttlS?: number }
  | { readonly kind: 'create'; readonly name: string; readonly members: readonly string[] }
  | { readonly kind: 'add'; readonly members: readonly string[] }
  | { readonly kind: 'remove'; readonly members: readonly string[] }
  | { readonly kind: 'leave' }
  | { readonly kind: 'rename'; readonly name: string }
  | { readonly kind: 'set-role'; readonly member: string; readonly isAdmin: boolean }
  | { readonly kind: 'set-disappearing'; readonly afterS: number }

/** What a message is to be: something that people read, or bytes with a content type. */
export type Content = Composed | ({ readonly body: Uint8Array; readonly contentType?: string } & Carriage)

/** @throws RestanteError bad-content */
export function commandOf(content: Content): Command {
  const carriage = carriageOf(content)
  if ('body' in content) {
    // A copy: the outbox keeps it longer than the caller may leave it alone.
    return { kind: 'body', body: content.body.slice(), contentType: content.contentType ?? '', ...carriage }
  }
  const said = saidOf(content)
  return {
    kind: 'text',
    text: content.text ?? '',
    ...(Object.keys(said).length > 0 && { said }),
    ...carriage,
  }
}

/** @param name in any spelling: everybody sees the one of chatNameOf */
export function createCommand(name: string, members: readonly string[]): Command {
  return { kind: 'create', name: chatNameOf(name) ?? name, members: [...members] }
}

/** @param disappears whether the chat's messages do: then who is off for a while has all the more to hear of a deletion */
export function actCommand(act: Act, disappears: boolean): Command {
  return { kind: 'act', act, ...(disappears && act.kind === 'delete' && { ttlS: TTL_S_MAX }) }
}

export function renameCommand(name: string): Command {
  return { kind: 'rename', name: chatNameOf(name) ?? name }
}

/** What has a seq of its own in any case. */
export function isMessage(
  command: Command,
): command is Extract<Command, { readonly kind: 'text' | 'body' | 'act' }> {
  return command.kind === 'text' || command.kind === 'body' || command.kind === 'act'
}

/** @param peer the other user's id, while a direct chat may not exist yet */
export function upOf(command: Command, clientSeq: number, peer?: string): Up {
  switch (command.kind) {
    case 'text':
    case 'body':
    case 'act':
      return { message: { clientSeq, ...messageOf(command), peer: peer ?? '' } }
    case 'create':
      return { create: { clientSeq, name: command.name, members: [...command.members] } }
    case 'add':
      return { add: { clientSeq, members: [...command.members] } }
    case 'remove':
      return { remove: { clientSeq, members: [...command.members] } }
    case 'leave':
      return { leave: { clientSeq } }
    case 'rename':
      return { rename: { clientSeq, name: command.name } }
    case 'set-role':
      return {
        setRole: {
          clientSeq,
          member: command.member,
          role: command.isAdmin ? Role.ROLE_ADMIN : Role.ROLE_MEMBER,
        },
      }
    case 'set-disappearing':
      return { setDisappearing: { clientSeq, afterS: command.afterS } }
  }
}

function messageOf(command: Extract<Command, { readonly kind: 'text' | 'body' | 'act' }>): SendMessage {
  // Clients that know no content see nothing of it, and nobody is woken.
  if (command.kind === 'act')
    return { content: bytesOfAct(command.act), quiet: true, ttlS: command.ttlS ?? 0 }
  const carriage = { quiet: command.quiet ?? false, ttlS: command.ttlS ?? 0 }
  if (command.kind === 'body') return { body: command.body, contentType: command.contentType, ...carriage }
  const content = command.said && bytesOfSaid(command.said)
  return { text: command.text, ...(content && { content }), ...carriage }
}

/** What the server is sure to refuse, told before it is stored and sent. */
export function refusalOf(command: Command): RestanteError | undefined {
  if (!textsOf(command).every(isWellFormed)) return illFormed()
  switch (command.kind) {
    case 'text':
    case 'act': {
      const { text = '', content } = messageOf(command)
      const isTooLarge = new TextEncoder().encode(text ?? '').length > TEXT_BYTES_MAX
      return isTooLarge || (content?.length ?? 0) > CONTENT_BYTES_MAX ? refusal('too-large') : undefined
    }
    case 'body':
      if (command.contentType.length > CONTENT_TYPE_CHARS_MAX) return refusal('invalid')
      return command.body.length > BODY_BYTES_MAX ? refusal('too-large') : undefined
    case 'create':
      return refusalOfName(command.name) ?? refusalOfUsers(command.members)
    case 'add':
    case 'remove':
      return refusalOfUsers(command.members)
    case 'rename':
      return refusalOfName(command.name)
    case 'set-role':
      return refusalOfUsers([command.member])
    case 'set-disappearing':
      return isDisappearing(command.afterS) ? undefined : refusal('invalid')
    case 'leave':
      return undefined
  }
}

function textsOf(command: Command): readonly string[] {
  switch (command.kind) {
    case 'text':
      return [command.text, ...stringsIn(command.said)]
    case 'act':
      return stringsIn(command.act)
    case 'body':
      return [command.contentType]
    case 'create':
      return [command.name, ...command.members]
    case 'add':
    case 'remove':
      return command.members
    case 'rename':
      return [command.name]
    case 'set-role':
      return [command.member]
    case 'leave':
    case 'set-disappearing':
      return []
  }
}

/** All that stand anywhere in it. */
function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return []
  return Object.values(value).flatMap(stringsIn)
}

/** Whether UTF-8 can carry it: no half of a surrogate pair stands alone. (Not every platform has String.isWellFormed.) */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text)
}

function isDisappearing(afterS: number): boolean {
  return Number.isInteger(afterS) && afterS >= 0 && afterS <= DISAPPEAR_AFTER_S_MAX
}

function refusalOfName(name: string): RestanteError | undefined {
  return chatNameOf(name) === name ? undefined : refusal('invalid')
}

function refusalOfUsers(users: readonly string[]): RestanteError | undefined {
  return users.every(isUserId) ? undefined : refusal('unknown-user')
}
