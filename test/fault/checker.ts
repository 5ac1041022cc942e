import { History } from './history.ts'
import type { Observation, Plan, Verdict, Violation } from './observation.ts'

/**
 * Compares what senders were told with what receivers saw (G1–G6). It shares no code with the product: it knows
 * texts, users and the numbers that apps were given, nothing else.
 *
 * Of mailboxes that were put back to a copy it lets go what came in between, and nothing else (put-back.ts).
 *
 * The log must end in quiet: every device connected, nothing on its way.
 */
export function check(plan: Plan, log: readonly Observation[]): Verdict {
  const violations: Violation[] = []
  const isPutBack = log.some(({ what }) => what === 'put-back')
  for (const one of log)
    if (one.what === 'let-in')
      violations.push({ rule: 'non-member', says: `${one.user}/${one.device} was let in ${one.as}` })
    else if (one.what === 'gap' && one.firstSeq === undefined && !isPutBack)
      violations.push({ rule: 'lost', says: `${one.user}/${one.device} was told of a gap` })
    else if (one.what === 'mixed')
      violations.push({
        rule: 'disagreement',
        says: `${one.user}/${one.device} had one answer for ${one.texts.map((text) => `"${text}"`).join(', ')}, of several chats`,
      })
  const byChat = new Map<string, Observation[]>()
  for (const one of log) if (one.chat !== '') byChat.set(one.chat, [])
  for (const one of log) {
    const concerned = one.chat === '' ? byChat.values() : [byChat.get(one.chat) as Observation[]]
    for (const seen of concerned) seen.push(one)
  }
  for (const [chat, seen] of byChat) {
    const history = new History(chat, plan, seen, violations)
    if (history.isTorn) continue
    checkSends(history, seen, violations)
    checkDevices(history, plan, seen, violations)
    checkStrangers(history, plan, seen, violations)
    checkReceipts(history, plan, seen, violations)
  }
  const count = (what: Observation['what']): number => log.filter((one) => one.what === what).length
  return {
    violations,
    sent: count('sent'),
    acknowledged: count('acknowledged'),
    messages: new Set(log.flatMap(numbered)).size,
    arrivals: count('arrived'),
  }
}

function numbered(one: Observation): string[] {
  return one.what === 'accepted' || one.what === 'arrived' ? [`${one.chat} ${one.seq}`] : []
}

/** G1, G4: what was acknowledged is a message, unless it was refused; a device's sends keep their order. */
function checkSends(history: History, seen: readonly Observation[], violations: Violation[]): void {
  const refused = new Set(seen.flatMap((one) => (one.what === 'rejected' ? [one.text] : [])))
  const deferred = new Set(seen.flatMap((one) => (one.what === 'deferred' ? [one.text] : [])))
  const lastOfDevice = new Map<string, { text: string; seq: number }>()
  for (const one of seen) {
    if ('text' in one && history.isVague(one.text)) continue
    if ('text' in one && history.putBack.mayHaveTakenSend(one.text, history.seqOf(one.text))) continue
    if (one.what === 'acknowledged' && !refused.has(one.text) && history.seqOf(one.text) === undefined)
      violations.push({ rule: 'lost', says: `${one.chat}: "${one.text}" was acknowledged and nobody has it` })
    if (one.what === 'rejected' && history.seqOf(one.text) !== undefined)
      violations.push({
        rule: 'disagreement',
        says: `${one.chat}: "${one.text}" was refused (${one.code}) and is a message`,
      })
    if (one.what !== 'sent' || deferred.has(one.text)) continue
    const seq = history.seqOf(one.text)
    if (seq === undefined) continue
    const device = `${one.user}/${one.device}`
    const last = lastOfDevice.get(device)
    if (last && last.seq > seq)
      violations.push({
        rule: 'reordered',
        says: `${one.chat}: ${device} sent "${last.text}" (seq ${last.seq}) before "${one.text}" (seq ${seq})`,
      })
    lastOfDevice.set(device, { text: one.text, seq })
  }
}

