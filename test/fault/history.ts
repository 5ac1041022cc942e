import type { Observation, Plan, Violation } from './observation.ts'
import { PutBack } from './put-back.ts'

/** One position of a chat, put together from everything that anybody was told about it. */
export interface Entry {
  readonly seq: number
  /** Empty for a change. */
  readonly text: string
  readonly sender: string
  /** `<user>/<device>` that gave it to the product; unknown for a change. */
  readonly sentBy: string | undefined
  readonly joined: readonly string[]
  readonly left: readonly string[]
}

/** From which seq to which a user was a member, both included; several spans if they came back. */
interface Span {
  readonly from: number
  to: number
}

/** A chat as it must have been, given all that was seen of it. */
export class History {
  readonly chat: string
  readonly #entries = new Map<number, Entry>()
  #sorted: readonly Entry[] | undefined
  readonly #seqOfText = new Map<string, number>()
  readonly #spans = new Map<string, Span[]>()
  readonly #vague: ReadonlySet<string>
  readonly putBack: PutBack
  lastSeq = 0

  constructor(chat: string, plan: Plan, seen: readonly Observation[], violations: Violation[]) {
    this.chat = chat
    this.#vague = vagueTexts(seen)
    this.putBack = new PutBack(chat, seen)
    const senders = new Map(
      seen.flatMap((one) => (one.what === 'sent' ? [[one.text, `${one.user}/${one.device}`] as const] : [])),
    )
    for (const one of seen) {
      if (one.what !== 'accepted' && one.what !== 'arrived' && one.what !== 'changed') continue
      const { seq } = one
      const joined = one.what === 'changed' ? one.joined : []
      const left = one.what === 'changed' ? one.left : []
      const text = one.what === 'changed' ? '' : one.text
      const sender = one.what === 'changed' ? one.by : one.what === 'arrived' ? one.sender : one.user
      this.#add({ seq, text, sender, sentBy: senders.get(text), joined, left }, violations)
    }
    this.#join(plan)
    let next = 1
    for (const { seq } of this.entries()) {
      const isHole = seq > next && !this.putBack.mayHaveTakenBetween(next - 1, seq)
      if (isHole && !this.#isForgotten(plan, seen, next))
        violations.push({ rule: 'lost', says: `${chat}: nobody was given seq ${next} to ${seq - 1}` })
      next = seq + 1
    }
  }

  /** Whoever was a member there has lost what they had, on every device. */
  #isForgotten(plan: Plan, seen: readonly Observation[], seq: number): boolean {
    const lossy = new Set(
      seen.flatMap((one) =>
        one.what === 'restored' || one.what === 'torn' ? [`${one.user}/${one.device}`] : [],
      ),
    )
    const members = new Set(this.membersAt(seq))
    const devices = plan.devices.filter(({ user }) => members.has(user))
    return devices.length > 0 && devices.every(({ user, device }) => lossy.has(`${user}/${device}`))
  }

  /** So much is missing that to look for each of it would take forever. */
  get isTorn(): boolean {
    return this.lastSeq > this.#entries.size + 10_000 && !this.putBack.isAhead
  }

