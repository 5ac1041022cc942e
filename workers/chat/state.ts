import type { ChatId } from '../../proto/ids.ts'
import { chatIdOf } from '../../proto/ids.ts'
import type { Role } from '../../proto/codec.ts'
import { type DeviceChanges, DeviceRecords } from './device-records.ts'
import type { Closing, DeviceRecord } from './idempotency.ts'
import { LowestMark } from './lowest-mark.ts'
import { uncountedUpTo } from './uncounted.ts'
import { isMemberNow, isStrangerTo, type MarkKind, type Member, newMember } from './member.ts'

/**
 * Of a chat's changes and quiet messages, and of a member's own messages, so many are remembered by seq: the newest. Of the
 * former it is known how many there are behind each read mark, as far as that was set to one of these seqs or behind them;
 * else those that stand before them behind the mark count as messages of others.
 */
export const NOT_UNREAD_MAX = 64

/** Users who get the same entries; shared by identity, a new one for each change of it. */
export interface Audience {
  readonly users: readonly string[]
  /** Indexes of those who have neither sent nor read anything in the chat yet. */
  readonly strangers: readonly number[]
}

export interface Head {
  readonly direct: boolean
  readonly name: string
  readonly lastSeq: number
  /** The next member's number. 0: the chat does not exist. */
  readonly nextNumber: number
  readonly lastAtS: number
  /** The newest seqs of changes and quiet messages, behind the lowest read mark. */
  readonly changes: number[]
  /** How many changes and quiet messages there have been. */
  readonly uncounted: number
  /** So many seqs up to the last one had a time of their own to end at. */
  readonly briefLast: number
  /** Messages to come disappear so long after they were read; 0: never. */
  readonly disappearAfterS: number
  /** The last member has left (ADR 0033): nothing becomes of anything that is sent to it any more. */
  readonly closed?: Closing
}

/** What has changed since the last `takeChanges`. */
export interface Changes extends DeviceChanges {
  readonly head: boolean
  /** Who is a member, a role, the name, or how long messages stay changed: what lists of chats show. */
  readonly roster: boolean
  readonly members: readonly Member[]
  /** Of whom nothing is kept. */
  readonly goneMembers: readonly Member[]
}

const NO_HEAD: Head = {
  direct: false,
  name: '',
  lastSeq: 0,
  nextNumber: 0,
  lastAtS: 0,
  changes: [],
  uncounted: 0,
  briefLast: 0,
  disappearAfterS: 0,
}

/**
 * One chat as the step sees it. It changes only between `begin` and the next `begin`, through the methods below: they
 * note what is to be put in the store, and keep what is needed for `restore` to take the step back.
 */
export class ChatState {
  /** The chat's 10 bytes, and the same as a latin1 string, to look it up by. */
  readonly bytes: Uint8Array
  readonly key: string
  #id: ChatId | undefined
  #head: Head = NO_HEAD
  readonly #byNumber = new Map<number, Member>()
  readonly #byUser = new Map<string, Member>()
  /** Derived from the members, made when first asked for. */
  #members: readonly Member[] | undefined
  #audience: Audience | undefined
  #lowestDelivered: LowestMark | undefined
  #lowestRead: LowestMark | undefined
  readonly #awaitingDelivered = new Set<Member>()
  readonly #awaitingRead = new Set<Member>()

  readonly #devices = new DeviceRecords((member) => this.touch(member))

  #changedHead = false
  #changedRoster = false
  readonly #changedMembers = new Set<Member>()
  #goneMembers: Member[] = []

  /** See briefBefore: of the entry that came last, as long as its step lasts. */
  #briefBefore = 0

  #headBefore = NO_HEAD
  #wasHeadChanged = false
  #wasRosterChanged = false
  /** What they were before each change, oldest first; one that changed again may stand in it again. */
  #membersBefore: { member: Member; before: Member }[] = []

  constructor(bytes: Uint8Array) {
    this.bytes = Uint8Array.from(bytes) // not a view: that would keep a whole frame in memory
    this.key = chatKey(bytes)
  }

