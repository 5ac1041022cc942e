import type { ChatId } from '../../../proto/ids.ts'
import type { LocalChat } from '../chats/local-chat.ts'
import type { StoredChange, StoredMessage } from '../store/local-store.ts'
import { resolveUser } from '../chats/roster.ts'

/** One message of a chat: text, a body, or a change of the chat. */
export interface Message {
  readonly chatId: ChatId
  /** Its place in the chat: gapless, from 1. */
  readonly seq: number
  /** User id. `#` and a member number if the server no longer tells whose it was. */
  readonly sender: string
  /** Whether this user sent it, from any device. */
  readonly isOwn: boolean
  readonly sentAt: Date
  /** Of an own message: how far it was when this object was made. */
  readonly state?: 'accepted' | 'delivered' | 'read'
  readonly text?: string
  readonly body?: Uint8Array
  /** Of the body; empty: application/octet-stream. */
  readonly contentType?: string
  readonly change?: ChatChange
}

/** What changed in a group. Members are user ids. */
export type ChatChange = StoredChange

/** @returns undefined if the roster does not name the sender yet */
export function messageOf(stored: StoredMessage, chat: LocalChat, user: string): Message | undefined {
  const sender = resolveUser(chat.roster, stored.sender)
  return sender === undefined ? undefined : withSender(stored, chat, sender, user)
}

/** The same, with `#n` for a sender whom nobody can name any more. */
export function messageOfAnybody(stored: StoredMessage, chat: LocalChat, user: string): Message {
  return messageOf(stored, chat, user) ?? withSender(stored, chat, stored.sender, user)
}

function withSender(stored: StoredMessage, chat: LocalChat, sender: string, user: string): Message {
  return {
    chatId: stored.chat,
    seq: stored.seq,
    sender,
    isOwn: sender === user,
    sentAt: new Date(stored.sentAtMs),
    ...(sender === user ? { state: stateOf(stored.seq, chat) } : {}),
    ...(stored.text === undefined ? {} : { text: stored.text }),
    ...(stored.body === undefined ? {} : { body: stored.body, contentType: stored.contentType ?? '' }),
    ...(stored.change === undefined ? {} : { change: named(stored.change, chat) }),
  }
}

function stateOf(seq: number, chat: LocalChat): 'accepted' | 'delivered' | 'read' {
  if (seq <= chat.read) return 'read'
  return seq <= chat.delivered ? 'delivered' : 'accepted'
}

function named(change: StoredChange, chat: LocalChat): StoredChange {
  const name = (member: string): string => resolveUser(chat.roster, member) ?? member
  switch (change.kind) {
    case 'removed':
      return { ...change, members: change.members.map(name) }
    case 'role-set':
      return { ...change, member: name(change.member) }
    case 'created':
    case 'added':
    case 'left':
    case 'renamed':
      return change
  }
}
