import { type Change, encodeDown, type Message } from '../../proto/codec.ts'
import type { Member as MemberShape } from '../../proto/codec.ts'
import type { Member } from './member.ts'
import { extendOwnMarks } from './receipts.ts'
import type { Audience } from './state.ts'
import type { Step } from './step.ts'

/** The entries of a chat: whatever has a seq. */

export type Content = Pick<Message, 'text' | 'body' | 'contentType' | 'change'> & { directMembers?: string[] }

/** Takes the chat's next seq for an entry of `sender`. */
export function takeSeq(step: Step, sender: Member): number {
  const { chat } = step
  const lastSeq = chat.lastSeq + 1
  chat.setLast(lastSeq, Math.floor(step.atMs / 1000))
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
