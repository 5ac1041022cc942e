import type { Cost, Facts } from '../chat/step.ts'
import type { Allowance } from './allowance.ts'
import { Asking, UNKNOWN_USERS_PER_HOUR_MAX } from './asking.ts'
import { type ChatState, chatKey } from '../chat/state.ts'
import type { Alike, ChatCopy, ChatRow, Directory, PageAsk } from '../directory/directory.ts'
import { Begun, type Founders, noFounders } from './begun.ts'
import type { KnownUsers } from './known-users.ts'

/** After so long, who was not found is looked for once more: their own worker may be just inserting them. */
const SECOND_LOOK_MS = 100
/** Of more than so many, not all are just being inserted. */
const SECOND_LOOK_USERS_MAX = 64
/** Between two second looks, for looking waits. */
const SECOND_LOOK_PAUSE_MS = 1_000
/** No query begins later than this after the first: brokers take a worker that commits nothing for 5 s for hanging. */
const PATIENCE_MS = 2_000
/** After a failure nobody waits for the directory so long, unless it has answered meanwhile: what needs it is parked. */
const DOUBT_MS = 5_000
/**
 * For so long after a failure, who is not found may still be with a worker that has not told the directory yet: workers
 * come back to it one after the other, 5 s apart at most. What names them waits.
 */
const SETTLING_MS = 10_000
/** Users looked for in one query. Of those beyond it nothing is known: what names them waits. */
const NAMED_PER_FRAME_MAX = 10_000
/** Members in the copies of chats that one frame brings back. What is sent to a chat beyond it waits. */
const REVIVED_MEMBERS_MAX = 5_000
const NOBODY: ReadonlySet<string> = new Set()
const NOBODY_ALIKE: Alike = new Map()
const NO_PARTITIONS: ReadonlySet<number> = new Set()
const NOT_COUNTED = (): undefined => undefined
const NO_COPIES: Copies = { asked: new Map(), byKey: new Map(), undecided: new Set() }

/** What the directory has of chats without state, by key; `undecided` are those of which nobody knows. */
interface Copies {
  readonly asked: ReadonlyMap<string, Uint8Array>
  readonly byKey: ReadonlyMap<string, ChatCopy>
  readonly undecided: ReadonlySet<string>
}

/** What the entries of one Work frame need to know. */
export interface Needs {
  /** Who was linked just now: they exist, whether the directory can be told or not. */
  readonly linked: Set<string>
  /** Whom an operator adds. */
  readonly added: Set<string>
  readonly named: Set<string>
  /** Senders who have named too many that nobody knows: those are not asked for. */
  readonly overspent: Set<string>
  /** Senders who are about to begin a chat. */
  readonly founders: Founders
  /** Chats of which the directory may know more than the store does, by key: without state there, or of older mailboxes. */
  readonly doubtful: Map<string, Uint8Array>
  /** Partitions of which nobody knows yet whether their mailboxes are older than the directory, and where they stand. */
  readonly taken: Map<number, number>
  /** The chats of those. */
  readonly loaded: { readonly partition: number; readonly chat: ChatState }[]
}

export function noNeeds(): Needs {
  return {
    linked: new Set(),
    added: new Set(),
    named: new Set(),
    overspent: new Set(),
    founders: noFounders(),
    doubtful: new Map(),
    taken: new Map(),
    loaded: [],
  }
}

/** Whether the directory need not be asked for any of it. */
export function needsNothing({ linked, added, named, overspent, doubtful, taken }: Needs): boolean {
  return linked.size + added.size + named.size + overspent.size + doubtful.size + taken.size === 0
}

/** The answers. While the directory is away, users that nobody knows are undecided. */
export interface FrameFacts extends Facts {
  /** Whether everybody in `linked` and `added` is in the directory. */
  readonly isCreatedSaved: boolean
  /** Whose ids differ from that of a user who has come to exist just now in case only. */
  alike(user: string): readonly string[]
  /** Whether the directory was asked for its copy of the chat. */
  wasAsked(chat: ChatState): boolean
  /** What the directory has of a chat that was asked for. */
  copyOf(chat: ChatState): ChatCopy | undefined
  /** Whether the mailboxes of a partition that was asked for are older than the directory; undefined: nobody knows. */
  isOlder(partition: number): boolean | undefined
}

/** Gathers facts before the step: one query of each kind for a whole frame, and none if nothing needs it. */
export class FactSource {
  readonly #directory: Directory
  readonly #known: KnownUsers
  readonly #allowance: Allowance
  /** Members of one group. */
  readonly membersMax: number
  readonly #uptime: () => number
  readonly #clock: () => number
  readonly #asking: Asking
  readonly #begun: Begun
  #secondLookAtMs = 0
  #failures = 0
  #isAway = false
  #failedAtMs = Number.NEGATIVE_INFINITY
  #doubtUntilMs = Number.NEGATIVE_INFINITY

