import type { ChatId } from '../../../proto/ids.ts'
import type { LocalChat } from '../chats/local-chat.ts'
import { resolveUser } from '../chats/roster.ts'
import { bad, editOf, reactionOf, type Composed } from '../content/compose.ts'
import { EDIT_WINDOW_MS } from '../content/fold.ts'
import type { SentMessage } from '../outbox/sent-message.ts'
import type { Act, Attachment, Contact, GeoLocation, Mention } from '../said.ts'
import type { StoredChange, StoredFold, StoredMessage } from '../store/local-store.ts'

/** What changed in a group. Members are user ids. */
export type ChatChange = StoredChange

/** All that use one emoji to answer a message. */
export interface Reaction {
  readonly emoji: string
  /** User ids, in the order of their reactions. */
  readonly users: readonly string[]
}

/** What a message said before it was edited. */
export interface EarlierText {
  readonly text: string
  readonly sentAt: Date
}

/** What a message is, at one moment; later ones are another object. */
interface MessageFields {
  readonly chatId: ChatId
  readonly seq: number
  readonly sender: string
  readonly isOwn: boolean
  readonly sentAt: Date
  readonly state?: 'accepted' | 'delivered' | 'read'
  readonly text?: string
  readonly mentions?: readonly Mention[]
  readonly replyTo?: number
  readonly forwarded?: boolean
  readonly attachments?: readonly Attachment[]
  readonly location?: GeoLocation
  readonly contact?: Contact
  readonly disappearAfterS?: number
  readonly disappearsAt?: Date
  readonly editedAt?: Date
  readonly earlier?: readonly EarlierText[]
  readonly deleted?: { readonly by: string; readonly at: Date }
  readonly reactions?: readonly Reaction[]
  readonly body?: Uint8Array
  readonly contentType?: string
  readonly change?: ChatChange
}

/**
 * One message of a chat as it is at this moment: what people read, a body, or a change of the chat. What others do to it
 * later comes as an `update` event with a new Message; `chat.message(seq)` gets it, too.
 */
export class Message implements MessageFields {
  declare readonly chatId: ChatId
  /** Its place in the chat: gapless, from 1. */
  declare readonly seq: number
  /** User id. `#` and a member number if the server no longer tells whose it was. */
  declare readonly sender: string
  /** Whether this user sent it, from any device. */
  declare readonly isOwn: boolean
  declare readonly sentAt: Date
  /** Of an own message: how far it was when this object was made. */
  declare readonly state?: 'accepted' | 'delivered' | 'read'
  /** The newest, if it was edited. */
  declare readonly text?: string
  /** Who is named in `text`, by where. */
  declare readonly mentions?: readonly Mention[]
  /** The seq of the message that it answers; this device need not have it. */
  declare readonly replyTo?: number
  declare readonly forwarded?: boolean
  declare readonly attachments?: readonly Attachment[]
  declare readonly location?: GeoLocation
  declare readonly contact?: Contact
  /** So many seconds after it was read it disappears; missing: it says nothing of it, its chat may. */
  declare readonly disappearAfterS?: number
  /** By this device's clock; missing: nobody here has read it yet, or it never does. */
  declare readonly disappearsAt?: Date
  /** Missing: it never was. */
  declare readonly editedAt?: Date
  /** What it said before, oldest first; of many edits the first text and the newest ones. */
  declare readonly earlier?: readonly EarlierText[]
  /** Deleted for everyone: nothing is left but its place. */
  declare readonly deleted?: { readonly by: string; readonly at: Date }
  /** Missing: none. */
  declare readonly reactions?: readonly Reaction[]
  declare readonly body?: Uint8Array
  /** Of the body; empty: application/octet-stream. */
  declare readonly contentType?: string
  declare readonly change?: ChatChange
  readonly #actions: MessageActions

  /** The SDK's own. */
  constructor(fields: MessageFields, actions: MessageActions) {
    Object.assign(this, fields)
    this.#actions = actions
  }

  /**
   * Everybody sees this text from now on. Resolves on ✓, as `send` does.
   * @throws RestanteError bad-content if it is not this user's, has no text, was deleted, or is older than 48 hours
   */
  async edit(text: string, options: { readonly mentions?: Composed['mentions'] } = {}): Promise<SentMessage> {
    const edit = editOf(this.seq, text, options.mentions)
    if (!this.isOwn) throw bad('only who sent a message may edit it')
    if (this.deleted || this.body || this.change) throw bad('there is no text to edit')
    if (Date.now() - this.sentAt.getTime() > EDIT_WINDOW_MS) throw bad('a message may be edited for 48 hours')
    return this.#actions.act(edit)
  }

