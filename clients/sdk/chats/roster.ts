import { Role, type Change, type ChatDetail, type Member as WireMember } from '../../../proto/codec.ts'
import type { ChatId, UserId } from '../../../proto/ids.ts'
import type { StoredChange, StoredChat, StoredDisappearing, StoredMember } from '../store/local-store.ts'

// Who is in a chat, what changed, and how long its messages stay. Pure: every function gives a new record.

export function emptyRoster(chat: ChatId): StoredChat {
  return { chat, name: '', peer: '', members: [], isComplete: false }
}

/** The member's user id; `#` and the number if the roster does not have it. */
export function userOf(roster: StoredChat, number: number): string {
  return roster.members.find((member) => member.number === number)?.user ?? `#${number}`
}

/** The user id that a stored name stands for by now; undefined if the roster still lacks it. */
export function resolveUser(roster: StoredChat, name: string): string | undefined {
  if (!name.startsWith('#')) return name
  const number = Number(name.slice(1))
  return roster.members.find((member) => member.number === number)?.user
}

/** So many of the last settings are known: an Accepted, or a late message, may stand before the newest. */
const SETTINGS_KEPT = 8

/** @returns how long after it was read a message with that seq disappears; 0: never */
export function disappearAfterSAt({ disappearing = [] }: StoredChat, seq: number): number {
  return disappearing.findLast((setting) => setting.seq < seq)?.afterS ?? 0
}

/** @param setting what stands at its seq, whatever was known of it before */
function withDisappearing(roster: StoredChat, setting: StoredDisappearing): StoredChat {
  const { disappearing: before = [], ...rest } = roster
  const others = before.filter(({ seq }) => seq !== setting.seq)
  const all = [...others, setting].sort((a, b) => a.seq - b.seq)
  // What says the same as the one before it says nothing, unless one that is late comes between: so the last one stays.
  const disappearing = all
    .filter(({ afterS }, i) => i === all.length - 1 || afterS !== (all[i - 1]?.afterS ?? 0))
    .slice(-SETTINGS_KEPT)
  return { ...rest, disappearing }
}

/** @param setting what the server tells of a chat: of one whose messages never disappeared nothing has to be kept */
export function withToldDisappearing(roster: StoredChat, setting: StoredDisappearing): StoredChat {
  return setting.afterS === 0 && !roster.disappearing ? roster : withDisappearing(roster, setting)
}

/** The server lost what stands behind that seq. */
export function withoutDisappearing(
  { disappearing = [], ...roster }: StoredChat,
  lastSeq: number,
): StoredChat {
  const left = disappearing.filter(({ seq }) => seq <= lastSeq)
  return left.length === 0 ? roster : { ...roster, disappearing: left }
}

export function presentMembers(roster: StoredChat): readonly StoredMember[] {
  return roster.members.filter((member) => !member.isGone)
}

/** The two of a direct chat. Nobody leaves one. */
export function directRoster(roster: StoredChat, users: readonly string[]): StoredChat {
  const members = users.map((user, number) => ({ number, user, isAdmin: false, isGone: false }))
  return { ...roster, members, isComplete: true }
}

/** A group just made: the creator is its admin and member 0, the others follow as they were named. */
function newRoster(roster: StoredChat, name: string, creator: string, others: readonly string[]): StoredChat {
  const members = [...new Set([creator, ...others])].map((user, number) => {
    return { number, user, isAdmin: number === 0, isGone: false }
  })
  return { ...roster, name, members, isComplete: true }
}

/** The server's list, and behind it those that it no longer names. */
export function completeRoster(roster: StoredChat, name: string, members: readonly WireMember[]): StoredChat {
  const present = members.map(storedMember)
  const numbers = new Set(present.map((member) => member.number))
  const gone = roster.members
    .filter((member) => !numbers.has(member.number))
    .map((member) => ({ ...member, isGone: true }))
  return { ...roster, name, members: [...present, ...gone], isComplete: true }
}

export function rosterOfDetail(roster: StoredChat, detail: ChatDetail): StoredChat {
  const complete = completeRoster(roster, detail.name ?? '', detail.members ?? [])
  return withToldDisappearing(complete, { seq: detail.lastSeq ?? 0, afterS: detail.disappearAfterS ?? 0 })
}

