import type { ChatChange, DirectChat, Group, Message } from '../../index.ts'
import { printable } from './text-width.ts'

/** What somebody did, without who: "added carol, dave". */
export function changeText(change: ChatChange): string {
  switch (change.kind) {
    case 'created':
      return `created the group ${printable(change.name)} with ${change.members.join(', ')}`
    case 'added':
      return `added ${change.members.join(', ')}`
    case 'removed':
      return `removed ${change.members.join(', ')}`
    case 'left':
      return 'left'
    case 'renamed':
      return `renamed the group to ${printable(change.name)}`
    case 'role-set':
      return change.isAdmin ? `made ${change.member} an admin` : `made ${change.member} a plain member`
    case 'disappearing-set':
      return disappearingText(change.afterS)
  }
}

export function disappearingText(afterS: number): string {
  return afterS === 0
    ? 'let messages stay'
    : `let messages disappear ${timeText(afterS)} after they were read`
}

/** In the largest unit that has no remainder. */
function timeText(seconds: number): string {
  const [size, unit] = UNITS.find(([one]) => seconds % one === 0) ?? [1, 'second']
  const count = seconds / size
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

const UNITS = [
  [86_400, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
] as const

/** Text, or what a terminal can say of the rest. */
export function contentOf(message: Message): string {
  const { text, deleted, location, contact, attachments = [] } = message
  if (deleted) return `<deleted by ${deleted.by}>`
  const things = [
    ...(location ? [`<place: ${location.name ?? `${location.latitude}, ${location.longitude}`}>`] : []),
    ...(contact ? [`<contact: ${contact.name}>`] : []),
    ...attachments.map(({ name, url }) => `<file: ${name ?? url}>`),
  ]
  if (text !== undefined || things.length > 0) {
    const said = text === undefined ? [] : [printable(text)]
    return [...said, ...things.map((thing) => printable(thing).replaceAll('\n', ' '))].join(' ')
  }
  const type = printable(message.contentType ?? '') || 'application/octet-stream'
  return `<${message.body?.length ?? 0} bytes of ${type}>`
}

/** A message in one line of JSON: bytes are base64. */
export function messageJson(message: Message): string {
  return JSON.stringify(message, (_, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
  )
}

/** What to call a chat where its kind is told beside it. */
export function nameOf(chat: DirectChat | Group): string {
  return printable((chat.kind === 'group' ? chat.name : chat.peer) || chat.id)
}

/** What to call a chat so that no group passes for a person. */
export function titleOf(chat: DirectChat | Group): string {
  return chat.kind === 'group' ? `group ${nameOf(chat)}` : nameOf(chat)
}

/** What finds it. */
export function wordFor(chat: DirectChat | Group): string {
  return chat.kind === 'group' && chat.name !== '' ? `group:${chat.name}` : nameOf(chat)
}
