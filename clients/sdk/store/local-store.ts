import type { ChatId } from '../../../proto/ids.ts'
import type { Command } from '../command.ts'
import type { Act, Mention, Said } from '../said.ts'

/**
 * What a device keeps on the phone: the port with three implementations (memory, lmdb, IndexedDB) and one contract
 * suite (test/contract/local-store.ts). A store belongs to one user and device.
 */
export interface LocalStore {
  /**
   * Everything but the messages. Called once, before anything else. From then on this object owns the place: a process or
   * tab that opened it before, and still runs, cannot write any more.
   */
  open(): Promise<StoredState>
  /**
   * All changes or none, in order; durable when it resolves. The caller waits for one write before the next.
   * A put replaces the record with the same key; deleting what is not there does nothing.
   *
   * @throws RestanteError store-taken, whatever the changes, if the place was opened again
   */
  write(changes: readonly StoreChange[]): Promise<void>
  /** The newest `limit` messages of the chat with `after` < seq < `before`, by seq, ascending. */
  messages(chat: ChatId, after: number, before: number, limit: number): Promise<StoredMessage[]>
  close(): Promise<void>
}

export interface StoredState {
  readonly meta: StoredMeta | undefined
  /** By clientSeq, ascending. */
  readonly outbox: readonly OutboxItem[]
  readonly chats: readonly StoredChat[]
  readonly progress: readonly StoredProgress[]
  readonly unhandled: readonly StoredUnhandled[]
  readonly vanishing: readonly StoredVanishing[]
}

export type StoreChange =
  | { readonly table: 'meta'; readonly put: StoredMeta }
  | { readonly table: 'outbox'; readonly put: OutboxItem }
  | { readonly table: 'outbox'; readonly delete: number }
  | { readonly table: 'chats'; readonly put: StoredChat }
  | { readonly table: 'progress'; readonly put: StoredProgress }
  | { readonly table: 'messages'; readonly put: StoredMessage }
  | { readonly table: 'unhandled'; readonly put: StoredUnhandled }
  | { readonly table: 'unhandled'; readonly delete: readonly [chat: ChatId, seq: number] }
  | { readonly table: 'vanishing'; readonly put: StoredVanishing }
  | { readonly table: 'vanishing'; readonly delete: readonly [chat: ChatId, seq: number] }
  /** All messages of the chat up to there; mostly there are few or none. */
  | { readonly table: 'messages'; readonly deleteUpTo: readonly [chat: ChatId, seq: number] }

/** One record. */
export interface StoredMeta {
  readonly key: 'meta'
  readonly user: string
  readonly device: string
  /** The last clientSeq given; 0: none yet. */
  readonly clientSeq: number
}

/** A send that has not been Accepted or Rejected yet. Key: clientSeq. */
export interface OutboxItem {
  readonly clientSeq: number
  readonly chat: ChatId
  readonly command: Command
  /** How often the server asked to try it again later, or under another number. */
  readonly refusals: number
  /** Numbers that it had before, of which the server may have another copy. */
  readonly insteadOf?: readonly number[]
  /** It was refused for now under the number `of`: what of its chat has a number above `leftUpTo` had not left by then. */
  readonly retry?: { readonly of: number; readonly leftUpTo: number }
}

/** Who is in a chat. Key: chat. */
export interface StoredChat {
  readonly chat: ChatId
  readonly name: string
  /** The other user, for a direct chat that was begun here; else empty. */
  readonly peer: string
  readonly members: readonly StoredMember[]
  /** Whether every member is in `members`; if not, the server has to be asked. */
  readonly isComplete: boolean
  /** By seq, ascending: the last ones. Missing: messages of the chat do not disappear. */
  readonly disappearing?: readonly StoredDisappearing[]
}

/** Messages behind that seq disappear so long after they were read; 0: never. */
export interface StoredDisappearing {
  readonly seq: number
  readonly afterS: number
}

/** Past members stay, so that their messages keep a name. */
export interface StoredMember {
  readonly number: number
  readonly user: string
  readonly isAdmin: boolean
  readonly isGone: boolean
}