  /**
   * For everyone, as far as their devices have it. Resolves on ✓.
   * @throws RestanteError bad-content if it is neither this user's, nor this user an admin of the group
   */
  async delete(): Promise<SentMessage> {
    if (this.change) throw bad('a change of the chat cannot be deleted')
    if (!this.isOwn && !this.#actions.isAdmin()) throw bad('only its sender or an admin may delete a message')
    return this.#actions.act({ kind: 'delete', seq: this.seq })
  }

  /**
   * This user's reaction, instead of the one before; an empty one takes it back. Resolves on ✓.
   * @throws RestanteError bad-content if it is no emoji, or the message is none any more
   */
  async react(emoji: string): Promise<SentMessage> {
    const reaction = reactionOf(this.seq, emoji)
    if (this.deleted || this.change) throw bad('there is nothing to react to')
    return this.#actions.act(reaction)
  }
}

/** What a message needs to be acted on. */
export interface MessageActions {
  readonly act: (act: Act) => Promise<SentMessage>
  readonly isAdmin: () => boolean
}

/** For whom messages are made. */
export interface Viewer {
  readonly user: string
  act(chat: LocalChat, act: Act): Promise<SentMessage>
}

/** @returns undefined if the roster does not name the sender yet */
export function messageOf(stored: StoredMessage, chat: LocalChat, viewer: Viewer): Message | undefined {
  const sender = resolveUser(chat.roster, stored.sender)
  return sender === undefined ? undefined : withSender(stored, chat, sender, viewer)
}

/** The same, with `#n` for a sender whom nobody can name any more. */
export function messageOfAnybody(stored: StoredMessage, chat: LocalChat, viewer: Viewer): Message {
  return messageOf(stored, chat, viewer) ?? withSender(stored, chat, stored.sender, viewer)
}

function withSender(stored: StoredMessage, chat: LocalChat, sender: string, viewer: Viewer): Message {
  const { user } = viewer
  const endsAtMs = chat.vanishing.endOf(stored.seq)
  const fields: MessageFields = {
    chatId: stored.chat,
    seq: stored.seq,
    sender,
    isOwn: sender === user,
    sentAt: new Date(stored.sentAtMs),
    ...(sender === user ? { state: stateOf(stored.seq, chat) } : {}),
    ...(stored.text === undefined ? {} : { text: stored.text }),
    ...stored.said,
    ...(endsAtMs === undefined ? {} : { disappearsAt: new Date(endsAtMs) }),
    ...(stored.fold ? folded(stored, stored.fold, (member) => nameOf(member, chat)) : {}),
    ...(stored.body === undefined ? {} : { body: stored.body, contentType: stored.contentType ?? '' }),
    ...(stored.change === undefined ? {} : { change: named(stored.change, chat) }),
  }
  return new Message(fields, {
    act: (act) => viewer.act(chat, act),
    isAdmin: () => chat.roster.members.some((m) => m.user === user && m.isAdmin && !m.isGone),
  })
}

function folded(
  { text = '', sentAtMs }: StoredMessage,
  { edits = [], reactions = [], deleted }: StoredFold,
  nameOfMember: (sender: string) => string,
): Partial<MessageFields> {
  if (deleted) return { deleted: { by: nameOfMember(deleted.sender), at: new Date(deleted.atMs) } }
  const last = edits.at(-1)
  const texts = [{ text, atMs: sentAtMs }, ...edits].slice(0, -1)
  const byEmoji = new Map<string, string[]>()
  for (const { emoji, sender } of reactions) {
    if (emoji !== '') byEmoji.set(emoji, [...(byEmoji.get(emoji) ?? []), nameOfMember(sender)])
  }
  return {
    ...(last && {
      text: last.text,
      mentions: last.mentions ?? [],
      editedAt: new Date(last.atMs),
      earlier: texts.map((earlier) => ({ text: earlier.text, sentAt: new Date(earlier.atMs) })),
    }),
    ...(byEmoji.size > 0 && { reactions: Array.from(byEmoji, ([emoji, users]) => ({ emoji, users })) }),
  }
}

function stateOf(seq: number, chat: LocalChat): 'accepted' | 'delivered' | 'read' {
  if (seq <= chat.read) return 'read'
  return seq <= chat.delivered ? 'delivered' : 'accepted'
}

function nameOf(member: string, chat: LocalChat): string {
  return resolveUser(chat.roster, member) ?? member
}

function named(change: StoredChange, chat: LocalChat): StoredChange {
  switch (change.kind) {
    case 'removed':
      return { ...change, members: change.members.map((member) => nameOf(member, chat)) }
    case 'role-set':
      return { ...change, member: nameOf(change.member, chat) }
    case 'created':
    case 'added':
    case 'left':
    case 'renamed':
    case 'disappearing-set':
      return change
  }
}
