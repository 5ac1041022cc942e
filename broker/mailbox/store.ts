/**
 * The mailbox store: the port that everything durable stands on (G1–G4, G7). One contract suite
 * (test/contract/mailbox-store.ts) is its definition; lmdb/ and redis/ pass it.
 *
 * A mailbox is an ordered log of entries with readers. Positions are consecutive, from 1 or, in a mailbox made anew
 * after it was gone, from the clock in microseconds; they are never reused. Any method throws StoreUnavailable, an
 * OperationalError `store-unavailable`, when the store does not answer: whatever it was may or may not have happened.
 */
export interface MailboxStore {
  /**
   * The server that a mailbox is on now, of a store on several: mailboxes with the same word are here and away
   * together. Who asks about many asks for each server by itself, so that one that stands still holds up nobody else.
   */
  serverOf(mailbox: MailboxId): string

  /**
   * Add entries at the ends of their mailboxes, in order. Durable when it resolves. All or some items may be stored
   * if it throws.
   *
   * @returns one outcome per item, in order
   */
  append(items: readonly Append[]): Promise<AppendOutcome[]>

  /**
   * Entries behind `after`, in order, up to `entriesMax` and about `bytesMax` (at least one entry if there is any).
   * Expired and replaced entries are left out, those whose age is over only from the front on; `only` / `except` are not applied: the lane filters, so that it can
   * count positions.
   */
  read(mailbox: MailboxId, after: number, entriesMax: number, bytesMax: number): Promise<ReadResult>

  /**
   * Move readers' cursors forward and delete what every reader of the mailbox has passed. Moving backward or to where
   * it stands does nothing. May be coalesced by the store: losing one causes a repeat, never a loss.
   *
   * @returns per item: false if the reader's epoch is newer than the item's, or the reader is gone (the lane must end)
   */
  advance(items: readonly Advance[]): Promise<boolean[]>

  /**
   * Register where readers are. A device's attach always wins: a new epoch fences the older owner. A new device is
   * registered by it: the user's first starts at the oldest entry, later ones at the head. A transient reader is not
   * registered: it has no cursor, holds no entries, and only makes `append` name its node. A partition's attach is
   * refused while its lease lives, except to the node that holds it (which gets a new epoch).
   */
  attach(items: readonly Attach[]): Promise<AttachOutcome[]>

  /**
   * Partition leases only: extend them.
   * @returns per item the mailbox's head, or undefined if the lease is no longer this owner's
   */
  renew(items: readonly Renew[]): Promise<(number | undefined)[]>

  /** The reader is no longer at this node; its cursor stays. Does nothing if the epoch is not the latest. */
  detach(items: readonly Detach[]): Promise<void>

  /**
   * A worker's result, decided once: cursor, state and appends together, or nothing. Refused unless `epoch` is the
   * partition's latest and its cursor stands exactly at `from`; `done` without doing anything if it stands at
   * `upTo` already and `upTo` > `from`. Entries up to `upTo` are deleted. Resets the partition's takeover count if
   * `upTo` > `from`.
   */
  commit(commit: Commit): Promise<CommitOutcome>