  #add(entry: Entry, violations: Violation[]): void {
    const known = this.#entries.get(entry.seq)
    const isSameSender = known?.sender === entry.sender || isNumber(known?.sender) || isNumber(entry.sender)
    if (known && (known.text !== entry.text || !isSameSender))
      violations.push({
        rule: 'disagreement',
        says: `${this.chat} seq ${entry.seq}: "${known.text}" by ${known.sender} and "${entry.text}" by ${entry.sender}`,
      })
    if (known) {
      if (!isNameless(known)) return
      this.#entries.set(entry.seq, entry)
      this.#sorted = undefined
      return
    }
    if (entry.sentBy !== undefined && !isNumber(entry.sender) && !entry.sentBy.startsWith(`${entry.sender}/`))
      violations.push({
        rule: 'disagreement',
        says: `${this.chat} seq ${entry.seq}: "${entry.text}" was sent by ${entry.sentBy} and is told of ${entry.sender}`,
      })
    const seqBefore = entry.text === '' ? undefined : this.#seqOfText.get(entry.text)
    const isAgain =
      seqBefore !== undefined && [seqBefore, entry.seq].some((seq) => this.putBack.mayHaveTaken(seq))
    if (seqBefore !== undefined && !isAgain && !this.isVague(entry.text))
      violations.push({
        rule: 'doubled',
        says: `${this.chat}: "${entry.text}" is seq ${seqBefore} and seq ${entry.seq}`,
      })
    if (entry.text !== '') this.#seqOfText.set(entry.text, entry.seq)
    this.#entries.set(entry.seq, entry)
    this.#sorted = undefined
    this.lastSeq = Math.max(this.lastSeq, entry.seq)
  }

  #join(plan: Plan): void {
    for (const user of plan.chats.get(this.chat) ?? []) this.#spans.set(user, [{ from: 1, to: Infinity }])
    for (const { seq, joined, left } of this.entries()) {
      if (seq === this.putBack.aheadAt) this.#goOn(seq)
      for (const user of joined) this.#enter(user, seq)
      // Who leaves is told so: that entry is their last one.
      for (const user of left) this.#leave(user, seq)
    }
  }

  /** The chat goes on from what was kept of it elsewhere: of some changes nobody was told. */
  #goOn(seq: number): void {
    const { members } = this.putBack
    for (const user of this.membersAt(seq)) if (!members.includes(user)) this.#leave(user, seq - 1)
    for (const user of members) this.#enter(user, seq)
  }

  #enter(user: string, seq: number): void {
    if (this.isMember(user, seq)) return
    const spans = this.#spans.get(user) ?? []
    spans.push({ from: seq, to: Infinity })
    this.#spans.set(user, spans)
  }

  #leave(user: string, seq: number): void {
    const last = this.#spans.get(user)?.at(-1)
    if (last && last.to === Infinity) last.to = seq
  }

  /** All between two seqs. */
  between(after: number, before: number): readonly Entry[] {
    if (before - after <= 1) return []
    return this.entries().filter(({ seq }) => seq > after && seq < before)
  }

  /** The newest up to a seq of which this is so. */
  lastUpTo(seq: number, isIt: (entry: Entry) => boolean): Entry | undefined {
    const entries = this.entries()
    let low = 0
    for (let high = entries.length; low < high; ) {
      const middle = (low + high) >> 1
      if ((entries[middle] as Entry).seq <= seq) low = middle + 1
      else high = middle
    }
    while (low-- > 0) if (isIt(entries[low] as Entry)) return entries[low]
    return undefined
  }

  /** All of them by seq. */
  entries(): readonly Entry[] {
    this.#sorted ??= [...this.#entries.values()].toSorted((a, b) => a.seq - b.seq)
    return this.#sorted
  }
  entry(seq: number): Entry | undefined {
    return this.#entries.get(seq)
  }
  seqOf(text: string): number | undefined {
    return this.#seqOfText.get(text)
  }
  /** Its sender can't know what has become of it, and may have sent it once more. */
  isVague(text: string): boolean {
    return this.#vague.has(text)
  }
  isMember(user: string, seq: number): boolean {
    return (this.#spans.get(user) ?? []).some((span) => span.from <= seq && seq <= span.to)
  }
  membersAt(seq: number): string[] {
    return [...this.#spans.keys()].filter((user) => this.isMember(user, seq))
  }
  /** Who is a member after everything that happened. */
  membersNow(): string[] {
    return this.membersAt(Number.MAX_SAFE_INTEGER)
  }
  joinedAt(user: string): number {
    return this.#spans.get(user)?.at(-1)?.from ?? Infinity
  }
}

/** Whoever told of it did not know the name of everybody it is about. */
function isNameless({ sender, joined, left }: Entry): boolean {
  return [sender, ...joined, ...left].some(isNumber)
}

function isNumber(user: string | undefined): boolean {
  return user?.startsWith('#') === true
}

/** What a device that lost its outbox had there, and what two of one name have sent. */
function vagueTexts(seen: readonly Observation[]): ReadonlySet<string> {
  const torn = new Set(seen.flatMap((one) => (one.what === 'torn' ? [`${one.user}/${one.device}`] : [])))
  return new Set(
    seen.flatMap((one) =>
      one.what === 'forgotten' || (one.what === 'sent' && torn.has(`${one.user}/${one.device}`))
        ? [one.text]
        : [],
    ),
  )
}
