import { newDevice } from '../../chat/idempotency.ts'
import type { Member } from '../../chat/member.ts'
import type { ChatState } from '../../chat/state.ts'
import type { ChatCopy, MemberCopy } from '../../directory/directory.ts'

/**
 * Seqs that a chat leaves out when it comes back from its copy. The copy lags behind what members have got: mostly by a
 * second, but by all that was said while the directory was away (1,000,000: 28 hours of ten messages a second), and a
 * seq that is given twice hides a message. It costs two bytes a seq, and could happen nine billion times before 2^53.
 */
export const SEQS_SKIPPED = 1_000_000

/** What closed it, only the store knew. */
const NOBODYS = { user: '', device: '', clientSeq: 0, print: 0 }

/**
 * Brings a chat back that the store lost, or has as it was before the copy was written. What was on its way is lost too, so nobody is behind: all marks stand at the
 * last seq, and no receipt is awaited. Of each device the highest clientSeq is known, but not which seq each send got:
 * a send from before that is tried again is stale (G4), unless it was decided after the copy was written.
 * A chat that everybody had left stays closed, whoever was still in it here.
 */
export function revive(chat: ChatState, copy: ChatCopy): void {
  const reached = Math.max(copy.lastSeq, chat.lastSeq)
  if (copy.closed) return chat.close(NOBODYS, { ...copy, lastSeq: reached })
  const lastSeq = reached + SEQS_SKIPPED
  const members = copy.members.map((member) => memberOf(member, lastSeq, chat.ever(member.user)))
  const { direct, name, nextNumber, lastAtS, disappearAfterS } = copy
  const head = { direct, name, lastSeq, nextNumber, lastAtS, disappearAfterS }
  chat.adopt({ ...head, changes: [], uncounted: 0, briefLast: 0 }, members)
}

/** @param before as the store had them, if it did: what it knows of repeats still holds */
function memberOf(
  { clientSeqs, ...member }: MemberCopy,
  lastSeq: number,
  before: Member | undefined,
): Member {
  const { '': forgottenClientSeq = 0, ...named } = clientSeqs
  const devices = Object.entries(named).map(([name, highest]) => {
    const known = before?.devices.get(name)
    // What it sent since then nobody knows here: then none of its numbers is to pass for one that became nothing.
    return known?.highestClientSeq === highest ? known : newDevice(name, highest)
  })
  return {
    ...member,
    delivered: lastSeq,
    read: lastSeq,
    awaitingDelivered: 0,
    awaitingRead: 0,
    ownUnread: [],
    uncountedRead: 0,
    forgottenClientSeq,
    devices: new Map(devices.map((device) => [device.name, device])),
  }
}