  /** @param uptime monotonic ms. @param clock Unix ms */
  constructor(
    directory: Directory,
    known: KnownUsers,
    allowance: Allowance,
    membersMax: number,
    uptime: () => number = () => performance.now(),
    clock: () => number = Date.now,
    asking = new Asking(UNKNOWN_USERS_PER_HOUR_MAX),
    begun = new Begun(directory),
  ) {
    this.#directory = directory
    this.#known = known
    this.#allowance = allowance
    this.membersMax = membersMax
    this.#uptime = uptime
    this.#clock = clock
    this.#asking = asking
    this.#begun = begun
  }

  /** Monotonic. */
  get uptimeMs(): number {
    return this.#uptime()
  }

  isKnown(user: string): boolean {
    return this.#known.has(user)
  }

  /** From the user's allowance. @returns 0, or after how many seconds to try again; then nothing was taken */
  take(user: string, cost: Partial<Cost>, atMs: number): number {
    return this.#allowance.take(user, cost, atMs, this.#clock())
  }

  /** @returns after how many seconds the user could pay that, behind what is to be paid `before`; 0: now. Takes nothing */
  waitS(user: string, cost: Partial<Cost>, before?: Partial<Cost>): number {
    const nowMs = this.#clock()
    return this.#allowance.waitS(user, cost, nowMs, nowMs, before)
  }

  /** For a frame that waits for it. Never rejects: a directory that is away is a fact too. */
  gather(needs: Needs): Promise<FrameFacts> {
    return this.#gather(needs, this.#uptime() < this.#doubtUntilMs)
  }

  /** For what is parked: nobody waits, so this asks a directory that is in doubt, too. */
  async gatherCalmly(needs: Needs): Promise<FrameFacts> {
    const facts = needsNothing(needs) ? this.plain : await this.#gatherInDoubt(needs)
    // It is paid for when it is decided: by its own time, long ago, it would give back what was spent since.
    return {
      ...facts,
      take: (user, cost) => this.take(user, cost, this.#clock()),
      waitS: (user, cost) => this.waitS(user, cost),
    }
  }

  /** Facts where nothing needs the directory. */
  get plain(): FrameFacts {
    return this.#facts(() => undefined, NOBODY_ALIKE, NO_COPIES, undefined, NOBODY, NOT_COUNTED)
  }

  async #gatherInDoubt(needs: Needs): Promise<FrameFacts> {
    const before = this.#failures
    const facts = await this.#gather(needs, false)
    if (this.#failures === before) this.#doubtUntilMs = Number.NEGATIVE_INFINITY
    return facts
  }

  async #gather(
    { linked, added, named, overspent, founders, doubtful, taken, loaded }: Needs,
    isInDoubt: boolean,
  ): Promise<FrameFacts> {
    const patientUntilMs = performance.now() + PATIENCE_MS
    const created = [...linked, ...added]
    const alike = created.length === 0 ? NOBODY_ALIKE : await this.#insert(created)
    for (const user of alike ? created : linked) this.#known.add(user)
    // Asked even when in doubt: nothing waits for it, so nothing would ask again.
    const older = taken.size === 0 ? NO_PARTITIONS : await this.#older(taken, patientUntilMs)
    for (const { partition, chat } of loaded) if (older?.has(partition)) doubtful.set(chat.key, chat.bytes)
    const asked = [...named].filter((user) => !this.#known.has(user)).slice(0, NAMED_PER_FRAME_MAX)
    const [missing, copies, begunBy] = await Promise.all([
      asked.length === 0 ? NOBODY : isInDoubt ? undefined : this.#lookFor(asked, patientUntilMs),
      doubtful.size === 0
        ? NO_COPIES
        : isInDoubt
          ? allUndecided(doubtful)
          : this.#copies(doubtful, patientUntilMs),
      founders.users.size === 0 || isInDoubt ? NOT_COUNTED : this.#countBegun(founders, patientUntilMs),
    ])
    // From its first answer on: other workers may still have to tell it of users who came while it was away.
    if (missing !== undefined && asked.length > 0 && this.#isAway) {
      this.#isAway = false
      this.#failedAtMs = this.#uptime()
    }
    const isSettling = this.#uptime() < this.#failedAtMs + SETTLING_MS
    // What was asked for this frame stands, whomever the known ones have to forget for it.
    const answers = new Map<string, boolean>()
    if (missing !== undefined)
      for (const user of asked)
        if (!missing.has(user)) answers.set(user, true)
        else if (!isSettling) answers.set(user, false)
    return this.#facts((user) => answers.get(user), alike, copies, older, overspent, begunBy)
  }

  #facts(
    answerOf: (user: string) => boolean | undefined,
    alike: Alike | undefined,
    { asked, byKey, undecided }: Copies,
    older: ReadonlySet<number> | undefined,
    overspent: ReadonlySet<string>,
    begunBy: (user: string) => number | undefined,
  ): FrameFacts {
    return {
      isCreatedSaved: alike !== undefined,
      alike: (user) => alike?.get(user) ?? [],
      membersMax: this.membersMax,
      begunBy,
      chatsMax: this.#begun.max,
      began: (user) => this.#begun.began(user),
      wasAsked: (chat) => asked.has(chat.key),
      copyOf: (chat) => byKey.get(chat.key),
      isOlder: (partition) => older?.has(partition),
      mayBeLost: (chat) => undecided.has(chat.key),
      exists: (user) => this.#known.has(user) || answerOf(user),
      hasNamedTooMany: (user) => overspent.has(user),
      waitToName: (user, atMs) => this.#asking.waitS(user, atMs),
      toldUnknown: (user, atMs) => this.#asking.told(user, atMs),
      take: (user, cost, atMs) => this.take(user, cost, atMs),
      waitS: (user, cost, atMs) => this.#allowance.waitS(user, cost, atMs, this.#clock()),
    }
  }

