import { messageSpan } from '../../../../proto/down-entry.ts'
import { payloadLength, payloadOf, type Entry } from '../entry.ts'
import type { Mailbox } from '../mailbox.ts'
import type { Parts } from '../parts.ts'
import { Tally, type Line } from '../tally.ts'

type Measure = keyof Line

/** Of what strangers may have: with so little waiting, nothing is counted any more. */
const FORGOTTEN_AT = 1 / 2

/** How far some chats have to come down: each above the level gives its oldest, until all have no more than the goal. */
interface Cut {
  level: number
  goal: number
}

interface Victim {
  readonly entry: Entry
  /** When those in front of it have gone, nothing is older. */
  readonly isOldest: boolean
}

/**
 * After an append to a user's mailbox: at a limit its largest chat gives way, oldest first. Strangers' chats share a part,
 * and count as one beside known chats (ADR 0028). The newest entry always stays.
 */
export function makeRoom(parts: Parts, mailbox: Mailbox): void {
  const { userEntriesMax, userBytesMax, strangersPercentMax } = parts.limits
  const part = (max: number): number => Math.floor((max * strangersPercentMax) / 100)
  const { numbers } = mailbox
  const fill = Math.max(numbers.entries / part(userEntriesMax), numbers.bytes / part(userBytesMax))
  // Made again no sooner than after many appends: else whoever stays at the edge has the mailbox looked through each time.
  if (fill <= FORGOTTEN_AT) mailbox.tally = undefined
  if (fill <= 1) return
  const tally = (mailbox.tally ??= new Tally(mailbox.after(0)))
  for (const [measure, max] of [
    ['entries', userEntriesMax],
    ['bytes', userBytesMax],
  ] as const) {
    const { ofStrangers } = tally
    if (numbers[measure] <= max && ofStrangers[measure] <= part(max)) continue
    dropByChat(parts, mailbox, tally, measure, max, part(max))
  }
}

function dropByChat(
  parts: Parts,
  mailbox: Mailbox,
  tally: Tally,
  measure: Measure,
  max: number,
  part: number,
): void {
  const ofStrangers = tally.ofStrangers[measure]
  const ofKnown = mailbox.numbers[measure] - ofStrangers
  const known: Cut = { level: Number.POSITIVE_INFINITY, goal: ofKnown }
  const strangers: Cut = { level: Number.POSITIVE_INFINITY, goal: ofStrangers }
  if (ofStrangers > part) strangers.goal = below(part)
  if (ofKnown + strangers.goal > max) {
    known.level = levelOf([...sizesOf(tally.known, measure), strangers.goal], below(max))
    strangers.goal = Math.min(strangers.goal, known.level)
    known.goal = below(max) - strangers.goal
  }
  if (strangers.goal < ofStrangers)
    strangers.level = levelOf(sizesOf(tally.strangers, measure), strangers.goal)
  for (const victim of victims(mailbox, tally, measure, known, strangers)) drop(parts, mailbox, victim)
}

/** The entries that go, oldest first: all found before the first of them goes. */
function victims(mailbox: Mailbox, tally: Tally, measure: Measure, known: Cut, strangers: Cut): Victim[] {
  const found: Victim[] = []
  let looked = 0
  const taken = new Map<Line, number>()
  let ofStrangers = tally.ofStrangers[measure]
  let ofKnown = mailbox.numbers[measure] - ofStrangers
  for (const entry of mailbox.after(0)) {
    const isOver = entry.isFromStranger ? ofStrangers > strangers.goal : ofKnown > known.goal
    if (entry.position === mailbox.head || (ofStrangers <= strangers.goal && ofKnown <= known.goal)) break
    looked++
    const line = tally.lineOf(entry)
    const before = taken.get(line) ?? 0
    const { level } = entry.isFromStranger ? strangers : known
    if (!isOver || line[measure] - before <= level) continue
    const size = measure === 'entries' ? 1 : payloadLength(entry)
    taken.set(line, before + size)
    if (entry.isFromStranger) ofStrangers -= size
    else ofKnown -= size
    found.push({ entry, isOldest: found.length + 1 === looked })
  }
  return found
}

/** Notes what readers miss by it. */
function drop({ journal }: Parts, mailbox: Mailbox, { entry, isOldest }: Victim): void {
  const { position } = entry
  const payload = payloadOf(entry)
  const span = payload === undefined ? undefined : messageSpan(payload)
  if (span !== undefined) {
    const chat = Buffer.from(span.chat).toString('latin1')
    journal.gapped(mailbox, chat, position, span.firstSeq, span.lastSeq)
  } else if (entry.isBrief) journal.discarded(mailbox, position)
  else if (isOldest) journal.dropped(mailbox, position)
  else journal.missed(mailbox, position)
}

/** A little below a limit, so that room is made once for many entries. */
function below(max: number): number {
  return max - Math.floor(max / 16)
}

function sizesOf(lines: ReadonlyMap<string, Line>, measure: Measure): number[] {
  return Array.from(lines.values(), (line) => line[measure])
}

/** The size that nobody is to exceed, so that all together come down to a goal. */
function levelOf(sizes: readonly number[], goal: number): number {
  let left = goal
  const sorted = sizes.toSorted((a, b) => a - b)
  for (const [i, size] of sorted.entries()) {
    const sharers = sorted.length - i
    if (size * sharers >= left) return left / sharers
    left -= size
  }
  return Number.POSITIVE_INFINITY
}