  /** The chat's id as text. */
  get id(): ChatId {
    return (this.#id ??= chatIdOf(this.bytes))
  }
  get head(): Head {
    return this.#head
  }
  get exists(): boolean {
    return this.#head.nextNumber > 0
  }
  get lastSeq(): number {
    return this.#head.lastSeq
  }
  /** So many seqs just before the last one had a time of their own to end at: a device that lacks them lost nothing. */
  get briefBefore(): number {
    return this.#briefBefore
  }
  /** Members now, by number. */
  get members(): readonly Member[] {
    return (this.#members ??= [...this.#byNumber.values()]
      .filter(isMemberNow)
      .sort((a, b) => a.number - b.number))
  }
  get audience(): Audience {
    return (this.#audience ??= audienceOf(this.members))
  }
  /** Who began it; undefined: nobody did, or it is closed. */
  get founder(): string | undefined {
    return this.#byNumber.get(0)?.user
  }
  /** Members now and before. */
  get everMembers(): Iterable<Member> {
    return this.#byNumber.values()
  }
  /** About how many fields its state has in the store: a measure of its size in memory. */
  get fields(): number {
    return this.#head.closed ? 1 : 1 + 2 * this.#head.nextNumber
  }

  /** The member by user id, past ones too. */
  ever(user: string): Member | undefined {
    return this.#byUser.get(user)
  }
  member(user: string): Member | undefined {
    const member = this.#byUser.get(user)
    return isMemberNow(member) ? member : undefined
  }
  lowest(kind: MarkKind): LowestMark {
    if (kind === 'read') return (this.#lowestRead ??= new LowestMark('read', this.members))
    return (this.#lowestDelivered ??= new LowestMark('delivered', this.members))
  }
  /** Members with an own message that no receipt of the kind covers yet. */
  awaiting(kind: MarkKind): ReadonlySet<Member> {
    return kind === 'read' ? this.#awaitingRead : this.#awaitingDelivered
  }

  /** Fills the state from the store's fields: before any step. */
  load(head: Head, members: Iterable<Member>): void {
    this.#head = head
    for (const member of members) this.#index(member)
    this.#devices.count(this.everMembers)
  }

  /** Fills the state from elsewhere than the store: all of it is to be put there. Before any step. */
  adopt(head: Head, members: readonly Member[]): void {
    this.#byNumber.clear()
    this.#byUser.clear()
    this.#awaitingDelivered.clear()
    this.#awaitingRead.clear()
    this.load(head, members)
    this.#forgetDerived()
    this.#changedHead = true
    for (const member of members) this.#changedMembers.add(member)
    this.#devices.adopt(members)
  }

  /** A step begins: what it changes can be taken back until the next one. */
  begin(): void {
    this.#headBefore = this.#head
    this.#wasHeadChanged = this.#changedHead
    this.#wasRosterChanged = this.#changedRoster
    this.#membersBefore.length = 0
    this.#devices.begin()
  }

  /**
   * An entry took the next seq.
   * @param isUncounted unread to nobody
   * @param isBrief it has a time of its own to end at
   */
  setLast(lastSeq: number, lastAtS: number, isUncounted: boolean, isBrief: boolean): void {
    this.#briefBefore = this.#head.briefLast
    const changes = this.#changesWith(isUncounted ? [lastSeq] : [])
    const briefLast = isBrief ? this.#briefBefore + 1 : 0
    // Field by field: each message makes one.
    const { direct, name, nextNumber, disappearAfterS, closed } = this.#head
    const uncounted = this.#head.uncounted + (isUncounted ? 1 : 0)
    const head = {
      direct,
      name,
      lastSeq,
      nextNumber,
      lastAtS,
      changes,
      uncounted,
      briefLast,
      disappearAfterS,
    }
    this.#setHead(closed === undefined ? head : { ...head, closed })
  }

  /** The chat is one between two. */
  setDirect(): void {
    this.#setHead({ ...this.#head, direct: true })
  }

  rename(name: string): void {
    this.#setHead({ ...this.#head, name })
    this.#changedRoster = true
  }

  setDisappearing(disappearAfterS: number): void {
    this.#setHead({ ...this.#head, disappearAfterS })
    this.#changedRoster = true
  }

  setRole(member: Member, role: Role): void {
    this.touch(member).role = role
    this.#changedRoster = true
  }

  /** Before a member's fields are written. */
  touch(member: Member): Member {
    if (this.#membersBefore.at(-1)?.member !== member)
      this.#membersBefore.push({ member, before: { ...member } })
    this.#changedMembers.add(member)
    return member
  }

  /** Somebody becomes a member, with the marks just before `joinSeq`; who was one before gets the old number. */
  join(user: string, role: Role, joinSeq: number): Member {
    let member = this.#byUser.get(user)
    if (member === undefined) {
      member = newMember(this.#head.nextNumber, user)
      this.#setHead({ ...this.#head, nextNumber: this.#head.nextNumber + 1 })
      this.#index(member)
    }
    this.touch(member)
    member.role = role
    member.joinSeq = joinSeq
    member.leaveSeq = 0
    member.delivered = member.read = joinSeq - 1
    member.ownUnread = []
    member.uncountedRead = uncountedUpTo(this.#head, member.read)
    this.#forgetDerived()
    return member
  }

  /** The member sends or reads something. Before that is written. */
  meets(member: Member): void {
    if (isStrangerTo(member)) this.#audience = undefined
  }

  leave(member: Member, leaveSeq: number): void {
    this.touch(member).leaveSeq = leaveSeq
    member.awaitingDelivered = member.awaitingRead = 0
    this.#awaitingDelivered.delete(member)
    this.#awaitingRead.delete(member)
    this.#forgetDerived()
  }

  /**
   * Nobody is a member any more. What is kept says that the id is taken, and how far its seqs went. To be called last in
   * a step: nothing takes it back.
   * @param head as the directory has it, of a chat that the store lost or has older
   */
  close(
    closed: Closing,
    head: Pick<Head, 'direct' | 'lastSeq' | 'nextNumber' | 'lastAtS'> = this.#head,
  ): void {
    const { direct, lastSeq, nextNumber, lastAtS } = head
    this.#devices.forgetAll(this.everMembers)
    this.#goneMembers.push(...this.everMembers)
    this.#changedMembers.clear()
    this.#membersBefore.length = 0
    this.#byNumber.clear()
    this.#byUser.clear()
    this.#forgetDerived()
    this.#setHead({ ...NO_HEAD, direct, lastSeq, nextNumber, lastAtS, closed })
    this.begin()
  }

  /** After some have left: what their devices sent is no longer known of all who ever did. */
  forgetPast(): void {
    this.#devices.forgetPast(this.everMembers)
  }

  setAwaiting(member: Member, kind: MarkKind, seq: number): void {
    this.touch(member)
    if (kind === 'read') member.awaitingRead = seq
    else member.awaitingDelivered = seq
    const awaiting = kind === 'read' ? this.#awaitingRead : this.#awaitingDelivered
    if (seq === 0) awaiting.delete(member)
    else awaiting.add(member)
  }

  /** Before what is remembered of a device is written. @param clientSeq what it sends now */
  touchDevice(member: Member, name: string, isTransient: boolean, clientSeq: number): DeviceRecord {
    return this.#devices.touch(member, name, isTransient, clientSeq)
  }
  /** What a device that has been touched sent under this number, higher than all before, became `seq`. */
  recordSend(device: DeviceRecord, clientSeq: number, seq: number, print: number): void {
    this.#devices.record(device, clientSeq, seq, print)
  }

  /** Takes back everything since `begin`. Members may be put again as they are in the store. */
  restore(): void {
    this.#head = this.#headBefore
    this.#changedHead = this.#wasHeadChanged
    for (const { member, before } of this.#membersBefore.toReversed()) {
      Object.assign(member, before)
      if (member.number < this.#head.nextNumber) continue
      this.#byNumber.delete(member.number)
      this.#byUser.delete(member.user)
      this.#changedMembers.delete(member)
    }
    this.#devices.restore()
    this.#forgetDerived()
    this.#changedRoster = this.#wasRosterChanged
    this.begin()
    this.#awaitingDelivered.clear()
    this.#awaitingRead.clear()
    for (const member of this.#byNumber.values()) this.#index(member)
    this.#devices.count(this.everMembers)
  }

  /** @returns undefined if nothing changed since the last time. */
  takeChanges(): Changes | undefined {
    if (!this.#changedHead && this.#changedMembers.size === 0 && !this.#devices.hasChanged) return undefined
    this.#devices.bound(this.everMembers)
    const changes = {
      head: this.#changedHead,
      roster: this.#changedRoster,
      members: [...this.#changedMembers],
      goneMembers: this.#goneMembers,
      ...this.#devices.takeChanges(),
    }
    this.#changedHead = false
    this.#changedRoster = false
    this.#changedMembers.clear()
    this.#goneMembers = []
    return changes
  }

  #changesWith(added: readonly number[]): number[] {
    const { changes } = this.#head
    if (changes.length === 0 && added.length === 0) return changes
    const read = this.lowest('read').ofAll
    return [...changes.filter((seq) => seq > read), ...added].slice(-NOT_UNREAD_MAX)
  }

  #setHead(head: Head): void {
    this.#head = head
    this.#changedHead = true
  }

  #index(member: Member): void {
    this.#byNumber.set(member.number, member)
    this.#byUser.set(member.user, member)
    if (member.awaitingDelivered > 0) this.#awaitingDelivered.add(member)
    if (member.awaitingRead > 0) this.#awaitingRead.add(member)
  }

  #forgetDerived(): void {
    this.#changedRoster = true
    this.#members = undefined
    this.#audience = undefined
    this.#lowestDelivered = undefined
    this.#lowestRead = undefined
  }
}

/** Cheaper to make than the id, for each entry has to be looked up. */
export function chatKey(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}

export function audienceOf(members: readonly Member[]): Audience {
  const strangers: number[] = []
  members.forEach((member, i) => {
    if (isStrangerTo(member)) strangers.push(i)
  })
  return { users: members.map((member) => member.user), strangers }
}
