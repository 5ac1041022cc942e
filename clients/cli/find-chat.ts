import { chatNameOf } from '../../proto/chat-name.ts'
import { isUserId } from '../../proto/ids.ts'
import { RejectedError, type Client, type DirectChat, type Group } from '../index.ts'
import { titleOf } from './terminal/describe.ts'
import { Failure } from './failure.ts'

export type AnyChat = DirectChat | Group

/** How help explains what findChat takes. */
export const CHAT_WORDS = "another user, a group's name, or a chat id; user:… and group:… say which"

/** Members whom a list of candidates names. */
const NAMED_MAX = 5

/**
 * What a word can mean. Ids come before users and users before names: anybody may call a group what they like, and put
 * people into it.
 */
interface Meanings {
  readonly word: string
  /** A chat of this id, or the direct chat that there is with this user. */
  readonly certain: AnyChat | undefined
  /** The direct chat with a user whom only the server knows to exist. */
  readonly possible: DirectChat | undefined
  /** Groups of this name. */
  readonly groups: readonly Group[]
}

/**
 * The chat that somebody means, to read it or to look at it first: a group's name counts if there is no chat with a
 * user of that name yet.
 *
 * @throws Failure if it is nothing, or several groups: then it lists them
 */
export async function findChat(client: Client, word: string): Promise<AnyChat> {
  const { certain, possible, groups } = await meaningsOf(client, word)
  return certain ?? (await onlyOne(word, groups)) ?? possible ?? nobody(client, word)
}

/**
 * Sends to whom somebody means: to the user of that name, and only if the server knows none, to the group.
 *
 * @param send its first message; rejects if the chat refuses it
 * @returns where it went
 * @throws Failure as findChat; whatever `send` throws
 */
export async function sendToMeant(
  client: Client,
  word: string,
  send: (chat: AnyChat) => Promise<void>,
): Promise<AnyChat> {
  const { certain, possible, groups } = await meaningsOf(client, word)
  const first = certain ?? possible
  if (first) {
    try {
      await send(first)
      return first
    } catch (error) {
      const isNobody = error instanceof RejectedError && error.entry.name === 'unknown-user'
      if (!isNobody || groups.length === 0) throw error
    }
  }
  const group = (await onlyOne(word, groups)) ?? nobody(client, word)
  await send(group)
  return group
}

async function meaningsOf(client: Client, word: string): Promise<Meanings> {
  const [, kind, rest = ''] = /^(user|group):(.*)$/s.exec(word) ?? [undefined, '', word]
  const direct = kind !== 'group' && isUserId(rest) && rest !== client.user ? client.direct(rest) : undefined
  const name = kind === 'user' ? undefined : (chatNameOf(rest) ?? rest)
  const groups: Group[] = []
  let certain: AnyChat | undefined
  for await (const chat of client.chats()) {
    if (chat.id === word) return { word, certain: chat, possible: undefined, groups: [] }
    if (chat.id === direct?.id) certain = direct
    if (chat.kind === 'group' && chat.name === name) groups.push(chat)
  }
  // A group of one's own name is no notebook: who means it says so.
  if (rest === client.user && kind !== 'group') throw itself(client.user)
  return { word, certain, possible: certain ? undefined : direct, groups }
}

async function onlyOne(word: string, groups: readonly Group[]): Promise<Group | undefined> {
  if (groups.length < 2) return groups[0]
  const lines = await Promise.all(groups.map(async (group) => `\n  ${group.id}  ${await withMembers(group)}`))
  throw new Failure(`"${word}" is the name of ${groups.length} groups: write the id of one.${lines.join('')}`)
}

async function withMembers(group: Group): Promise<string> {
  const users = (await group.members()).map(({ user }) => user)
  const more = users.length > NAMED_MAX ? ` and ${users.length - NAMED_MAX} more` : ''
  return `${titleOf(group)}, with ${users.slice(0, NAMED_MAX).join(', ')}${more}`
}

/** The server has no chat of one: its receipts and its order are made for others. */
function itself(user: string): Failure {
  return new Failure(
    `"${user}" is you: for notes to yourself make a group without others, in "restante chat ${user}" by /group notes.`,
  )
}

function nobody(client: Client, word: string): never {
  throw new Failure(`"${word}" is neither another user nor one of ${client.user}'s groups.`)
}