/** How far this device is in a chat. Small, because it is written with every frame. Key: chat. */
export interface StoredProgress {
  readonly chat: ChatId
  /** Every seq up to here was received, sent or declared lost; undefined before the first. */
  readonly upTo: number | undefined
  /** Received seqs behind a hole that may still be filled; ascending. */
  readonly beyond: readonly number[]
  /** Seqs below upTo that were declared lost, as [first, last]; ascending. */
  readonly lost: readonly (readonly [number, number])[]
  /** The highest seq that the chat is known to have. */
  readonly lastSeq: number
  /** Receipts of own messages: all others have, and have read, up to here. */
  readonly delivered: number
  readonly read: number
  /** This user has read up to here, on any device. */
  readonly ownRead: number
  /** Up to here the server knows that this device has read. */
  readonly ownReadSent: number
  readonly unread: StoredUnread
  /**
   * The server may have lost something, of this chat or of all: it has to be asked what the chat is. Of `all` every chat is
   * in doubt already. Missing: there is no doubt.
   */
  readonly doubt?: 'this' | 'all'
}

/** Messages of others behind `ownRead`. */
export interface StoredUnread {
  /** Those that this device has had, as [first, last]; ascending. */
  readonly ranges: readonly (readonly [number, number])[]
  /** The server counted so many up to that seq, which this device has not all had. */
  readonly told?: { readonly count: number; readonly upTo: number }
}

/** A message that the app is to have, or may not be done with. Key: chat and seq. */
export interface StoredUnhandled {
  readonly chat: ChatId
  readonly seq: number
}

/** A message that is to disappear. Key: chat and seq. */
export interface StoredVanishing {
  readonly chat: ChatId
  readonly seq: number
  /** So many seconds after it was read. */
  readonly afterS: number
  /** It was: Unix ms by this device's clock. */
  readonly endsAtMs?: number
}

/** Key: chat and seq. A sender that the roster did not name is `#` and the member's number. */
export interface StoredMessage {
  readonly chat: ChatId
  readonly seq: number
  readonly sender: string
  /** Unix ms. */
  readonly sentAtMs: number
  /** Sent from this very device: never handed to the app as received. */
  readonly isFromHere: boolean
  readonly text?: string
  readonly body?: Uint8Array
  readonly contentType?: string
  readonly change?: StoredChange
  /** What it says beside its text. */
  readonly said?: Said
  /** What it does to an earlier message; one that was carried out has no text any more, nor has one that is nothing. */
  readonly act?: Act
  /** The act was carried out, or is nothing. Missing: its message is not here. */
  readonly isSettled?: boolean
  /** With an act: the sender was an admin of the group at this seq. */
  readonly isFromAdmin?: boolean
  /** Nobody is told of it: an act that changed nothing, content of which nothing is known. */
  readonly isHidden?: boolean
  /** What has become of it. */
  readonly fold?: StoredFold
  /** It has disappeared: only its place is left, which shows nothing. */
  readonly isGone?: boolean
  /** So many seqs just before this one had a time to end at: which of them are missing are not lost. Missing: none. */
  readonly briefBefore?: number
}

/** What has become of a message: its edits and reactions, or that it was deleted. */
export interface StoredFold {
  /** By seq, ascending. */
  readonly edits?: readonly StoredEdit[]
  /** By seq, ascending; one for each user, also for one who took it back. */
  readonly reactions?: readonly StoredReaction[]
  /** Then nothing else is left of it. */
  readonly deleted?: { readonly seq: number; readonly sender: string; readonly atMs: number }
}

export interface StoredEdit {
  readonly seq: number
  readonly atMs: number
  readonly text: string
  readonly mentions?: readonly Mention[]
}

export interface StoredReaction {
  readonly seq: number
  /** As in StoredMessage. */
  readonly sender: string
  /** Empty: taken back. */
  readonly emoji: string
}

/** What a message of the chat's own says about who is in it. */
export type StoredChange =
  | { readonly kind: 'created'; readonly name: string; readonly members: readonly string[] }
  | { readonly kind: 'added'; readonly members: readonly string[] }
  | { readonly kind: 'removed'; readonly members: readonly string[] }
  | { readonly kind: 'left' }
  | { readonly kind: 'renamed'; readonly name: string }
  | { readonly kind: 'role-set'; readonly member: string; readonly isAdmin: boolean }
  | { readonly kind: 'disappearing-set'; readonly afterS: number }
