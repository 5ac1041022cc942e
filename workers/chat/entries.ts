import { type Change, encodeDown, type Message } from '../../proto/codec.ts'
import type { Member as MemberShape } from '../../proto/codec.ts'
import { isAdmin, type Member } from './member.ts'
import { extendOwnMarks } from './receipts.ts'
import { noteOwnUnread } from './unread.ts'
import type { Audience } from './state.ts'
import type { Step } from './step.ts'

/** The entries of a chat: whatever has a seq. */

export type Content = Pick<Message, 'text' | 'body' | 'contentType' | 'change' | 'content'> & {
  directMembers?: string[]
}

/** How an entry is carried, whatever it says. */
export interface Carriage {
  readonly isQuiet: boolean
  /** 0: as long as mailboxes keep it. */
  readonly ttlS: number
}

const ORDINARY: Carriage = { isQuiet: false, ttlS: 0 }

/** Takes the chat's next seq for a message of `sender`. */
export function takeMessageSeq(step: Step, sender: Member, { isQuiet, ttlS }: Carriage): number {
  const seq = takeNext(step, sender, isQuiet, ttlS > 0)
  step.chat.meets(sender)
  step.chat.touch(sender).lastOwnSeq = seq
  if (!isQuiet) noteOwnUnread(step, sender)
  return seq
}

/** Takes the chat's next seq for a change that `sender` made. */
export function takeChangeSeq(step: Step, sender: Member): number {
  return takeNext(step, sender, true, false)
}

function takeNext(step: Step, sender: Member, isUncounted: boolean, isBrief: boolean): number {
  const { chat } = step
  const lastSeq = chat.lastSeq + 1
  chat.setLast(lastSeq, Math.floor(step.atMs / 1000), isUncounted, isBrief)
  if (sender.leaveSeq === 0) extendOwnMarks(step, sender)
  return lastSeq
}

/** Posts the entry with the chat's last seq to everybody in the audience but the device that sent it. */
export function postEntry(
  step: Step,
  sender: Member,
  audience: Audience,
  content: Content,
  carriage: Carriage = ORDINARY,
): void {
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
        content: content.content ?? null,
        quiet: carriage.isQuiet,
        fromAdmin: content.content !== undefined && isAdmin(sender),
        briefBefore: chat.briefBefore,
      },
    ],
  })
  const { user: exceptUser, device: exceptDevice } = step
  const { ttlS } = carriage
  step.postings.push({ kind: 'shared', chat, audience, exceptUser, exceptDevice, entry, ttlS })
}

export function postChange(step: Step, sender: Member, audience: Audience, change: Change): void {
  postEntry(step, sender, audience, { change })
}

export function memberShape(member: Member): MemberShape {
  return { number: member.number, user: member.user, role: member.role }
}
