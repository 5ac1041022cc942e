import { Role } from '../../proto/codec.ts'
import type { DeviceRecord } from './idempotency.ts'

/** Which of the two marks of a member. */
export type MarkKind = 'delivered' | 'read'

/**
 * Somebody who is or was in a chat. The number is theirs for ever: who comes back after leaving gets it again, so
 * that what their devices sent before is still known (G4).
 */
export interface Member {
  readonly number: number
  readonly user: string
  role: Role
  /** The seq of the entry that made them a member, the last time. */
  joinSeq: number
  /** 0: a member now. */
  leaveSeq: number
  /** Marks: the highest seq. */
  delivered: number
  read: number
  /** The seq of their own last message. 0: none. */
  lastOwnSeq: number
  /** The first own seq that no receipt of the kind covers yet. 0: none. */
  awaitingDelivered: number
  awaitingRead: number
  /** The newest seqs of their own messages behind `read`: they are not unread. */
  ownUnread: number[]
  /** So many entries that are unread to nobody stand up to `read`. */
  uncountedRead: number
  /** The highest clientSeq of devices that are no longer remembered. 0: all are. */
  forgottenClientSeq: number
  /** By device name: what each of their devices sent. */
  readonly devices: Map<string, DeviceRecord>
}

/** Has done nothing in the chat: to them it may be a stranger's. */
export function isStrangerTo(member: Member): boolean {
  return member.lastOwnSeq === 0 && member.read < member.joinSeq
}

export function isAdmin(member: Member): boolean {
  return member.role === Role.ROLE_ADMIN
}

export function isMemberNow(member: Member | undefined): member is Member {
  return member !== undefined && member.leaveSeq === 0
}

/** Not in the chat yet: see ChatState.join. */
export function newMember(number: number, user: string): Member {
  return {
    number,
    user,
    role: Role.ROLE_MEMBER,
    joinSeq: 0,
    leaveSeq: 0,
    delivered: 0,
    read: 0,
    lastOwnSeq: 0,
    awaitingDelivered: 0,
    awaitingRead: 0,
    ownUnread: [],
    uncountedRead: 0,
    forgottenClientSeq: 0,
    devices: new Map(),
  }
}
