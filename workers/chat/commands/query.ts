import {
  type ChatQuery,
  encodeDown,
  isCount,
  type ReceiptDetail,
  type Response,
  Role,
} from '../../../proto/codec.ts'
import type { Member } from '../member.ts'
import type { ChatState } from '../state.ts'
import { unreadOf } from '../unread.ts'
import { isUndecided, type Refusal, refuse, refuseTooMuch, type Step } from '../step.ts'

/** Members named in one answer, past ones included: what a device takes in one frame. */
export const DETAIL_MEMBERS_MAX = 5_000

/** A question of a member about the chat, answered to the asking device. */
export function answerQuery(step: Step, query: ChatQuery): void {
  const { chat, user, device } = step
  const request = query.request ?? 0
  const asker = chat.member(user)
  const answer = isUndecided(step)
    ? refuse('unavailable', UNAVAILABLE_RETRY_S)
    : asker === undefined
      ? refuse('unknown-chat')
      : (refuseTooMuch(step, costOf(chat)) ?? answerFor(step, asker, query))
  if ('refused' in answer) {
    const { refused: code, retryAfterS } = answer
    step.postings.push({ kind: 'rejected', user, device, code, clientSeq: 0, retryAfterS, request })
  } else {
    const entry = encodeDown({ responses: [{ request, ...answer }] })
    step.postings.push({ kind: 'answer', chat, user, device, entry })
  }
}

/** After how long to ask again what nobody knows while the directory is away. */
const UNAVAILABLE_RETRY_S = 5

/** An answer goes to one device, but goes through all members: ten of them cost about as much as one recipient. */
function costOf(chat: ChatState): number {
  return 10 + Math.ceil(chat.members.length / 10)
}

function answerFor(step: Step, asker: Member, query: ChatQuery): Response | Refusal {
  if (query.detail) return { chat: detailOf(step, asker) }
  if (!query.receipts) return refuse('unsupported')
  const seq = query.receipts.seq ?? 0
  if (!isCount(seq) || seq < 1 || seq > step.chat.lastSeq) return refuse('invalid')
  return { receipts: receiptsOf(step, asker, seq) }
}

function detailOf({ chat }: Step, asker: Member): NonNullable<Response['chat']> {
  const { direct, name, lastSeq, briefLast, disappearAfterS } = chat.head
  // Who has left is named too: their messages are still read. Beyond the limit, who left first is left out.
  const past = [...chat.everMembers]
    .filter(({ leaveSeq }) => leaveSeq > 0)
    .sort((a, b) => b.leaveSeq - a.leaveSeq)
    .slice(0, Math.max(0, DETAIL_MEMBERS_MAX - chat.members.length))
  const members = [...chat.members, ...past]
    .sort((a, b) => a.number - b.number)
    .map(({ number, user, role, joinSeq, leaveSeq, delivered, read }) => ({
      number,
      user,
      role: leaveSeq === 0 ? role : Role.ROLE_UNSPECIFIED,
      joinSeq,
      delivered,
      read,
    }))
  const unread = unreadOf(chat, asker)
  const { number: myNumber } = asker
  return { chat: chat.bytes, direct, name, lastSeq, myNumber, members, unread, briefLast, disappearAfterS }
}

/** k of n: of the members besides the asker who had joined by then, who has it and who has read it. */
function receiptsOf({ chat }: Step, asker: Member, seq: number): ReceiptDetail {
  const others = chat.members.filter((member) => member !== asker && member.joinSeq <= seq)
  const deliveredTo = others.filter((member) => member.delivered >= seq).map((member) => member.number)
  const readBy = others.filter((member) => member.read >= seq).map((member) => member.number)
  return {
    chat: chat.bytes,
    seq,
    others: others.length,
    delivered: deliveredTo.length,
    read: readBy.length,
    deliveredTo,
    readBy,
  }
}