  /** @returns those that the directory has seen further than they are now; undefined: it is away */
  async #older(
    taken: ReadonlyMap<number, number>,
    untilMs: number,
  ): Promise<ReadonlySet<number> | undefined> {
    if (performance.now() > untilMs) return undefined
    try {
      const reached = await this.#directory.reached([...taken.keys()])
      return new Set([...reached].flatMap(([number, at]) => (at > (taken.get(number) ?? 0) ? [number] : [])))
    } catch {
      return undefined
    }
  }

  /** @returns undefined if the directory is away */
  async #insert(users: string[]): Promise<Alike | undefined> {
    try {
      return await this.#directory.insertUsers(users)
    } catch {
      return undefined // the directory logs and counts its own failures
    }
  }

  /** @returns who does not exist; undefined if the directory is away: then nothing is known of them */
  async #lookFor(users: string[], untilMs: number): Promise<ReadonlySet<string> | undefined> {
    if (performance.now() > untilMs) return undefined
    try {
      const missing = await this.#missing(users)
      const nowMs = performance.now()
      if (
        missing.size === 0 ||
        missing.size > SECOND_LOOK_USERS_MAX ||
        nowMs < this.#secondLookAtMs ||
        nowMs > untilMs
      )
        return missing
      this.#secondLookAtMs = nowMs + SECOND_LOOK_PAUSE_MS
      await new Promise((resolve) => setTimeout(resolve, SECOND_LOOK_MS))
      return await this.#missing([...missing])
    } catch {
      this.#failed()
      return undefined
    }
  }

  async #missing(users: string[]): Promise<Set<string>> {
    const found = await this.#directory.existing(users)
    for (const user of found) this.#known.add(user)
    return new Set(users.filter((user) => !found.has(user)))
  }

  /** Never rejects. */
  async #countBegun(founders: Founders, untilMs: number): Promise<(user: string) => number | undefined> {
    if (performance.now() > untilMs) return NOT_COUNTED
    try {
      return await this.#begun.count(founders)
    } catch {
      this.#failed()
      return NOT_COUNTED
    }
  }

  /** One for each ask, or undefined: the directory is away. Never rejects. */
  async pages(asks: PageAsk[]): Promise<ChatRow[][] | undefined> {
    try {
      return await this.#directory.chatPages(asks)
    } catch {
      return undefined
    }
  }

  async #copies(chats: ReadonlyMap<string, Uint8Array>, untilMs: number): Promise<Copies> {
    const all = allUndecided(chats)
    if (performance.now() > untilMs) return all
    try {
      const { copies, omitted } = await this.#directory.chatCopies([...chats.values()], REVIVED_MEMBERS_MAX)
      const byKey = new Map(copies.map((copy) => [chatKey(copy.chat), copy]))
      return { asked: chats, byKey, undecided: new Set(omitted.map(chatKey)) }
    } catch {
      this.#failed()
      return all
    }
  }

  /** The directory logs and counts its own failures. */
  #failed(): void {
    this.#failures++
    this.#isAway = true
    this.#failedAtMs = this.#uptime()
    this.#doubtUntilMs = this.#failedAtMs + DOUBT_MS
  }
}

function allUndecided(chats: ReadonlyMap<string, Uint8Array>): Copies {
  return { asked: chats, byKey: new Map(), undecided: new Set(chats.keys()) }
}
