import type { Accepted, Message as WireMessage } from '../../../proto/codec.ts'
import { chatIdOf } from '../../../proto/ids.ts'
import type { Command } from '../command.ts'
import { readContent } from '../content/wire.ts'
import type { Said } from '../said.ts'
import type { LocalChat } from '../chats/local-chat.ts'
import type { OutboxItem, StoredChange, StoredMessage } from '../store/local-store.ts'
import { storedChange, userOf } from '../chats/roster.ts'

/** A message as it came, its chat field checked before. */
export function receivedMessage(message: WireMessage, chat: LocalChat): StoredMessage {
  const change = message.change ? storedChange(chat.roster, message.change) : undefined
  return {
    chat: chatIdOf(message.chat as Uint8Array),
    seq: message.seq ?? 0,
    sender: userOf(chat.roster, message.sender ?? 0),
    sentAtMs: (message.sentAtS ?? 0) * 1000,
    isFromHere: false,
    ...(typeof message.text === 'string' ? { text: message.text } : {}),
    ...(message.content?.length ? contentIn(message.content, message) : {}),
    // A copy: the decoder's bytes are a view of the network's buffer.
    ...(message.body ? { body: Uint8Array.from(message.body), contentType: message.contentType ?? '' } : {}),
    ...(change ? { change } : {}),
    ...(message.briefBefore ? { briefBefore: message.briefBefore } : {}),
  }
}

function contentIn(content: Uint8Array, { text, fromAdmin }: WireMessage): Partial<StoredMessage> {
  const read = readContent(content, text ?? '')
  const { act, said } = read
  if (act) return { act, ...(fromAdmin && { isFromAdmin: true }) }
  if (!text && !read.text && !saysSomething(said)) return { isHidden: true }
  return { ...(read.text && { text: read.text }), ...(said && { said }) }
}

/** How long it stays says nothing. */
function saysSomething(said: Said = {}): boolean {
  return Object.keys(said).some((name) => name !== 'disappearAfterS')
}

/** What this device sent, by the phone's own clock unless the server told its own. */
export function ownMessage(
  item: OutboxItem,
  seq: number,
  user: string,
  accepted: Accepted = {},
): StoredMessage {
  const { chat, command } = item
  return {
    chat,
    seq,
    sender: user,
    sentAtMs: accepted.atS ? accepted.atS * 1000 : Date.now(),
    isFromHere: true,
    ...contentOf(command),
    ...(accepted.fromAdmin ? { isFromAdmin: true } : {}),
    ...(accepted.briefBefore ? { briefBefore: accepted.briefBefore } : {}),
  }
}

function contentOf(command: Command): Partial<StoredMessage> {
  switch (command.kind) {
    case 'text':
      return { ...(command.text && { text: command.text }), ...(command.said && { said: command.said }) }
    case 'act':
      return { act: command.act }
    case 'body':
      return { body: command.body, contentType: command.contentType }
    case 'create':
    case 'add':
    case 'remove':
    case 'leave':
    case 'rename':
    case 'set-role':
    case 'set-disappearing':
      return { change: changeOf(command) }
  }
}

function changeOf(command: Exclude<Command, { kind: 'text' | 'body' | 'act' }>): StoredChange {
  switch (command.kind) {
    case 'create':
      return { kind: 'created', name: command.name, members: command.members }
    case 'add':
      return { kind: 'added', members: command.members }
    case 'remove':
      return { kind: 'removed', members: command.members }
    case 'leave':
      return { kind: 'left' }
    case 'rename':
      return { kind: 'renamed', name: command.name }
    case 'set-role':
      return { kind: 'role-set', member: command.member, isAdmin: command.isAdmin }
    case 'set-disappearing':
      return { kind: 'disappearing-set', afterS: command.afterS }
  }
}
