import type { Member } from './member.ts'
import { NOT_UNREAD_MAX, type ChatState } from './state.ts'
import type { Step } from './step.ts'

/**
 * What a member has not read: messages of others behind the read mark, while they are a member. Seqs are gapless, so what
 * is remembered is which of them do not count: the changes of the chat, and the member's own messages.
 */

export function unreadOf({ lastSeq, head }: ChatState, member: Member): number {
  const changes = head.changes.filter((seq) => seq > member.read)
  return lastSeq - member.read - changes.length - member.ownUnread.length
}

/** The sender's message has the chat's last seq. It is unread to nobody who sent it. */
export function noteOwnUnread({ chat }: Step, sender: Member): void {
  if (sender.read >= chat.lastSeq) return
  chat.touch(sender).ownUnread = [...sender.ownUnread, chat.lastSeq].slice(-NOT_UNREAD_MAX)
}

/** After the read mark rose. */
export function forgetRead(member: Member): void {
  if (member.ownUnread.length > 0) member.ownUnread = member.ownUnread.filter((seq) => seq > member.read)
}
