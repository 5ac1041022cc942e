import type { Member } from './member.ts'
import { NOT_UNREAD_MAX, type ChatState } from './state.ts'
import type { Step } from './step.ts'
import { uncountedUpTo } from './uncounted.ts'

/**
 * What a member has not read: messages of others behind the read mark, while they are a member. Seqs are gapless, so what
 * is remembered is which of them do not count, and how many: the changes of the chat, its quiet messages, and the member's
 * own messages.
 */

export function unreadOf({ lastSeq, head }: ChatState, { read, ownUnread, uncountedRead }: Member): number {
  const remembered = head.changes.filter((seq) => seq > read).length
  // Head and member may have been put by versions that did not count.
  const uncounted = Math.max(remembered, head.uncounted - uncountedRead)
  return Math.max(0, lastSeq - read - uncounted - ownUnread.length)
}

/** The sender's message has the chat's last seq. It is unread to nobody who sent it. */
export function noteOwnUnread({ chat }: Step, sender: Member): void {
  if (sender.read >= chat.lastSeq) return
  chat.touch(sender).ownUnread = [...sender.ownUnread, chat.lastSeq].slice(-NOT_UNREAD_MAX)
}

/** After the read mark rose. */
export function forgetRead({ head }: ChatState, member: Member): void {
  member.uncountedRead = uncountedUpTo(head, member.read)
  if (member.ownUnread.length > 0) member.ownUnread = member.ownUnread.filter((seq) => seq > member.read)
}