  /** The fields of chats of one partition, in the order asked for; a chat that does not exist has none. */
  states(partition: number, chats: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>[]>

  /**
   * The heads of mailboxes (0 if never used), in order: lanes look for what the bus may have lost, be it an entry or
   * the word that the reader is another's now. 0 also for a store that was reset since: its readers are attached anew.
   * @returns per item the head, or undefined if its reader's epoch is another, or the reader is gone (the lane must end)
   */
  heads(items: readonly Look[]): Promise<(number | undefined)[]>

  /**
   * How many entries mailboxes hold, in order: of a partition, what no worker has committed.
   * @returns per item the number, or undefined if the mailbox's server does not answer, though others do
   */
  counts(mailboxes: readonly MailboxId[]): Promise<(number | undefined)[]>

  /** A user's registered devices, by link time, and behind them the transient readers that are attached. */
  devices(user: string): Promise<DeviceRecord[]>

  /**
   * Forget a device: its cursor goes, entries that only it held back are deleted, its connection is fenced, and it
   * may link again only with a token issued after `removedAtMs`.
   * @returns the node it was attached to ("" if none), or undefined if there is no such device
   */
  removeDevice(user: string, device: string, removedAtMs: number): Promise<string | undefined>

  /**
   * Lock a user out, or back in, or end the user's tokens. Durable when it resolves: no attach that comes later passes
   * it, and who was attached before is no longer an owner to `heads`. Who is attached is for the caller to close.
   * @returns the nodes where the user's readers are attached, durable and transient
   */
  bar(user: string, bar: Bar): Promise<readonly string[]>

  /** Whether the user is barred, for one who attaches nothing (a worker). @param tokenIssuedAtMs as of Attach */
  barred(user: string, tokenIssuedAtMs: number | undefined): Promise<'locked' | 'token-ended' | undefined>

  /**
   * The store's own time, Unix ms, which no broker's clock moves (ADR 0020): what is dated by one broker and asked for at
   * another is not dated before it.
   */
  now(): Promise<number>

  /** Delete one entry wherever it stands (the operator takes it out of the dead mailbox). @returns whether it was there */
  discard(mailbox: MailboxId, position: number): Promise<boolean>

  /**
   * Say that this node lives and which workers are connected to it. Nodes that have not said so for `ttlMs` are gone.
   * @returns all living nodes with their workers, this one included, sorted by node
   */
  announce(node: string, workers: readonly string[], ttlMs: number): Promise<NodeRecord[]>

  /** Remove this node from the living ones. Its leases and devices are detached lazily. */
  withdraw(node: string): Promise<void>

  /**
   * Delete entries that have expired, in mailboxes whose expiry is due, at most `mailboxesMax` of them. What the
   * mailbox's own limit ends is counted into its `dropped`; what ends by its own `ttlMs` nobody misses. Time is what has
   * really passed, not what a clock says that was set (ADR 0020).
   * @returns how many mailboxes were looked at; fewer than `mailboxesMax` means nothing more is due
   */
  sweep(mailboxesMax: number): Promise<number>

  /**
   * A durable write at each server that mailboxes are on. For /readyz.
   * @returns per server: rejects with StoreUnavailable if it does not come through. One does not wait for another
   */
  check(): readonly Promise<void>[]

  close(): Promise<void>
}

/** `u/<user>`, `p/<0…255>` or `dead`. */
export type MailboxId = string

export const DEAD_MAILBOX: MailboxId = 'dead'

export function userMailbox(user: string): MailboxId {
  return `u/${user}`
}
export function partitionMailbox(partition: number): MailboxId {
  return `p/${partition}`
}

export interface Append {
  readonly mailbox: MailboxId
  readonly bytes: Uint8Array
  /** Replaces the mailbox's earlier entry with this key, if that has a lower version. */
  readonly key?: string
  readonly version?: number
  /**
   * How long it is of use; when that is over nobody misses it, so its end is no gap. Missing: the mailbox's own limit (30
   * days; partitions: never).
   */
  readonly ttlMs?: number
  /** Name of the one device that gets it; the entry goes with that device's advance. Not there: not stored. */
  readonly only?: string
  /** Name of the device that does not get it. Is it the only reader, transient ones counted: not stored. */
  readonly except?: string
  /** A message of a chat in which the mailbox's user has done nothing yet: it waits in the part that strangers share. */
  readonly isFromStranger?: boolean
}

export type AppendOutcome =
  /** `nodes`: where readers of the mailbox are attached, durable and transient. */
  | { readonly outcome: 'stored'; readonly position: number; readonly nodes: readonly string[] }
  /** The mailbox holds this key with the same or a higher version, or nobody would get it by `only` or `except`: nothing was stored. */
  | { readonly outcome: 'superseded' }
  /**
   * Of a commit, on several servers: the mailbox's is away. The entry is decided and comes to its place in the order when
   * that is back, whoever has the partition then.
   */
  | { readonly outcome: 'owed' }
  /** A partition at its cap refuses; a user's mailbox drops entries instead. */
  | { readonly outcome: 'full' }
  /** Something else stands where the mailbox should be: nothing is stored in it until an operator has put that right. */
  | { readonly outcome: 'broken' }

export interface StoredEntry {
  readonly position: number
  readonly bytes: Uint8Array
  readonly only?: string
  readonly except?: string
}

export interface ReadResult {
  readonly entries: readonly StoredEntry[]
  /** The mailbox's last given position. */
  readonly head: number
  /** What a reader would miss of the positions up to here was dropped by cap or age (0: none ever): a cursor below it has a gap. */
  readonly droppedUpTo: number
  /** The position up to which this read has looked: continue after it. Equals head when nothing more is there. */
  readonly readUpTo: number
  /** What was dropped of single chats for want of room, also outside of what was read. By position. */
  readonly gaps: readonly ChatGap[]
}

/** Entries of a chat that the mailbox dropped, its oldest: whoever has not passed the last of them has a gap. */
export interface ChatGap {
  /** 10 bytes. */
  readonly chat: Uint8Array
  readonly firstSeq: number
  readonly lastSeq: number
  /** Where the last of them stood. No entry stands there any more. */
  readonly position: number
}

export interface Advance {
  readonly mailbox: MailboxId
  readonly reader: string
  readonly epoch: number
  readonly position: number
  /** Its reader has left, and may come back anywhere: it is not to wait. */
  readonly isLast?: boolean
}

export interface Attach {
  readonly mailbox: MailboxId
  /** A device name, or the lease owner's name for a partition. */
  readonly reader: string
  readonly node: string
  /** Partition leases: how long without renew. Devices live as long as their node is announced: 0. */
  readonly ttlMs: number
  readonly transient?: boolean
  /** When the token was issued, Unix ms, for devices removed and tokens ended before. Missing: not after either. */
  readonly tokenIssuedAtMs?: number
}

export type AttachOutcome =
  | {
      readonly outcome: 'attached'
      /** Fences every older owner of this reader. Grows. 0 for transient readers. */
      readonly epoch: number
      /** The last acknowledged position. Transient: the head. */
      readonly cursor: number
      readonly head: number
      readonly droppedUpTo: number
      /** Where the reader was attached before, if anywhere: that node must close its connection. */
      readonly previousNode?: string
      /** The device was not registered before. */
      readonly isNew: boolean
      /** Partitions: how many attaches since the last commit or since one that found no entries, this one included. */
      readonly takeovers: number
    }
  | { readonly outcome: 'leased'; readonly node: string }
  | { readonly outcome: 'too-many-devices' }
  | { readonly outcome: 'removed' }
  /** The user is locked out. */
  | { readonly outcome: 'locked' }
  /** The token was issued before all of the user's were ended. */
  | { readonly outcome: 'token-ended' }
  /** A transient attach under a registered device's name, whose backlog it would pass by. */
  | { readonly outcome: 'registered' }
  /** Of a store on several servers: this mailbox's does not answer, though those of other items of the call do. */
  | { readonly outcome: 'unavailable' }

export interface Look {
  readonly mailbox: MailboxId
  /** The device that a lane believes to be its own. Missing: transient readers have no epoch. */
  readonly owned?: { readonly reader: string; readonly epoch: number } | undefined
}

export interface Renew {
  readonly mailbox: MailboxId
  readonly reader: string
  readonly epoch: number
  readonly ttlMs: number
}

export interface Detach {
  readonly mailbox: MailboxId
  readonly reader: string
  readonly node: string
  readonly epoch: number
  readonly transient?: boolean
}

export interface Commit {
  readonly partition: number
  readonly epoch: number
  readonly from: number
  readonly upTo: number
  readonly puts: readonly Put[]
  readonly appends: readonly Append[]
}

/** One field of a chat's state; without a value it is deleted. */
export interface Put {
  readonly chat: string
  readonly field: string
  readonly value?: Uint8Array
}

export type CommitOutcome =
  /** `appends`: one outcome per append, in order; empty when it had been done before. */
  { readonly outcome: 'done'; readonly appends: readonly AppendOutcome[] } | { readonly outcome: 'refused' }

/** What a user may not do any more. What is missing stays as it is. */
export interface Bar {
  /** No device of the user attaches. */
  readonly isLocked?: boolean
  /** Unix ms: no device attaches with a token issued up to then, or whenever it was issued, if it does not say. Grows. */
  readonly tokensUpToMs?: number
}

export interface DeviceRecord {
  readonly device: string
  /** A transient reader: since when it is attached. */
  readonly linkedAtMs: number
  /** The node it is attached to; "" if none. */
  readonly node: string
  /** Entries between its cursor and the head, holes counted; 0 for a transient reader. */
  readonly waiting: number
  readonly isTransient: boolean
}

export interface NodeRecord {
  readonly node: string
  readonly workers: readonly string[]
}

/** What a store is told about sizes, at its making. */
export interface MailboxLimits {
  /**
   * A user's mailbox: at either cap its largest chat gives way, oldest first. Of messages a gap with chat and seqs says so,
   * `droppedUpTo` of all else.
   */
  readonly userEntriesMax: number
  readonly userBytesMax: number
  /** So much of either, all entries from strangers have together; beyond it the largest chat of theirs gives way. 1 to 100. */
  readonly strangersPercentMax: number
  /** A partition's mailbox: at either cap appends are refused. */
  readonly partitionEntriesMax: number
  readonly partitionBytesMax: number
  /** The dead mailbox: at the cap the oldest are dropped. */
  readonly deadEntriesMax: number
  readonly devicesPerUserMax: number
  /** A user's entry without a `ttlMs` of its own. */
  readonly retentionMs: number
}
