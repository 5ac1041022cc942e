import { type Change, encodeDown, type Message } from '../../proto/codec.ts'
import type { Member as MemberShape } from '../../proto/codec.ts'
import type { Member } from './member.ts'
import { extendOwnMarks } from './receipts.ts'
import { noteOwnUnread } from './unread.ts'
import type { Audience } from './state.ts'
import type { Step } from './step.ts'

/** The entries of a chat: whatever has a seq. */

export type Content = Pick<Message, 'text' | 'body' | 'contentType' | 'change'> & { directMembers?: string[] }

/** Takes the chat's next seq for a message of `sender`. */
export function takeMessageSeq(step: Step, sender: Member): number {
  const seq = takeNext(step, sender, false)
  step.chat.meets(sender)
  step.chat.touch(sender).lastOwnSeq = seq
  noteOwnUnread(step, sender)
  return seq
}

/** Takes the chat's next seq for a change that `sender` made. */
export function takeChangeSeq(step: Step, sender: Member): number {
  return takeNext(step, sender, true)
}

function takeNext(step: Step, sender: Member, isChange: boolean): number {
  const { chat } = step
  const lastSeq = chat.lastSeq + 1
  chat.setLast(lastSeq, Math.floor(step.atMs / 1000), isChange)
  if (sender.leaveSeq === 0) extendOwnMarks(step, sender)
  return lastSeq
}

/** Posts the entry with the chat's last seq to everybody in the audience but the device that sent it. */
export function postEntry(step: Step, sender: Member, audience: Audience, content: Content): void {
  const { chat } = step
  const entry = encodeDown({
    messages: [
      {
        chat: chat.bytes,
        seq: chat.lastSeq,
        sender: sender.number,
        sentAtS: Math.floor(step.atMs / 1000),
        text: content.text ?? null,
        body: content.body ?? null,
        contentType: content.contentType ?? null,
        change: content.change ?? null,
        directMembers: content.directMembers ?? [],
      },
    ],
  })
  const { user: exceptUser, device: exceptDevice } = step
  step.postings.push({ kind: 'shared', chat, audience, exceptUser, exceptDevice, entry })
}

export function postChange(step: Step, sender: Member, audience: Audience, change: Change): void {
  postEntry(step, sender, audience, { change })
}

export function memberShape(member: Member): MemberShape {
  return { number: member.number, user: member.user, role: member.role }
}