/** G2, G3, G4 for each device of each member: everything, once, in order. */
function checkDevices(
  history: History,
  plan: Plan,
  seen: readonly Observation[],
  violations: Violation[],
): void {
  for (const { user, device } of plan.devices) {
    const name = `${user}/${device}`
    const own = seen.filter((one) => one.user === user && one.device === device)
    const got = new Set<number>()
    let newest = 0
    // What it had before it lost something comes again or not.
    let floor = 0
    let had = 0
    let isTorn = false
    let hasLost = false
    for (const one of own) {
      if ('seq' in one) had = Math.max(had, one.seq)
      if (one.what === 'torn') isTorn = true
      if (one.what === 'restored') {
        hasLost = true
        isTorn = false
        floor = newest = had
        for (const seq of got) if (seq <= floor) got.delete(seq)
      }
      if (one.what === 'gap' && !isTorn)
        checkGap(history, name, user, one, hasLost ? floor : undefined, violations)
      if ((one.what !== 'arrived' && one.what !== 'changed') || isTorn || one.seq <= floor) continue
      const where = `${history.chat} seq ${one.seq} at ${name}`
      if (got.has(one.seq))
        violations.push({
          rule: 'doubled',
          says: `${where} was given to the app again${meanwhile(own, one.seq)}`,
        })
      else if (one.seq < newest)
        violations.push({ rule: 'reordered', says: `${where} came after seq ${newest}` })
      for (const { seq } of history.between(newest, one.seq))
        if (expects(history, name, user, seq) && !got.has(seq))
          violations.push({ rule: 'reordered', says: `${where} came before seq ${seq}` })
      got.add(one.seq)
      newest = Math.max(newest, one.seq)
    }
    for (const { seq, text } of history.entries())
      if (seq > floor && expects(history, name, user, seq) && !got.has(seq))
        violations.push({ rule: 'lost', says: `${history.chat} seq ${seq} "${text}" never came to ${name}` })
  }
}

/**
 * A gap is told of what the device lacks and will not get, and of nothing else.
 * @param floor up to where it had what it has lost; undefined: it has lost nothing
 */
function checkGap(
  history: History,
  name: string,
  user: string,
  { firstSeq = 1, lastSeq = 0 }: Extract<Observation, { what: 'gap' }>,
  floor: number | undefined,
  violations: Violation[],
): void {
  for (let seq = firstSeq; seq <= lastSeq; seq++) {
    const entry = history.entry(seq)
    // Which device has made a change is not known.
    const isOwn = entry?.sentBy === name || (entry?.text === '' && entry.sender === user)
    // What nobody else has either may be its own: it does not know any more.
    const isPerhapsOwn = isOwn || entry === undefined
    if (floor !== undefined && (seq <= floor || isPerhapsOwn || !history.isMember(user, seq))) continue
    violations.push({
      rule: 'lost',
      says: `${history.chat}: ${name} was told of a gap from ${firstSeq} to ${lastSeq}`,
    })
    return
  }
}

/** What the app went through between the two times: it says where to look. */
function meanwhile(own: readonly Observation[], seq: number): string {
  const isIt = (one: Observation): boolean =>
    (one.what === 'arrived' || one.what === 'changed') && one.seq === seq
  const between = own
    .slice(own.findIndex(isIt), own.findLastIndex(isIt))
    .flatMap((one) =>
      one.what === 'restarted' ? ['restarted'] : one.what === 'set-back' ? ['set back'] : [],
    )
  return between.length > 0 ? `, meanwhile ${between.join(', ')}` : ''
}

/**
 * Whether the device must be given this position: its user is a member, and it did not send it itself. Which device
 * of a user has made a change is not known.
 */
function expects(history: History, name: string, user: string, seq: number): boolean {
  const entry = history.entry(seq)
  if (!entry || !history.isMember(user, seq) || history.putBack.mayHaveTaken(seq)) return false
  return entry.text === '' ? entry.sender !== user : entry.sentBy !== name
}

/** G5: nothing to who was no member at that position, whatever device it is. */
function checkStrangers(
  history: History,
  plan: Plan,
  seen: readonly Observation[],
  violations: Violation[],
): void {
  for (const { seq, text, sender } of history.entries())
    if (text !== '' && !sender.startsWith('#') && !history.isMember(sender, seq))
      violations.push({
        rule: 'non-member',
        says: `${history.chat} seq ${seq}: "${text}" is by ${sender}, who is no member`,
      })
  const known = new Set(plan.devices.map(({ user, device }) => `${user}/${device}`))
  for (const one of seen) {
    if (one.what === 'delivered' || one.what === 'read') {
      if (!history.membersAt(one.upTo).includes(one.user))
        violations.push({
          rule: 'non-member',
          says: `${one.chat}: ${one.user} was given a receipt up to ${one.upTo}`,
        })
    }
    if (one.what !== 'arrived' && one.what !== 'changed') continue
    if (!history.isMember(one.user, one.seq) || !known.has(`${one.user}/${one.device}`))
      violations.push({
        rule: 'non-member',
        says: `${one.chat} seq ${one.seq} was given to ${one.user}/${one.device}`,
      })
  }
}

