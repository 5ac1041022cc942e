import type { ChatId, UserId } from '../../../proto/ids.ts'
import type { StoreChange, StoredChat, StoredMessage, StoredProgress } from '../store/local-store.ts'
import { emptyRoster, withoutDisappearing } from './roster.ts'
import { type Range, Sequence } from './sequence.ts'
import { Unread } from './unread.ts'
import { Unhandled } from './unhandled.ts'
import { Vanishing } from './vanishing.ts'

/** One chat as this device knows it: who is in it, what has come, and the marks. */
export class LocalChat {
  readonly id: ChatId
  sequence: Sequence
  /** By the seq behind a hole: so many seqs just before it had a time to end at. */
  readonly #brief = new Map<number, number>()
  /** Messages behind a hole, by seq. */
  readonly waiting = new Map<number, StoredMessage>()
  /** What the app is not done with. */
  readonly unhandled = new Unhandled()
  readonly vanishing: Vanishing
  roster: StoredChat
  #isRosterSetBack = false
  lastSeq: number
  delivered: number
  read: number
  /** See setOwnRead. */
  ownRead: number
  readonly unread: Unread
  ownReadSent: number
  /** The hole behind `upTo`, and the newest clientSeq whose answer may still fill it. */
  hole: { readonly upTo: number; readonly mayFillUntil: number } | undefined
  /** The server was asked for the members: who is unnamed now stays it. */
  isRosterAsked = false
  isRosterBeingAsked = false
  /** Set: the server has to be asked what the chat is. Outlives the process. */
  doubt: StoredProgress['doubt']
  /** The seq of this device's own last addition of members: an answer from before it lacks them. */
  ownAdditionSeq = 0

  constructor(id: ChatId, roster?: StoredChat, progress?: StoredProgress, vanishing = new Vanishing(id)) {
    this.id = id
    this.vanishing = vanishing
    this.roster = roster ?? emptyRoster(id)
    this.sequence = new Sequence(progress)
    this.lastSeq = progress?.lastSeq ?? 0
    this.delivered = progress?.delivered ?? 0
    this.read = progress?.read ?? 0
    this.ownRead = progress?.ownRead ?? 0
    this.ownReadSent = progress?.ownReadSent ?? 0
    this.doubt = progress?.doubt
    this.unread = new Unread(progress?.unread)
  }

  get progress(): StoredProgress {
    return {
      chat: this.id,
      ...this.sequence.record,
      lastSeq: this.lastSeq,
      delivered: this.delivered,
      read: this.read,
      ownRead: this.ownRead,
      ownReadSent: this.ownReadSent,
      unread: this.unread.record,
      ...(this.doubt ? { doubt: this.doubt } : {}),
    }
  }

  /** What of its progress is to be stored, now that it has changed. */
  takeChanges(): StoreChange[] {
    const changes: StoreChange[] = [{ table: 'progress', put: this.progress }]
    if (this.#isRosterSetBack) changes.push({ table: 'chats', put: this.roster })
    this.#isRosterSetBack = false
    return [...changes, ...this.vanishing.takeChanges()]
  }

  /** Whether the app has not had that message, or may not be done with it. */
  isOpen(seq: number): boolean {
    return this.waiting.has(seq) || this.unhandled.has(seq)
  }

  /** Whether the server is known to have this chat. */
  get exists(): boolean {
    return this.lastSeq > 0
  }

  hasLeft(user: UserId): boolean {
    return this.roster.members.some((member) => member.user === user && member.isGone)
  }

  /** An own message counts as read if nothing unread stands before it. */
  noteOwn(seq: number): void {
    this.noteSeq(seq)
    if (this.ownRead === seq - 1) this.setOwnRead(seq)
  }

  /** This user has read up to there. If only the server knows how much that leaves, the chat is in doubt. */
  setOwnRead(seq: number): void {
    if (seq <= this.ownRead) return
    this.ownRead = seq
    this.vanishing.read(seq)
    if (!this.unread.read(seq)) this.doubt ??= 'this'
  }

  /** The server lost the chat's later part, or all of it: what comes again under those seqs is new. */
  startOver(lastSeq: number): void {
    this.sequence = new Sequence(lastSeq === 0 ? undefined : { upTo: lastSeq, beyond: [], lost: [] })
    this.waiting.clear()
    this.#brief.clear()
    this.unread.startOver(lastSeq)
    this.vanishing.startOver(lastSeq)
    this.roster = withoutDisappearing(this.roster, lastSeq)
    this.#isRosterSetBack = true
    this.hole = undefined
    this.isRosterAsked = false
    this.ownAdditionSeq = 0
    this.lastSeq = lastSeq
    this.delivered = Math.min(this.delivered, lastSeq)
    this.read = Math.min(this.read, lastSeq)
    this.ownRead = Math.min(this.ownRead, lastSeq)
    this.ownReadSent = Math.min(this.ownReadSent, lastSeq)
  }

  /** So many seqs just before this one had a time to end at: if they are missing, nobody misses them. */
  noteBrief(seq: number, count: number): void {
    if (count > 0 && seq - 1 > (this.sequence.upTo ?? seq)) this.#brief.set(seq, count)
  }

  /** @returns what of a hole that was given up is a loss; undefined: all of it ended by its own time */
  lossIn([first, last]: Range): Range | undefined {
    const lastLost = last - (this.#brief.get(last + 1) ?? 0)
    this.#brief.delete(last + 1)
    return lastLost < first ? undefined : [first, lastLost]
  }

  /** What was said or done about a message that is here: who has not had it yet gets it as it is by now. */
  renew(stored: StoredMessage): void {
    if (this.waiting.has(stored.seq)) this.waiting.set(stored.seq, stored)
    this.unhandled.renew(stored)
  }

  noteSeq(seq: number): void {
    if (seq > this.lastSeq) this.lastSeq = seq
  }
}
