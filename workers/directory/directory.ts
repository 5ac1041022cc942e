import type { Role } from '../../proto/codec.ts'

/**
 * The directory as the rest of the worker sees it: a port. Every method rejects with an OperationalError
 * `directory-unavailable` (retryable) if no answer comes in time; while it is known to be away, at once.
 */
export interface Directory {
  readonly isAway: boolean
  /** Which of these users exist. */
  existing(users: readonly string[]): Promise<ReadonlySet<string>>
  /**
   * Makes users exist; those that do already are left as they are.
   * @returns of the new ones, those beside whom there is one whose id differs in case only, with these
   */
  insertUsers(users: readonly string[]): Promise<Alike>
  /** One page of chats for each ask, in order. */
  chatPages(asks: readonly PageAsk[]): Promise<ChatRow[][]>
  /**
   * Writes copies of chats, all or none, and how far their partitions have come, which only grows. Nothing goes back:
   * what belongs to a lower last seq than there is, is left out, and marks only grow.
   * @returns the chats of which it has a later copy: whoever wrote this one goes by older mailboxes than the directory
   */
  saveChats(copies: readonly ChatCopy[], reached: readonly PartitionReached[]): Promise<readonly Uint8Array[]>
  /**
   * How many chats each of these users has begun that are not closed, by user, those without left out; counted up to `max`.
   * @param without chats that do not count
   */
  begun(
    users: readonly string[],
    without: readonly Uint8Array[],
    max: number,
  ): Promise<ReadonlyMap<string, number>>
  /** How far these partitions had come when something was last written of them, by number; unknown ones are left out. */
  reached(partitions: readonly number[]): Promise<ReadonlyMap<number, number>>
  /**
   * The copies of those of these chats that it has, with all their members; no chat may be asked for twice.
   * @param membersMax members in all; the last chat may go beyond
   * @returns `omitted`: chats that it has, beyond `membersMax`
   */
  chatCopies(
    chats: readonly Uint8Array[],
    membersMax: number,
  ): Promise<{ readonly copies: readonly ChatCopy[]; readonly omitted: readonly Uint8Array[] }>
}

/** By user id, the ids of others that people may take for it. */
export type Alike = ReadonlyMap<string, readonly string[]>

/** A partition, and the position that its workers had committed. */
export interface PartitionReached {
  readonly partition: number
  readonly position: number
}

/** The chats of a user, by id, behind `after` (empty: from the first). */
export interface PageAsk {
  readonly user: string
  readonly after: Uint8Array
  readonly limit: number
}

/** A chat of a user, as of the last copy. */
export interface ChatRow {
  readonly chat: Uint8Array
  readonly direct: boolean
  readonly name: string
  readonly lastSeq: number
  readonly lastAtS: number
  readonly disappearAfterS: number
  readonly myNumber: number
  readonly myDelivered: number
  readonly myRead: number
  /** Of a direct chat, by number; of a group empty. */
  readonly members: readonly { readonly number: number; readonly user: string; readonly role: Role }[]
}

/** A chat as it was committed. */
export interface ChatCopy {
  readonly chat: Uint8Array
  readonly direct: boolean
  readonly name: string
  readonly lastSeq: number
  readonly nextNumber: number
  readonly lastAtS: number
  /** Messages to come disappear so long after they were read; 0: never. */
  readonly disappearAfterS: number
  /** The last member has left: the directory forgets who was one, and keeps that the id is taken. */
  readonly closed: boolean
  /** Those that changed since the last copy, or all; of a closed chat none. */
  readonly members: readonly MemberCopy[]
}

export interface MemberCopy {
  readonly number: number
  readonly user: string
  readonly role: Role
  readonly joinSeq: number
  readonly leaveSeq: number
  readonly delivered: number
  readonly read: number
  readonly lastOwnSeq: number
  /** By device name: the highest clientSeq; under '' that of devices no longer remembered. */
  readonly clientSeqs: Readonly<Record<string, number>>
}