/** G6: receipts only grow, claim nothing that is not so at that moment, and cover the end. */
function checkReceipts(
  history: History,
  plan: Plan,
  seen: readonly Observation[],
  violations: Violation[],
): void {
  const reached = { delivered: new Map<string, number>(), read: new Map<string, number>() }
  const last = { delivered: new Map<string, number>(), read: new Map<string, number>() }
  const raise = (marks: Map<string, number>, user: string, seq: number): void => {
    marks.set(user, Math.max(marks.get(user) ?? 0, seq))
  }
  const floors = floorsOf(seen)
  /** Marks that the server must have been told of: what a device says and then forgets comes there or not. */
  const told = { delivered: reached.delivered, read: new Map<string, number>() }
  const losses = new Map(
    seen.flatMap(({ what, user, device }, i) => (what === 'restored' ? [[`${user}/${device}`, i]] : [])),
  )
  for (const [i, one] of seen.entries()) {
    const name = `${one.user}/${one.device}`
    if (one.what === 'torn' || one.what === 'restored')
      for (const marks of Object.values(last)) marks.delete(name)
    // What waited in the copy comes again.
    if (one.what === 'put-back') for (const marks of Object.values(last)) marks.clear()
    if (one.what === 'stored' && history.entry(one.seq)?.sentBy !== name)
      raise(reached.delivered, one.user, one.seq)
    if (one.what === 'arrived' || one.what === 'changed') raise(reached.delivered, one.user, one.seq)
    if (one.what === 'marked-read') {
      raise(reached.read, one.user, one.upTo)
      if (i > (losses.get(name) ?? -1)) raise(told.read, one.user, one.upTo)
      raise(reached.delivered, one.user, one.upTo)
    }
    if (one.what !== 'delivered' && one.what !== 'read') continue
    const before = last[one.what].get(name) ?? 0
    if (one.upTo < before && floors.get(name) === undefined)
      violations.push({
        rule: 'receipt',
        says: `${one.chat}: ${one.what} at ${name} went from ${before} back to ${one.upTo}`,
      })
    last[one.what].set(name, Math.max(before, one.upTo))
    for (const other of othersWhoMatter(history, one.user, one.upTo)) {
      const mark = lastNotOwn(history, other, one.upTo)
      if ((reached[one.what].get(other) ?? 0) < mark)
        violations.push({
          rule: 'receipt',
          says: `${one.chat}: ${name} was told ${one.what} up to ${one.upTo}, ${other} had only ${reached[one.what].get(other) ?? 0}`,
        })
    }
  }
  checkEnd(history, plan, told, last, floors, violations)
}

/** Devices that have lost something, and up to where they had something then: receipts up to there do not come again. */
function floorsOf(seen: readonly Observation[]): ReadonlyMap<string, number> {
  const floors = new Map<string, number>()
  let newest = 0
  for (const one of seen) {
    if ('seq' in one) newest = Math.max(newest, one.seq)
    if (one.what === 'torn' || one.what === 'restored') floors.set(`${one.user}/${one.device}`, newest)
  }
  return floors
}

type Marks = Record<'delivered' | 'read', Map<string, number>>

/** Each sender's last receipt covers all of their own messages that everybody else has. */
function checkEnd(
  history: History,
  plan: Plan,
  reached: Marks,
  last: Marks,
  floors: ReadonlyMap<string, number>,
  violations: Violation[],
): void {
  for (const { user, device } of plan.devices) {
    if (!history.membersNow().includes(user)) continue
    const others = history.membersNow().filter((other) => other !== user)
    for (const kind of ['delivered', 'read'] as const) {
      const covered = history
        .entries()
        .findLast(
          (entry) =>
            entry.sender === user &&
            entry.seq >= history.joinedAt(user) &&
            entry.text !== '' &&
            !history.putBack.mayHaveTakenReceipt(entry.seq) &&
            others.length > 0 &&
            others.every((other) => (reached[kind].get(other) ?? 0) >= lastNotOwn(history, other, entry.seq)),
        )
      const told = last[kind].get(`${user}/${device}`) ?? 0
      if (covered && told < covered.seq && covered.seq > (floors.get(`${user}/${device}`) ?? 0))
        violations.push({
          rule: 'receipt',
          says: `${history.chat}: ${user}/${device} knows ${kind} up to ${told}, all others have ${covered.seq}`,
        })
    }
  }
}

/** The others whose marks a receipt for `seq` speaks of: members now who had joined by then. */
function othersWhoMatter(history: History, user: string, seq: number): string[] {
  return history.membersNow().filter((other) => other !== user && history.joinedAt(other) <= seq)
}

/** The newest position up to `seq` that `user` must have been given: not their own, and since they joined. */
function lastNotOwn(history: History, user: string, seq: number): number {
  const from = history.joinedAt(user)
  const last = history.lastUpTo(
    seq,
    (entry) => entry.seq < from || (entry.sender !== user && !history.putBack.mayHaveTaken(entry.seq)),
  )
  return last === undefined || last.seq < from ? 0 : last.seq
}