/** @param seq of the change, and the member number of who did it */
export function applyChange(roster: StoredChat, change: Change, seq: number, sender: number): StoredChat {
  if (change.created) {
    return completeRoster(roster, change.created.name ?? '', change.created.members ?? [])
  }
  if (change.added?.roster) {
    const { name, members, disappearAfterS } = change.added.roster
    const complete = completeRoster(roster, name ?? '', members ?? [])
    return withToldDisappearing(complete, { seq, afterS: disappearAfterS ?? 0 })
  }
  if (change.added) {
    const added = (change.added.members ?? []).map(storedMember)
    const numbers = new Set(added.map((member) => member.number))
    return { ...roster, members: [...roster.members.filter((m) => !numbers.has(m.number)), ...added] }
  }
  if (change.removed) {
    const removed = new Set(change.removed.members ?? [])
    return update(roster, (member) => (removed.has(member.number) ? { ...member, isGone: true } : member))
  }
  if (change.left) {
    return update(roster, (member) => (member.number === sender ? { ...member, isGone: true } : member))
  }
  if (change.renamed) return { ...roster, name: change.renamed.name ?? '' }
  if (change.roleSet) {
    const { member: number = 0, role } = change.roleSet
    const isAdmin = role === Role.ROLE_ADMIN
    return update(roster, (member) => (member.number === number ? { ...member, isAdmin } : member))
  }
  if (change.disappearingSet)
    return withDisappearing(roster, { seq, afterS: change.disappearingSet.afterS ?? 0 })
  return roster
}

/** @returns undefined for a change that only a newer server knows */
export function storedChange(roster: StoredChat, change: Change): StoredChange | undefined {
  if (change.created) {
    return { kind: 'created', name: change.created.name ?? '', members: users(change.created.members) }
  }
  if (change.added) return { kind: 'added', members: users(change.added.members) }
  if (change.removed) {
    return { kind: 'removed', members: (change.removed.members ?? []).map((n) => userOf(roster, n)) }
  }
  if (change.left) return { kind: 'left' }
  if (change.renamed) return { kind: 'renamed', name: change.renamed.name ?? '' }
  if (change.roleSet) {
    return {
      kind: 'role-set',
      member: userOf(roster, change.roleSet.member ?? 0),
      isAdmin: change.roleSet.role === Role.ROLE_ADMIN,
    }
  }
  if (change.disappearingSet) return { kind: 'disappearing-set', afterS: change.disappearingSet.afterS ?? 0 }
  return undefined
}

/**
 * What this device's own accepted change does. Numbers of added members are the server's to give: the roster is then
 * incomplete until it is asked.
 */
export function applyOwnChange(
  roster: StoredChat,
  change: StoredChange,
  seq: number,
  user: UserId,
): StoredChat {
  switch (change.kind) {
    case 'created':
      return newRoster(roster, change.name, user, change.members)
    case 'added':
      return { ...roster, isComplete: false }
    case 'removed':
      return update(roster, (m) => (change.members.includes(m.user) ? { ...m, isGone: true } : m))
    case 'left':
      return update(roster, (m) => (m.user === user ? { ...m, isGone: true } : m))
    case 'renamed':
      return { ...roster, name: change.name }
    case 'role-set':
      return update(roster, (m) => (m.user === change.member ? { ...m, isAdmin: change.isAdmin } : m))
    case 'disappearing-set':
      return withDisappearing(roster, { seq, afterS: change.afterS })
  }
}

function storedMember(member: WireMember): StoredMember {
  return {
    number: member.number ?? 0,
    user: member.user ?? '',
    isAdmin: member.role === Role.ROLE_ADMIN,
    isGone: (member.role ?? Role.ROLE_UNSPECIFIED) === Role.ROLE_UNSPECIFIED,
  }
}

function update(roster: StoredChat, change: (member: StoredMember) => StoredMember): StoredChat {
  return { ...roster, members: roster.members.map(change) }
}

function users(members: readonly WireMember[] | null | undefined): string[] {
  return (members ?? []).map((member) => member.user ?? '')
}
